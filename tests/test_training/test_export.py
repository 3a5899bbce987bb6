"""What is exported scores as scikit-learn does, and the same rows give the same bytes."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from stancekit.errors import ModelDamagedError
from stancekit.gazetteer import Gazetteer
from stancekit.model_files import ModelFiles, read_model
from stancekit.records import STANCES
from training.corpus import read_documents
from training.export import export_model, lexicon_digest
from training.fit import SETTINGS, Fitted, decision, fit
from training.release import Release, fit_release, write_release
from training.rows import Rows

ODD = [
    "", " ", "\u00a0", "é", "“", "said:", "_own_", "not_talk", "a|b:c", "#", "# stance words", "=",
    "x>y", "\u200b", "ß", "İ", "\U0001f6a2", "never_seen_word",
]  # fmt: skip


@pytest.fixture(scope="module")
def release() -> Release:
    """A release fitted on every hundredth training document."""
    documents = read_documents(splits=["train"])[::100]
    return fit_release(documents, Gazetteer.shipped())


@pytest.fixture(scope="module")
def folder(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model")
    write_release(release, path)
    return path


@pytest.fixture(scope="module")
def files(folder: Path) -> ModelFiles:
    return read_model(folder)


def odd_texts(release: Release, name: str, count: int) -> list[str]:
    """Return texts for one classifier: words of its vocabulary, odd and unknown ones, blanks."""
    draw = random.Random(name)
    vectorizers = release.fitted[name].pipeline.named_steps["tfidf"].transformer_list
    known = [sorted(vectorizer.vocabulary_) for _, vectorizer in vectorizers]
    texts = []
    for _ in range(count):
        fields = []
        for words in known:
            tokens = draw.choices(words, k=draw.choice([0, 0, 1, 3, 20]))
            tokens += draw.choices(ODD, k=draw.choice([0, 1, 4]))
            draw.shuffle(tokens)
            fields.append(draw.choice([" ", "  ", "\u2028"]).join(tokens))
        texts.append("\t".join(fields))
    return texts


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_exported_scores_are_those_of_scikit_learn(
    release: Release, files: ModelFiles, name: str
) -> None:
    texts = odd_texts(release, name, 1000)

    expected = decision(release.fitted[name].pipeline, texts)
    found = files.models[name].linear.decision(texts)

    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < 1e-6
    assert np.ptp(expected, axis=0).min() > 0.01


def test_the_scores_of_the_rows_themselves_are_kept(release: Release, files: ModelFiles) -> None:
    texts = release.rows.stance.texts

    expected = decision(release.fitted["stance_context"].pipeline, texts)

    assert len(texts) > 50
    assert np.abs(files.models["stance_context"].linear.decision(texts) - expected).max() < 1e-6


def test_calibration_labels_thresholds_and_stems_are_kept(
    release: Release, files: ModelFiles
) -> None:
    for name, fitted in release.fitted.items():
        assert files.models[name].slopes.tolist() == fitted.slopes.tolist()
        assert files.models[name].offsets.tolist() == fitted.offsets.tolist()
    assert files.labels == STANCES
    assert files.thresholds == pytest.approx(release.thresholds)
    assert files.stems == release.stems and len(files.stems) > 100


def test_contributions_and_intercepts_sum_to_the_score_of_scikit_learn(
    release: Release, files: ModelFiles
) -> None:
    linear = files.models["stance_context"].linear
    texts = release.rows.stance.texts[:100]
    expected = decision(release.fitted["stance_context"].pipeline, texts)
    for text, score in zip(texts, expected, strict=True):
        fields = [[(n, n + 1, t) for n, t in enumerate(f.split())] for f in text.split("\t")]

        parts = [weight for _, _, weight in linear.contributions(fields)]

        assert sum(parts) + linear.intercepts == pytest.approx(score, abs=1e-6)


def contents(path: Path) -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(path.iterdir())}


def test_the_same_release_gives_the_same_bytes(
    release: Release, folder: Path, tmp_path: Path
) -> None:
    write_release(release, tmp_path)

    assert contents(tmp_path) == contents(folder)
    assert len(contents(folder)) == 4


def small_rows(order: int) -> Rows:
    draw = random.Random(0)
    texts = [" ".join(draw.choices("abcdefgh", k=6)) for _ in range(60)]
    labels = [("yes",) if text.count("a") > 0 else () for text in texts]
    return Rows(texts[::order], labels[::order], list(range(60))[::order])


def fit_small(order: int = 1) -> dict[str, Fitted]:
    return {"target": fit(small_rows(order), ("yes",), SETTINGS["target"])}


def export_small(folder: Path, fitted: Mapping[str, Fitted]) -> Mapping[str, bytes]:
    export_model(
        folder,
        fitted,
        SETTINGS,
        labels=("yes",),
        thresholds={"yes": 0.5},
        stems={"b": "a", "c": "a"},
        about={"name": "small", "version": "0"},
    )
    return contents(folder)


def test_the_same_rows_fitted_twice_give_the_same_bytes(tmp_path: Path) -> None:
    one = export_small(tmp_path / "one", fit_small())
    two = export_small(tmp_path / "two", fit_small())
    other = export_small(tmp_path / "other", fit_small(-1))

    assert one == two
    assert one["vocabulary.txt"] == other["vocabulary.txt"]
    assert one["weights.npz"] != other["weights.npz"]


def test_the_manifest_names_what_it_needs_to(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    assert manifest["models"].keys() == SETTINGS.keys()
    assert manifest["files"].keys() == {"weights.npz", "vocabulary.txt", "stems.txt"}
    assert manifest["lexicon_sha256"] == lexicon_digest()
    assert len(manifest["trained_on"]["sha256"]) == 64
    assert manifest["trained_on"]["documents"] > 0


def test_a_model_without_the_stance_classifier_is_none(tmp_path: Path) -> None:
    export_small(tmp_path, fit_small())

    with pytest.raises(ModelDamagedError, match="stance"):
        read_model(tmp_path)
