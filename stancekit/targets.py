"""Describe each country that a statement could be directed at, so that a ranker can choose."""

from collections.abc import Mapping, Sequence

from stancekit.classes import find_classes
from stancekit.records import Attribution, Mention
from stancekit.zones import ArticleMentions, Candidate, word_after, word_before

_NEAR = 60  # a choice: characters between a class of words and the country it concerns


def target_candidates(
    index: ArticleMentions,
    attribution: Attribution,
    country: str | None,
    stance: Sequence[str],
) -> list[Candidate]:
    """Return the candidate targets of one statement, in alphabetical order of code.

    Parameters
    ----------
    country : str or None
        The speaker's, "A+B" for several.
    stance : sequence of str
        The labels of the statement.
    """
    speaker = frozenset((country or "").split("+"))
    sentence = index.sentences[attribution.sentence]
    codes = set(index.ranks) | index.codes_within((sentence.start, sentence.end)) | speaker - {""}
    others = [
        code for code in sorted(index.ranks, key=index.ranks.__getitem__) if code not in speaker
    ]
    classes = find_classes(index.article, *attribution.clause)
    shared = _shared_tokens(attribution, country, stance, others)
    return [
        Candidate(
            code,
            " ".join(_tokens(index, attribution, code, speaker, others, classes, shared, stance)),
            next((m.reason for m in index.mentions if code in m.codes), ""),
        )
        for code in sorted(codes)
    ]


def _shared_tokens(
    attribution: Attribution, country: str | None, stance: Sequence[str], others: Sequence[str]
) -> list[str]:
    label = "+".join(stance) or "none"
    tokens = [f"stance:{label}", f"others:{min(len(others), 4)}", f"form:{attribution.form}"]
    if country is None:
        tokens.append("speaker:unknown")
    return tokens


def _tokens(
    index: ArticleMentions,
    attribution: Attribution,
    code: str,
    speaker: frozenset[str],
    others: Sequence[str],
    classes: Sequence[tuple[int, int, str]],
    shared: Sequence[str],
    stance: Sequence[str],
) -> list[str]:
    label = "+".join(stance) or "none"
    who = "own" if code in speaker else "other"
    rank = others.index(code) if code in others else 9
    tokens = [*shared, f"{who}", f"{label}|{who}", f"{label}|{who}|rank:{min(rank, 4)}"]
    inside = [m for m in index.within(attribution.clause) if not _in_source(attribution, m)]
    named = [m for m in inside if code in m.codes]
    place = _place(index, attribution, code, bool(named))
    tokens += [f"{place}", f"{label}|{who}|{place}", f"{label}|{who}|{place}|rank:{min(rank, 2)}"]
    foreign = [m for m in inside if speaker.isdisjoint(m.codes)]
    tokens.append(f"{label}|{who}|{place}|foreign:{min(len({m.codes for m in foreign}), 3)}")
    for mention in named:
        number = foreign.index(mention) if mention in foreign else 9
        tokens += _mention_tokens(index.article, attribution, mention, number, label, who)
        tokens += _class_tokens(mention, classes, who)
    for name in ("headline", "opening", "dateline"):
        if code in getattr(index, name):
            tokens.append(f"{label}|{who}|in_{name}")
    return tokens


def _in_source(attribution: Attribution, mention: Mention) -> bool:
    spans = (attribution.source, attribution.apposition)
    return any(span and span[0] <= mention.start < span[1] for span in spans)


def _place(index: ArticleMentions, attribution: Attribution, code: str, is_in_clause: bool) -> str:
    if is_in_clause:
        return "in_clause"
    for back in range(1, 4):
        if attribution.sentence - back < 0:
            break
        before = index.sentences[attribution.sentence - back]
        if code in index.codes_within((before.start, before.end)):
            return f"back:{back}"
    return "far"


def _mention_tokens(
    article: str, attribution: Attribution, mention: Mention, number: int, label: str, who: str
) -> list[str]:
    start, end = attribution.clause
    before = word_before(article, mention.start, start)
    after = word_after(article, mention.end, end)
    side = "right" if attribution.cue and mention.start >= attribution.cue[1] else "left"
    touches = attribution.cue and 0 <= mention.start - attribution.cue[1] <= 6
    tokens = [
        f"{label}|{who}|n{min(number, 3)}",
        f"before:{before}",
        f"after:{after}",
        f"{label}|{who}|before:{before}",
        f"{label}|{who}|after:{after}",
        f"{label}|{who}|{mention.kind}",
        f"{label}|{who}|{side}:n{min(number, 2)}",
    ]
    if touches:
        tokens += [f"{label}|{who}|object", f"object:{attribution.cue_class.split(' ')[0]}"]
    return tokens


def _class_tokens(mention: Mention, classes: Sequence[tuple[int, int, str]], who: str) -> list[str]:
    tokens = []
    for start, end, group in classes:
        if 0 <= start - mention.end <= _NEAR:
            tokens.append(f"{who}<{group}")
        elif 0 <= mention.start - end <= _NEAR:
            tokens.append(f"{group}>{who}")
    return tokens


def combine_targets(
    probabilities: Mapping[str, float], threshold: float, share: float
) -> str | None:
    """Return the best target, or the several that come close to it, or None.

    `share` is how much of the best probability another target needs to be named as well.
    """
    if not probabilities or max(probabilities.values()) < threshold:
        return None
    best = max(probabilities.values())
    floor = max(threshold, share * best)
    return "+".join(sorted(code for code, p in probabilities.items() if p >= floor)) or None
