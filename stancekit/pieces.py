"""Read very long texts in pieces, so that time grows with length and no faster."""

from collections.abc import Sequence
from dataclasses import replace

from stancekit.records import Statement

PIECE = 20_000
"""Characters, a choice: longer than nearly every article, short enough to be read at once."""


def cut_into_pieces(text: str, size: int = PIECE) -> list[tuple[int, str]]:
    """Return (offset, piece) of a text: whole if it is short, else cut between paragraphs.

    A text without line ends is cut at a blank, and one without blanks anywhere.
    """
    pieces = []
    start = 0
    while len(text) - start > size:
        cut = max(
            text.rfind("\n\n", start, start + size), text.rfind("\r\n\r\n", start, start + size)
        )
        for mark in ("\n", ". ", " "):
            if cut > start + size // 2:
                break
            cut = text.rfind(mark, start, start + size)
        cut = cut + 1 if cut > start else start + size
        pieces.append((start, text[start:cut]))
        start = cut
    return [*pieces, (start, text[start:])]


def shift(statement: Statement, offset: int) -> Statement:
    """Return a statement of a piece with its places in the whole text."""
    if not offset:
        return statement
    evidence = statement.evidence and {
        label: tuple((start + offset, end + offset, weight) for start, end, weight in spans)
        for label, spans in statement.evidence.items()
    }
    start, end = statement.start + offset, statement.end + offset
    return replace(statement, start=start, end=end, evidence=evidence)


def join_pieces(
    counts: Sequence[Sequence[tuple[int, str]]], found: Sequence[list[Statement]]
) -> list[list[Statement]]:
    """Return the statements of each text from those of its pieces."""
    results = []
    statements = iter(found)
    for pieces in counts:
        results.append([shift(s, offset) for offset, _ in pieces for s in next(statements)])
    return results
