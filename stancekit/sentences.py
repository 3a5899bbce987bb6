"""Split an article into sentences, and tell prose from what surrounds it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from stancekit.layout import find_paragraphs, paragraph_kinds
from stancekit.lexicons import load_words
from stancekit.quotes import find_quotes, runs_on
from stancekit.records import Sentence, SentenceKind, Span

_UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
_OPENERS = r"[\"“‘'(\[`«„—–\-$£€#@•·*¿¡]"
# The mark comes first and alone, so that the search skips plain text at full speed. The
# look-behinds keep runs of marks from being tried again at every place: linear time.
_CANDIDATE = re.compile(
    r"[.!?…](?:(?<![.!?…]{2})[.!?…]*+((?:[\"”’'»)\]*]|\[\d{1,3}\]|[ ][\"”](?=\s))*+)\s++"
    rf"(?={_OPENERS}*+(?:\.\.\.|…)?[ ]*+(?:[{_UPPER}0-9]|(?:al|el|an|ar|as|i|e)-?[A-Z]))"
    r"|(?:(?<=[a-z][a-z].)|(?<=\d{4}.))"
    r"(?:[\"”](?=[“\"]?[A-Z][\w’']*[ ])|(?=[\"“‘]?(?:[A-Z][a-z]+|A|I)[ ][a-z])))"
)
_LAST_WORD = re.compile(r"\w(?:[\w’'&-]|(?<=[^\W\d_])\.(?=[^\W\d_]))*$")
_NEXT_WORD = re.compile(rf"{_OPENERS}*+[ ]*+([\w’'.]{{0,30}})")
_REPORTING_TAIL = re.compile(
    r"(?:[A-ZÀ-Þ][\w.’'-]*[ ]+|(?:the|of|for|and|an?)[ ]+){1,7}?(?:,[^,.]{2,60},[ ]+)?"
    r"(?:sa(?:id|ys)|ask(?:ed|s)|t(?:old|ells)|add(?:ed|s)|wr(?:ote|ites)|tweeted|posted|demand(?:ed|s)"
    r"|repli(?:ed|es)|shouted|declared|exclaimed|cried|yelled|wondered|retorted|thundered|fumed|insisted"
    r"|responded|countered|quipped|joked|continued|concluded|warned|urged|burst out)\b"
)
_LIST_MARK = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})")
_AFTER_HOUR = re.compile(
    r"(?:[A-Z]{1,4}T|GMT|UTC|Eastern|Pacific|Central|Mountain|[A-Z][a-z]+day|\d+"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\b"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:,?[ ](?:{_MONTH}[ ]\d{{1,2}}|\d{{1,2}}[ ]{_MONTH})(?:,?[ ]\d{{4}})?)"
_CAPITALS = rf"[{_UPPER}][{_UPPER} .’'ʻ/&-]{{1,40}}[{_UPPER}.]"
_PLACE = r"[A-ZÀ-Þ][\w.’'ʻ/-]*(?:[ ][A-ZÀ-Þ][\w.’'/-]*){0,3}"
_AREA = r"(?:,[ ][A-ZÀ-Þ][\w. ]{1,24}){0,2}"
_WIRE = r"(?:,?[ ]?\([A-Z0-9][^()]{1,38}\))"
_DASH = r"[ ]*(?:—|–|--|-)[ ]+"
_DATELINE = re.compile(
    rf"{_CAPITALS}{_AREA}{_DAY}?{_WIRE}?{_DASH}"
    rf"|{_CAPITALS}{_AREA}{_DAY}\.?[ ]/[A-Z]{{2,8}}/\.?(?:{_DASH}|[ ])"
    rf"|{_PLACE}{_AREA}(?:{_WIRE}{_DAY}?|{_DAY}{_WIRE}?)(?:{_DASH}|:[ ])"
    rf"|{_PLACE}{_AREA}[ ]*(?:—|–|--)[ ]+(?=[\"“‘]?[{_UPPER}])|[a-z]+,[ ][a-z]+[ ]—[ ]"
    r"|(?:[A-Z][\w.]*[ ]){0,3}\((?:CNN|AP|AFP|Reuters|UPI|Xinhua|IANS|ANI|PTI)\)[ ]*(?:[-–—]+[ ]+)?"
    r"|[A-Z]\w+(?:[ ][A-Z]\w+){1,2}[ ]/[ ](?=[A-Z])"
    r"|date[ ]\d{4}-\d\d-\d\d[ ]"
    r"|\d{1,2}[:.]\d\d(?:[ ]?[ap]\.?m\.?)?(?:[ ][A-Z]{2,4}T?)?[ ](?:[-–—][ ])?(?=[\"“‘]?[A-Z])"
)
_COLON_DATELINE = re.compile(
    r"(?!(?:MR|MRS|MS|DR|QUESTION|ANSWER|MODERATOR|SPEAKER|SECRETARY|PRESIDENT|AMBASSADOR|MINISTER"
    r"|REPORTER|GENERAL|NOTE|UPDATE|BREAKING|ANALYSIS|OPINION|EXPLAINER|FACTBOX|VOICE|HOST)\b)"
    rf"(?:[{_UPPER}]{{3,20}}(?:[ /][{_UPPER}]{{2,20}}){{0,2}}|{_PLACE},[ ][A-ZÀ-Þ]\w+)"
    rf":[ ]+(?=[\"“‘]?[{_UPPER}])"
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
    return list(_sentences(article))


def _sentences(article: str) -> Iterator[Sentence]:
    """Yield the sentences of an article, one paragraph after the other."""
    paragraphs = find_paragraphs(article)
    kinds = paragraph_kinds(article, paragraphs)
    runs = False  # whether a quotation runs on from the paragraph before
    prose = 0
    for number, (start, end) in enumerate(paragraphs):
        kind = kinds[number]
        is_text = kind != "boilerplate"  # a share bar in its midst does not end a quotation
        resumes = runs and is_text and article[start] not in "“\"‘'„«`"
        quotes, open_from = find_quotes(article, start, end, resumes=resumes)
        spans, body = [(start, end)], start
        if kind == "prose":
            body = _body(article, start, end, is_early=prose < 3)
            prose += 1
            spans = _spans(article, start, body, end, quotes)
        continues = runs and is_text
        if is_text:
            after = _before_text(paragraphs, kinds, number)
            runs = open_from is not None and runs_on(article, after)
        if open_from is not None:
            index = len(spans) if runs and is_text else bisect_right(spans, (open_from, end))
            quotes.append((open_from, spans[index - 1][1]))
        if quotes or continues:
            yield from _quoting(article, number, kind, spans, body, quotes, continues)
        else:
            for first, last in spans:
                at = body if body > first else first
                yield Sentence(article[first:last], first, last, number, at, kind)


def _before_text(paragraphs: Sequence[Span], kinds: Sequence[SentenceKind], number: int) -> int:
    """Return where the last paragraph ends before the text goes on after `number`."""
    while number + 1 < len(paragraphs) and kinds[number + 1] == "boilerplate":
        number += 1
    return paragraphs[number][1]


def _body(article: str, start: int, end: int, *, is_early: bool) -> int:
    """Return where a paragraph begins after its dateline."""
    head = article[start : start + 2]
    if not is_early and not head[1:].isupper() and not head[0].isdigit():
        return start
    limit = min(end, start + 120)
    match = _DATELINE.match(article, start, limit)
    if match is None and is_early:
        match = _COLON_DATELINE.match(article, start, limit)
    return match.end() if match and match.end() < end else start


def _spans(article: str, start: int, body: int, end: int, quotes: Sequence[Span]) -> list[Span]:
    """Return the spans of the sentences of one paragraph."""
    spans = []
    begin = start
    rules = _rules()
    for match in _CANDIDATE.finditer(article, body, end):
        (at, after), (_, closers) = match.regs
        if at - begin < 2 and not article[begin].isalnum():
            continue  # three dots that open a sentence
        if article[at] == ".":
            low = begin if at - begin < 24 else at - 24
            word = article[max(article.rfind(" ", low, at) + 1, low) : at]
            is_common = (  # not an abbreviation, an initial, an acronym or a number in a list
                (word.isalpha() and word not in rules and not word.isupper())
                or (len(word) == 4 and word.isdigit())
            ) and len(word) > 1
        else:
            is_common = closers == at + 1
        if not is_common and not _is_boundary(article, begin, at, after, closers, end, quotes):
            continue
        if closers < 0:  # no blank: a mark between them belongs to the quotation it opens
            closers = after
            if after > at + 1 and _opens_at(quotes, after):
                closers = after = at + 1
        spans.append((begin, closers))
        begin = after
    spans.append((begin, end))
    return spans


def _opens_at(quotes: Sequence[Span], at: int) -> bool:
    index = bisect_right(quotes, (at, at))
    return index < len(quotes) and quotes[index][0] == at


def _is_boundary(
    article: str, begin: int, at: int, after: int, closers: int, end: int, quotes: Sequence[Span]
) -> bool:
    """Tell whether the mark at `at` ends the sentence that begins at `begin`."""
    if article[at] == ".":
        if article[at + 1] in ".!?…":
            return True
        return _ends_after(article, begin, at, after, end)
    marks = article[at : max(closers, after)]
    if '"' not in marks and "”" not in marks and "'" not in marks and "’" not in marks:
        return True
    index = bisect_right(quotes, (at, at)) - 1
    is_whole = index >= 0 and quotes[index][0] <= begin + 2 and quotes[index][1] <= closers
    return not (is_whole and _REPORTING_TAIL.match(article, after, end))


def _ends_after(article: str, begin: int, at: int, after: int, end: int) -> bool:
    """Tell whether a full stop after an abbreviation, initial or number ends the sentence."""
    low = max(begin, at - 24)
    last = _LAST_WORD.search(article, max(article.rfind(" ", low, at) + 1, low), at)
    if last is None:  # a mark or a bracket stands before the full stop
        return True
    word = last.group()
    following = _NEXT_WORD.match(article, after, end)
    next_word = following.group(1) if following else ""
    rule = _rules().get(word, "")
    if last.start() <= begin + 1 and _LIST_MARK.fullmatch(word):
        return False
    if rule == "titles" or (word.isupper() and _is_title_in_capitals(word, next_word)):
        return False
    if rule == "numbered":
        return not next_word[:1].isdigit()
    if word in ("a.m", "p.m"):
        return _AFTER_HOUR.match(next_word) is None
    if word == "X":
        return article[last.start() - 3 : last.start()] == "on " or next_word in _starters()
    is_initial = len(word) == 1 and word.isupper()
    if is_initial or rule == "abbreviations" or "." in word:
        return next_word in _starters() or next_word.removesuffix("’s") in _starters()
    return True


def _is_title_in_capitals(word: str, next_word: str) -> bool:
    title = word.capitalize()
    return len(word) > 1 and next_word.isupper() and _rules().get(title) == "titles"


@cache
def _rules() -> dict[str, str]:
    """Return the abbreviations, each with the list it stands in."""
    return {w: name for name in ("abbreviations", "numbered", "titles") for w in load_words(name)}


@cache
def _starters() -> frozenset[str]:
    return load_words("starters")


def _quoting(
    article: str,
    number: int,
    kind: SentenceKind,
    spans: Sequence[Span],
    body: int,
    quotes: Sequence[Span],
    continues: bool,
) -> Iterator[Sentence]:
    """Yield the sentences of one paragraph with the parts of `quotes` that fall in each."""
    following = 0  # the first quotation that may reach into the sentence
    for start, end in spans:
        while following < len(quotes) and quotes[following][1] <= start:
            following += 1
        inside: tuple[Span, ...] = ()
        if following < len(quotes) and quotes[following][0] < end:
            stop = bisect_left(quotes, (end, end), following)
            parts = quotes[following:stop]
            if parts[0][0] < start or parts[-1][1] > end:
                parts = [(max(a, start), min(b, end)) for a, b in parts]
            inside = tuple(parts)
            continues = continues or quotes[following][0] < start
        yield Sentence(
            article[start:end],
            start,
            end,
            number,
            body if body > start else start,
            kind,
            inside,
            continues,
        )
        continues = False
