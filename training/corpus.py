"""Read the labelled data: articles and single statements, with their splits."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.records import STANCES

DATA = Path(__file__).parent.parent / "data"
SPLITS = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One labelled statement: speaker words, codes and stances as in the codebook."""

    speaker: str | None
    country: str | None
    target: str | None
    stance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A labelled sentence; narration has no statements."""

    start: int
    end: int
    statements: tuple[GoldStatement, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled article, or a single statement as an article of one sentence."""

    id: str
    text: str
    date: str | None
    split: str
    part: str
    topic: str
    sentences: tuple[GoldSentence, ...]


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_jsonl(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write objects as JSON lines."""
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    path.write_text(text, encoding="utf-8")


def read_documents(data: Path = DATA, splits: Iterable[str] = SPLITS) -> list[Document]:
    """Return the documents of data/articles and data/statements that are in `splits`."""
    wanted = frozenset(splits)
    documents = []
    for path in sorted((data / "articles").glob("*.jsonl")):
        documents += [_article(r, path.stem) for r in read_jsonl(path) if r["split"] in wanted]
    for path in sorted((data / "statements").glob("*.jsonl")):
        documents += [_single(r, path.stem) for r in read_jsonl(path) if r["split"] in wanted]
    return documents


def _article(record: dict[str, Any], batch: str) -> Document:
    sentences = tuple(
        GoldSentence(s["start"], s["end"], tuple(_gold(x) for x in s["statements"]))
        for s in record["sentences"]
    )
    part = "invented" if record.get("source_url") == "invented" else "restated"
    return Document(
        record["id"],
        record["text"],
        record["date"],
        record["split"],
        part,
        record["topic"],
        sentences,
    )


def _single(record: dict[str, Any], batch: str) -> Document:
    sentence = GoldSentence(0, len(record["text"]), (_gold(record),))
    return Document(
        record["id"], record["text"], None, record["split"], "single", record["topic"], (sentence,)
    )


def _gold(record: dict[str, Any]) -> GoldStatement:
    stance = tuple(label for label in STANCES if label in record["stance"])
    return GoldStatement(record["speaker"], record["country"], record["target"], stance)
