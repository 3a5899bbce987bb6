import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from training.corpus import SPLITS, GoldStatement, read_documents, read_jsonl, write_jsonl

Record = dict[str, Any]
Write = Callable[..., Path]


def test_an_article_is_read_with_its_sentences_and_labels(
    article: Record, write_data: Write
) -> None:
    (document,) = read_documents(write_data(articles=[article]))

    assert (document.id, document.date, document.split) == ("tugs-01-001", "2019-05-12", "train")
    assert [document.text[s.start : s.end][:5] for s in document.sentences] == [
        "Quito", "The t", "Lima ",
    ]  # fmt: skip
    assert [len(s.statements) for s in document.sentences] == [1, 0, 1]
    assert document.sentences[2].statements == (
        GoldStatement("Lima", "PER", "PER", ("justification",)),
    )


def test_a_single_statement_is_an_article_of_one_sentence(
    statement: Record, write_data: Write
) -> None:
    (document,) = read_documents(write_data(statements=[statement]))

    (sentence,) = document.sentences
    assert (sentence.start, sentence.end) == (0, len(document.text))
    assert (document.part, document.date) == ("single", None)
    assert sentence.statements[0].country == "EST"


def test_articles_are_invented_or_restated(article: Record, write_data: Write) -> None:
    restated = {**article, "id": "tugs-01-002", "source_url": "https://example.org/tugs"}

    found = read_documents(write_data(articles=[article, restated]))

    assert [d.part for d in found] == ["invented", "restated"]


def test_only_the_splits_asked_for_are_read(article: Record, write_data: Write) -> None:
    records = [{**article, "id": f"tugs-01-{split}", "split": split} for split in SPLITS]
    folder = write_data(articles=records)

    assert [d.split for d in read_documents(folder, splits=["dev"])] == ["dev"]
    assert len(read_documents(folder)) == 3
    assert read_documents(folder, splits=[]) == []


def test_stances_come_in_the_fixed_order(article: Record, write_data: Write) -> None:
    label = article["sentences"][0]["statements"][0]
    label["stance"] = ["call_for_dialogue", "condemnation"]

    (document,) = read_documents(write_data(articles=[article]))

    assert document.sentences[0].statements[0].stance == ("condemnation", "call_for_dialogue")


def test_records_are_written_as_they_are_read(tmp_path: Path) -> None:
    records = [{"a": "é “q” \u2028 line"}, {"b": [1, None]}]

    write_jsonl(tmp_path / "x.jsonl", records)

    assert list(read_jsonl(tmp_path / "x.jsonl")) == records
    assert "é" in (tmp_path / "x.jsonl").read_text(encoding="utf-8")


def test_blank_lines_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(json.dumps({"a": 1}) + "\n\n  \n" + json.dumps({"a": 2}))

    assert [r["a"] for r in read_jsonl(tmp_path / "x.jsonl")] == [1, 2]


def test_every_label_of_the_corpus_lies_in_its_text() -> None:
    documents = read_documents()

    outside = [
        d.id
        for d in documents
        for s in d.sentences
        if not 0 <= s.start < s.end <= len(d.text)
        or any(g.speaker and g.speaker not in d.text[s.start : s.end] for g in s.statements)
    ]
    assert len(documents) > 1000
    assert outside == []
