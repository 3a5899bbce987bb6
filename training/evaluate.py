"""Score a model on labelled documents: end to end, and each part with the rest given."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stancekit.pipeline import Model
from stancekit.records import STANCES, Statement
from training.corpus import Document, GoldSentence, GoldStatement

_BOOTSTRAPS = 1000


@dataclass(slots=True)
class Counts:
    """What one document adds to each figure: name -> (hits, predicted, gold)."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, hits: float, predicted: float, gold: float) -> None:
        """Add to one figure."""
        have = self.values.setdefault(name, [0.0, 0.0, 0.0])
        for place, value in enumerate((hits, predicted, gold)):
            have[place] += value


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval over documents."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def score_end_to_end(model: Model, documents: Sequence[Document]) -> dict[str, Figure]:
    """Return detection, country, target and triple figures of the whole pipeline."""
    dates = [dt.date.fromisoformat(d.date) if d.date else None for d in documents]
    found = model.predict_batch([d.text for d in documents], dates=dates)
    counts = []
    for document, statements in zip(documents, found, strict=True):
        count = Counts()
        per_sentence = assign(document, statements)
        for sentence, predicted in zip(document.sentences, per_sentence[:-1], strict=True):
            _count_sentence(count, document, sentence, predicted)
        count.add("statement", 0, len(per_sentence[-1]), 0)
        counts.append(count)
    return figures(counts)


def assign(document: Document, statements: Sequence[Statement]) -> list[list[Statement]]:
    """Return the statements of each labelled sentence, and last those of none."""
    found: list[list[Statement]] = [[] for _ in range(len(document.sentences) + 1)]
    for statement in statements:
        overlaps = [
            min(statement.end, s.end) - max(statement.start, s.start) for s in document.sentences
        ]
        best = max(range(len(overlaps)), key=overlaps.__getitem__, default=-1)
        found[best if best >= 0 and overlaps[best] > 0 else -1].append(statement)
    return found


def _count_sentence(
    count: Counts, document: Document, sentence: GoldSentence, predicted: Sequence[Statement]
) -> None:
    pairs = match(sentence.statements, predicted)
    count.add("statement", len(pairs), len(predicted), len(sentence.statements))
    gold_triples = {(g.country, label) for g in sentence.statements for label in g.stance}
    triples = {(p.country, label) for p in predicted for label in p.stance}
    count.add("who_took_which_stance", len(gold_triples & triples), len(triples), len(gold_triples))
    right = 0
    for gold, statement in pairs:
        right += gold.country == statement.country
        count.add("country_of_found", gold.country == statement.country, 1, 1)
        if gold.country is None or statement.country is None:
            both = gold.country is None and statement.country is None
            count.add("unknown_country", both, statement.country is None, gold.country is None)
        count.add("target_of_found", gold.target == statement.target, 1, 1)
        count.add("speaker_of_found", _same_speaker(gold.speaker, statement.speaker), 1, 1)
    count.add("country_end_to_end", right, len(predicted), len(sentence.statements))


def _same_speaker(gold: str | None, found: str | None) -> bool:
    if gold is None or found is None:
        return gold is found
    return gold in found or found in gold


def match(
    gold: Sequence[GoldStatement], predicted: Sequence[Statement]
) -> list[tuple[GoldStatement, Statement]]:
    """Pair gold with predicted statements of one sentence: by speaker words, then in order."""
    free = list(predicted)
    pairs, left = [], []
    for item in gold:
        best = next(
            (p for p in free if item.speaker and _same_speaker(item.speaker, p.speaker)), None
        )
        if best is None:
            left.append(item)
            continue
        pairs.append((item, best))
        free.remove(best)
    return pairs + list(zip(left, free, strict=False))


def figures(counts: Sequence[Counts]) -> dict[str, Figure]:
    """Return micro-F1 of every figure with a bootstrap interval over documents."""
    names = sorted({name for count in counts for name in count.values})
    generator = np.random.default_rng(0)
    draws = generator.integers(0, len(counts), (_BOOTSTRAPS, len(counts)))
    result = {}
    for name in names:
        table = np.array([count.values.get(name, [0.0, 0.0, 0.0]) for count in counts])
        sums = table[draws].sum(axis=1)
        sampled = 2 * sums[:, 0] / np.maximum(1.0, sums[:, 1] + sums[:, 2])
        total = table.sum(axis=0)
        value = 2 * total[0] / max(1.0, total[1] + total[2])
        low, high = np.percentile(sampled, (2.5, 97.5))
        result[name] = Figure(float(value), float(low), float(high))
    return result


def stance_figures(
    chosen: NDArray[np.bool_], truth: NDArray[np.bool_], groups: Sequence[int],
    labels: Sequence[str] = STANCES,
) -> dict[str, Figure]:  # fmt: skip
    """Return F1 a label, macro-F1 and exact set, with bootstrap intervals over documents."""
    by_group: dict[int, list[int]] = {}
    for row, group in enumerate(groups):
        by_group.setdefault(group, []).append(row)
    documents = [np.array(rows) for _, rows in sorted(by_group.items())]
    tables = np.array([_stance_counts(chosen[rows], truth[rows]) for rows in documents])
    generator = np.random.default_rng(0)
    draws = generator.integers(0, len(documents), (_BOOTSTRAPS, len(documents)))
    value = _stance_scores(tables.sum(axis=0))
    sampled = np.array([_stance_scores(tables[draw].sum(axis=0)) for draw in draws])
    low, high = np.percentile(sampled, (2.5, 97.5), axis=0)
    names = [*labels, "macro_f1", "exact_set"]
    return {
        n: Figure(*map(float, v))
        for n, v in zip(names, zip(value, low, high, strict=True), strict=True)
    }


def _stance_counts(chosen: NDArray[np.bool_], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    exact = float((chosen == truth).all(axis=1).sum())
    return np.array(
        [*(chosen & truth).sum(0), *chosen.sum(0), *truth.sum(0), exact, len(chosen)], float
    )


def _stance_scores(sums: NDArray[np.float64]) -> list[float]:
    labels = (len(sums) - 2) // 3
    hits, chosen, truth = sums[:labels], sums[labels : 2 * labels], sums[2 * labels : 3 * labels]
    f1 = 2 * hits / np.maximum(1.0, chosen + truth)
    return [*f1.tolist(), float(f1.mean()), float(sums[-2] / max(1.0, sums[-1]))]
