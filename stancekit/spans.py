"""Ask where spans of an article stand."""

from bisect import bisect_left
from collections.abc import Sequence

from stancekit.records import Span


def is_within(spans: Sequence[Span], position: int) -> bool:
    """Return whether one of the spans, in order and apart, holds a position."""
    last = bisect_left(spans, (position + 1,)) - 1
    return last >= 0 and spans[last][0] <= position < spans[last][1]
