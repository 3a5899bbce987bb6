"""Compare the first labels of a sample with those of a blind second reader."""

from collections.abc import Sequence

from nltk.metrics.agreement import AnnotationTask

from stancekit.records import STANCES
from training.corpus import Document, GoldSentence, GoldStatement


def agreement(
    first: Sequence[Document], second: Sequence[Document]
) -> dict[str, tuple[float, int]]:
    """Return Cohen's kappa (Cohen 1960) and the number of items compared, by question.

    "statement" asks of each sentence how many statements it makes; the other questions
    are asked of the statements that both readers found.
    """
    items: dict[str, list[tuple[str, str]]] = {"statement": []}
    by_id = {document.id: document for document in first}
    for document in second:
        for one, two in zip(by_id[document.id].sentences, document.sentences, strict=True):
            count_one, count_two = len(one.statements), len(two.statements)
            items["statement"].append((str(min(count_one, 1)), str(min(count_two, 1))))
            for pair in _pairs(one, two):
                for question, answers in _answers(*pair).items():
                    items.setdefault(question, []).append(answers)
    return {question: (_kappa(answers), len(answers)) for question, answers in items.items()}


def _pairs(one: GoldSentence, two: GoldSentence) -> list[tuple[GoldStatement, GoldStatement]]:
    """Pair the statements of two readers by their speakers' words, then in order."""
    free = list(two.statements)
    pairs, left = [], []
    for statement in one.statements:
        best = next((s for s in free if _overlap(s.speaker, statement.speaker)), None)
        if best is None:
            left.append(statement)
            continue
        free.remove(best)
        pairs.append((statement, best))
    return pairs + list(zip(left, free, strict=False))


def _overlap(a: str | None, b: str | None) -> bool:
    return a == b if a is None or b is None else a in b or b in a


def _answers(one: GoldStatement, two: GoldStatement) -> dict[str, tuple[str, str]]:
    answers = {
        "country": (str(one.country), str(two.country)),
        "target": (str(one.target), str(two.target)),
    }
    for label in STANCES:
        answers[label] = (str(label in one.stance), str(label in two.stance))
    return answers


def _kappa(answers: Sequence[tuple[str, str]]) -> float:
    rows = [
        (reader, item, answer)
        for item, pair in enumerate(answers)
        for reader, answer in zip(("first", "second"), pair, strict=True)
    ]
    return float(AnnotationTask(rows).kappa())
