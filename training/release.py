"""Fit all classifiers on the labelled data and write the model folder."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.gazetteer import Gazetteer
from stancekit.records import STANCES
from training.corpus import DATA, Document, read_documents
from training.export import export_model
from training.fit import SETTINGS, Fitted, fit
from training.rows import AllRows, analyse, build_context_rows, build_rows
from training.stems import make_stems
from training.thresholds import (
    best_f1_threshold,
    country_threshold,
    out_of_fold_probability,
    target_thresholds,
)

VERSION = "0.1.0"


@dataclass(slots=True)
class Release:
    """The fitted classifiers of one model with what was chosen for them."""

    fitted: dict[str, Fitted]
    thresholds: dict[str, float]
    stems: dict[str, str]
    documents: list[Document]
    rows: AllRows


def fit_release(documents: Sequence[Document], gazetteer: Gazetteer) -> Release:
    """Fit the four classifiers on training documents and choose their thresholds."""
    stems = make_stems(d.text for d in documents)
    analyses = analyse(documents, gazetteer)
    rows = build_rows(documents, analyses, stems)
    fitted = {
        "statement": fit(rows.statement, ("yes",), SETTINGS["statement"]),
        "country": fit(rows.country, ("yes",), SETTINGS["country"]),
        "target": fit(rows.target, ("yes",), SETTINGS["target"]),
        "stance": fit(rows.stance, STANCES, SETTINGS["stance"]),
    }
    first = out_of_fold_probability(fitted["country"])[:, 0]
    rows.country = build_context_rows(rows, analyses, first)
    fitted["country_context"] = fit(rows.country, ("yes",), SETTINGS["country_context"])
    return Release(fitted, _thresholds(fitted, rows, documents), stems, list(documents), rows)


def _thresholds(
    fitted: Mapping[str, Fitted], rows: AllRows, documents: Sequence[Document]
) -> dict[str, float]:
    statement = out_of_fold_probability(fitted["statement"])[:, 0]
    thresholds = {
        "statement": best_f1_threshold(statement, fitted["statement"].truth[:, 0]),
        "country": country_threshold(
            rows, out_of_fold_probability(fitted["country_context"])[:, 0]
        ),
    }
    thresholds["target"], thresholds["target_share"] = target_thresholds(
        rows, out_of_fold_probability(fitted["target"])[:, 0]
    )
    natural = [n for n, g in enumerate(rows.stance.groups) if documents[g].part == "restated"]
    natural = natural or list(range(len(rows.stance.groups)))
    probability = out_of_fold_probability(fitted["stance"])[natural]
    truth = fitted["stance"].truth[natural]
    for number, label in enumerate(STANCES):
        thresholds[label] = best_f1_threshold(probability[:, number], truth[:, number])
    return thresholds


def write_release(release: Release, folder: Path, name: str) -> None:
    """Write the model folder of a release."""
    export_model(
        folder,
        release.fitted,
        SETTINGS,
        labels=STANCES,
        thresholds=release.thresholds,
        stems=release.stems,
        about={"name": name, "version": VERSION, "trained_on": data_summary(release)},
    )


def data_summary(release: Release) -> dict[str, Any]:
    """Return how much data, and the SHA-256 of every data file."""
    paths = sorted([*(DATA / "articles").glob("*.jsonl"), *(DATA / "statements").glob("*.jsonl")])
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return {
        "split": "train",
        "documents": len(release.documents),
        "statements": len(release.rows.gold),
        "sha256": digest.hexdigest(),
    }


def train_default(folder: Path, name: str) -> Release:
    """Fit on the training split of data/ and write `folder`."""
    release = fit_release(read_documents(splits=["train"]), Gazetteer.shipped())
    write_release(release, folder, name)
    return release
