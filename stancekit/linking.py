"""Link sources to what they stand for: pronouns, short names, "the ministry", nothing at all.

Each attribution gets a `Link`: its own words, and the fuller words elsewhere in the
article that the reader would take them to mean.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stancekit.records import Attribution, Mention, Sentence, Span

_HE_SHE = frozenset("he she him her who".split())
_THEY = frozenset("they both neither".split())
_WE = frozenset("we i us our my".split())
_NAME = re.compile(
    r"[A-ZÀ-ÞŁŠŽ][\w’'-]*"
    r"(?:[ ](?:al-|bin |van |von |de |del |da |der |ibn |el-)?[A-ZÀ-ÞŁŠŽ][\w’'-]+)*"
)
_HEAD = re.compile(r"[a-zé-]+")
_TEXTS = frozenset(
    "statement communique communiqué declaration report note letter release message text document "
    "commentary editorial resolution tweet post dispatch".split()
)
_PEOPLE = frozenset(
    "spokesman spokeswoman spokesperson minister president premier official officials envoy "
    "diplomat ambassador leader chief commander general secretary chancellor king emir prince "
    "professor analyst expert adviser deputy lawmaker senator foreign prime".split()
)


@dataclass(frozen=True, slots=True)
class Link:
    """What a source stands for.

    `type` is how the source is expressed: "name", "pronoun", "definite", "noun", "plain"
    (a bare plural such as "experts") or "none". `own` are the spans of the source and its
    apposition; `fuller` the spans of the words it refers back to; `antecedent` the number
    of the attribution whose source those are, where they are one.
    """

    type: str
    own: tuple[Span, ...]
    fuller: tuple[Span, ...] = ()
    relation: str = ""
    antecedent: int | None = None


def link_sources(
    article: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
) -> list[Link]:
    """Return a link for each attribution, in the same order."""
    links: list[Link] = []
    for position, attribution in enumerate(attributions):
        own = tuple(s for s in (attribution.source, attribution.apposition) if s)
        if attribution.source is None:
            links.append(_link_unnamed(attributions, links, position, sentences))
            continue
        text = article[slice(*attribution.source)]
        kind = source_type(text)
        known = Link(kind, own)
        if kind == "pronoun":
            known = _link_pronoun(article, sentences, mentions, attributions, links, position)
        elif kind == "definite":
            known = _link_definite(article, text, own, attributions, links, position)
        elif kind == "name":
            known = _link_name(article, text, own, attribution.source[0])
        links.append(known)
    return links


def source_type(text: str) -> str:
    """Return how a source is expressed."""
    lower = text.lower()
    if lower.split(" ")[0] in _HE_SHE | _THEY | _WE | {"it", "this", "that"} and len(text) < 9:
        return "pronoun"
    if re.search(r"[A-ZÀ-ÞŁŠŽ]", text[1:]) or (text[:1].isupper() and not _is_common(lower)):
        return "name"
    if lower.startswith(("the ", "its ", "his ", "her ", "their ")):
        return "definite"
    if lower.startswith(("a ", "an ", "one ")):
        return "noun"
    return "plain"


def _is_common(lower: str) -> bool:
    first = lower.split(" ")[0]
    return first in {
        "the", "a", "an", "its", "his", "her", "their", "some", "many", "several", "other", "most",
        "one", "two", "three", "four", "no", "both", "experts", "analysts", "observers",
        "officials", "critics", "sources", "witnesses", "residents", "diplomats", "others", "state",
        "local", "opposition", "media", "another", "reports", "government", "senior", "human",
        "military", "rights", "all", "foreign", "these", "those", "few", "western", "aid", "police",
        "delegates",
    }  # fmt: skip


def _link_unnamed(
    attributions: Sequence[Attribution],
    links: Sequence[Link],
    position: int,
    sentences: Sequence[Sentence],
) -> Link:
    """A sentence without a source goes on with the source before, or awaits the one after."""
    here = attributions[position]
    after = attributions[position + 1] if position + 1 < len(attributions) else None
    if (
        after is not None
        and after.source
        and (not position or _runs_on(sentences, attributions[position - 1], here, after))
    ):
        spans = tuple(s for s in (after.source, after.apposition) if s)
        return Link("none", (), spans, "after", position + 1)
    if position:
        before = attributions[position - 1]
        gap = sentences[here.sentence].paragraph - sentences[before.sentence].paragraph
        same = "same" if gap == 0 else "next" if gap == 1 else "far"
        fuller = (*links[position - 1].own, *links[position - 1].fuller)
        return Link("none", (), fuller, same, position - 1)
    return Link("none", ())


def _runs_on(
    sentences: Sequence[Sentence], before: Attribution, here: Attribution, after: Attribution
) -> bool:
    """Return whether a paragraph opens with a quotation whose source its next sentence names."""
    first, second = sentences[here.sentence], sentences[after.sentence]
    return (
        here.sentence + 1 == after.sentence
        and first.paragraph == second.paragraph
        and first.paragraph != sentences[before.sentence].paragraph
        and bool(first.quoted)
        and not first.continues_quote
        and second.continues_quote
    )


def _link_pronoun(
    article: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    links: Sequence[Link],
    position: int,
) -> Link:
    here = attributions[position]
    source = here.source or (0, 0)
    own = (source,)
    word = article[slice(*source)].lower()
    if word.split(" ")[0] in _WE and not sentences[here.sentence].quoted:
        return Link("pronoun", own, _owner(sentences), "owner")
    for back in range(position - 1, max(-1, position - 7), -1):
        link = links[back]
        words = " ".join(article[slice(*span)] for span in (*link.own, *link.fuller))
        if not words or link.own == own:
            continue
        if word in _HE_SHE and not _may_be_person(words, mentions, (*link.own, *link.fuller)):
            continue
        if word == "it" and _is_person_only(words):
            continue
        relation = f"back{min(position - back, 3)}"
        return Link("pronoun", own, (*link.own, *link.fuller), relation, back)
    earlier = [m for m in mentions if m.end <= source[0]]
    if word in _HE_SHE:
        earlier = [m for m in earlier if m.kind == "person"] or earlier
    if earlier:
        return Link("pronoun", own, ((earlier[-1].start, earlier[-1].end),), "mention")
    return Link("pronoun", own)


def _owner(sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """Return where a document in the first person says whose it is: heads, first sentence."""
    heads = [s for s in sentences if s.kind in {"header", "headline"}][:3]
    prose = [s for s in sentences if s.kind == "prose"][:1]
    return tuple((s.start, s.end) for s in heads + prose)


def _may_be_person(words: str, mentions: Sequence[Mention], spans: Sequence[Span]) -> bool:
    if any(m.kind == "person" and any(a <= m.start < b for a, b in spans) for m in mentions):
        return True
    lower = set(_HEAD.findall(words.lower()))
    if lower & _PEOPLE:
        return True
    return bool(re.search(r"[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]+", words)) or lower <= _HE_SHE


def _is_person_only(words: str) -> bool:
    lower = words.lower().split()
    return len(lower) == 1 and lower[0] in _HE_SHE


def _link_definite(
    article: str,
    text: str,
    own: tuple[Span, ...],
    attributions: Sequence[Attribution],
    links: Sequence[Link],
    position: int,
) -> Link:
    heads = _HEAD.findall(text.lower())[1:]
    if not heads:
        return Link("definite", own)
    head = heads[-1]
    for back in range(position - 1, -1, -1):
        spans = (*links[back].own, *links[back].fuller)
        words = " ".join(article[slice(*span)] for span in spans).lower()
        if head[:7] in words and spans:
            return Link("definite", own, spans, "same_head", back)
    pattern = re.compile(rf"[A-ZÀ-Þ][\w’'.]*[ ](?:[\w’'-]+[ ]){{0,3}}{re.escape(head)}", re.I)
    if head not in _TEXTS:
        found = [m for m in pattern.finditer(article, 0, own[0][0]) if m.group()[0].isupper()]
        if found:
            return Link("definite", own, (found[-1].span(),), "earlier_words")
    if position:
        spans = (*links[position - 1].own, *links[position - 1].fuller)
        relation = "text" if head in _TEXTS else "previous"
        return Link("definite", own, spans, relation, position - 1)
    return Link("definite", own)


def _link_name(article: str, text: str, own: tuple[Span, ...], start: int) -> Link:
    """Find the place that introduced a person now called by a short name."""
    names = _NAME.findall(text.removesuffix("’s office").removesuffix("'s office"))
    if not names or len(own) > 1:
        return Link("name", own)
    last = names[-1].split(" ")[-1].removesuffix("’s").removesuffix("'s")
    if len(last) < 3:
        return Link("name", own)
    pattern = re.compile(
        rf"(?:[A-ZÀ-Þ][\w’'.-]+[ ])+{re.escape(last)}\b|\b{re.escape(last)}[ ][A-ZÀ-Þ][\w’'-]+"
    )
    introduced = pattern.search(article, 0, start)
    if introduced is not None and introduced.group() not in text:
        return Link("name", own, (introduction(article, *introduced.span()),), "full_name")
    return _link_described(article, names[-1], last, own)


def _link_described(article: str, name: str, last: str, own: tuple[Span, ...]) -> Link:
    """Find the other places of a person's name that describe them, first those before."""
    described = []
    for match in re.finditer(rf"(?<![\w-]){re.escape(last)}(?![\w-])", article):
        begin = match.start() - len(name) + len(last)
        begin = begin if article[max(0, begin) : match.end()] == name else match.start()
        if any(a - _BESIDE <= begin < b for a, b in own):
            continue
        left, right = introduction(article, begin, match.end())
        if article[match.end() : match.end() + 2] == ", " or _TITLED.search(article[left:begin]):
            described.append((left, right))
    return Link("name", own, tuple(described[:2]), "described" if described else "")


_BESIDE = 2  # a choice: a mark and a blank between a description and its name
_TITLED = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_PEOPLE))})[ ]$", re.I)


def introduction(article: str, start: int, end: int) -> Span:
    """Widen the first full name of a person to the words that introduce them."""
    left = max(article.rfind(mark, 0, start) for mark in (". ", "\n", "” ", '" ', "; ", ": "))
    left = max(left + 1, start - 70)
    comma = article.rfind(", ", left, start)
    if 0 <= comma and not article[comma + 2 : start].strip():
        comma = article.rfind(", ", left, comma)
    left = max(left, comma + 1)
    right = end
    if article[end : end + 2] == ", ":
        stops = [article.find(mark, end + 2) for mark in (",", ".", "\n", "“", '"', ";")]
        right = min([s for s in stops if s > 0] + [end + 90, len(article)])
    while left < start and article[left].isspace():
        left += 1
    return left, right


def speaker_name(
    article: str, mentions: Sequence[Mention], attribution: Attribution, link: Link
) -> str | None:
    """Return the full name of the person or body that a source stands for, if known."""
    for span in (*link.own, *link.fuller):
        inside = [m for m in mentions if span[0] <= m.start < span[1] and m.kind == "person"]
        if inside:
            return inside[-1].name
    for span in (*link.fuller, *link.own):
        names: list[str] = [n for n in _NAME.findall(article[slice(*span)]) if " " in n]
        if names:
            return names[-1]
    for span in (*link.own, *link.fuller):
        inside = [m for m in mentions if span[0] <= m.start < span[1] and m.codes]
        if inside:
            return inside[0].name
    return None
