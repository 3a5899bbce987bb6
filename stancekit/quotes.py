"""Find quotations in a stretch of text: which characters stand inside quotation marks.

Works on one paragraph and forgives what real articles get wrong: a mark that is never
closed, or closes what never opened, costs that one quotation and nothing else.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from stancekit.records import Span

# The character comes first, so that the search skips plain text at full speed; what
# follows sorts out apostrophes: only one without a letter on both sides may be a mark.
_MARKS = re.compile(
    r"[“”„«»\"'’‘`](?:(?<=[“”„«»\"])|(?<=')'|(?<=`)`|(?<!\w.)(?=[\w\[(“\"$£€#@…])|(?<=['’‘])(?!\w))"
)
_DECADE = re.compile(r"\d0s\b|(?:em|cause|til|tis|twas|n)\b")
_SINGLES = frozenset("'’‘`")
_SHAPELESS = frozenset(('"', "''", "'"))
_OPENING = frozenset("“„«‘`") | {"``"}
_BEFORE_OPENING = frozenset(" \t\r\n\u00a0\u2009\u202f([{—–-:/“‘\"'«„")
_LOOK_AHEAD = 1500  # a choice: how far a quotation may be looked for in the next paragraph


class _Quote(NamedTuple):
    """A quotation within its marks; `is_sure` when punctuation stands beside the last one."""

    start: int
    end: int
    is_sure: bool


def find_quotes(
    text: str, start: int, end: int, *, resumes: bool = False
) -> tuple[list[Span], int | None]:
    """Find the quotations in `text[start:end]`, one paragraph.

    Parameters
    ----------
    text : str
        The article.
    start, end : int
        Where the paragraph begins and ends.
    resumes : bool
        Whether a quotation is still open from the paragraph before: a closing mark that
        comes first then ends it.

    Returns
    -------
    spans : list of (start, end)
        Without the marks, in order, not overlapping; outer quotations only.
    open_from : int or None
        Where a quotation begins that the paragraph never closes.
    """
    doubles, singles, opened = _scan(text, start, end, start if resumes else None)
    if opened is not None and (opened >= end or (resumes and opened == start)):
        opened = None
    return _outer(doubles, singles, opened) if singles else doubles, opened


def _scan(
    text: str, start: int, end: int, opened: int | None
) -> tuple[list[Span], list[_Quote], int | None]:
    """Pair the double marks and the single ones, each kind by itself."""
    doubles: list[Span] = []
    singles: list[_Quote] = []
    single: int | None = None
    maybe: int | None = None  # where a single quotation ends unless a surer mark follows
    for match in _MARKS.finditer(text, start, end):
        mark = match.group()
        at, after = match.span()
        if mark not in _SINGLES:
            if opened is not None and _closes(text, mark, at, after, start, end):
                if opened < at:
                    doubles.append((opened, at))
                opened = None
            elif _opens(text, mark, at, after, start, end):
                opened = after
        elif _opens(text, mark, at, after, start, end):
            if single is not None and maybe is not None:
                singles.append(_Quote(single, maybe, is_sure=False))
            single, maybe = after, None
        elif single is not None and _is_sure(text, at, after, end):
            singles.append(_Quote(single, at, is_sure=True))
            single = maybe = None
        elif single is not None and maybe is None:
            maybe = at
    if single is not None and maybe is not None:
        singles.append(_Quote(single, maybe, is_sure=False))
    return doubles, singles, opened


def runs_on(text: str, end: int) -> bool:
    """Tell whether a quotation left open at `end` goes on in the next paragraph.

    It does when the next paragraph begins with an opening mark, or when the first mark
    there closes a quotation.
    """
    limit = min(len(text), end + _LOOK_AHEAD)
    begin = end
    while begin < limit and text[begin].isspace():
        begin += 1
    if text[begin : begin + 1] in ("“", '"', "„", "«") or text[begin : begin + 2] in ("''", "``"):
        return True
    stop = text.find("\n", begin, limit)
    stop = limit if stop < 0 else stop
    for match in _MARKS.finditer(text, begin, stop):
        if match.group() not in _SINGLES:
            at, after = match.span()
            return not _opens(text, match.group(), at, after, begin, stop)
    return False


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    """Tell whether the mark at `at` opens a quotation, by its shape and its neighbours."""
    if mark in _OPENING:
        return mark != "“" or at == start or text[at - 1] in _BEFORE_OPENING
    if mark in "”»" or after >= end or text[after].isspace():
        return False
    if at > start and text[at - 1] not in _BEFORE_OPENING:
        # No blank between a full stop and the next quotation: 'he said."We stay."'
        return mark == '"' and text[at - 1] in ".!?" and text[after].isupper()
    return mark not in "'’" or not _DECADE.match(text, after, end)


def _closes(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    """Tell whether the mark at `at` closes the quotation that is open."""
    if mark in "”»":
        return True
    if mark not in _SHAPELESS and mark != "“":
        return False
    if at > start and text[at - 1] not in _BEFORE_OPENING:
        return True
    if mark == "“":
        return False
    return after >= end or not (text[after].isalnum() or text[after] in "[(“$£€'‘")


def _is_sure(text: str, at: int, after: int, end: int) -> bool:
    """Tell whether a closing single mark can be no plural's apostrophe ("the states' rights")."""
    return after >= end or text[at - 1] in ".,?!…;" or text[after] in ".,?!…;:)”\"" or (
        text[at - 1] not in "sSzx" and text[after].isspace()
    )  # fmt: skip


def _outer(doubles: list[Span], singles: list[_Quote], open_from: int | None) -> list[Span]:
    """Merge the quotations in double and in single marks, leaving the outer ones."""
    starts = [a for a, _ in doubles]
    ends = [b for _, b in doubles]
    kept: list[Span] = []
    hidden: set[int] = set()
    for quote in singles:
        first = bisect_right(ends, quote.start)
        stop = bisect_right(starts, quote.end)
        inside = range(first, stop)
        if open_from is not None and quote.end > open_from:
            continue
        whole = all(quote.start <= starts[i] and ends[i] <= quote.end for i in inside)
        if not inside or (whole and quote.is_sure):
            kept.append((quote.start, quote.end))
            hidden.update(inside)
    return sorted(kept + [span for i, span in enumerate(doubles) if i not in hidden])
