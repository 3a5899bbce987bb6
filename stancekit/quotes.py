"""Find quotations in a stretch of text: which characters stand inside quotation marks.

Works on one paragraph and forgives what real articles get wrong: a mark that is never
closed costs that one quotation and nothing else.
"""

import re

from stancekit.records import Span

_MARKS = re.compile(r"[“”„«»\"]|``|''|[‘’'](?!\w)|(?<!\w)[‘’'](?=[\w\[(])")
_OPENING = {"“", "„", "«", "``", "‘"}
_CLOSING = {"”", "»", "''", "’"}
_SINGLE = {"‘", "’", "'"}


def find_quotes(text: str, start: int, end: int) -> tuple[list[Span], int | None]:
    """Find the quotations in `text[start:end]`, one paragraph.

    Returns
    -------
    spans : list of (start, end)
        Without the marks, in order, not overlapping; outer quotations only.
    open_from : int or None
        Where a quotation begins that the paragraph never closes.
    """
    spans: list[Span] = []
    opened: tuple[int, bool] | None = None
    for match in _MARKS.finditer(text, start, end):
        mark = match.group()
        single = mark in _SINGLE
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        opens = _opens(mark, before, after)
        if opened is None:
            if opens:
                opened = (match.end(), single)
        elif single != opened[1]:
            continue
        elif opens and mark not in {'"', "'"}:
            opened = (match.end(), single)
        elif not opens or not after.isalnum():
            spans.append((opened[0], match.start()))
            opened = None
    if opened is not None and not opened[1]:
        return spans, opened[0]
    return spans, None


def _opens(mark: str, before: str, after: str) -> bool:
    if mark in _OPENING:
        return True
    if mark in {"”", "»", "''"}:
        return False
    if mark == "’":
        return not before.isalnum() and before not in ".,?!…)" and after.isalnum()
    return (before.isspace() or before in "([—–-:/“‘") and not after.isspace()
