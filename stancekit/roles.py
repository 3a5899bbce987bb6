"""Write a statement as the text that the stance classifier sees: roles in place of names.

Words of names would teach the wrong lesson, and hide whose act is spoken of. So every
country, body and person becomes a role relative to the speaker, numbers and dates become
classes, and words of one sense become a class that is crossed with the role beside it.
The result has tab-separated fields, each of blank-separated tokens.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from stancekit.classes import find_classes
from stancekit.records import Attribution, Mention, Sentence, Span

BODIES = frozenset(
    "UN EU NATO AU ASEAN IAEA WHO ICC ICJ OSCE G7 G20 ARAB-LEAGUE GCC ECOWAS OIC OAS BRICS SCO "
    "QUAD WTO IMF INTERPOL IGO".split()
)
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:[-'’]\w+)*|[?!;]")
_DATE = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december".split()
)
_NEGATIONS = frozenset("not never no nor neither without cannot nothing nobody none".split())
_OWN_WORDS = frozenset("we our us ours my i me ourselves".split())
_SELF_WORDS = frozenset("it its itself they them their he his him she her".split())
_HELPER_SPAN = 40  # a choice: characters between a source and its verb that are helpers
_NEGATED_WORDS = 3  # a choice: how far a negation reaches


Token = tuple[int, int, str]  # where it stands in the article, and what the classifier sees


def role_fields(
    article: str,
    sentence: Sentence,
    attribution: Attribution,
    mentions: Sequence[Mention],
    country: str | None,
    stems: Mapping[str, str],
) -> list[list[Token]]:
    """Return the tokens of the fields "words", "classes", "form" and "plain" of one statement.

    "words" are stems, apart by clause and marked where negated; "plain" are the words of the
    whole statement as they stand, so that what stemming and marks take away is not lost.

    Parameters
    ----------
    mentions : sequence of Mention
        Of the whole article, in order.
    country : str or None
        The speaker's, "A+B" for several.
    stems : mapping
        From a lower-case word to its stem; words that it lacks stay as they are.
    """
    start, end = attribution.clause
    start = max(start, sentence.body) if end > sentence.body else start
    tokens = _tokens(article, start, end, mentions, frozenset((country or "").split("+")))
    names = _names_within(mentions, start, end)
    reporting = _reporting_spans(attribution, names)
    told = [any(a <= offset < b for a, b in reporting) for offset, _, _ in tokens]
    classes = [
        found
        for found in find_classes(article, start, end)
        if not any(a < found[1] and found[0] < b for a, b in names)
    ]
    crossed = _crossed(tokens, told, classes)
    form = [f"form:{attribution.form}", f"kind:{attribution.kind}", f"place:{sentence.kind}"]
    form += [f"cue:{part}" for part in attribution.cue_class.split()]
    place = attribution.cue or (start, start)
    return [
        _words(tokens, told, stems),
        crossed,
        [(*place, token) for token in form],
        [token for token in tokens if token[2] not in {";", "?", "!"}],
    ]


def role_text(fields: Sequence[Sequence[Token]]) -> str:
    """Return fields of tokens as the text that the classifier reads."""
    return "\t".join(" ".join(token for _, _, token in field) for field in fields)


def _names_within(mentions: Sequence[Mention], start: int, end: int) -> list[Span]:
    """Return the spans of the names in a clause: their words ("United States") have no sense."""
    first = bisect_left(mentions, start, key=lambda m: m.start)
    last = bisect_left(mentions, end, key=lambda m: m.start)
    return [(m.start, m.end) for m in mentions[max(0, first - 1) : last] if m.end > start]


def _reporting_spans(attribution: Attribution, names: Sequence[Span]) -> list[Span]:
    """Return the spans of who says it and of the reporting words, helpers between them included."""
    spans = [s for s in (attribution.source, attribution.apposition, attribution.cue) if s]
    source, cue = attribution.source, attribution.cue
    if source and cue and attribution.form in {"before", "after"}:
        start, end = min(source[1], cue[1]), max(source[0], cue[0])
        named = sum(b - a for a, b in names if start <= a and b <= end)
        if end - start - named <= _HELPER_SPAN:  # however long the names between are
            spans.append((start, end))
    return spans


def _tokens(
    article: str, start: int, end: int, mentions: Sequence[Mention], own: frozenset[str]
) -> list[Token]:
    """Return the lower-case words, and roles in place of names."""
    position = bisect_left(mentions, start, key=lambda m: m.start)
    tokens: list[Token] = []
    covered = start
    for match in _TOKEN.finditer(article, start, end):
        if match.start() < covered:
            continue
        while position < len(mentions) and mentions[position].end <= match.start():
            position += 1
        hits = []
        while position < len(mentions) and mentions[position].start < match.end():
            hits.append(mentions[position])  # two in "Sino-British"
            position += 1
        covered = max([match.end(), *(m.end for m in hits)])
        found = [(max(m.start, match.start()), m.end, _role(m, own)) for m in hits]
        for token in found or [(*match.span(), _plain(match.group(), first=not tokens))]:
            if not (token[2].startswith("_") and tokens and tokens[-1][2] == token[2]):
                tokens.append(token)
    return tokens


def _role(mention: Mention, own: frozenset[str]) -> str:
    if not own.isdisjoint(mention.codes):
        return "_own_"
    if mention.codes and BODIES.issuperset(mention.codes):
        return "_org_"
    return "_other_" if mention.codes else "_name_"


def _plain(word: str, *, first: bool) -> str:
    lower = word.lower().replace("’", "'")
    if lower in _DATE or (lower == "may" and word[0] == "M" and not first):
        return "_date_"
    if lower[0].isdigit():
        return "_num_"
    if word[0].isupper() and not first and word != "I":
        return "_name_"
    return lower


def _words(tokens: Sequence[Token], told: Sequence[bool], stems: Mapping[str, str]) -> list[Token]:
    words: list[Token] = []
    negated = 0
    for (start, end, token), is_reporting in zip(tokens, told, strict=True):
        stem = stems.get(token, token)
        if is_reporting:
            if not token.startswith("_"):
                words.append((start, end, f"said:{stem}"))
            continue
        words.append((start, end, stem))
        if token in _NEGATIONS or token.endswith("n't"):
            negated = _NEGATED_WORDS
        elif negated:
            words.append((start, end, f"not_{stem}"))
            negated -= 1
    return words


def _crossed(
    tokens: Sequence[Token], told: Sequence[bool], classes: Sequence[tuple[int, int, str]]
) -> list[Token]:
    """Return classes, and each class of the content with the role before and after it."""
    offsets = [start for start, _, _ in tokens]
    crossed: list[Token] = []
    for start, end, group in classes:
        first, last = bisect_left(offsets, start), bisect_left(offsets, end)
        if first < len(told) and told[first]:
            crossed.append((start, end, f"said_{group}"))
            continue
        crossed.append((start, end, group))
        before = [t for (*_, t), r in zip(tokens[:first], told[:first], strict=True) if not r]
        after = [t for (*_, t), r in zip(tokens[last:], told[last:], strict=True) if not r]
        if role := _nearest(before[-8:][::-1]):
            crossed.append((start, end, f"{role}<{group}"))
        if role := _nearest(after[:7]):
            crossed.append((start, end, f"{group}>{role}"))
        if _NEGATIONS.intersection(before[-3:]):
            crossed.append((start, end, f"not_{group}"))
    return crossed


def _nearest(tokens: Sequence[str]) -> str | None:
    for token in tokens:
        if token in {"_own_", "_other_", "_org_", "_name_"}:
            return token.strip("_")
        if token in _OWN_WORDS:
            return "own"
        if token in _SELF_WORDS:
            return "self"
        if token in {";", "?", "!"}:
            return None
    return None
