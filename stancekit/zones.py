"""Which countries and bodies an article names where: shared by speakers and targets."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stancekit.records import Mention, Sentence, Span

_BEFORE = re.compile(r"([\w’'-]+|[,(“\"–—-])[ ]*(?:the[ ])?$")
_AFTER = re.compile(r"[ ]*([’']s?(?!\w)|[\w’'-]+|[,.)”\"–—-])")


class Candidate(NamedTuple):
    """A code that may be the answer, the text that describes it, and what it rests on."""

    code: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArticleMentions:
    """The mentions of one article with the counts that rankers ask for.

    `leads` has the codes named first in the headline and in the opening sentence, `bodies`
    the codes that stand for no state.
    """

    article: str
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    starts: tuple[int, ...]
    ranks: dict[str, int]
    dateline: frozenset[str]
    headline: frozenset[str]
    opening: frozenset[str]
    leads: Mapping[str, frozenset[str]]
    bodies: frozenset[str]

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions that begin in `span` and can stand for a code."""
        first = bisect_left(self.starts, span[0])
        last = bisect_left(self.starts, span[1])
        return [m for m in self.mentions[first:last] if m.codes]

    def codes_within(self, span: Span) -> frozenset[str]:
        """Return every code that a mention in `span` can stand for."""
        return frozenset(code for m in self.within(span) for code in m.codes)

    def lead(self, spans: Sequence[Span]) -> frozenset[str]:
        """Return the codes of the first mention in `spans`."""
        found = [m for span in spans for m in self.within(span)[:1]]
        return frozenset(found[0].codes) if found else frozenset()


def index_mentions(
    article: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> ArticleMentions:
    """Return the index of one article's mentions."""
    starts = tuple(m.start for m in mentions)
    counts = Counter(m.codes[0] for m in mentions if len(m.codes) == 1)
    # Of equals the one named first: the alphabet would tell one country from another.
    ranked = sorted(counts, key=lambda code: -counts[code])
    index = ArticleMentions(
        article, sentences, mentions, starts, {code: n for n, code in enumerate(ranked)},
        frozenset(), frozenset(), frozenset(), {}, frozenset(),
    )  # fmt: skip
    prose = [s for s in sentences if s.kind == "prose"][:1]
    heads = [s for s in sentences if s.kind in {"headline", "header"}][:4]
    leads = {
        "headline": index.lead([(s.start, s.end) for s in heads]),
        "opening": index.lead([(s.body, s.end) for s in prose]),
    }
    return ArticleMentions(
        article,
        sentences,
        mentions,
        starts,
        index.ranks,
        dateline=frozenset().union(*(index.codes_within((s.start, s.body)) for s in prose)),
        headline=frozenset().union(*(index.codes_within((s.start, s.end)) for s in heads)),
        opening=frozenset().union(*(index.codes_within((s.body, s.end)) for s in prose)),
        leads=leads,
        bodies=frozenset(code for m in mentions if m.kind == "body" for code in m.codes),
    )


def word_before(article: str, position: int, limit: int) -> str:
    """Return the lower-case word or mark before `position`, "the" skipped; "^" at `limit`."""
    match = _BEFORE.search(article[max(limit, position - 30) : position])
    return match.group(1).lower() if match else "^"


def word_after(article: str, position: int, limit: int) -> str:
    """Return the lower-case word or mark after `position`; "$" at `limit`."""
    match = _AFTER.match(article, position, limit)
    return match.group(1).lower().replace("’", "'") if match else "$"
