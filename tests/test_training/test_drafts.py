from pathlib import Path

import pytest

from training.drafts import (
    DraftError,
    known_codes,
    parse_label,
    read_article_drafts,
    read_statement_drafts,
)

CODES = frozenset({"NOR", "PER", "FRA", "DEU", "ARAB-LEAGUE"})
DRAFT = """\
# raid-001 | 2019-05-12 | wire | air strike | raid on Kefran 2019 | invented
Oslo rebukes raid on border town
> Oslo | NOR | - | C

Norway called the raid reckless, and its envoy asked for talks.
> Norway | NOR | PER | C
> its envoy | NOR | - | D
The town lies by a lake.

# raid-002 | | blog | air strike | raid on Kefran 2019 | https://example.org
Nobody knew who had ordered it.
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "batch.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_draft_becomes_records_with_offsets(tmp_path: Path) -> None:
    first, second = read_article_drafts(written(tmp_path, DRAFT), CODES)

    assert first["id"] == "raid-001" and second["date"] == ""
    assert first["text"] == (
        "Oslo rebukes raid on border town\n\n"
        "Norway called the raid reckless, and its envoy asked for talks. The town lies by a lake."
    )
    texts = [first["text"][s["start"] : s["end"]] for s in first["sentences"]]
    assert texts[0] == "Oslo rebukes raid on border town"
    assert texts[2] == "The town lies by a lake."
    assert [len(s["statements"]) for s in first["sentences"]] == [1, 2, 0]


def test_a_label_line_names_speaker_country_target_and_stances() -> None:
    found = parse_label("> its envoy | FRA+DEU | - | JC", "so said its envoy", CODES)

    assert found == {
        "speaker": "its envoy",
        "country": "DEU+FRA",
        "target": None,
        "stance": ["condemnation", "justification"],
    }


def test_a_dash_stands_for_nothing() -> None:
    found = parse_label("> - | - | - | -", "It must be so.", CODES)

    assert found == {"speaker": None, "country": None, "target": None, "stance": []}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("> Lima | PER | - | C", "speaker 'Lima' does not stand in the sentence"),
        ("> Oslo | NOR | - | X", "stances 'X': use C, J, D"),
        ("> Oslo | NOR | - | ", "stances ''"),
        ("> Oslo | nor | - | C", "'nor' is no code"),
        ("> Oslo | SWE | - | C", "'SWE' is no code"),
        ("> Oslo | NOR | FRA+ | C", "'FRA\\+' is no code"),
        ("> Oslo | NOR | C", "3 fields between |, expected 4"),
    ],
)
def test_a_label_that_is_wrong_says_what_is_wrong(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("|", r"\|")):
        parse_label(line, "Oslo spoke.", CODES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Oslo spoke.\n", r"batch\.txt:1: text before the first header"),
        (DRAFT.replace("| invented", ""), r"batch\.txt:1: 5 fields between \|, expected 6"),
        (DRAFT.replace("2019-05-12", "2019-13-40"), r"batch\.txt:1: .*month"),
        (DRAFT.replace("> Norway |", "> Sweden |"), r"batch\.txt:6: speaker 'Sweden'"),
        (DRAFT.partition("Oslo")[0] + "> Oslo | NOR | - | C\n", r"batch\.txt:2: text before"),
    ],
)
def test_an_error_names_the_file_and_the_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DraftError, match=message):
        read_article_drafts(written(tmp_path, text), CODES)


def test_single_statements_are_pairs_of_sentence_and_label(tmp_path: Path) -> None:
    text = "# b | headline | border fences\nOslo scolds Lima\n> Oslo | NOR | PER | C\n"

    (record,) = read_statement_drafts(written(tmp_path, text), CODES)

    assert record == {
        "id": "batch-0001", "text": "Oslo scolds Lima", "speaker": "Oslo", "country": "NOR",
        "target": "PER", "stance": ["condemnation"], "topic": "border fences",
        "register": "headline",
    }  # fmt: skip


def test_an_error_in_a_single_statement_names_its_line(tmp_path: Path) -> None:
    text = "# b | headline | border fences\nOslo scolds Lima\n> Oslo | NOR | ZZZ | C\n"

    with pytest.raises(DraftError, match=r"batch\.txt:3: 'ZZZ' is no code"):
        list(read_statement_drafts(written(tmp_path, text), CODES))


def test_codes_are_those_of_the_lexicon_and_other_bodies() -> None:
    assert {"KEN", "UN", "ARAB-LEAGUE", "IGO"} <= known_codes()
    assert "ZZZ" not in known_codes()
