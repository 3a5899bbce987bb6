import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stancekit
from stancekit import model_files
from stancekit.errors import ModelDamagedError, ModelNotFoundError
from stancekit.model_files import default_model, read_model

VOCABULARY = "# stance words\n talks\n cease fire\n# stance form\n form:before\n"
STEMS = "talk talks talking\n"

Write = Callable[..., Path]


def arrays(**changes: Any) -> dict[str, Any]:
    found = {
        "stance_idf": np.array([1.0, 2.0, 3.0]),
        "stance_weights": np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 3.0]]),
        "stance_intercepts": np.array([-1.0, 0.5]),
        "stance_slopes": np.array([1.0, 1.0]),
        "stance_offsets": np.array([0.0, 0.0]),
    }
    return {name: value for name, value in (found | changes).items() if value is not None}


def manifest(**changes: Any) -> dict[str, Any]:
    fields = [
        {"name": "words", "low": 1, "high": 2, "weight": 1.0},
        {"name": "form", "low": 1, "high": 1, "weight": 0.5},
    ]
    found = {
        "format_version": 1,
        "name": "small",
        "version": "0",
        "labels": ["blame", "praise"],
        "models": {"stance": fields},
        "thresholds": {"blame": 0.5, "praise": 0.5},
        "lexicon_sha256": "",
    }
    return {name: value for name, value in (found | changes).items() if value is not ...}


def packed(content: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **content)
    return buffer.getvalue()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a model folder whose digests fit whatever it holds."""

    def write_model(
        *,
        weights: bytes | None = None,
        vocabulary: str = VOCABULARY,
        stems: str = STEMS,
        **changes: Any,
    ) -> Path:
        content = {
            "weights.npz": packed(arrays()) if weights is None else weights,
            "vocabulary.txt": vocabulary.encode(),
            "stems.txt": stems.encode(),
        }
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}
        for name, data in content.items():
            (tmp_path / name).write_bytes(data)
        text = json.dumps({"files": digests} | manifest(**changes))
        (tmp_path / "manifest.json").write_text(text)
        return tmp_path

    return write_model


def test_a_model_is_read_as_it_was_written(write: Write) -> None:
    files = read_model(write())

    linear = files.models["stance"].linear
    assert files.labels == ("blame", "praise")
    assert files.stems == {"talks": "talk", "talking": "talk"}
    assert linear.vocabulary == ({"talks": 0, "cease fire": 1}, {"form:before": 2})
    assert [(f.name, f.low, f.high, f.weight) for f in linear.fields] == [
        ("words", 1, 2, 1.0),
        ("form", 1, 1, 0.5),
    ]
    # "cease" and "fire" are no features by themselves
    assert linear.decision(["cease fire\tform:before"]).tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize("name", ["manifest.json", "weights.npz"])
def test_a_folder_without_manifest_or_weights_holds_no_model(write: Write, name: str) -> None:
    folder = write()
    (folder / name).unlink()

    with pytest.raises(ModelNotFoundError, match=r"no model, .*: expected manifest\.json and"):
        read_model(folder)


def test_a_file_in_place_of_a_folder_holds_no_model(tmp_path: Path) -> None:
    file = tmp_path / "model"
    file.write_text("{}")

    with pytest.raises(ModelNotFoundError, match="no model"):
        read_model(file)


@pytest.mark.parametrize("name", ["vocabulary.txt", "stems.txt"])
def test_a_missing_part_is_named(write: Write, name: str) -> None:
    folder = write()
    (folder / name).unlink()

    with pytest.raises(ModelDamagedError, match=f"{name} cannot be read"):
        read_model(folder)


@pytest.mark.parametrize("name", ["weights.npz", "vocabulary.txt", "stems.txt"])
@pytest.mark.parametrize("place", [0.0, 0.5, 0.999])
def test_one_flipped_byte_is_noticed(write: Write, name: str, place: float) -> None:
    folder = write()
    content = bytearray((folder / name).read_bytes())
    content[int(len(content) * place)] ^= 1
    (folder / name).write_bytes(content)

    with pytest.raises(ModelDamagedError, match=f"{name} differs from the digest"):
        read_model(folder)


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_format_version_is_refused(write: Write, version: object) -> None:
    with pytest.raises(ModelDamagedError, match="this version reads 1"):
        read_model(write(format_version=version))


@pytest.mark.parametrize("text", ["", "{", "not JSON", '{"a": 1}]', "\x00"])
def test_a_manifest_that_is_no_json_is_refused(write: Write, text: str) -> None:
    folder = write()
    (folder / "manifest.json").write_text(text)

    with pytest.raises(ModelDamagedError, match="not readable JSON"):
        read_model(folder)


def test_a_manifest_in_another_encoding_is_refused(write: Write) -> None:
    folder = write()
    (folder / "manifest.json").write_bytes(b'{"name": "caf\xe9"}')

    with pytest.raises(ModelDamagedError, match="not readable JSON"):
        read_model(folder)


@pytest.mark.parametrize("text", ["[]", "1", "null", '"model"', "{}"])
def test_json_that_is_no_manifest_is_refused(write: Write, text: str) -> None:
    folder = write()
    (folder / "manifest.json").write_text(text)

    with pytest.raises(ModelDamagedError, match="lacks required keys"):
        read_model(folder)


@pytest.mark.parametrize("key", sorted(manifest()))
def test_a_manifest_without_one_of_its_keys_is_refused(write: Write, key: str) -> None:
    with pytest.raises(ModelDamagedError, match="lacks required keys"):
        read_model(write(**{key: ...}))


def test_a_manifest_that_lists_no_files_is_refused(write: Write) -> None:
    with pytest.raises(ModelDamagedError, match="lists no files"):
        read_model(write(files=["weights.npz"]))


def test_a_file_that_the_manifest_does_not_list_is_refused(write: Write) -> None:
    with pytest.raises(ModelDamagedError, match=r"weights\.npz differs from the digest"):
        read_model(write(files={}))


@pytest.mark.parametrize(
    "changes",
    [
        {"stance_idf": np.ones(2)},
        {"stance_idf": np.ones((3, 1))},
        {"stance_weights": np.ones((2, 2))},
        {"stance_weights": np.ones((3, 1))},
        {"stance_weights": np.ones(3)},
        {"stance_weights": np.ones((3, 2, 1))},
        {"stance_weights": np.ones((2, 3))},
        {"stance_intercepts": np.ones(1)},
        {"stance_intercepts": np.array(1.0)},
        {"stance_slopes": np.ones(3)},
        {"stance_slopes": np.ones((2, 1))},
        {"stance_offsets": np.ones(1)},
        {"stance_offsets": np.array(1.0)},
        {"stance_offsets": None},
        {"stance_weights": np.array([["a", "b"]] * 3)},
    ],
    ids=lambda changes: "-".join(f"{k}{np.shape(v)}" for k, v in changes.items()),
)
def test_arrays_of_wrong_shapes_are_refused(write: Write, changes: dict[str, Any]) -> None:
    with pytest.raises(ModelDamagedError, match="do not fit together"):
        read_model(write(weights=packed(arrays(**changes))))


def test_a_pickled_array_is_refused_and_not_run(write: Write, tmp_path: Path) -> None:
    class Touch:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (tmp_path / "ran",))

    weights = packed(arrays(stance_idf=np.array([Touch(), 1.0, 2.0], dtype=object)))

    with pytest.raises(ModelDamagedError, match="allow_pickle"):
        read_model(write(weights=weights))
    assert not (tmp_path / "ran").exists()


def single_array() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.ones(3))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "weights",
    [b"", b"PK\x03\x04 cut short", b"no archive", packed({}), single_array()],
    ids=["empty", "cut-short", "text", "no-arrays", "one-array"],
)
def test_weights_that_are_no_archive_of_arrays_are_refused(write: Write, weights: bytes) -> None:
    with pytest.raises(ModelDamagedError, match="do not fit together"):
        read_model(write(weights=weights))


@pytest.mark.parametrize(
    "vocabulary",
    [
        "",
        " talks\n",
        "# stance words\n talks\n",
        VOCABULARY + " one more\n",
        VOCABULARY + "# stance third\n",
        "# other words\n a\n b\n# other form\n c\n",
        "#\n",
        "# \n",
        "# stance words = other words\n# stance form\n a\n b\n c\n",
        "# stance words\n a\n a\n# stance form\n c\n",
    ],
)
def test_a_vocabulary_that_does_not_fit_is_refused(write: Write, vocabulary: str) -> None:
    with pytest.raises(ModelDamagedError, match="do not fit together"):
        read_model(write(vocabulary=vocabulary))


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": ["blame"]},
        {"labels": ["blame", "praise", "talks"]},
        {"labels": 2},
        {"models": {}},
        {"models": []},
        {"models": {"stance": []}},
        {"models": {"stance": [{"name": "words"}]}},
        {"models": {"stance": None}},
        {"thresholds": ["blame"]},
        {"thresholds": {"blame": None}},
        {"thresholds": {"blame": "high"}},
    ],
    ids=str,
)
def test_a_manifest_that_does_not_fit_the_arrays_is_refused(
    write: Write, changes: dict[str, Any]
) -> None:
    with pytest.raises(ModelDamagedError, match="do not fit together"):
        read_model(write(**changes))


@pytest.mark.parametrize("stems", ["talks\ttalk\n", "talk\n", "talk talks\n\nrun runs\n"])
def test_a_stem_without_words_is_refused(write: Write, stems: str) -> None:
    with pytest.raises(ModelDamagedError, match="do not fit together"):
        read_model(write(stems=stems))


def test_a_model_may_have_no_stems(write: Write) -> None:
    assert read_model(write(stems="")).stems == {}


def test_a_field_may_have_the_ngrams_of_another_model(write: Write) -> None:
    fields = manifest()["models"]["stance"]
    again = {f"again_{name.removeprefix('stance_')}": value for name, value in arrays().items()}
    vocabulary = f"{VOCABULARY}# again words = stance words\n# again form = stance form\n"
    models = {"stance": fields, "again": fields}

    files = read_model(
        write(weights=packed(arrays() | again), vocabulary=vocabulary, models=models)
    )

    linear = files.models["again"].linear
    assert linear.vocabulary == files.models["stance"].linear.vocabulary
    assert linear.decision(["talks\t"]).tolist() == [[0.0, 0.5]]


def test_a_refusal_says_what_to_do_in_one_line(write: Write) -> None:
    folder = write(format_version=7)

    with pytest.raises(ModelDamagedError, match=r"^damaged model, .*; copy or train") as caught:
        read_model(folder)
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)


def test_the_model_that_ships_is_whole() -> None:
    files = read_model(default_model())

    assert files.labels == ("condemnation", "justification", "call_for_dialogue")
    assert {"statement", "country", "target", "stance"} <= files.models.keys()
    assert set(files.labels) <= files.thresholds.keys()


def test_the_model_that_ships_is_smaller_than_five_megabytes() -> None:
    sizes = {path.name: path.stat().st_size for path in default_model().iterdir()}

    assert {"manifest.json", "weights.npz", "vocabulary.txt", "stems.txt"} <= sizes.keys()
    assert sum(sizes.values()) < 5_000_000


def test_a_damaged_copy_of_the_model_that_ships_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(default_model(), tmp_path / "copy")
    with (folder / "weights.npz").open("ab") as file:
        file.write(b"\x00")

    with pytest.raises(stancekit.StancekitError, match="digest"):
        stancekit.load(folder)


def test_a_wheel_carries_its_model_beside_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_files, "__file__", str(tmp_path / "package" / "model_files.py"))
    inside = tmp_path / "package" / "models" / model_files.DEFAULT_NAME
    beside = tmp_path / "models" / model_files.DEFAULT_NAME

    assert default_model() == beside  # where one would be trained
    inside.mkdir(parents=True)
    assert default_model() == inside
