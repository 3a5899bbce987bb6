"""Join the labels of the blind second readers to the first ones and measure agreement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from stancekit.records import STANCES
from training.agreement import agreement
from training.corpus import Document, GoldSentence, GoldStatement, read_jsonl

KAPPA_FLOORS = {"statement": 0.90, "country": 0.90, **dict.fromkeys(STANCES, 0.80)}
"""The least agreement that we accept, a choice: .80 counts as almost perfect (Landis and
Koch 1977), and who speaks is easier to see than what stance they take."""

Kappas = dict[str, tuple[float, int]]


def read_second_labels(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the records of each file of second labels, by the name of the file."""
    return {path.stem: list(read_jsonl(path)) for path in sorted(folder.glob("*.jsonl"))}


def join_second_labels(
    first: Iterable[Document], second: Iterable[Mapping[str, Any]]
) -> tuple[list[Document], list[str]]:
    """Return the first documents with the second readers' labels, and the ids that fit none.

    A record fits when the corpus still holds its text, split into the same sentences.
    """
    by_id = {document.id: document for document in first}
    joined: list[Document] = []
    strays: list[str] = []
    for record in second:
        document = by_id.get(record["id"])
        sentences = tuple(map(_sentence, record["sentences"]))
        if document is None or document.text != record["text"] or not _same(document, sentences):
            strays.append(record["id"])
        else:
            joined.append(replace(document, sentences=sentences))
    return joined, strays


def measure_agreement(
    first: Sequence[Document], second: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, Kappas]:
    """Return Cohen's kappa and the items compared, a question, for each file and for all."""
    joined = {part: join_second_labels(first, records)[0] for part, records in second.items()}
    joined["all"] = [document for documents in joined.values() for document in documents]
    return {part: agreement(first, documents) for part, documents in joined.items() if documents}


def _same(document: Document, sentences: Sequence[GoldSentence]) -> bool:
    return [(s.start, s.end) for s in document.sentences] == [(s.start, s.end) for s in sentences]


def _sentence(record: Mapping[str, Any]) -> GoldSentence:
    statements = tuple(
        GoldStatement(s["speaker"], s["country"], s["target"], tuple(s["stance"]))
        for s in record["statements"]
    )
    return GoldSentence(record["start"], record["end"], statements)
