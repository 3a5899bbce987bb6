import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from training.corpus import DATA
from training.guards import check_data, check_phrases, check_splits, check_stand_off
from training.summary import update_card

Record = dict[str, Any]
Write = Callable[..., Path]


def another(record: Record, **changes: Any) -> Record:
    return {**copy.deepcopy(record), **changes}


def test_sound_records_pass(write_data: Write, article: Record, statement: Record) -> None:
    assert check_data(write_data(articles=[article], statements=[statement])) == []


def test_a_missing_field_is_named(write_data: Write, article: Record) -> None:
    del article["event"]

    failures = check_data(write_data(articles=[article]))

    assert failures[0] == "articles/tugs-01.jsonl:1: 'event' is a required property"
    assert "unchecked" in failures[-1]


def test_an_unknown_stance_is_named(write_data: Write, statement: Record, article: Record) -> None:
    statement["stance"] = ["anger"]

    failures = check_data(write_data(articles=[article], statements=[statement]))

    assert failures[0].startswith("statements/single-01.jsonl:1: stance/0: 'anger' is not one of")


@pytest.mark.parametrize("line", [b"{", b"[]", b"\xff\xfe"])
def test_a_line_that_is_no_record_is_a_failure(
    write_data: Write, article: Record, line: bytes
) -> None:
    data = write_data(articles=[article])
    (data / "articles" / "odd-01.jsonl").write_bytes(line + b"\n")

    assert check_data(data)[0].startswith("articles/odd-01.jsonl:1: ")


def test_an_empty_folder_is_a_failure(write_data: Write) -> None:
    data = write_data()

    assert check_data(data) == [f"{data}: no articles/*.jsonl"]


def test_text_outside_the_sentences_is_a_failure(write_data: Write, article: Record) -> None:
    del article["sentences"][1]

    assert check_data(write_data(articles=[article])) == [
        "tugs-01-001 sentence 2: text before it belongs to no sentence"
    ]


def test_text_after_the_last_sentence_is_a_failure(write_data: Write, article: Record) -> None:
    article["text"] += " More."

    assert check_data(write_data(articles=[article])) == [
        "tugs-01-001: text after the last sentence belongs to none"
    ]


def test_overlapping_sentences_are_a_failure(write_data: Write, article: Record) -> None:
    article["sentences"][1]["start"] -= 10

    assert "empty or out of order" in check_data(write_data(articles=[article]))[0]


def test_a_sentence_does_not_take_the_blank_after_it(write_data: Write, article: Record) -> None:
    article["sentences"][0]["end"] += 1

    assert check_data(write_data(articles=[article])) == [
        "tugs-01-001 sentence 1: begins or ends with a blank"
    ]


def test_the_speaker_stands_in_the_sentence(write_data: Write, article: Record) -> None:
    article["sentences"][0]["statements"][0]["speaker"] = "The envoy"

    assert check_data(write_data(articles=[article])) == [
        "tugs-01-001 sentence 1: speaker 'The envoy' does not stand in the sentence"
    ]


def test_a_code_is_one_of_the_codebook(
    write_data: Write, statement: Record, article: Record
) -> None:
    statement["country"] = "EST+QQQ"

    assert check_data(write_data(articles=[article], statements=[statement])) == [
        "single-01-001: country 'QQQ' is no code of the codebook"
    ]


def test_joint_codes_are_in_order(write_data: Write, statement: Record, article: Record) -> None:
    statement["country"] = "LVA+EST"

    assert "alphabetical" in check_data(write_data(articles=[article], statements=[statement]))[0]


def test_a_stand_off_speaker_lies_in_its_sentence(article: Record) -> None:
    label = {"speaker": [0, 12], "country": "PER", "target": "QQQ", "stance": []}
    sentences = [
        {"start": 0, "end": 10, "statements": [label]},
        {"start": 9, "end": 20, "statements": [{**label, "speaker": None, "target": None}]},
    ]

    assert list(check_stand_off({"id": "a", "sentences": sentences}, frozenset({"PER"}))) == [
        "source_articles a sentence 1: speaker 0 to 12 does not lie in the sentence",
        "source_articles a sentence 1: target 'QQQ' is no code of the codebook",
        "source_articles a sentence 2: 9 to 20 is empty or out of order",
    ]


def test_an_id_is_used_once(write_data: Write, article: Record) -> None:
    data = write_data(articles=[article, another(article)])

    assert "tugs-01-001: the id is used twice" in check_data(data)


def test_a_date_exists(write_data: Write, article: Record) -> None:
    article["date"] = "2019-02-30"

    assert check_data(write_data(articles=[article])) == ["tugs-01-001: no such date as 2019-02-30"]


def test_a_topic_belongs_to_one_split_whatever_the_order_of_its_words(article: Record) -> None:
    other = another(article, id="tugs-02-001", batch="tugs-02", split="dev", topic="2019 Two tugs")

    assert list(check_splits([article, other])) == [
        "topic 'two tugs 2019' is close to '2019 Two tugs', in train and dev"
    ]


def test_topics_that_share_a_few_words_are_two(article: Record) -> None:
    other = another(article, batch="b-02", split="dev", topic="two tugs and a barge 2019")

    assert list(check_splits([article, other])) == []


def test_a_source_page_belongs_to_one_split(article: Record) -> None:
    one = another(article, source_url="https://news.example/tugs/")
    other = another(
        one, source_url="http://news.example/tugs", topic="fees", split="test", batch="b"
    )

    assert [f.split(" stands")[0] for f in check_splits([one, other])] == [
        "source page 'news.example/tugs'"
    ]


def test_invented_articles_share_no_page(article: Record) -> None:
    other = another(article, topic="harbour fees", split="test", batch="fees-01")

    assert list(check_splits([article, other])) == []


def test_a_phrase_stands_once_in_its_group(tmp_path: Path) -> None:
    (tmp_path / "blames.tsv").write_text(
        "phrase\tlabel\tgroup\tpolarity\n"
        "at fault\tcondemnation\tblames\tmember\n"
        "at fault\tcondemnation\tblames\tmember\n"
        "At Fault\tcondemnation\tblames\tmember\n"
        "at fault\tcondemnation\taccuses\n"
        "at fault\tcondemnation\taccuses\tmember\tmore\n",
        encoding="utf-8",
    )

    failures = list(check_phrases(tmp_path, DATA / "phrases.schema.json"))

    assert failures == [
        "phrases/blames.tsv:3: 'at fault' stands twice in the group",
        "phrases/blames.tsv:4: 'At Fault' is not in lower case",
        "phrases/blames.tsv:5: polarity: None is not one of ['member', 'near_miss']",
        "phrases/blames.tsv:6: expected 4 columns",
    ]


def test_second_labels_belong_to_an_article(write_data: Write, article: Record) -> None:
    stray = another(article, text=article["text"].replace("tugs", "barges"))

    failures = check_data(write_data(articles=[article], second_labels=[stray]))

    assert "second_labels/tugs-01: tugs-01-001 is not the article of that id" in failures


def test_readers_who_disagree_are_a_failure(write_data: Write, article: Record) -> None:
    second = another(article)
    for sentence, statements in zip(
        second["sentences"], ([], article["sentences"][0]["statements"], []), strict=True
    ):
        sentence["statements"] = [{**s, "speaker": None} for s in statements]

    failures = check_data(write_data(articles=[article], second_labels=[second]))

    assert [f for f in failures if "for statement (3 items), expected 0.90" in f]


def run(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.check_data", *options],
        capture_output=True,
        text=True,
        cwd=DATA.parent,
        check=False,
    )


def test_the_script_prints_a_line_a_failure_and_exits_with_1(
    write_data: Write, article: Record
) -> None:
    article["date"] = "2019-02-30"

    done = run("--data", str(write_data(articles=[article])))

    assert (done.returncode, done.stdout) == (1, "tugs-01-001: no such date as 2019-02-30\n")


def test_the_script_says_when_there_is_no_such_folder(tmp_path: Path) -> None:
    done = run("--data", str(tmp_path / "nowhere"))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("check_data: ") and "Traceback" not in done.stderr


def test_the_summary_counts(write_data: Write, article: Record, statement: Record) -> None:
    done = run("--summary", "--data", str(write_data(articles=[article], statements=[statement])))

    assert done.returncode == 0
    assert "| all | all | 2 | 4 | 1 | 3 |" in done.stdout
    assert "3 states and territories, 0 bodies speak." in done.stdout


def test_the_card_gets_its_tables_between_the_marks(write_data: Write, article: Record) -> None:
    data = write_data(articles=[article])
    card = data / "README.md"
    card.write_text("Before\n<!-- tables -->old<!-- end of tables -->\nafter\n", encoding="utf-8")

    update_card(data)

    text = card.read_text(encoding="utf-8")
    assert text.startswith("Before\n<!-- tables -->\n\n### Size\n")
    assert text.endswith("<!-- end of tables -->\nafter\n")
    assert "old" not in text


def test_a_card_without_marks_is_left_alone(write_data: Write, article: Record) -> None:
    data = write_data(articles=[article])
    (data / "README.md").write_text("No marks.\n", encoding="utf-8")

    with pytest.raises(ValueError, match="expected '<!-- tables -->'"):
        update_card(data)


def test_every_schema_is_readable_json() -> None:
    titles = [
        json.loads(p.read_text(encoding="utf-8"))["title"] for p in DATA.glob("*.schema.json")
    ]

    assert len(titles) == 4
