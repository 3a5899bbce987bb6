"""Join the stand-off labels of data/source_articles to the files they speak of."""

import hashlib
from pathlib import Path

from stancekit.records import STANCES
from training.corpus import DATA, Document, GoldSentence, GoldStatement, read_jsonl


def read_source_articles(folder: Path, split: str = "train") -> list[Document]:
    """Return the two source articles as labelled documents.

    Raises
    ------
    FileNotFoundError
        If a file that the labels name is not in `folder`.
    ValueError
        If a file is not the one that was labelled.
    """
    documents = []
    for record in read_jsonl(DATA / "source_articles" / "labels.jsonl"):
        content = (folder / record["file"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != record["sha256"]:
            raise ValueError(f"{folder / record['file']} is not the file that was labelled")
        text = content.decode("utf-8")
        sentences = tuple(
            GoldSentence(s["start"], s["end"], tuple(_gold(x, text) for x in s["statements"]))
            for s in record["sentences"]
        )
        documents.append(
            Document(record["id"], text, record["date"], split, "source", record["id"], sentences)
        )
    return documents


def _gold(record: dict[str, object], text: str) -> GoldStatement:
    span, stances = record["speaker"], record["stance"]
    speaker = text[span[0] : span[1]] if isinstance(span, list) else None
    stance = tuple(label for label in STANCES if isinstance(stances, list) and label in stances)
    country, target = record["country"], record["target"]
    return GoldStatement(
        speaker,
        country if isinstance(country, str) else None,
        target if isinstance(target, str) else None,
        stance,
    )
