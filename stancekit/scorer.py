"""Score texts with TF-IDF and linear weights, on numpy alone.

The arithmetic is that of scikit-learn's TfidfVectorizer (sublinear term frequency,
smoothed idf, l2 norm; one vectorizer a field) followed by a linear model, to 1e-6.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FieldSettings:
    """How one tab-separated field of a text is read: blank-separated tokens, n-grams of them."""

    name: str
    low: int
    high: int
    weight: float


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A fitted TF-IDF model: `vocabulary[i]` maps the n-grams of field i to columns.

    `idf` has shape (n_features,), `weights` (n_features, n_labels), `intercepts` (n_labels,).
    """

    fields: tuple[FieldSettings, ...]
    vocabulary: tuple[dict[str, int], ...]
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]

    def decision(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return linear scores, shape (n_texts, n_labels)."""
        rows, columns, values = self._matrix(texts)
        scores = np.zeros((len(texts), self.weights.shape[1]))
        weighted = values[:, None] * self.weights[columns]
        for label in range(self.weights.shape[1]):
            scores[:, label] = np.bincount(rows, weighted[:, label], minlength=len(texts))
        return scores + self.intercepts

    def contributions(
        self, fields: Sequence[Sequence[tuple[int, int, str]]]
    ) -> list[tuple[int, int, NDArray[np.float64]]]:
        """Return (start, end, contribution to each label) of every n-gram of one text.

        `fields` are the text's tokens with their spans. The contributions are exact: with
        the intercept they sum to the linear score. An n-gram that stands several times is
        named where it stands first.
        """
        text = "\t".join(" ".join(token for _, _, token in field) for field in fields)
        _, columns, values = self._matrix([text])
        worth = dict(zip(columns.tolist(), values.tolist(), strict=True))
        found = []
        for number, settings in enumerate(self.fields):
            field, vocabulary = fields[number], self.vocabulary[number]
            for size in range(settings.low, settings.high + 1):
                for first in range(len(field) - size + 1):
                    part = field[first : first + size]
                    column = vocabulary.get(" ".join(token for _, _, token in part), -1)
                    if column in worth:
                        weight = worth.pop(column) * self.weights[column]
                        found.append((part[0][0], part[-1][1], weight))
        return found

    def _matrix(
        self, texts: Sequence[str]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
        """Return the TF-IDF matrix of `texts` as (rows, columns, values)."""
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        split = [text.split("\t") for text in texts]
        for number, settings in enumerate(self.fields):
            vocabulary = self.vocabulary[number]
            for row, parts in enumerate(split):
                counts = _counts(parts[number], settings, vocabulary)
                if not counts:
                    continue
                weighted = [(1.0 + math.log(n)) * self.idf[c] for c, n in counts.items()]
                norm = settings.weight / math.sqrt(sum(v * v for v in weighted))
                rows.extend([row] * len(counts))
                columns.extend(counts)
                values.extend(v * norm for v in weighted)
        return np.array(rows, np.intp), np.array(columns, np.intp), np.array(values)


def _counts(field: str, settings: FieldSettings, vocabulary: dict[str, int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for gram in ngrams(field.split(), settings.low, settings.high):
        column = vocabulary.get(gram)
        if column is not None:
            counts[column] = counts.get(column, 0) + 1
    return counts


def ngrams(tokens: Sequence[str], low: int, high: int) -> Iterable[str]:
    """Yield the n-grams of `tokens`, `low` to `high` tokens long, joined by a blank."""
    if low == 1:
        yield from tokens
    for size in range(max(2, low), high + 1):
        for start in range(len(tokens) - size + 1):
            yield " ".join(tokens[start : start + size])


def probabilities(
    scores: NDArray[np.float64], slopes: NDArray[np.float64], offsets: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return calibrated probabilities 1 / (1 + exp(-(slope * score + offset)))."""
    result: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(slopes * scores + offsets, -40, 40)))
    return result
