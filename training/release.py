"""Fit all classifiers on the labelled data and write the model folder."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.gazetteer import Gazetteer
from stancekit.records import STANCES
from stancekit.stance import choose_stances
from training.corpus import DATA, Document, read_documents
from training.export import export_model
from training.fit import SETTINGS, Fitted, fit
from training.rows import AllRows, add_target_rows, analyse, build_context_rows, build_rows, build_stance_context_rows
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
        "stance": fit(rows.stance, STANCES, SETTINGS["stance"]),
    }
    first = out_of_fold_probability(fitted["country"])[:, 0]
    rows.country = build_context_rows(rows, analyses, first)
    fitted["country_context"] = fit(rows.country, ("yes",), SETTINGS["country_context"])
    first = out_of_fold_probability(fitted["stance"])
    rows.stance = build_stance_context_rows(rows, first, STANCES)
    fitted["stance_context"] = stance = fit(rows.stance, STANCES, SETTINGS["stance_context"])
    thresholds = _label_thresholds(stance, rows, documents)
    stances = choose_stances(out_of_fold_probability(stance), STANCES, thresholds)
    add_target_rows(rows, analyses, stances)
    fitted["target"] = fit(rows.target, ("yes",), SETTINGS["target"])
    thresholds |= _ranker_thresholds(fitted, rows)
    return Release(fitted, thresholds, stems, list(documents), rows)


def _ranker_thresholds(fitted: Mapping[str, Fitted], rows: AllRows) -> dict[str, float]:
    statement = out_of_fold_probability(fitted["statement"])[:, 0]
    country = out_of_fold_probability(fitted["country_context"])[:, 0]
    target, share = target_thresholds(rows, out_of_fold_probability(fitted["target"])[:, 0])
    return {
        "statement": best_f1_threshold(statement, fitted["statement"].truth[:, 0]),
        "country": country_threshold(rows, country),
        "target": target,
        "target_share": share,
    }


def _label_thresholds(
    stance: Fitted, rows: AllRows, documents: Sequence[Document]
) -> dict[str, float]:
    """Return a threshold a label, chosen where labels have their natural proportions."""
    natural = [n for n, g in enumerate(rows.stance.groups) if documents[g].part == "restated"]
    natural = natural or list(range(len(rows.stance.groups)))
    probability, truth = out_of_fold_probability(stance)[natural], stance.truth[natural]
    return {
        label: best_f1_threshold(probability[:, number], truth[:, number])
        for number, label in enumerate(stance.labels)
    }


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
