"""Read a model folder and check it: arrays, text and a manifest, nothing that can run code."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import ModelDamagedError, ModelNotFoundError
from stancekit.scorer import FieldSettings, LinearModel

FORMAT_VERSION = 1
DEFAULT_NAME = "en-diplomacy"
MANIFEST_KEYS = frozenset(
    {
        "format_version",
        "name",
        "version",
        "labels",
        "models",
        "thresholds",
        "lexicon_sha256",
        "files",
    }
)
_FILES = ("weights.npz", "vocabulary.txt", "stems.txt")
# What a part that is not as it should be raises while the parts are put together.
_UNFIT = (LookupError, AttributeError, ValueError, TypeError, OSError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class CalibratedModel:
    """A linear model with the slope and offset that turn its scores into probabilities."""

    linear: LinearModel
    slopes: NDArray[np.float64]
    offsets: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Everything a model folder holds, checked. `models` has "stance" and may have the rankers."""

    manifest: Mapping[str, Any]
    labels: tuple[str, ...]
    thresholds: Mapping[str, float]
    models: Mapping[str, CalibratedModel]
    stems: Mapping[str, str]


def default_model() -> Path:
    """Return the folder of the model that ships: in the wheel, or models/ of a checkout."""
    package = Path(__file__).parent
    for parent in (package, package.parent):
        if (folder := parent / "models" / DEFAULT_NAME).is_dir():
            return folder
    return package.parent / "models" / DEFAULT_NAME


def read_model(folder: Path) -> ModelFiles:
    """Read a model folder.

    Raises
    ------
    ModelNotFoundError
        If there is no manifest or no weights.
    ModelDamagedError
        If a file is missing, has another digest, or does not fit the others.
    """
    if not (folder / "manifest.json").is_file() or not (folder / "weights.npz").is_file():
        raise ModelNotFoundError(folder)
    manifest = _read_manifest(folder)
    content = {name: _read_checked(folder, name, manifest["files"]) for name in _FILES}
    try:
        vocabulary = _read_vocabulary(content["vocabulary.txt"].decode("utf-8"))
        stems = _read_stems(content["stems.txt"].decode("utf-8"))
        with np.load(io.BytesIO(content["weights.npz"]), allow_pickle=False) as arrays:
            models = {
                name: _assemble(settings, vocabulary[name], name, arrays)
                for name, settings in manifest["models"].items()
            }
        labels = tuple(str(label) for label in manifest["labels"])
        thresholds = {str(k): float(v) for k, v in manifest["thresholds"].items()}
        if models["stance"].linear.weights.shape[1] != len(labels):
            raise ValueError("as many weight columns as labels are needed")
    except _UNFIT as error:
        raise ModelDamagedError(folder, f"its parts do not fit together ({error})") from error
    return ModelFiles(manifest, labels, thresholds, models, stems)


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelDamagedError(folder, "manifest.json is not readable JSON") from error
    if not isinstance(manifest, dict) or not MANIFEST_KEYS <= manifest.keys():
        raise ModelDamagedError(folder, "manifest.json lacks required keys")
    if manifest["format_version"] != FORMAT_VERSION:
        raise ModelDamagedError(
            folder, f"format {manifest['format_version']!r}, this version reads {FORMAT_VERSION}"
        )
    if not isinstance(manifest["files"], dict):
        raise ModelDamagedError(folder, "manifest.json lists no files")
    return manifest


def _read_checked(folder: Path, name: str, digests: Mapping[str, str]) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise ModelDamagedError(folder, f"{name} cannot be read") from error
    if hashlib.sha256(content).hexdigest() != digests.get(name):
        raise ModelDamagedError(folder, f"{name} differs from the digest in the manifest")
    return content


def _read_vocabulary(text: str) -> dict[str, tuple[dict[str, int], ...]]:
    """Read blocks of "# model field" and one n-gram a line; columns count on within a model.

    "# model field = other field" stands for the n-grams of another model's field.
    """
    blocks: dict[str, list[dict[str, int]]] = {}
    grams: dict[str, list[str]] = {}
    for block in text.removeprefix("# ").split("\n# "):
        head, *lines = block.rstrip("\n").split("\n")
        title, _, other = head.partition(" = ")
        grams[title] = grams[other] if other else [line[1:] for line in lines]
        fields = blocks.setdefault(title.split(" ")[0], [])
        first = sum(map(len, fields))
        fields.append(dict(zip(grams[title], range(first, first + len(grams[title])), strict=True)))
    return {name: tuple(fields) for name, fields in blocks.items()}


def _read_stems(text: str) -> dict[str, str]:
    """Read lines of a stem and the words that have it."""
    stems: dict[str, str] = {}
    for line in text.removesuffix("\n").split("\n") if text else ():
        stem, *words = line.split(" ")
        if not words:
            raise ValueError(f"no words have the stem {stem!r}")
        stems.update(dict.fromkeys(words, stem))
    return stems


def _assemble(
    settings: list[dict[str, Any]],
    vocabulary: tuple[dict[str, int], ...],
    name: str,
    arrays: Mapping[str, NDArray[Any]],
) -> CalibratedModel:
    fields = tuple(
        FieldSettings(str(s["name"]), int(s["low"]), int(s["high"]), float(s["weight"]))
        for s in settings
    )
    idf, weights, intercepts, slopes, offsets = (
        np.asarray(arrays[f"{name}_{part}"], np.float64)
        for part in ("idf", "weights", "intercepts", "slopes", "offsets")
    )
    size, labels = sum(map(len, vocabulary)), intercepts.size
    if len(fields) != len(vocabulary) or idf.shape != (size,) or weights.shape != (size, labels):
        raise ValueError(f"{name}: shapes of vocabulary and weights differ")
    if not intercepts.shape == slopes.shape == offsets.shape == (labels,):
        raise ValueError(f"{name}: label counts differ")
    linear = LinearModel(fields, vocabulary, idf, weights, intercepts)
    return CalibratedModel(linear, slopes, offsets)
