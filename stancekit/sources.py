"""Find the noun phrase that names the source of reported words, around a reporting word.

There is no parser: the subject of a reporting verb is read off to its left (or right,
when verb and subject change places), up to the nearest sign of another clause.
"""

import re
from typing import NamedTuple

from stancekit.lexicons import load_words
from stancekit.records import Span

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:[-.&/]\w+)*(?:[’'](?!\w)|[’']\w+)*|[^\w\s]")
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TIME = (
    rf"(?:(?:on|late|early|earlier|late on|early on|later on|last|this)[ ])?{_WEEKDAY}"
    r"(?:[ ](?:morning|afternoon|evening|night))?"
    r"|(?:earlier|later)?[ ]?(?:on|in)[ ](?:\d{1,2}[ ])?(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)(?:[ ]\d{1,2})?(?:,?[ ]\d{4})?"
    r"|(?:earlier|later)[ ](?:in[ ]the[ ]day|this[ ]\w+|that[ ]\w+)|yesterday|today|tonight"
    r"|(?:last|this)[ ](?:week|month|year|night)|in[ ]\d{4}"
)
_SETTING = (
    r"(?:in|at|during|on|through|via)[ ](?:an?|the|its|his|her|their|remarks|comments)[ ]?"
    r"(?:[\w’'-]+[ ]){0,4}?(?:statement|briefing|conference|interview|speech|address|letter|note|tweet|post"
    r"|session|meeting|communiqué|communique|message|remarks|comments|social media|television|radio|debate"
    r"|hearing|call|visit|report|editorial|commentary|parliament)s?(?:[ ](?:to|with|on|for|by|in)[ ][\w’' ]{2,40}?)?"
)
_TRAILING = re.compile(rf"(?:,?[ ](?:{_TIME}|{_SETTING})|[ ]\([^)]*\))[ ]*,?[ ]*$", re.I)
_LEADING = re.compile(
    rf"(?:(?:But|And|Yet|So|Or|Still|Also|Meanwhile|However|Nevertheless|Then|Instead|Separately|Earlier|Later"
    rf"|Elsewhere|Afterwards|Now|Here|Today|Yesterday|Asked[ ]\w+|In[ ]turn|In[ ]response|In[ ]reply|For[ ]\w+[ ]part"
    rf"|Only|Even|Just)[ ]+|(?:{_TIME})[ ]+|(?:{_SETTING})[ ]+(?=the[ ]|an?[ ]|[A-Z])"
    rf"|(?:In|At|From|Near|Outside)[ ][A-Z][\w-]+[ ]+(?=the[ ]|an?[ ]|[A-Z]))",
    re.I,
)
_BREAKS = set(",;:()[]“”\"«»—–…!?/")
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
    tokens = list(_TOKEN.finditer(article, begin, limit))
    index, helpers = _skip_helpers(tokens)
    if index < 0 or _is_no_subject(tokens[index].group(), helpers):
        return None
    apposition = None
    if tokens[index].group() in {",", "—", "–", ")"}:
        found = _skip_apposition(article, tokens, index)
        if found is None:
            return None
        index, apposition = found
        if index < 0:
            return None
    first = _left_edge(tokens, index)
    if first > index:
        return None
    if tokens[first].group().lower() in {"who", "which"}:
        return _antecedent(article, begin, tokens[first].start(), helpers)
    start = _trim_leading(article, tokens[first].start(), tokens[index].end())
    end = tokens[index].end()
    if start >= end:
        return None
    return Source(start, end, apposition, helpers)


def source_after(article: str, cue_end: int, end: int) -> Source | None:
    """Return the noun phrase that follows a reporting verb or "according to", or None."""
    first = last = None
    for token in _TOKEN.finditer(article, cue_end, end):
        text = token.group()
        lower = text.lower()
        if first is None and (lower in load_words("auxiliaries") or text == ","):
            continue
        if text in _BREAKS or lower in _STOPS or (first and _ends_after(article, token)):
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
    "that while when after before because as if but who which in on at during where saying said says "
    "adding warning told referring speaking yesterday today has have had is are was were".split()
) - {"in", "at", "on"}


def _ends_after(article: str, token: re.Match[str]) -> bool:
    rest = article[token.start() : token.start() + 60]
    return re.match(rf"(?:{_TIME}|{_SETTING})(?!\w)", rest, re.I) is not None


def sentence_subject(article: str, begin: int, end: int) -> Source | None:
    """Return the noun phrase with which a sentence opens, up to its first verb, or None."""
    begin = _trim_leading(article, begin, end)
    first = last = None
    for token in _TOKEN.finditer(article, begin, min(end, begin + 160)):
        text = token.group()
        if text in _BREAKS or _looks_like_verb(text) or text.lower() in load_words("auxiliaries"):
            break
        if first is None and not (text[0].isupper() or text.lower() in {"the", "a", "an", "its"}):
            return None
        if text.lower() in load_words("clause_starters") and first is not None:
            break
        first = first or token
        last = token
    if first is None or last is None:
        return None
    match = _APPOSITION.match(article, last.end(), end)
    return Source(first.start(), last.end(), match.span(1) if match else None, frozenset())


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
        if word in {"in", "on"} or not (
            word in load_words("auxiliaries") or (word.endswith("ly") and len(word) > 4)
        ):
            break
        helpers.add(word)
        index -= 1
    return index, frozenset(helpers)


def _is_no_subject(word: str, helpers: frozenset[str]) -> bool:
    lower = word.lower()
    return lower in load_words("determiners") or (lower in {"and", "or", "then"}) or word == ";"


def _skip_apposition(
    article: str, tokens: list[re.Match[str]], index: int
) -> tuple[int, Span] | None:
    """Step over ", a description," before the verb; return the index before it and its span."""
    opening = {",": ",", "—": "—", "–": "–", ")": "("}[tokens[index].group()]
    close = tokens[index].start()
    depth = index - 1
    while depth >= 0 and tokens[depth].group() != opening:
        if tokens[depth].group() in {"“", "”", '"', ";"}:
            return None
        depth -= 1
    if depth <= 0:
        return None
    span = (tokens[depth].end(), close)
    before = tokens[depth - 1].group()
    if before in _BREAKS and before != ")":
        return None
    return depth - 1, span


def _left_edge(tokens: list[re.Match[str]], index: int) -> int:
    """Return the index of the first token of the noun phrase that ends at `index`."""
    if tokens[index].group().lower() in _PRONOUNS:
        return index
    first = index
    while first > 0:
        word = tokens[first - 1].group()
        lower = word.lower()
        if word in _BREAKS or lower in _CLAUSE_WORDS or _is_complete(tokens, first):
            break
        if lower in {"who", "which"}:
            return first - 1
        if lower in {"and", "or"}:
            if not _joins(tokens, first - 1):
                break
        elif _looks_like_verb(word) and not _modifies(tokens, first - 1):
            break
        first -= 1
    while first < index and tokens[first].group() in _LEFT_OVER:
        first += 1
    return first


_PRONOUNS = load_words("pronouns") - {"one", "others"}
_CLAUSE_WORDS = (load_words("clause_starters") - {"as"}) | {"with", "saying", "said", "says", "told"}
_ARTICLES = frozenset("the a an its his her their some many several another both one two three".split())
_LINKS = frozenset("of for in at to from on by against with between under near and or".split())
_LEFT_OVER = frozenset("to by against on into over up down out off earlier later ago as".split())


def _is_complete(tokens: list[re.Match[str]], first: int) -> bool:
    """Return whether the phrase from `first` on is whole, whatever stands before it."""
    word, before = tokens[first].group(), tokens[first - 1].group()
    if word.lower() in _ARTICLES:
        return before.lower() not in _LINKS
    return word[0].isupper() and before.lower() in {"earlier", "later", "ago", "yesterday", "today"}


def _joins(tokens: list[re.Match[str]], index: int) -> bool:
    """Return whether the "and" at `index` joins two nouns and not two clauses."""
    if index == 0:
        return False
    before, after = tokens[index - 1].group(), tokens[index + 1].group()
    if before[:1].isupper() and after[:1].isupper():
        return True
    return after.islower() and not any(_looks_like_verb(t.group()) for t in tokens[:index])


def _looks_like_verb(word: str) -> bool:
    return word.islower() and (
        word in load_words("past_verbs") or (word.endswith("ed") and len(word) > 4 and word != "united")
    )


def _modifies(tokens: list[re.Match[str]], index: int) -> bool:
    """Return whether a participle stands before a noun ("the armed forces")."""
    if index == 0:
        return False
    before = tokens[index - 1].group().lower()
    return before in {"the", "a", "an", "its", "of", "some", "other"} or before.endswith(("’s", "'s"))


def _antecedent(
    article: str, begin: int, relative: int, helpers: frozenset[str]
) -> Source | None:
    """Return the noun phrase that "who" or "which" stands for."""
    tokens = list(_TOKEN.finditer(article, begin, relative))
    index = len(tokens) - 1
    if index >= 0 and tokens[index].group() == ",":
        index -= 1
    if index < 0 or tokens[index].group() in _BREAKS:
        return None
    first = _left_edge(tokens, index)
    start = _trim_leading(article, tokens[first].start(), tokens[index].end())
    return Source(start, tokens[index].end(), None, helpers)
