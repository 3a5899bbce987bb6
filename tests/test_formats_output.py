"""Statements out: JSON lines, CSV, tables."""

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from stancekit.errors import InputError
from stancekit.formats import Document, check_output, choose_format, open_writer
from stancekit.records import Statement

LABELS = ("condemnation", "justification", "call_for_dialogue")
ARTICLE = "Nairobi condemned the raid and urged both armies to talk."
STATEMENT = Statement(
    text=ARTICLE,
    start=0,
    end=57,
    kind="indirect",
    speaker="Nairobi",
    speaker_name=None,
    country="KEN",
    target=None,
    stance=("condemnation", "call_for_dialogue"),
    scores={"condemnation": 0.98765, "justification": 0.01, "call_for_dialogue": 0.75},
    country_score=0.9,
    cue="condemned",
    country_reason="“Nairobi”: capital of KEN",
    evidence={"condemnation": ((8, 17, 2.5),)},
)


def written(
    folder: Path, style: str, rows: Sequence[tuple[Document, Sequence[Statement]]], **options: bool
) -> str:
    target = folder / "out"
    explain, has_titles = options.get("explain", False), options.get("has_titles", False)
    with open_writer(target, style, LABELS, explain, has_titles) as writer:  # type: ignore[arg-type]  # str for brevity
        for document, statements in rows:
            writer.write(document, statements)
    return target.read_bytes().decode("utf-8")


def document(text: str = ARTICLE, columns: Mapping[str, object] | None = None) -> Document:
    return Document("a.txt", text, dt.date(2022, 1, 18), columns or {})


def test_json_lines_carry_the_fields_of_a_statement_and_passed_columns(tmp_path: Path) -> None:
    (line,) = written(
        tmp_path, "jsonl", [(document(columns={"paper": "é"}), [STATEMENT])]
    ).splitlines()

    assert json.loads(line) == {
        "document": "a.txt", "date": "2022-01-18", "text": ARTICLE, "start": 0, "end": 57,
        "kind": "indirect", "speaker": "Nairobi", "speaker_name": None, "country": "KEN",
        "target": None, "stance": ["condemnation", "call_for_dialogue"],
        "scores": {"condemnation": 0.9877, "justification": 0.01, "call_for_dialogue": 0.75},
        "country_score": 0.9, "cue": "condemned", "paper": "é",
    }  # fmt: skip
    assert "é" in line


def test_explained_rows_carry_reason_and_evidence(tmp_path: Path) -> None:
    row = json.loads(written(tmp_path, "jsonl", [(document(), [STATEMENT])], explain=True))

    assert row["country_reason"] == "“Nairobi”: capital of KEN"
    assert row["evidence"] == {
        "condemnation": [{"start": 8, "end": 17, "text": "condemned", "weight": 2.5}]
    }


def test_csv_flattens_stance_and_scores(tmp_path: Path) -> None:
    text = written(tmp_path, "csv", [(document(columns={"n": [1], "m": None}), [STATEMENT])])
    (row,) = csv.DictReader(io.StringIO(text, newline=""))

    assert row["stance"] == "condemnation;call_for_dialogue"
    assert [row[f"score_{label}"] for label in LABELS] == ["0.9877", "0.01", "0.75"]
    assert (row["start"], row["target"], row["n"], row["m"]) == ("0", "", "[1]", "")
    assert "scores" not in row


def test_csv_has_the_columns_of_every_document(tmp_path: Path) -> None:
    rows = [
        (document(columns={"a": "1"}), [STATEMENT]),
        (document(columns={"b": "2"}), [STATEMENT]),
    ]
    first, second = csv.DictReader(io.StringIO(written(tmp_path, "csv", rows), newline=""))

    assert (first["a"], first["b"], second["a"], second["b"]) == ("1", "", "", "2")


def test_csv_without_statements_is_a_header(tmp_path: Path) -> None:
    assert written(tmp_path, "csv", []).startswith("document,date,text,start,end,kind,speaker,")


def test_csv_keeps_line_ends_inside_a_statement(tmp_path: Path) -> None:
    text = written(tmp_path, "csv", [(document(columns={"a": "x\r\ny"}), [STATEMENT])])
    (row,) = csv.DictReader(io.StringIO(text, newline=""))

    assert row["a"] == "x\r\ny"


def test_a_passed_column_never_hides_a_field(tmp_path: Path) -> None:
    columns = {"country": "x", "score_condemnation": 1, "evidence": 2, "id": 3}
    row = json.loads(written(tmp_path, "jsonl", [(document(columns=columns), [STATEMENT])]))

    assert row["country"] == "KEN"
    assert (row["input_country"], row["input_score_condemnation"], row["input_evidence"]) == (
        "x",
        1,
        2,
    )
    assert row["id"] == 3


def test_the_table_shows_what_people_look_for(tmp_path: Path) -> None:
    table = written(tmp_path, "table", [(document(), [STATEMENT])], explain=True, has_titles=True)

    for part in (
        "a.txt",
        "Nairobi",
        "KEN",
        "condemnation",
        "call for dialogue",
        "+2.50",
        "capital of",
    ):
        assert part in table
    assert "\x1b" not in table


def test_a_narrow_table_has_no_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    table = written(tmp_path, "table", [(document(), [STATEMENT])])

    assert table.startswith("KEN  condemnation, call for dialogue\n")
    assert max(map(len, table.splitlines())) <= 40


def test_the_table_says_when_nothing_was_found(tmp_path: Path) -> None:
    assert written(tmp_path, "table", [(document(), [])]) == "No statement found.\n"


def test_an_article_cannot_send_commands_to_the_terminal(tmp_path: Path) -> None:
    text = "[red]\x1b[2J\x9b1m\u202e said"
    statement = Statement(
        text, 0, len(text), "direct", "\x1b]0;x\x07", None, None, None, (), {}, 0, None
    )

    table = written(tmp_path, "table", [(document(text), [statement])])

    assert not set("\x1b\x9b\x07\u202e") & set(table)
    assert "[red]" in table


def test_an_error_leaves_the_output_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("before")

    with (
        pytest.raises(KeyboardInterrupt),
        open_writer(target, "jsonl", LABELS, explain=False, has_titles=False) as writer,
    ):
        writer.write(document(), [STATEMENT])
        raise KeyboardInterrupt

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("out.jsonl", "before")
    ]


def test_a_link_as_output_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").touch(mode=0o640)
    (tmp_path / "out").symlink_to(tmp_path / "real")

    written(tmp_path, "jsonl", [(document(), [STATEMENT])])

    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "style"), [("a.jsonl", "jsonl"), ("a.CSV", "csv"), ("a.txt", "table")]
)
def test_the_suffix_of_the_output_chooses_the_format(name: str, style: str) -> None:
    assert choose_format(None, Path(name)) == style


def test_an_unknown_suffix_is_an_error_unless_the_format_is_given() -> None:
    assert choose_format("csv", Path("a.xyz")) == "csv"
    with pytest.raises(InputError, match=r"unknown format '\.xyz'"):
        choose_format(None, Path("a.xyz"))


def test_an_output_that_cannot_be_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()

    with pytest.raises(InputError, match="a folder, not a file"):
        check_output(tmp_path, [])
    with pytest.raises(InputError, match="no such folder"):
        check_output(tmp_path / "no" / "a.csv", [])
    with pytest.raises(InputError, match="also an input"):
        check_output(tmp_path / "a.txt", [str(tmp_path / "a.txt")])
