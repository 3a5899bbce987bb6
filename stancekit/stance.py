"""Turn scores into stances: calibrated probabilities, a threshold a label."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


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
    by_country: dict[str | None, list[int]] = {}
    for number, country in enumerate(countries):
        by_country.setdefault(country, []).append(number)
    spoken = {country: _Summary(probability[own]) for country, own in by_country.items()}
    total = probability.sum(axis=0)
    extended = []
    for number, (text, country) in enumerate(zip(texts, countries, strict=True)):
        tokens = _levels("first", probability[number], labels)
        for name, place in (("before", number - 1), ("after", number + 1)):
            if not 0 <= place < len(texts):
                tokens.append(f"{name}:edge")
                continue
            who = "same" if countries[place] == country else "other"
            tokens += _levels(f"{name}:{who}", probability[place], labels)
        own = spoken[country]
        if own.count > 1:
            mean, peak = own.without(probability[number])
            tokens += _levels("speaker", mean, labels)
            tokens += _levels("speaker_peak", peak, labels)
        if own.count < len(texts):
            others = (total - own.total) / (len(texts) - own.count)
            tokens += _levels("others", others.round(_DIGITS), labels)
        extended.append(f"{text}\t{' '.join(tokens)}")
    return extended


class _Summary:
    """What one country's statements were taken for, so that each is told of the rest at once."""

    def __init__(self, rows: NDArray[np.float64]) -> None:
        self.count = len(rows)
        self.total = rows.sum(axis=0)
        self._highest = np.sort(rows, axis=0)[-2:]

    def without(self, row: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the mean and the peak of all rows but this one."""
        second, first = self._highest
        mean = (self.total - row) / (self.count - 1)
        return mean.round(_DIGITS), np.where(row >= first, second, first)


def _levels(name: str, row: NDArray[np.float64], labels: Sequence[str]) -> list[str]:
    """Return one token a label for each of a row's levels that it reaches (0.1, 0.3, ...)."""
    return [
        f"{name}:{label}>{level}"
        for label, value in zip(labels, row.tolist(), strict=True)
        for level in _LEVELS
        if value >= level
    ]


_DIGITS = 9  # what a sum less one of its terms is sure of
_LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # a choice: steps of a first pass
