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
