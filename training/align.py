"""Match the labels of a document with the candidate attributions that the stages find."""

from collections.abc import Sequence
from dataclasses import dataclass

from stancekit.pipeline import Analysis
from stancekit.records import Attribution
from training.corpus import Document, GoldSentence, GoldStatement


@dataclass(frozen=True, slots=True)
class Aligned:
    """A candidate with its label; None where the candidate is no statement."""

    candidate: Attribution
    gold: GoldStatement | None


def align(document: Document, analysis: Analysis) -> list[Aligned]:
    """Return every candidate of the document with its label, in order."""
    by_sentence: dict[int, list[Attribution]] = {}
    for candidate in analysis.candidates:
        by_sentence.setdefault(_gold_sentence(document, analysis, candidate), []).append(candidate)
    chosen: dict[int, GoldStatement] = {}
    for number, candidates in by_sentence.items():
        if number >= 0:
            for candidate, gold in _match(document, document.sentences[number], candidates):
                chosen[id(candidate)] = gold
    return [Aligned(c, chosen.get(id(c))) for c in analysis.candidates]


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
    free = list(candidates)
    pairs = []
    left = []
    position = sentence.start
    for gold in sentence.statements:
        span = _speaker_span(document, sentence, gold, position)
        best = max(free, key=lambda c: _overlap(c.source, span), default=None)
        if best is not None and _overlap(best.source, span) > 0:
            pairs.append((best, gold))
            free.remove(best)
        else:
            left.append((gold, span))
    for gold, span in left:
        best = min(free, key=lambda c: _distance(c, span), default=None)
        if best is not None:
            pairs.append((best, gold))
            free.remove(best)
    return pairs


def _speaker_span(
    document: Document, sentence: GoldSentence, gold: GoldStatement, position: int
) -> tuple[int, int] | None:
    if gold.speaker is None:
        return None
    start = document.text.find(gold.speaker, position, sentence.end)
    return (start, start + len(gold.speaker)) if start >= 0 else None


def _overlap(a: tuple[int, int] | None, b: tuple[int, int] | None) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) if a and b else 0


def _distance(candidate: Attribution, span: tuple[int, int] | None) -> int:
    if candidate.source is None:
        return -1 if span is None else 0
    if span is None:
        return 10_000
    return min(abs(candidate.source[0] - span[0]), abs(candidate.source[1] - span[1])) + 1
