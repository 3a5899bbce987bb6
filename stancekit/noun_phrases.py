"""Read noun phrases off a row of words: where one begins, and what describes it.

There is no parser: a phrase runs left from its last word to the nearest sign of another
clause, past what stands in commas between a name and its verb.
"""

import re

from stancekit.lexicons import load_words
from stancekit.records import Span

TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d+(?:,\d{3})+|\w+(?:[-.&/]\w+)*(?:[’'](?!\w)|[’']\w+)*|[^\w\s]"
)
BREAKS = set(',;:()[]“”"«»—–…!?/')


RELATIVES = frozenset({"who", "which"})
PRONOUNS = load_words("pronouns") - {"one", "others"}
CLAUSE_WORDS = (load_words("clause_starters") - {"as"}) | {"with", "saying", "said", "says", "told"}


def skip_apposition(
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
    if span is None or (tokens[index].group() in BREAKS and tokens[index].group() != ")"):
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


def left_edge(tokens: list[re.Match[str]], index: int) -> int:
    """Return the index of the first token of the noun phrase that ends at `index`."""
    if tokens[index].group().lower() in PRONOUNS | RELATIVES:
        return index
    first = _phrase_start(tokens, index)
    opener = tokens[first - 1].group().lower() if first else ""
    if tokens[first].group().lower() in _PREPOSITIONS and (not first or opener in BREAKS):
        return _after_adverbial(tokens, first, index)
    if opener in {
        "earlier",
        "later",
        "late",
        "early",
        "before",
        "after",
        "since",
        "despite",
        "amid",
        "until",
    }:
        return _after_adverbial(tokens, first - 1, index)
    return first


_PREPOSITIONS = frozenset(
    "in at on from of during for since under over through within outside inside near beyond "
    "along with by to across around without before after despite throughout upon among "
    "earlier later".split()
)
_TITLE_NOUN = re.compile(
    r"(?:[a-z-]*(?:man|men|woman|person|er|or|ist|ian|ent|ant|head|chief|general|secretary"
    r"|envoy|king|de|la|bin"
    r"|al|von|van|of|and|the|for))$"
)


def _after_adverbial(tokens: list[re.Match[str]], first: int, index: int) -> int:
    """Return where the subject begins in "Earlier in the day Lee", "At the embassy a clerk"."""
    for place in range(first + 2, index + 1):
        word, before = tokens[place].group(), tokens[place - 1].group()
        if before.lower() in _LINKS or before.lower() in load_words("determiners"):
            continue
        if word.lower() in _ARTICLES or word.lower() in PRONOUNS:
            return place
        is_name = word[0].isupper()
        if is_name and (
            before[0].isdigit() or (before.islower() and not _TITLE_NOUN.match(before))
        ):
            return place
    return first + 1 if first < index else index


def _phrase_start(tokens: list[re.Match[str]], index: int) -> int:
    first = index
    while first > 0:
        word = tokens[first - 1].group()
        lower = word.lower()
        if word in BREAKS or lower in CLAUSE_WORDS or _is_complete(tokens, first):
            break
        if lower in RELATIVES | {"whom", "whose"}:
            break
        if lower in {"and", "or"}:
            if not _joins(tokens, first - 1):
                break
        elif looks_like_verb(word) and not _modifies(tokens, first - 1):
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
        while piece > 0 and tokens[piece - 1].group() not in BREAKS and place - piece < 7:
            word = tokens[piece - 1].group()
            if not (word[0].isupper() or word in _LIST_WORDS):
                break
            piece -= 1
        words = [t.group() for t in tokens[piece : place - 1]]
        if not words or not words[-1][0].isupper() or words[0] in {"and", "of", "for"}:
            break
        place = piece
    return place


_ARTICLES = frozenset(
    "the a an its his her their some many several another both one two three".split()
)
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
    return after.islower() and not any(looks_like_verb(t.group()) for t in tokens[:index])


def looks_like_verb(word: str) -> bool:
    return word.islower() and (
        word in load_words("past_verbs")
        or (word.endswith("ed") and len(word) > 3 and word != "united")
    )


def _modifies(tokens: list[re.Match[str]], index: int) -> bool:
    """Return whether a participle stands before a noun ("the armed forces")."""
    if index == 0:
        return False
    before = tokens[index - 1].group().lower()
    return before in {"the", "a", "an", "its", "of", "some", "other"} or before.endswith(
        ("’s", "'s")
    )
