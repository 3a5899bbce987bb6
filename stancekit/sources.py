"""Find the noun phrase that names the source of reported words, around a reporting word.

There is no parser: the subject of a reporting verb is read off to its left (or right,
when verb and subject change places), up to the nearest sign of another clause.
"""

import re
from typing import NamedTuple

from stancekit.lexicons import load_words
from stancekit.noun_phrases import (
    BREAKS,
    CLAUSE_WORDS,
    RELATIVES,
    TOKEN,
    left_edge,
    looks_like_verb,
    skip_apposition,
)
from stancekit.records import Span

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TIME = (
    rf"(?:(?:on|late|early|earlier|late on|early on|later on|last|this)[ ])?{_WEEKDAY}"
    r"(?:[ ](?:morning|afternoon|evening|night))?"
    r"|(?:earlier|later)?[ ]?(?:on|in)[ ](?:\d{1,2}[ ])?(?:January|February|March|April|May"
    r"|June|July"
    r"|August|September|October|November|December)(?:[ ]\d{1,2})?(?:,?[ ]\d{4})?"
    r"|(?:earlier|later)[ ](?:in[ ]the[ ]day|this[ ]\w+|that[ ]\w+)|yesterday|today|tonight"
    r"|(?:last|this)[ ](?:week|month|year|night)|in[ ]\d{4}"
)
_SETTING = (
    r"(?:in|at|during|on|through|via)[ ](?:an?|the|its|his|her|their|remarks|comments)[ ]?"
    r"(?:[\w’'-]+[ ]){0,4}?(?:statement|briefing|conference|interview|speech|address|letter"
    r"|note|tweet|post"
    r"|session|meeting|communiqué|communique|message|remarks|comments|social media|television"
    r"|radio|debate"
    r"|hearing|call|visit|report|editorial|commentary|parliament)s?(?:[ ](?:to|with|on|for|by"
    r"|in)[ ][\w’' ]{2,40}?)?"
)
_ASIDE = (
    r"at[ ](?:once|first|least|last)|in[ ](?:turn|reply|response|particular|effect|fact"
    r"|public|private|principle)"
    r"|for[ ](?:his|her|its|their|our)[ ](?:own[ ])?part|of[ ]late|once[ ](?:more|again)"
    r"|time[ ]and[ ]again|as[ ]well"
    r"|for[ ](?:now|instance|example)|all[ ]the[ ]same|on[ ](?:his|her|its|their)[ ]own"
    r"|among[ ]others|in[ ]addition"
)
_MOMENT = rf"(?:{_TIME}|{_SETTING}|{_ASIDE})"
_TRAILING = re.compile(rf"(?:,[ ]{_MOMENT},|[ ]{_MOMENT}|[ ]\([^)]*\),?)[ ]*$", re.I)
_LEADING_AFTER = re.compile(rf"[ ]*(?:{_MOMENT})[ ]*,?", re.I)
_LEADING = re.compile(
    rf"(?:(?:But|And|Yet|So|Or|Still|Also|Meanwhile|However|Nevertheless|Then|Instead"
    rf"|Separately|Earlier|Later"
    rf"|Elsewhere|Afterwards|Now|Here|Today|Yesterday|Asked[ ]\w+|In[ ]turn|In[ ]response"
    rf"|In[ ]reply|For[ ]\w+[ ]part"
    rf"|Only|Even|Just)[ ]+|(?:{_TIME})[ ]+|(?:{_SETTING})[ ]+(?=the[ ]|an?[ ]|[A-Z])"
    rf"|(?:In|At|From|Near|Outside)[ ][A-Z][\w-]+[ ]+(?=the[ ]|an?[ ]|[A-Z]))",
    re.I,
)
_APPOSITION = re.compile(
    r",[ ]((?:an?|the|who|whose|its|his|her|their|one|speaking|[a-z]+(?:ing|ed)?"
    r"|[A-Z][\w’'-]+)[ ][^,;:“”\"]{2,120})"
)


class Source(NamedTuple):
    """The words that name a source, what stands beside them, and the verb's helpers."""

    start: int
    end: int
    apposition: Span | None
    helpers: frozenset[str]


def source_before(article: str, begin: int, cue_start: int) -> Source | None:
    """Return the subject that stands before a reporting verb, or None."""
    limit = _trim_trailing(article, begin, cue_start)
    tokens = list(TOKEN.finditer(article, begin, limit))
    index, helpers = _skip_helpers(tokens)
    apposition = None
    if index >= 0 and tokens[index].group() in {",", "—", "–", ")"}:
        found = skip_apposition(article, tokens, index)
        if found is None:
            return None
        index, apposition = found
    if index < 0 or _is_no_subject(tokens[index].group(), helpers):
        return None
    first = left_edge(tokens, index)
    if first > index:
        return None
    if tokens[index].group().lower() in RELATIVES:
        return _antecedent(article, begin, tokens[index].start(), helpers)
    start = _trim_leading(article, tokens[first].start(), tokens[index].end())
    end = tokens[index].end()
    if start >= end:
        return None
    return Source(start, end, apposition, helpers)


def source_after(article: str, cue_end: int, end: int) -> Source | None:
    """Return the noun phrase that follows a reporting verb or "according to", or None."""
    first = last = None
    leading = _LEADING_AFTER.match(article, cue_end, end)
    for token in TOKEN.finditer(article, leading.end() if leading else cue_end, end):
        text = token.group()
        lower = text.lower()
        if first is None and (lower in load_words("auxiliaries") or text == ","):
            continue
        if text in BREAKS or lower in _STOPS or (first and _ends_after(article, token)):
            break
        if last and (looks_like_verb(text) and last.group().lower() not in _ADJECTIVES_FOLLOW):
            break
        if last and text[0].isdigit() and last.group()[0].isupper():
            break
        if first is None:
            if lower in {"that", "to", "there"} or not (text[0].isalpha()):
                return None
            first = token
        last = token
    if first is None or last is None:
        return None
    apposition = None
    match = _APPOSITION.match(article, last.end(), end)
    if match and not re.match(r"(?:said|and|but|while|saying)\b", match.group(1)):
        apposition = match.span(1)
    stop = last.start() + len(last.group().rstrip(".")) if last.end() == end else last.end()
    return Source(first.start(), stop, apposition, frozenset())


_STOPS = frozenset(
    "that while when after before because as if but who which in on at during where saying said "
    "says adding warning told referring speaking yesterday today has have had is are was were "
    "to by - --".split()
) - {"in", "at", "on"}
_ADJECTIVES_FOLLOW = frozenset(
    "the a an its his her their of and for several some many two".split()
)


def _ends_after(article: str, token: re.Match[str]) -> bool:
    rest = article[token.start() : token.start() + 60]
    return re.match(rf"(?:{_TIME}|{_SETTING})(?!\w)", rest, re.I) is not None


def sentence_subject(article: str, begin: int, end: int) -> Source | None:
    """Return the noun phrase with which a sentence opens, up to its first verb, or None."""
    begin = _trim_leading(article, begin, end)
    first = last = None
    for token in TOKEN.finditer(article, begin, min(end, begin + 160)):
        text = token.group()
        if text in BREAKS or looks_like_verb(text) or text.lower() in load_words("auxiliaries"):
            break
        if first is None and not (text[0].isupper() or text.lower() in {"the", "a", "an", "its"}):
            return None
        if text.lower() in load_words("clause_starters") and first is not None:
            break
        if last and last.group()[0].isupper() and _is_present_verb(article, token):
            break
        first = first or token
        last = token
    if first is None or last is None:
        return None
    match = _APPOSITION.match(article, last.end(), end)
    return Source(first.start(), last.end(), match.span(1) if match else None, frozenset())


def _is_present_verb(article: str, token: re.Match[str]) -> bool:
    """Return whether a word after a name is its verb ("Jakarta allows him") and no noun."""
    text = token.group()
    following = article[token.end() : token.end() + 12].lstrip()
    return text.islower() and text.endswith("s") and re.match(_OBJECT, following) is not None


_OBJECT = re.compile(
    r"(?:the|a|an|its|his|her|their|no|not|to|that|it|them|him|up|out|off)\b|[A-Z“\"]"
)


def _trim_trailing(article: str, begin: int, limit: int) -> int:
    for _ in range(3):
        window = max(begin, limit - 120)
        match = _TRAILING.search(article[window:limit])
        if match is None or window + match.start() <= begin:
            return limit
        limit = window + match.start()
    return limit


def _trim_leading(article: str, start: int, end: int) -> int:
    for _ in range(3):
        match = _LEADING.match(article, start, end)
        if match is None or match.end() >= end:
            return start
        start = match.end()
    return start


def _skip_helpers(tokens: list[re.Match[str]]) -> tuple[int, frozenset[str]]:
    helpers = set()
    index = len(tokens) - 1
    while index >= 0:
        word = tokens[index].group().lower().replace("’", "'")
        if not _is_helper(word, tokens[index - 1].group().lower() if index else ""):
            break
        helpers.add(word)
        index -= 1
    last = index + 1
    is_bare = (
        index < 0
        or tokens[index].group() in BREAKS
        or tokens[index].group().lower() in CLAUSE_WORDS
    )
    if is_bare and last < len(tokens) and tokens[last].group().lower() in {"both", "all"}:
        return last, frozenset(helpers - {"both", "all"})
    return index, frozenset(helpers)


def _is_helper(word: str, before: str) -> bool:
    """Return whether a word may stand between a subject and its verb."""
    if word in {"in", "on"}:
        return False
    if word in {"neither", "nor", "but", "or", "yet"}:
        return before in load_words("modals") or before in {"all", "has", "have", "had", "did"}
    if word.endswith(("self", "selves")):
        return before not in load_words("determiners")
    return word in load_words("auxiliaries") or (word.endswith("ly") and len(word) > 4)


def _is_no_subject(word: str, helpers: frozenset[str]) -> bool:
    lower = word.lower()
    if lower in load_words("determiners") - {"this", "these", "those", "some", "each", "most"}:
        return True
    return word in BREAKS or lower in {"and", "or", "then", "not", "as"}


def _antecedent(article: str, begin: int, relative: int, helpers: frozenset[str]) -> Source | None:
    """Return the noun phrase that "who" or "which" stands for."""
    tokens = list(TOKEN.finditer(article, begin, relative))
    index = len(tokens) - 1
    if index >= 0 and tokens[index].group() == ",":
        index -= 1
    if index < 0 or tokens[index].group() in BREAKS:
        return None
    first = left_edge(tokens, index)
    start = _trim_leading(article, tokens[first].start(), tokens[index].end())
    return Source(start, tokens[index].end(), None, helpers)
