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

    def contributions(self, text: str) -> list[tuple[int, str, NDArray[np.float64]]]:
        """Return (field, n-gram, contribution to each label) for one text; they sum to its score."""
        _, columns, values = self._matrix([text])
        names = {c: (f, g) for f, vocab in enumerate(self.vocabulary) for g, c in vocab.items()}
        return [(*names[c], v * self.weights[c]) for c, v in zip(columns, values, strict=True)]

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


def probabilities(scores: NDArray[np.float64], slopes: NDArray[np.float64], offsets: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return calibrated probabilities 1 / (1 + exp(-(slope * score + offset)))."""
    result: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(slopes * scores + offsets, -40, 40)))
    return result
