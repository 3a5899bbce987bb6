"""Every figure of a model on labelled documents, as plain numbers for a card or a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stancekit.pipeline import Model
from training.baselines import (
    keyword_baseline,
    majority_baseline,
    plain_texts,
    plain_tfidf_baseline,
)
from training.corpus import Document
from training.evaluate import Figure, score_end_to_end, stance_figures
from training.fit import indicator
from training.rows import AllRows, analyse, build_rows, build_stance_context_rows

_BINS = 10


@dataclass(slots=True)
class Report:
    """Figures of one split: end to end, stance with statements given, baselines, calibration."""

    split: str
    documents: int
    statements: int
    end_to_end: dict[str, Figure] = field(default_factory=dict)
    stance_given: dict[str, Figure] = field(default_factory=dict)
    baselines: dict[str, dict[str, Figure]] = field(default_factory=dict)
    calibration_error: dict[str, float] = field(default_factory=dict)
    reliability: dict[str, list[tuple[float, float, int]]] = field(default_factory=dict)


def make_report(
    model: Model,
    documents: Sequence[Document],
    split: str,
    train_documents: Sequence[Document] = (),
    train_rows: AllRows | None = None,
) -> Report:
    """Score a model on documents; with training rows at hand also the fitted baseline."""
    rows = build_rows(documents, analyse(documents, model.gazetteer), model.files.stems)
    probability = given_stances(model, rows)
    truth = indicator(rows.stance.labels, model.labels)
    limits = np.array([model.files.thresholds[label] for label in model.labels])
    groups = rows.stance.groups
    report = Report(split, len(documents), len(rows.gold))
    report.end_to_end = score_end_to_end(model, documents)
    report.stance_given = stance_figures(probability >= limits, truth, groups)
    texts = plain_texts(documents, rows)
    chosen = {"majority": majority_baseline(len(texts)), "keywords": keyword_baseline(texts)}
    if train_rows is not None:
        chosen["plain TF-IDF"] = plain_tfidf_baseline(
            plain_texts(train_documents, train_rows), train_rows.stance.labels, texts
        )
    report.baselines = {n: stance_figures(c, truth, groups) for n, c in chosen.items()}
    for number, label in enumerate(model.labels):
        bins = _reliability(probability[:, number], truth[:, number])
        report.reliability[label] = bins
        total = sum(n for _, _, n in bins)
        report.calibration_error[label] = sum(abs(p - f) * n for p, f, n in bins) / max(1, total)
    return report


def given_stances(model: Model, rows: AllRows) -> NDArray[np.float64]:
    """Return the stance probabilities of labelled statements, speakers as labelled."""
    first = model.probability("stance", rows.stance.texts)
    context = build_stance_context_rows(rows, first, model.labels)
    return model.probability("stance_context", context.texts)


def _reliability(
    probability: NDArray[np.float64], truth: NDArray[np.bool_]
) -> list[tuple[float, float, int]]:
    """Return (mean probability, share of true, count) of each bin of a tenth."""
    places = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    bins = []
    for number in range(_BINS):
        inside = places == number
        if inside.any():
            mean, share = probability[inside].mean(), truth[inside].mean()
            bins.append((float(mean), float(share), int(inside.sum())))
    return bins


def report_lines(report: Report) -> list[str]:
    """Return a report as lines of text, figures with their 95 % intervals."""
    lines = [f"{report.split}: {report.documents} documents, {report.statements} statements"]
    lines += ["end to end"]
    lines += [f"  {name:<24} {figure}" for name, figure in report.end_to_end.items()]
    lines += ["stance, statements given"]
    lines += [f"  {name:<24} {figure}" for name, figure in report.stance_given.items()]
    for name, figures in report.baselines.items():
        macro, exact = figures["macro_f1"], figures["exact_set"]
        lines.append(f"  baseline {name:<15} macro_f1 {macro}  exact_set {exact}")
    lines += [
        f"  calibration error {label:<18} {value:.3f}"
        for label, value in report.calibration_error.items()
    ]
    return lines
