"""Turn scores into stances: calibrated probabilities, a threshold a label."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from stancekit.scorer import probabilities


def calibrate(
    scores: NDArray[np.float64], slopes: NDArray[np.float64], offsets: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return calibrated probabilities of linear scores, the same shape."""
    return probabilities(scores, slopes, offsets)


def choose_stances(
    probability: NDArray[np.float64], labels: Sequence[str], thresholds: Mapping[str, float]
) -> list[tuple[str, ...]]:
    """Return for each row the labels whose probability reaches their threshold, in label order."""
    limits = np.array([thresholds.get(label, 0.5) for label in labels])
    return [
        tuple(label for label, chosen in zip(labels, row, strict=True) if chosen)
        for row in probability >= limits
    ]


def strongest_spans(
    contributions: Sequence[tuple[int, int, NDArray[np.float64]]],
    labels: Sequence[str],
    most: int = 5,
) -> dict[str, tuple[tuple[int, int, float], ...]]:
    """Return for each label the spans that weighed most, (start, end, contribution) each.

    What several features say of the same words is added up.
    """
    totals: dict[tuple[int, int], NDArray[np.float64]] = {}
    for start, end, weights in contributions:
        if end > start:
            totals[start, end] = totals.get((start, end), np.zeros(len(labels))) + weights
    evidence = {}
    for number, label in enumerate(labels):
        spans = [(start, end, float(total[number])) for (start, end), total in totals.items()]
        spans.sort(key=lambda span: (-abs(span[2]), span[0], span[1]))
        evidence[label] = tuple(span for span in spans[:most] if span[2])
    return evidence


def with_context(
    texts: Sequence[str],
    countries: Sequence[str | None],
    probability: NDArray[np.float64],
    labels: Sequence[str],
) -> list[str]:
    """Add to the texts of one article's statements what a first pass found around them.

    A speaker who condemned in one sentence seldom praises in the next: the field tells
    what the same country's other statements and the neighbours were taken for.

    Parameters
    ----------
    texts : sequence of str
        One a statement, in reading order.
    countries : sequence of str or None
        Who speaks, one a statement.
    probability : array, shape (n_statements, n_labels)
        Of a first pass; while training from models that have not seen the article.
    """
    extended = []
    for number, text in enumerate(texts):
        tokens = _levels("first", probability[number], labels)
        same = [n for n, c in enumerate(countries) if c == countries[number] and n != number]
        for name, place in (("before", number - 1), ("after", number + 1)):
            if not 0 <= place < len(texts):
                tokens.append(f"{name}:edge")
                continue
            who = "same" if place in same else "other"
            tokens += _levels(f"{name}:{who}", probability[place], labels)
        if same:
            tokens += _levels("speaker", probability[same].mean(axis=0), labels)
            tokens += _levels("speaker_peak", probability[same].max(axis=0), labels)
        others = [n for n in range(len(texts)) if n not in same and n != number]
        if others:
            tokens += _levels("others", probability[others].mean(axis=0), labels)
        extended.append(f"{text}\t{' '.join(tokens)}")
    return extended


def _levels(name: str, row: NDArray[np.float64], labels: Sequence[str]) -> list[str]:
    """Return one token a label for each of a row's levels that it reaches (0.1, 0.3, ...)."""
    return [
        f"{name}:{label}>{level}"
        for label, value in zip(labels, row.tolist(), strict=True)
        for level in _LEVELS
        if value >= level
    ]


_LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # a choice: steps of a first pass
