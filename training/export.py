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
        "stems.txt": "".join(f"{w}\t{s}\n" for w, s in sorted(stems.items())).encode(),
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
    arrays = {}
    for name, model in fitted.items():
        union = model.pipeline.named_steps["tfidf"]
        linear = model.pipeline.named_steps["linear"]
        estimators = linear.estimators_
        arrays[f"{name}_idf"] = np.concatenate([v.idf_ for _, v in union.transformer_list])
        arrays[f"{name}_weights"] = np.column_stack([e.coef_[0] for e in estimators])
        arrays[f"{name}_intercepts"] = np.array([e.intercept_[0] for e in estimators])
        arrays[f"{name}_slopes"] = model.slopes
        arrays[f"{name}_offsets"] = model.offsets
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def _vocabulary(fitted: Mapping[str, Fitted]) -> str:
    lines = []
    for name, model in fitted.items():
        for field, vectorizer in model.pipeline.named_steps["tfidf"].transformer_list:
            lines.append(f"# {name} {field}")
            lines += [
                f" {gram}"
                for gram in sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)
            ]
    return "\n".join(lines) + "\n"
