"""Match the labels of a document with the candidate attributions that the stages find."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stancekit.pipeline import Analysis
from stancekit.records import Attribution
from training.corpus import Document, GoldSentence, GoldStatement


@dataclass(frozen=True, slots=True)
class Aligned:
    """A candidate with its labels.

    None where it is no statement, several where its source lists several speakers of
    whom each makes a statement of its own.
    """

    candidate: Attribution
    gold: tuple[GoldStatement, ...]


def align(document: Document, analysis: Analysis) -> list[Aligned]:
    """Return every candidate of the document with its label, in order."""
    by_sentence: dict[int, list[Attribution]] = {}
    for candidate in analysis.candidates:
        by_sentence.setdefault(_gold_sentence(document, analysis, candidate), []).append(candidate)
    chosen: dict[int, tuple[GoldStatement, ...]] = {}
    for number, candidates in by_sentence.items():
        if number >= 0:
            for candidate, gold in _match(document, document.sentences[number], candidates):
                chosen[id(candidate)] = (*chosen.get(id(candidate), ()), gold)
    return [Aligned(c, chosen.get(id(c), ())) for c in analysis.candidates]


def _gold_sentence(document: Document, analysis: Analysis, candidate: Attribution) -> int:
    """Return the number of the labelled sentence that a candidate's anchor lies in, or -1."""
    spans = [s for s in (candidate.source, candidate.cue) if s]
    sentence = analysis.index.sentences[candidate.sentence]
    at = min(start for start, _ in spans) if spans else (sentence.body + sentence.end) // 2
    for number, gold in enumerate(document.sentences):
        if gold.start <= at < gold.end:
            return number
    return -1


def _match(
    document: Document, sentence: GoldSentence, candidates: Sequence[Attribution]
) -> list[tuple[Attribution, GoldStatement]]:
    """Pair labels with candidates: best agreeing speaker words first, then the nearest."""
    free = list(candidates)
    left = list(sentence.statements)
    spans = [_speaker_spans(document, sentence, gold) for gold in left]
    scored = [
        (max((_agreement(c.source, s) for s in found), default=0.0), -g, -n)
        for g, found in enumerate(spans)
        for n, c in enumerate(candidates)
    ]
    pairs = []
    for score, g, n in sorted(scored, reverse=True):
        gold, candidate = sentence.statements[-g], candidates[-n]
        if score > 0 and _holds(left, gold) and _holds(free, candidate):
            pairs.append((candidate, gold))
            left = [x for x in left if x is not gold]
            free = [x for x in free if x is not candidate]
    for gold in left:
        found = _speaker_spans(document, sentence, gold)
        listed = next((c for c, _ in pairs if any(_agreement(c.source, f) for f in found)), None)
        if listed is not None:
            pairs.append((listed, gold))
            continue
        best = min(free, key=lambda c: _distance(c, found), default=None)
        if best is not None:
            pairs.append((best, gold))
            free = [x for x in free if x is not best]
    return pairs


def _holds(items: Sequence[object], item: object) -> bool:
    """Return whether this very object is in the list (equal labels may stand twice)."""
    return any(x is item for x in items)


def _speaker_spans(
    document: Document, sentence: GoldSentence, gold: GoldStatement
) -> list[tuple[int, int]]:
    """Return every place in the sentence where the speaker's words stand as whole words."""
    if not gold.speaker:
        return []
    words = re.compile(rf"(?<!\w){re.escape(gold.speaker)}(?!\w)")
    return [m.span() for m in words.finditer(document.text, sentence.start, sentence.end)]


def _agreement(a: tuple[int, int] | None, b: tuple[int, int]) -> float:
    """Return how much of the longer span the two share, from 0 to 1."""
    if a is None:
        return 0.0
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / max(a[1] - a[0], b[1] - b[0])


def _distance(candidate: Attribution, spans: Sequence[tuple[int, int]]) -> int:
    if candidate.source is None:
        return 0 if spans else -1
    start, end = candidate.source
    return min((min(abs(start - a), abs(end - b)) + 1 for a, b in spans), default=10_000)
