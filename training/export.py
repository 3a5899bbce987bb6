"""Write fitted pipelines as a model folder: arrays, text and a manifest with digests."""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from stancekit.model_files import FORMAT_VERSION
from training.fit import Fitted, Settings


def export_model(
    folder: Path,
    fitted: Mapping[str, Fitted],
    settings: Mapping[str, Settings],
    *,
    labels: Sequence[str],
    thresholds: Mapping[str, float],
    stems: Mapping[str, str],
    about: Mapping[str, Any],
) -> None:
    """Write `folder`: the same content gives the same bytes.

    Parameters
    ----------
    about : mapping
        What the manifest says besides: name, version, digests of the data, scores.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "weights.npz": _weights(fitted),
        "vocabulary.txt": _vocabulary(fitted).encode(),
        "stems.txt": _stems(stems).encode(),
    }
    manifest = {
        "format_version": FORMAT_VERSION,
        **about,
        "labels": list(labels),
        "models": {name: _fields(settings[name]) for name in fitted},
        "thresholds": {name: round(value, 6) for name, value in sorted(thresholds.items())},
        "lexicon_sha256": lexicon_digest(),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in content.items()},
    }
    for name, data in content.items():
        (folder / name).write_bytes(data)
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def _stems(stems: Mapping[str, str]) -> str:
    words: dict[str, list[str]] = {}
    for word, stem in sorted(stems.items()):
        words.setdefault(stem, []).append(word)
    return "".join(f"{stem} {' '.join(words[stem])}\n" for stem in sorted(words))


def lexicon_digest() -> str:
    """Return one SHA-256 over the lexicons that features are made from."""
    digest = hashlib.sha256()
    for name in ("classes", "cues", "names", "officeholders", "words"):
        digest.update(files("stancekit.lexicons").joinpath(f"{name}.tsv").read_bytes())
    return digest.hexdigest()


def _fields(settings: Settings) -> list[dict[str, Any]]:
    return [
        {"name": f.name, "low": f.low, "high": f.high, "weight": f.weight} for f in settings.fields
    ]


def _weights(fitted: Mapping[str, Fitted]) -> bytes:
    arrays: dict[str, Any] = {}
    for name, model in fitted.items():
        union = model.pipeline.named_steps["tfidf"]
        linear = model.pipeline.named_steps["linear"]
        estimators = linear.estimators_
        idf = np.concatenate([v.idf_ for _, v in union.transformer_list])
        weights = np.column_stack([e.coef_[0] for e in estimators])
        arrays[f"{name}_idf"] = idf.astype(np.float32)  # exact: fit rounds to single precision
        arrays[f"{name}_weights"] = weights.astype(np.float32)
        arrays[f"{name}_intercepts"] = np.array([e.intercept_[0] for e in estimators])
        arrays[f"{name}_slopes"] = model.slopes
        arrays[f"{name}_offsets"] = model.offsets
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _vocabulary(fitted: Mapping[str, Fitted]) -> str:
    """Return blocks of n-grams; a field that a model before had word for word is named only."""
    lines = []
    written: dict[tuple[str, ...], str] = {}
    for name, model in fitted.items():
        for field, vectorizer in model.pipeline.named_steps["tfidf"].transformer_list:
            grams = tuple(sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__))
            if grams in written:
                lines.append(f"# {name} {field} = {written[grams]}")
                continue
            written[grams] = f"{name} {field}"
            lines.append(f"# {name} {field}")
            lines += [f" {gram}" for gram in grams]
    return "\n".join(lines) + "\n"
