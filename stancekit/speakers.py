"""Describe each country that a source could speak for, so that a ranker can choose.

One row a (statement, candidate country) pair. The ranker never sees a name: the
candidate is `_cand_`, the rest `_other_`, and structural words say where each stands.
It therefore works for countries that no training text names.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from stancekit.linking import Link
from stancekit.records import Attribution, Mention, Span
from stancekit.surroundings import masked_words, surrounding_tokens
from stancekit.zones import ArticleMentions, Candidate, word_after, word_before

_HEAD = re.compile(r"(?<![\w’'-])([a-z-]+)(?=[ ](?:of|for|to|in|at|on|with|from)\b|$)")
_LINKING = re.compile(
    r"(?<!\w)(?:to|with|against|on|about|over|by|of|for|from|in|at|among|between|than|who|whose"
    r"|which|and|or|,)(?!\w)",
    re.I,
)
_FAR_RANK = 3  # a choice: countries named less often than the third are candidates only nearby


def country_candidates(
    index: ArticleMentions, attribution: Attribution, link: Link
) -> list[Candidate]:
    """Return the candidate countries of one attribution, in alphabetical order of code."""
    zones = _zones(index, attribution, link)
    nearby = {code for _, span in zones for code in index.codes_within(span)}
    sentence = index.sentences[attribution.sentence]
    around = index.codes_within((sentence.start, sentence.end)) | index.dateline | index.headline
    if attribution.sentence:
        before = index.sentences[attribution.sentence - 1]
        around |= index.codes_within((before.start, before.end))
    frequent = {code for code, rank in index.ranks.items() if rank < _FAR_RANK}
    shared = _shared_tokens(index, attribution, link, bool(nearby))
    return [
        _describe(index, attribution, zones, code, shared, link)
        for code in sorted(nearby | around | frequent)
    ]


def _zones(index: ArticleMentions, attribution: Attribution, link: Link) -> list[tuple[str, Span]]:
    """Return the words that tell the country: the source's own, or else those it refers to."""
    zones = []
    if attribution.source:
        zones.append(("src", attribution.source))
    if attribution.apposition and attribution.source:
        zones.append(("app", attribution.apposition))
    if any(index.codes_within(span) for _, span in zones):
        return zones
    return zones + [(f"ref{min(n, 1)}", span) for n, span in enumerate(link.fuller[:4])]


def _shared_tokens(
    index: ArticleMentions, attribution: Attribution, link: Link, has_nearby: bool
) -> list[str]:
    """Return the tokens that all candidates of an attribution have in common."""
    tokens = [f"type:{link.type}", f"rel:{link.type}:{link.relation}", f"form:{attribution.form}"]
    if not has_nearby:
        tokens.append("nowhere_near")
    if attribution.source:
        source = index.article[slice(*attribution.source)]
        head = _HEAD.search(source)
        if head:
            tokens.append(f"head:{head.group(1)}")
        if link.type == "pronoun":
            tokens.append(f"pronoun:{source.lower().split(' ')[0]}")
    return tokens


def _describe(
    index: ArticleMentions,
    attribution: Attribution,
    zones: Sequence[tuple[str, Span]],
    code: str,
    shared: Sequence[str],
    link: Link,
) -> Candidate:
    tokens = list(shared)
    reason = ""
    for name, span in zones:
        mentions = index.within(span)
        for number, mention in enumerate(mentions):
            if code in mention.codes:
                reason = reason or _reason(index.article, mention, name, attribution)
                tokens += _zone_tokens(index.article, name, span, mentions, number, link)
    tokens += surrounding_tokens(index, attribution, code, link.type)
    has_zone = any(t.startswith(("src:", "app:", "ref")) for t in tokens)
    if has_zone:
        tokens.append("in_zone")
    else:
        rank = f"rank:{min(index.ranks.get(code, 9), 3)}"
        away = f"out_of_zone:{link.type}"
        tokens += [
            f"{away}:{link.relation}",
            f"{away}:{rank}",
            f"{away}:{'nowhere_near' in shared}",
        ]
        tokens += [f"{away}:{t}" for t in shared if t.startswith("head:")]
    sort = "body" if code in index.bodies else "state"
    tokens += [f"{sort}|{t}" for t in shared if t.startswith(("head:", "pronoun:", "rel:"))]
    words = [word for _, span in zones[:3] for word in masked_words(index, span, code)]
    if not reason:
        reason = next((m.reason for m in index.mentions if code in m.codes), "")
    return Candidate(code, "\t".join([" ".join(tokens), " ".join(words)]), reason)


def _zone_tokens(
    article: str, zone: str, span: Span, mentions: Sequence[Mention], number: int, link: Link
) -> list[str]:
    mention = mentions[number]
    before = word_before(article, mention.start, span[0])
    after = word_after(article, mention.end, span[1])
    others = {code for m in mentions for code in m.codes} - set(mention.codes)
    tokens = [
        f"{zone}:{mention.kind}",
        f"{zone}:n{min(number, 2)}",
        f"{zone}:before:{before}",
        f"{zone}:after:{after}",
        f"{zone}:{mention.kind}:before:{before}",
        f"{link.type}|{link.relation}|{zone}:{mention.kind}",
        f"{zone}:only" if not others else f"{zone}:shared:n{min(number, 2)}:{mention.kind}",
    ]
    if others:
        tokens.append(f"{zone}:shared:before:{before}")
    links = _LINKING.findall(article, span[0], mention.start)
    tokens.append(f"{zone}:behind:{links[-1].lower() if links else 'nothing'}")
    head = _HEAD.search(article[slice(*span)])
    if head:
        tokens.append(f"{zone}:{head.group(1)}:before:{before}")
    if len(mention.codes) > 1:
        tokens.append(f"{zone}:ambiguous")
    if number == len(mentions) - 1:
        tokens.append(f"{zone}:last")
    return tokens


def _reason(article: str, mention: Mention, zone: str, attribution: Attribution) -> str:
    words = f"“{mention.text}”: {mention.reason}"
    if zone.startswith("ref") and attribution.source:
        return f"“{article[slice(*attribution.source)]}” -> {words}"
    return words


def with_context(
    article: str,
    attributions: Sequence[Attribution],
    links: Sequence[Link],
    ranked: Sequence[Sequence[tuple[Candidate, float]]],
) -> list[list[Candidate]]:
    """Add to the candidates of one article what a first ranking says of their neighbours.

    A source that names no country is best known by who spoke before and after it, and by
    what the same words stood for elsewhere in the article.
    """
    best = [max(row, key=lambda pair: pair[1], default=None) for row in ranked]
    answers = [pair[0].code if pair and pair[1] >= _TRUSTED else None for pair in best]
    named = [pair is not None and " in_zone" in pair[0].text for pair in best]
    heads = [_last_word(article, attribution) for attribution in attributions]
    rows = []
    for number, (row, link) in enumerate(zip(ranked, links, strict=True)):
        kind = _kind(article, attributions[number], link)
        places = _places(number, link, answers, named)
        same = [n for n, head in enumerate(heads) if head and head == heads[number] and n != number]
        votes = Counter(a for n, a in enumerate(answers) if a and n != number)
        order = sorted((p for _, p in row), reverse=True)
        extended = []
        for candidate, value in row:
            tokens = _standing_tokens(value, order) + _vote_tokens(candidate.code, votes, kind)
            for name, where in places.items():
                tokens += _agreement(name, where, candidate.code, answers, kind, link)
            tokens += [f"namesake:{answers[n] == candidate.code}" for n in same if answers[n]]
            text = "\t".join([candidate.text, " ".join(tokens)])
            extended.append(Candidate(candidate.code, text, candidate.reason))
        rows.append(extended)
    return rows


_TRUSTED = 0.3  # a choice: below this probability a first answer is no evidence for others


def _standing_tokens(value: float, order: Sequence[float]) -> list[str]:
    """Return what the first ranking gave a candidate, and its lead over the next best."""
    place = order.index(value)
    lead = value - order[1 if place == 0 and len(order) > 1 else 0]
    return [
        f"first:{int(value * 10)}",
        f"first:rank:{min(place, 3)}",
        f"first:lead:{int(lead * 5)}",
    ]


def _vote_tokens(code: str, votes: Counter[str], kind: str) -> list[str]:
    """Return for how many other sources of the article a candidate speaks."""
    number = f"votes:{min(votes[code], 3)}"
    most = "top" if votes[code] == max(votes.values(), default=0) else "less"
    return [number, f"{kind}|{number}", f"{kind}|votes:{most}"]


def _kind(article: str, attribution: Attribution, link: Link) -> str:
    """Return how a source is expressed, finely enough to tell who it goes on with."""
    if attribution.source is None:
        return f"{link.type}:{attribution.form}:{link.relation}"
    words = article[slice(*attribution.source)].lower().split(" ")
    return f"pronoun:{words[0]}" if link.type == "pronoun" else f"{link.type}:{link.relation}"


def _places(
    number: int, link: Link, answers: Sequence[str | None], named: Sequence[bool]
) -> dict[str, int]:
    """Return the attributions whose answers bear on the one at `number`."""
    places = {"before": number - 1, "before2": number - 2, "after": number + 1}
    if link.antecedent is not None:
        places["antecedent"] = link.antecedent
    earlier = [n for n in range(number - 1, -1, -1) if answers[n]]
    places["named"] = next((n for n in earlier if named[n]), -1)
    last = answers[earlier[0]] if earlier else None
    places["turn"] = next((n for n in earlier if answers[n] != last), -1)
    return places


def _agreement(
    name: str, place: int, code: str, answers: Sequence[str | None], kind: str, link: Link
) -> list[str]:
    if not 0 <= place < len(answers):
        return [f"{name}:edge"]
    answer = answers[place]
    agrees = "open" if answer is None else "same" if answer == code else "other"
    return [
        f"{name}:{agrees}",
        f"{link.type}:{link.relation}|{name}:{agrees}",
        f"{kind}|{name}:{agrees}",
    ]


def _last_word(article: str, attribution: Attribution) -> str | None:
    if attribution.source is None:
        return None
    word = article[slice(*attribution.source)].rsplit(" ", 1)[-1]
    return word if len(word) > 3 else None


def choose_countries(
    index: ArticleMentions,
    attribution: Attribution,
    ranked: Sequence[tuple[Candidate, float]],
    threshold: float,
) -> list[tuple[str | None, float, str]]:
    """Return the countries that speak: (code, probability, what it rests on), one a statement.

    Countries that a source lists each make a statement of their own ("Japan and Kenya
    said"); where they speak with one voice it is one statement of "A+B".
    """
    if not ranked:
        return [(None, 0.0, "")]
    best, certainty = max(ranked, key=lambda pair: pair[1])
    if certainty < threshold:
        return [(None, certainty, "")]
    joined = _joined_codes(index, attribution)
    together = [(c, p) for c, p in ranked if c.code in joined and p >= threshold / 2]
    if len(together) < 2 or best.code not in joined:
        return [(best.code, certainty, best.reason)]
    sentence = index.sentences[attribution.sentence].text
    if _JOINT.search(sentence) or _SINGULAR.search(
        index.article[slice(*(attribution.source or (0, 0)))]
    ):
        return [("+".join(sorted(c.code for c, _ in together)), certainty, best.reason)]
    return [
        (c.code, p, c.reason) for c, p in sorted(together, key=lambda t: joined.index(t[0].code))
    ]


_JOINT = re.compile(r"\b(?:joint(?:ly)?|trilateral|tripartite|quartet|one voice|single)\b", re.I)
_SINGULAR = re.compile(
    r"\b(?:statement|communiqué|communique|declaration|text|letter|summit)\b", re.I
)


def _joined_codes(index: ArticleMentions, attribution: Attribution) -> list[str]:
    """Return the codes of countries that the source lists, in order ("Japan and South Korea")."""
    if attribution.source is None:
        return []
    mentions = index.within(attribution.source)
    codes: list[str] = []
    for left, right in pairwise(mentions):
        between = index.article[left.end : right.start]
        if re.fullmatch(r"(?:,|,? and|| &)[ ](?:the )?", between):
            codes += [*left.codes[:1], *right.codes[:1]]
    return list(dict.fromkeys(codes))
