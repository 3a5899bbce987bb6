"""Split an article into sentences, and tell prose from what surrounds it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from stancekit.lexicons import load_words
from stancekit.quotes import find_quotes
from stancekit.records import Sentence, SentenceKind, Span

_MIN_WRAPPED_LINE = 60  # a choice: shorter lines that end without a full stop stand alone

_PARAGRAPH = re.compile(r"\S(?:.*\S)?", re.S)
_BLANK_LINES = re.compile(r"(?:[ \t\u00a0]*(?:\r\n|\r|\n)){2,}|\u2029|\f")
_LINE_BREAK = re.compile(r"[ \t\u00a0]*(?:\r\n|\r|\n)")
_WRAPPED = re.compile(r"[\w,][ \t]*\r?\n[ \t]*[a-z]")
_END_MARK = re.compile(r"[.!?…:;]['\"”’)\]*]*$")
_CANDIDATE = re.compile(
    r"(?:[.!?…]+[\"”’')\]*]*|[.!?][ \t]+[\"”](?=[ \t\r\n]))(?:[ \t\r\n\u00a0\u2009]+)(?=[\"“‘'(\[`«—–-]*[ ]?[A-Z0-9À-ÞŁŠŽ])"
    r"|(?<=[a-z]{2})[.!?][\"”’]?(?=[“\"‘]?(?:[A-Z][a-z]+|A|I) [a-z])"
    r"|(?<=[a-z]{2})[.!?][”\"](?=[A-Z])"
)
_LAST_WORD = re.compile(r"(?:[\w’'&-]|(?<=[A-Za-z])\.(?=[A-Za-z]))+$")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]$")
_NEXT_WORD = re.compile(r"[\"“‘'(\[`«—– -]*([\w’'.]+)")
_REPORTING_TAIL = re.compile(
    r"(?:[A-Z][\w.’'-]*[ ]+|(?:the|of|for|and|a)[ ]+){1,7}?"
    r"(?:said|asked|says|asks|told|added|wrote|tweeted|demanded|replied|shouted|declared|exclaimed)\b"
)
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z .’'/-]{2,40}[A-Z.](?:,[ ][A-Z][\w. ]{1,24}){0,2}"
    r"(?:,?[ ]\w{3,9}\.?[ ]\d{1,2})?(?:[ ]?\([^)]{2,40}\))?"
    r"|[A-Z][\w.’'-]+(?:[ ][A-Z][\w.’'-]+){0,3}(?:,[ ][\w. ]{2,24})?[ ]?\([^)]{2,40}\)"
    r"|[A-Z][A-Z .’'/-]{2,40}[A-Z.],[ ][A-Z][\w.]{2,9}[ ]\d{1,2},?(?:[ ]\d{4})?)"
    r"[ ]*(?:—|–|--|-|:)[ ]+"
    r"|[A-Z][\w.’'-]+(?:[ ][A-Z][\w.’'-]+){0,2}[ ]*(?:—|–|--)[ ]+"
    r"(?=(?:The|A|An|In|On|[A-Z][\w’']+)[ ])"
)
_BOILERPLATE = re.compile(
    r"(?:text size\b|read more\b|also read\b|see also\b|related\b.{0,20}$|share (?:this|on)\b"
    r"|click here\b|sign up\b|subscribe\b|advertisement\b|photo(?:graph)?s?(?: by)?:|file photo\b"
    r"|image(?: credit)?s?:|picture:|credit:|source:[ ]\S+$|watch:|listen:|copyright\b|©|\(c\)[ ]"
    r"|all rights reserved|follow (?:us|me)\b|print this\b|email this\b|more on this\b"
    r"|\W*(?:additional )?(?:reporting|writing|editing|compiled|edited|translated) by\b"
    r"|\((?:with|reporting|editing|writing|additional)\b|contact:|tags?:|topics?:|published:?[ ]"
    r"|updated:?[ ]|last updated|(?:posted|issued) (?:on|at)\b|https?://\S+$|www\.\S+$"
    r"|by [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}(?:,[^.]{0,60}| and [A-Z][^.]{2,40})?$"
    r"|[–—-]* ?(?:with )?(?:agencies|afp|reuters|ap|xinhua|ends|end)\W*$|this story (?:has been|was)\b"
    r"|this article (?:was|first|has)\b|for more information\b|web editor\b)",
    re.I,
)
_BYLINE_TAIL = re.compile(r"\([A-Z][\w.’' -]{1,40}(?:--|—|–|/)[^)]{1,40}\)$")
_BARE_PLACE = re.compile(r"[A-Z][\w’' ]{2,30} ?(?:-|–|—)?$")
_HEADER = re.compile(
    r"(?:\W*(?:joint |press |official |media )?"
    r"(?:statement|communiqu[ée]|declaration|press release|remarks|briefing"
    r"|note|comment|response|reply|answers?|speech|address|message)\b"
    r"|(?:ministry|embassy|office|department|permanent mission|press service|government) of\b"
    r"|(?:ministry|embassy|permanent mission)\b)",
    re.I,
)


def split_sentences(article: str) -> list[Sentence]:
    """Split an article into sentences.

    Parameters
    ----------
    article : str
        Plain text as found; paragraphs by blank lines or line ends. May be empty.

    Returns
    -------
    list of Sentence
        In reading order, not overlapping; offsets count characters of `article`.

    Raises
    ------
    TypeError
        If `article` is not a str; bytes must be decoded by the caller.
    """
    if not isinstance(article, str):
        raise TypeError(f"an article is a str, not {type(article).__name__}")
    sentences: list[Sentence] = []
    seen: set[str] = set()
    has_prose = False
    open_quote = False
    for number, (start, end) in enumerate(_paragraphs(article)):
        text = article[start:end]
        kind = _paragraph_kind(text, seen, has_prose)
        quotes, open_from = find_quotes(article, start, end)
        boundaries = [start, end]
        if kind == "prose":
            has_prose = True
            boundaries = _boundaries(article, start, end)
        if open_from is not None:
            continues = _next_opens_quote(article, end)
            after = bisect_right(boundaries, open_from)
            quotes.append((open_from, end if continues else boundaries[after]))
        resumes = open_quote and text[:1] in "“\"‘'"
        sentences += _build(article, number, kind, boundaries, quotes, resumes)
        open_quote = open_from is not None
    return sentences


def _paragraphs(article: str) -> Iterator[Span]:
    """Yield the spans of paragraphs; lines that were wrapped by hand stay together."""
    position = 0
    breaks = [*(m.span() for m in _BLANK_LINES.finditer(article)), (len(article),) * 2]
    for break_start, break_end in breaks:
        start = line_start = position
        is_wrapped = _WRAPPED.search(article, position, break_start) is not None
        for line in _LINE_BREAK.finditer(article, position, break_start):
            content = article[line_start : line.start()]
            if not is_wrapped or len(content) < _MIN_WRAPPED_LINE or _END_MARK.search(content):
                yield from _trimmed(article, start, line.start())
                start = line.end()
            line_start = line.end()
        yield from _trimmed(article, start, break_start)
        position = break_end


def _trimmed(article: str, start: int, end: int) -> Iterator[Span]:
    text = article[start:end]
    left = len(text) - len(text.lstrip("\ufeff \t\r\n\u00a0\u200b\x0b\x0c\x1c\x1d\x1e\x1f\x85"))
    right = len(text.rstrip())
    if left < right:
        yield start + left, start + right


def _paragraph_kind(text: str, seen: set[str], has_prose: bool) -> SentenceKind:
    if len(text) > 300:
        return "prose"
    if _BOILERPLATE.match(text) or _BYLINE_TAIL.search(text) or not any(map(str.isalpha, text)):
        return "boilerplate"
    if _END_MARK.search(text) and not text.endswith(":"):
        return "prose"
    if text in seen or (len(text) < 35 and _BARE_PLACE.fullmatch(text) and " - " not in text):
        return "boilerplate"
    seen.add(text)
    if _HEADER.match(text) and not has_prose:
        return "header"
    words = text.split()
    if text.endswith((",", "-", "—")) or (len(words) > 25 and has_prose):
        return "prose"
    return "headline"


def _next_opens_quote(article: str, end: int) -> bool:
    return article[end : end + 12].lstrip()[:1] in {"“", '"', "‘"}


def _boundaries(article: str, start: int, end: int) -> list[int]:
    """Return where sentences begin, and the end of the paragraph."""
    begins = [start]
    for match in _CANDIDATE.finditer(article, start, end):
        if match.end() < end and _is_boundary(article, begins[-1], match, end):
            begins.append(match.end())
    return [*begins, end]


def _is_boundary(article: str, begin: int, match: re.Match[str], end: int) -> bool:
    marks = match.group().rstrip()
    head = article[max(begin, match.start() - 24) : match.start()]
    following = _NEXT_WORD.match(article, match.end(), end)
    next_word = following.group(1) if following else ""
    if marks[0] in "!?":
        closes = any(mark in marks for mark in "\"”’'")
        return not (closes and _REPORTING_TAIL.match(article, match.end(), end))
    last = _LAST_WORD.search(head)
    if last is None or marks[0] != "." or len(marks) > 1:
        return not (marks.startswith("..") and next_word[:1].islower())
    word = last.group()
    starters, titles, others = _abbreviations()
    if word in titles:
        return False
    if (len(word) == 1 and word.isupper()) or _ACRONYM.match(word) or word in others:
        return next_word in starters
    return True


def _abbreviations() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return load_words("starters"), load_words("titles"), load_words("abbreviations")


def _build(
    article: str,
    paragraph: int,
    kind: SentenceKind,
    boundaries: Sequence[int],
    quotes: Sequence[Span],
    resumes: bool,
) -> Iterator[Sentence]:
    """Yield the sentences of one paragraph with the parts of `quotes` that fall in each."""
    for index, (start, limit) in enumerate(zip(boundaries, boundaries[1:], strict=False)):
        end = start + len(article[start:limit].rstrip())
        dateline = _DATELINE.match(article, start, end) if index == 0 and kind == "prose" else None
        inside = tuple((max(a, start), min(b, end)) for a, b in quotes if a < end and b > start)
        runs_on = any(a < start - 1 and b > start for a, b in quotes)
        yield Sentence(
            text=article[start:end],
            start=start,
            end=end,
            paragraph=paragraph,
            body=dateline.end() if dateline else start,
            kind=kind,
            quoted=inside,
            continues_quote=runs_on or (resumes and index == 0),
        )
