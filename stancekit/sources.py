"""Find the noun phrase that names the source of reported words, around a reporting word.

There is no parser: the subject of a reporting verb is read off to its left (or right,
when verb and subject change places), up to the nearest sign of another clause.
"""

import re
from typing import NamedTuple

from stancekit.lexicons import load_words
from stancekit.records import Span

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\d+(?:,\d{3})+|\w+(?:[-.&/]\w+)*(?:[’'](?!\w)|[’']\w+)*|[^\w\s]")
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
_ASIDE = (
    r"at[ ](?:once|first|least|last)|in[ ](?:turn|reply|response|particular|effect|fact|public|private|principle)"
    r"|for[ ](?:his|her|its|their|our)[ ](?:own[ ])?part|of[ ]late|once[ ](?:more|again)|time[ ]and[ ]again|as[ ]well"
    r"|for[ ](?:now|instance|example)|all[ ]the[ ]same|on[ ](?:his|her|its|their)[ ]own|among[ ]others|in[ ]addition"
)
_MOMENT = rf"(?:{_TIME}|{_SETTING}|{_ASIDE})"
_TRAILING = re.compile(rf"(?:,[ ]{_MOMENT},|[ ]{_MOMENT}|[ ]\([^)]*\),?)[ ]*$", re.I)
_LEADING_AFTER = re.compile(rf"[ ]*(?:{_MOMENT})[ ]*,?", re.I)
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
    apposition = None
    if index >= 0 and tokens[index].group() in {",", "—", "–", ")"}:
        found = _skip_apposition(article, tokens, index)
        if found is None:
            return None
        index, apposition = found
    if index < 0 or _is_no_subject(tokens[index].group(), helpers):
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
    leading = _LEADING_AFTER.match(article, cue_end, end)
    for token in _TOKEN.finditer(article, leading.end() if leading else cue_end, end):
        text = token.group()
        lower = text.lower()
        if first is None and (lower in load_words("auxiliaries") or text == ","):
            continue
        if text in _BREAKS or lower in _STOPS or (first and _ends_after(article, token)):
            break
        if last and (_looks_like_verb(text) and last.group().lower() not in _ADJECTIVES_FOLLOW):
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
    "that while when after before because as if but who which in on at during where saying said says "
    "adding warning told referring speaking yesterday today has have had is are was were to by - --".split()
) - {"in", "at", "on"}
_ADJECTIVES_FOLLOW = frozenset("the a an its his her their of and for several some many two".split())


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


_OBJECT = re.compile(r"(?:the|a|an|its|his|her|their|no|not|to|that|it|them|him|up|out|off)\b|[A-Z“\"]")


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
    is_bare = index < 0 or tokens[index].group() in _BREAKS or tokens[index].group().lower() in _CLAUSE_WORDS
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
    return word in _BREAKS or lower in {"and", "or", "then", "not", "as"}


def _skip_apposition(
    article: str, tokens: list[re.Match[str]], index: int
) -> tuple[int, Span] | None:
    """Step over ", a description," before the verb; return the index before it and its span.

    Descriptions may follow each other ("Lee, a general, who led the talks, said").
    """
    close = tokens[index].start()
    span = None
    for _ in range(4):
        if index < 1 or tokens[index].group() not in _OPENINGS:
            break
        depth = _opening(tokens, index)
        if depth is None or depth <= 0:
            break
        inside = tokens[depth + 1].group() if depth + 1 < index else ""
        if span is not None and not _describes(inside):
            break
        span = (tokens[depth].end(), close)
        index = depth - 1
        piece = index
        while piece > 0 and tokens[piece - 1].group() not in _OPENINGS:
            piece -= 1
        if piece == 0 or not (tokens[index].group() == ")" or _describes(tokens[piece].group())):
            break
        index += 1
    if span is None or (tokens[index].group() in _BREAKS and tokens[index].group() != ")"):
        return None
    return index, span


_OPENINGS = {",": ",", "—": "—", "–": "–", ")": "("}


def _opening(tokens: list[re.Match[str]], index: int) -> int | None:
    """Return the index of the mark that opens the description which `index` closes."""
    mark = _OPENINGS[tokens[index].group()]
    for depth in range(index - 1, -1, -1):
        if tokens[depth].group() == mark:
            return depth
        if tokens[depth].group() in {"“", "”", '"', ";", "!", "?"}:
            return None
    return None


_NO_DESCRIPTION = (
    load_words("determiners")
    | load_words("clause_starters")
    | load_words("pronouns")
    | {"and", "or", "nor", "yet", "then"}
)


def _describes(word: str) -> bool:
    """Return whether a word opens a description of the noun before it, and no noun phrase."""
    lower = word.lower()
    return lower in {"who", "which", "whose", "whom", "where"} or (
        word.islower() and (lower.endswith("ing") or lower not in _NO_DESCRIPTION)
    )


def _left_edge(tokens: list[re.Match[str]], index: int) -> int:
    """Return the index of the first token of the noun phrase that ends at `index`."""
    if tokens[index].group().lower() in _PRONOUNS:
        return index
    first = _phrase_start(tokens, index)
    opener = tokens[first - 1].group().lower() if first else ""
    if tokens[first].group().lower() in _PREPOSITIONS and (not first or opener in _BREAKS):
        return _after_adverbial(tokens, first, index)
    if opener in {"earlier", "later", "late", "early", "before", "after", "since", "despite", "amid", "until"}:
        return _after_adverbial(tokens, first - 1, index)
    return first


_PREPOSITIONS = frozenset(
    "in at on from of during for since under over through within outside inside near beyond along "
    "with by to across around without before after despite throughout upon among earlier later".split()
)
_TITLE_NOUN = re.compile(
    r"(?:[a-z-]*(?:man|men|woman|person|er|or|ist|ian|ent|ant|head|chief|general|secretary|envoy|king|de|la|bin"
    r"|al|von|van|of|and|the|for))$"
)


def _after_adverbial(tokens: list[re.Match[str]], first: int, index: int) -> int:
    """Return where the subject begins in "Earlier in the day Lee", "At the embassy a clerk"."""
    for place in range(first + 2, index + 1):
        word, before = tokens[place].group(), tokens[place - 1].group()
        if before.lower() in _LINKS or before.lower() in load_words("determiners"):
            continue
        if word.lower() in _ARTICLES or word.lower() in _PRONOUNS:
            return place
        is_name = word[0].isupper()
        if is_name and (before[0].isdigit() or (before.islower() and not _TITLE_NOUN.match(before))):
            return place
    return first + 1 if first < index else index


def _phrase_start(tokens: list[re.Match[str]], index: int) -> int:
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
    while first < index and tokens[first].group().lower() in _LEFT_OVER:
        first += 1
    if first > 1 and tokens[first - 1].group() == "," and _is_list(tokens, first, index):
        return _list_start(tokens, first)
    return first


def _is_list(tokens: list[re.Match[str]], first: int, index: int) -> bool:
    words = [t.group() for t in tokens[first : index + 1]]
    return "and" in words and all(w[0].isupper() or w in _LIST_WORDS for w in words)


_LIST_WORDS = frozenset("and the of for a".split())


def _list_start(tokens: list[re.Match[str]], first: int) -> int:
    """Return where a list of names begins ("Egypt, Bahrain and the Emirates")."""
    place = first
    while place > 1 and tokens[place - 1].group() == ",":
        piece = place - 2
        while piece > 0 and tokens[piece - 1].group() not in _BREAKS and place - piece < 7:
            word = tokens[piece - 1].group()
            if not (word[0].isupper() or word in _LIST_WORDS):
                break
            piece -= 1
        words = [t.group() for t in tokens[piece : place - 1]]
        if not words or not words[-1][0].isupper() or words[0] in {"and", "of", "for"}:
            break
        place = piece
    return place


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
        word in load_words("past_verbs") or (word.endswith("ed") and len(word) > 3 and word != "united")
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

