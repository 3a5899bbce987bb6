"""Choose thresholds on out-of-fold probabilities: F1 for labels, accuracy for rankings."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from stancekit.scorer import probabilities
from stancekit.targets import combine_targets
from training.fit import Fitted
from training.rows import AllRows, Rows

_GRID = np.round(np.arange(0.05, 0.95, 0.01), 2)
_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)


def out_of_fold_probability(fitted: Fitted) -> NDArray[np.float64]:
    """Return the calibrated out-of-fold probabilities, shape (n_rows, n_labels)."""
    return probabilities(fitted.out_of_fold, fitted.slopes, fitted.offsets)


def best_f1_threshold(probability: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """Return the threshold with the highest F1; of equals, the one nearest to one half."""
    scores = [_f1(probability >= t, truth) for t in _GRID]
    best = max(scores)
    return float(
        min(
            (t for t, s in zip(_GRID, scores, strict=True) if s >= best), key=lambda t: abs(t - 0.5)
        )
    )


def _f1(chosen: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    hits = float((chosen & truth).sum())
    return 2 * hits / max(1.0, float(chosen.sum() + truth.sum()))


def ranked_by_item(rows: Rows, probability: NDArray[np.float64]) -> dict[int, dict[str, float]]:
    """Return for each ranked statement the probability of each candidate code."""
    ranked: dict[int, dict[str, float]] = {}
    for item, code, value in zip(rows.items, rows.codes, probability.tolist(), strict=True):
        ranked.setdefault(item, {})[code] = value
    return ranked


def country_threshold(rows: AllRows, probability: NDArray[np.float64]) -> float:
    """Return the threshold below which a country stays unknown, by accuracy."""
    ranked = ranked_by_item(rows.country, probability)
    single = _items_alone(rows.country)
    outcomes = []
    for item, spoken in enumerate(rows.sources):
        if item in single:
            continue
        codes = ranked.get(item, {"": 0.0})
        best = max(codes, key=codes.__getitem__)
        speakers = [g.country for g in spoken]
        is_right = any(best in (code or "").split("+") for code in speakers)
        outcomes.append((codes[best], is_right, None in speakers))
    scores = [
        sum(right if value >= t else unknown for value, right, unknown in outcomes) for t in _GRID
    ]
    return _middle_of_best(scores)


def _items_alone(rows: Rows) -> frozenset[int]:
    """Return the items that are the only one of their document.

    A sentence on its own seldom says what only an article can tell, so that it would
    teach a threshold that no article needs.
    """
    by_group: dict[int, set[int]] = {}
    for group, item in zip(rows.groups, rows.items, strict=True):
        by_group.setdefault(group, set()).add(item)
    return frozenset(item for items in by_group.values() if len(items) == 1 for item in items)


def target_thresholds(
    rows: AllRows, probability: NDArray[np.float64], items: Iterable[int] | None = None
) -> tuple[float, float]:
    """Return (threshold, share) of `combine_targets`, by accuracy of the whole answer."""
    ranked = ranked_by_item(rows.target, probability)
    kept = list(items) if items is not None else list(range(len(rows.gold)))
    best, chosen = -1, (0.5, 0.8)
    for threshold in _GRID[::3]:
        for share in _SHARES:
            right = sum(
                combine_targets(ranked.get(i, {}), float(threshold), share) == rows.gold[i].target
                for i in kept
            )
            if right > best:
                best, chosen = right, (float(threshold), share)
    return chosen


def _middle_of_best(scores: Sequence[int]) -> float:
    best = [t for t, s in zip(_GRID, scores, strict=True) if s == max(scores)]
    return float(best[len(best) // 2])
