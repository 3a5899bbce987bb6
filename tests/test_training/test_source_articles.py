import hashlib
import json
from pathlib import Path

import pytest

from training import source_articles
from training.corpus import GoldStatement
from training.source_articles import read_source_articles

TEXT = "Oslo condemned the raid. Boats left.\r\n"


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one article, its stand-off labels in a data folder of its own."""
    (tmp_path / "story.txt").write_bytes(TEXT.encode())
    record = {
        "id": "s-1",
        "file": "story.txt",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "date": "2022-01-18",
        "sentences": [
            {
                "start": 0,
                "end": 24,
                "statements": [
                    {
                        "speaker": [0, 4],
                        "country": "NOR",
                        "target": None,
                        "stance": ["call_for_dialogue", "condemnation"],
                    },
                    {"speaker": None, "country": None, "target": "PER", "stance": []},
                ],
            },
            {"start": 25, "end": 36, "statements": []},
        ],
    }
    folder = tmp_path / "data" / "source_articles"
    folder.mkdir(parents=True)
    (folder / "labels.jsonl").write_text(json.dumps(record) + "\n")
    monkeypatch.setattr(source_articles, "DATA", tmp_path / "data")
    return tmp_path


def test_labels_are_joined_to_the_text_by_offsets(articles: Path) -> None:
    (document,) = read_source_articles(articles, split="dev")

    assert document.text == TEXT  # line ends as in the file, or the offsets would be wrong
    assert (document.id, document.date, document.split) == ("s-1", "2022-01-18", "dev")
    assert document.sentences[0].statements == (
        GoldStatement("Oslo", "NOR", None, ("condemnation", "call_for_dialogue")),
        GoldStatement(None, None, "PER", ()),
    )
    assert document.sentences[1].statements == ()


def test_a_file_that_was_changed_is_refused(articles: Path) -> None:
    (articles / "story.txt").write_bytes(TEXT.replace("\r\n", "\n").encode())

    with pytest.raises(ValueError, match=r"story\.txt is not the file that was labelled"):
        read_source_articles(articles)


def test_a_missing_file_is_named(articles: Path) -> None:
    (articles / "story.txt").unlink()

    with pytest.raises(FileNotFoundError, match=r"story\.txt"):
        read_source_articles(articles)


def test_the_stand_off_labels_hold_none_of_the_text() -> None:
    labels = source_articles.DATA / "source_articles" / "labels.jsonl"
    records = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]

    assert len(records) == 2
    for record in records:
        for sentence in record["sentences"]:
            assert sentence.keys() == {"start", "end", "statements"}
            for label in sentence["statements"]:
                assert label.keys() == {"speaker", "country", "target", "stance"}
                assert label["speaker"] is None or len(label["speaker"]) == 2
