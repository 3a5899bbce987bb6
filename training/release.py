"""Fit all classifiers on the labelled data and write the model folder."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sklearn

from stancekit import __version__, load
from stancekit.gazetteer import Gazetteer
from stancekit.model_files import DEFAULT_NAME
from stancekit.records import STANCES
from stancekit.stance import choose_stances
from training.card import summarise, write_card
from training.corpus import DATA, Document, read_documents
from training.export import export_model
from training.fit import SETTINGS, Fitted, fit
from training.report import make_report, report_lines
from training.rows import (
    AllRows,
    add_target_rows,
    analyse,
    build_context_rows,
    build_rows,
    build_stance_context_rows,
    build_statement_context_rows,
)
from training.source_articles import read_source_articles
from training.stems import make_stems
from training.thresholds import (
    best_f1_threshold,
    country_threshold,
    out_of_fold_probability,
    target_thresholds,
)


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
    first = out_of_fold_probability(fitted["statement"])[:, 0]
    rows.statement = build_statement_context_rows(rows, analyses, first)
    fitted["statement_context"] = fit(rows.statement, ("yes",), SETTINGS["statement_context"])
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
    country = out_of_fold_probability(fitted["country_context"])[:, 0]
    target, share = target_thresholds(rows, out_of_fold_probability(fitted["target"])[:, 0])
    return {
        "statement": 0.5,
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


def write_release(release: Release, folder: Path, scores: Mapping[str, Any] | None = None) -> None:
    """Write the model folder of a release, with its scores where they are known."""
    about = {
        "name": DEFAULT_NAME,
        "version": __version__,
        "made_with": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "trained_on": data_summary(release),
        "scores": scores or {},
    }
    export_model(
        folder,
        release.fitted,
        SETTINGS,
        labels=STANCES,
        thresholds=release.thresholds,
        stems=release.stems,
        about=about,
    )


def data_summary(release: Release) -> dict[str, Any]:
    """Return how much data, and one SHA-256 over every data file."""
    digest = hashlib.sha256()
    for folder in ("articles", "statements"):
        for path in sorted((DATA / folder).glob("*.jsonl")):
            digest.update(path.read_bytes())
    return {
        "split": "train",
        "documents": len(release.documents),
        "statements": len(release.rows.gold),
        "sha256": digest.hexdigest(),
    }


def train_default(
    folder: Path, articles: Path | None = None, *, with_scores: bool = True
) -> Iterator[str]:
    """Fit on the training split of data/, write `folder`, yield lines that tell the progress.

    `articles` is the folder of the source articles, whose sentences then train as well.
    """
    documents = read_documents(splits=["train"])
    if articles is not None:
        documents += read_source_articles(articles)
    release = fit_release(documents, Gazetteer.shipped())
    write_release(release, folder)
    yield f"{len(documents)} documents, {len(release.rows.gold)} statements: {folder}"
    if not with_scores:
        return
    model = load(folder)
    reports = [
        make_report(model, read_documents(splits=[split]), split, documents, release.rows)
        for split in ("dev", "test")
    ]
    write_release(release, folder, {report.split: summarise(report) for report in reports})
    write_card(folder, reports)
    for report in reports:
        yield from report_lines(report)
