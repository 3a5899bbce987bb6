"""The `stancekit` command: what comes out, and how errors are told."""

import csv
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import stancekit
from stancekit.batches import predict_documents
from stancekit.cli import cli
from stancekit.formats import Document

SENTENCE = "Nairobi condemned the raid and urged both armies to talk."
FIELDS = [
    "document", "date", "text", "start", "end", "kind", "speaker", "speaker_name", "country",
    "target", "stance", "scores", "country_score", "cue",
]  # fmt: skip


def predict(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["predict", *map(str, arguments)], input=given)


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


# What comes out


def test_a_sentence_on_standard_input_becomes_a_row() -> None:
    (row,) = rows(predict("-", given=SENTENCE))

    assert list(row) == FIELDS
    assert (row["document"], row["country"], row["text"]) == ("-", "KEN", SENTENCE)
    assert row["stance"] == ["condemnation", "call_for_dialogue"]


def test_the_command_and_the_library_agree(model: stancekit.Model, samples: Path) -> None:
    file = samples / "river-post.txt"
    found = rows(predict(file, "--date", "2024-05-14"))

    expected = model.predict(file.read_text(encoding="utf-8"), date="2024-05-14")
    assert [(row["start"], row["end"], row["country"], row["stance"]) for row in found] == [
        (s.start, s.end, s.country, list(s.stance)) for s in expected
    ]


def test_every_text_stands_at_its_offsets(samples: Path) -> None:
    for row in rows(predict(samples)):
        article = Path(str(row["document"])).read_text(encoding="utf-8")
        assert article[row["start"] : row["end"]] == row["text"]


def test_the_sample_of_the_readme_shows_all_three_stances(samples: Path) -> None:
    found = rows(predict(samples / "river-post.txt"))

    assert {label for row in found for label in row["stance"]} == {
        "condemnation",
        "justification",
        "call_for_dialogue",
    }
    assert {"PER", "ECU", "BRA", "CHL", "USA"} <= {row["country"] for row in found}


@pytest.mark.parametrize("given", ["", "word", '"', "\n\n", "said", "“ ” \" '"])
def test_a_text_with_nothing_to_find_is_no_error(given: str) -> None:
    assert rows(predict(given=given)) == []


def test_line_ends_and_a_byte_order_mark_keep_offsets_true(tmp_path: Path) -> None:
    text = f"Talks ended.\r\n\r\n{SENTENCE}\r\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())

    (row,) = rows(predict(tmp_path / "a.txt"))

    assert (row["start"], row["text"]) == (text.index("Nairobi"), SENTENCE)


def test_windows_1252_is_read_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"In the café:\n\n{SENTENCE}".encode("cp1252"))

    result = predict(tmp_path / "a.txt")

    assert rows(result)[0]["text"] == SENTENCE
    assert result.stderr == f"stancekit: not in UTF-8, {tmp_path}/a.txt; read as Windows-1252\n"


def test_an_odd_quotation_mark_costs_no_other_statement() -> None:
    found = rows(predict(given=f'He left "early.\n\n{SENTENCE}'))

    assert SENTENCE in [row["text"] for row in found]


def test_explain_adds_what_the_country_rests_on() -> None:
    (row,) = rows(predict("--explain", given=SENTENCE))

    assert list(row) == [*FIELDS, "country_reason", "evidence"]
    assert "Nairobi" in str(row["country_reason"])


def test_the_date_option_is_for_documents_without_a_date(tmp_path: Path) -> None:
    records = [{"text": SENTENCE}, {"text": SENTENCE, "date": "2001-02-03"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))

    found = rows(predict(tmp_path / "a.jsonl", "--date", "2022-01-18"))

    assert [row["date"] for row in found] == ["2022-01-18", "2001-02-03"]


def test_columns_are_named_by_options_and_the_others_pass_through(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"url,body,day,paper\nu1,{SENTENCE},2022-01-18,The Post\n")
    options = ["--text-column", "body", "--id-column", "url", "--date-column", "day"]

    (row,) = rows(predict(tmp_path / "a.csv", *options))

    assert (row["document"], row["date"], row["paper"]) == ("u1", "2022-01-18", "The Post")


def test_the_suffix_of_the_output_chooses_the_format(article: Path, tmp_path: Path) -> None:
    result = predict(article, "--output", tmp_path / "out.csv")

    assert (result.exit_code, result.output) == (0, "")
    with open(tmp_path / "out.csv", encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["country"], row["stance"]) == ("KEN", "condemnation;call_for_dialogue")


def test_a_dash_as_output_is_standard_output(article: Path) -> None:
    assert len(rows(predict(article, "--output", "-"))) == 1


def test_several_processes_give_the_same_in_the_same_order(corpus: Path) -> None:
    one, two = predict(corpus), predict(corpus, "--jobs", "2")

    assert one.stdout == two.stdout
    order = [int(row["document"]) for row in rows(one)]
    assert order == sorted(order)


def test_a_fault_in_one_document_costs_no_other(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_on_seventh(self: stancekit.Model, texts: list[str], **options: object) -> list[object]:
        if any("gave 7 " in text for text in texts):
            raise IndexError("7")
        return [[] for _ in texts]

    monkeypatch.setattr(stancekit.Model, "predict_batch", fail_on_seventh)
    result = predict(corpus)

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "stancekit: cannot be analysed (IndexError: 7), 7; please report it with the text",
        "stancekit: 1 of 40 documents could not be read",
    ]


def test_shards_are_read_only_as_far_as_they_are_needed(model: stancekit.Model) -> None:
    read: list[int] = []

    def endless() -> Iterator[Document]:
        while True:
            read.append(1)
            yield Document("a", SENTENCE)

    next(predict_documents(model, None, endless()))

    assert len(read) <= 8


# Errors: one line, exit code 2, nothing written


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["missing.txt"], "no such file, missing.txt; check the name"),
        (["*.nothing"], "no file matches, *.nothing; check the pattern"),
        (["empty"], "no text, folder empty; give a folder that holds *.txt files"),
        (["binary.txt"], "binary file, binary.txt; give plain text in UTF-8"),
        (["page.html"], "unknown format .html, page.html; give .txt, .jsonl or .csv files"),
        (["a.txt", "--output", "b.xyz"],
         "unknown format '.xyz', --output b.xyz; give --format as well"),
        (["a.txt", "--format", "xml"],
         "'xml' is not one of 'table', 'jsonl', 'csv', --format; see `stancekit predict --help`"),
        (["a.txt", "--date", "18.1.2022"],
         "wrong date '18.1.2022', --date; write YYYY-MM-DD"),
        (["a.txt", "--jobs", "0"],
         "0 is not in the range x>=1, --jobs; see `stancekit predict --help`"),
        (["a.txt", "--formt", "csv"], "no such option, --formt; did you mean --format?"),
        (["a.txt", "--output", "no/b.csv"],
         "no such folder, --output no/b.csv; make the folder first"),
        (["a.txt", "--output", "a.txt"], "also an input, --output a.txt; choose another name"),
        (["a.jsonl"],
         "no column 'text', a.jsonl; give --text-column; columns there: body"),
        (["a.txt", "--model", "empty"],
         "no model, empty: expected manifest.json and weights.npz; train one with "
         "`python -m scripts.train`, or give --model"),
    ],
)  # fmt: skip
def test_bad_input_is_answered_with_one_line(
    arguments: list[str], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("binary.txt").write_bytes(b"\x7fELF\x00")
    Path("a.txt").write_text(SENTENCE)
    Path("a.jsonl").write_text('{"body": "x"}')
    Path("page.html").write_text("<p>x")
    before = sorted(tmp_path.rglob("*"))

    result = predict(*arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"stancekit: {line}\n")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["manifest.json", "weights.npz", "vocabulary.txt"])
def test_a_broken_model_folder_is_answered_with_one_line(
    name: str, model: stancekit.Model, article: Path, tmp_path: Path
) -> None:
    from stancekit.model_files import default_model

    folder = tmp_path / "model"
    shutil.copytree(os.environ.get("STANCEKIT_MODEL") or default_model(), folder)
    (folder / name).write_bytes(b"{")

    result = predict(article, "--model", folder)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"stancekit: damaged model, {folder}: ")
    assert result.stderr.count("\n") == 1


def test_an_unknown_command_is_answered_with_one_line() -> None:
    result = CliRunner().invoke(cli, ["foretell"])

    assert (result.exit_code, result.stderr) == (
        2,
        "stancekit: no such command 'foretell', stancekit; see `stancekit --help`\n",
    )


def test_an_unreadable_document_is_named_and_the_rest_written(
    article: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_bytes(b"\x00")
    (tmp_path / "c.txt").write_text(SENTENCE)

    result = predict(tmp_path)

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.splitlines() == [
        f"stancekit: binary file, {tmp_path}/b.txt; give plain text in UTF-8",
        "stancekit: 1 of 3 documents could not be read",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(mode=0)

    assert predict(tmp_path / "a.txt").exit_code == 2
