"""Articles in: finding files, encodings, records."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from stancekit.errors import InputError
from stancekit.formats import (
    ColumnNames,
    Document,
    find_files,
    parse_date,
    read_documents,
)


def read(
    path: Path, columns: ColumnNames | None = None, date: dt.date | None = None
) -> list[Document | InputError]:
    return list(read_documents([str(path)], columns or ColumnNames(), date=date))


def only_document(path: Path, columns: ColumnNames | None = None) -> Document:
    (document,) = read(path, columns)
    assert isinstance(document, Document)
    return document


def only_error(path: Path, columns: ColumnNames | None = None) -> str:
    (error,) = read(path, columns)
    assert isinstance(error, InputError)
    return str(error)


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_the_same_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    text = "“Zürich” said\r\nthe “café”."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))

    assert only_document(tmp_path / "a.txt").text == text


def test_big_endian_utf_16_with_a_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xfe\xff" + "é\n".encode("utf-16-be"))

    assert only_document(tmp_path / "a.txt").text == "é\n"


def test_windows_1252_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("a café".encode("cp1252"))
    notes: list[str] = []

    list(read_documents([str(tmp_path / "a.txt")], ColumnNames(), note=notes.append))

    assert notes == [f"not in UTF-8, {tmp_path / 'a.txt'}; read as Windows-1252"]


def test_one_broken_byte_does_not_turn_utf_8_into_windows_1252(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("“Zürich”, ".encode() + b"\xe2\x80")

    assert only_document(tmp_path / "a.txt").text == "“Zürich”, \ufffd"


@pytest.mark.parametrize(
    "content",
    [b"a\x00b", b"caf\xe9 \x81", b"caf\xe9 \x03\x04", "a".encode("utf-16-le"), b"\xff\xfea"],
    ids=["NUL", "undefined byte", "control characters", "UTF-16 without a mark", "odd UTF-16"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)

    assert only_error(tmp_path / "a.txt").endswith("a.txt; give plain text in UTF-8")


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()

    assert only_document(tmp_path / "a.txt").text == ""


# Finding files


def test_a_folder_stands_for_the_texts_in_it_and_below_sorted(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/d.TXT", "a.txt", "README.md", ".hidden.txt"):
        (tmp_path / name).touch()

    names = [os.path.relpath(path, tmp_path) for path in find_files([str(tmp_path)])]

    assert names == ["a.txt", "b/d.TXT", "c.txt"]


def test_a_pattern_stands_for_the_files_that_match(tmp_path: Path) -> None:
    (tmp_path / "x" / "y").mkdir(parents=True)
    for name in ("x/b.txt", "x/y/a.txt", "x/y/a.csv"):
        (tmp_path / name).touch()

    names = [os.path.relpath(path, tmp_path) for path in find_files([f"{tmp_path}/**/*.txt"])]

    assert names == ["x/b.txt", "x/y/a.txt"]


def test_a_file_named_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").touch()

    assert find_files([str(tmp_path / "a[1].txt")]) == [str(tmp_path / "a[1].txt")]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.touch()

    assert find_files([str(file), str(tmp_path), "-", "-"]) == [str(file), "-"]


def test_no_file_means_standard_input() -> None:
    assert find_files([]) == ["-"]


@pytest.mark.parametrize("name", ["missing.txt", "*.txt", "empty"])
def test_what_names_no_text_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(InputError, match=r"no such file|no file matches|no text"):
        find_files([str(tmp_path / name)])


# Records


def test_a_record_becomes_a_document_with_its_other_columns(tmp_path: Path) -> None:
    record = {"id": 7, "text": "a\r\nb", "date": "2022-01-18T09:30:00Z", "paper": "X", "tags": [1]}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n\n")

    assert only_document(tmp_path / "a.jsonl") == Document(
        "7", "a\r\nb", dt.date(2022, 1, 18), {"paper": "X", "tags": [1]}
    )


def test_a_row_becomes_a_document_with_its_other_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        b'\xef\xbb\xbfurl,body,day\r\nu1,"said\r\n""yes"", he",2022-01-18\r\n'
    )
    columns = ColumnNames("body", "url", "day")

    assert only_document(tmp_path / "a.csv", columns) == Document(
        "u1", 'said\r\n"yes", he', dt.date(2022, 1, 18), {}
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_of_csv_is_found(tmp_path: Path, delimiter: str) -> None:
    (tmp_path / "a.csv").write_text(
        delimiter.join("ab") + delimiter + "text\n1;2;x".replace(";", delimiter)
    )

    assert only_document(tmp_path / "a.csv").columns == {"a": "1", "b": "2"}


def test_a_record_without_id_is_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text\n"a\nb"\nc\n')

    names = [item.name for item in read(tmp_path / "a.csv") if isinstance(item, Document)]

    assert names == [f"{tmp_path}/a.csv:2", f"{tmp_path}/a.csv:4"]


def test_a_record_without_date_gets_the_one_given(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "a", "date": ""}\n{"text": "b", "date": "2001-02-03"}'
    )

    documents = read(tmp_path / "a.jsonl", date=dt.date(2022, 1, 18))

    assert [d.date for d in documents if isinstance(d, Document)] == [
        dt.date(2022, 1, 18),
        dt.date(2001, 2, 3),
    ]


def test_an_article_longer_than_the_limit_of_csv_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n" + "word " * 50_000)

    assert len(only_document(tmp_path / "a.csv").text) == 250_000


def test_half_a_character_in_json_becomes_a_replacement(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "a \\ud83d b"}')

    assert only_document(tmp_path / "a.jsonl").text == "a \ufffd b"


def test_json_lines_in_utf_16_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "é"}\r\n{"text": "ö"}'.encode("utf-16"))

    assert [d.text for d in read(tmp_path / "a.jsonl") if isinstance(d, Document)] == ["é", "ö"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("[1]", "no JSON object"),
        ('{"text"', "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ('{"text": null}', "no text in column 'text'"),
        ('{"text": "a", "date": "18/1/2022"}', "wrong date '18/1/2022'"),
        ("a\x00b", "binary file"),
    ],
    ids=["list", "cut", "deep", "null", "date", "NUL"],
)
def test_a_bad_line_costs_no_other_line(tmp_path: Path, line: str, what: str) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"text": "a"}}\n{line}\n{{"text": "c"}}\n')

    first, error, last = read(tmp_path / "a.jsonl")

    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert str(error).startswith(f"{what}, {tmp_path}/a.jsonl:2; ")


def test_a_row_of_another_length_costs_no_other_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,n\na,1\nb\nc,3\n")

    _, error, last = read(tmp_path / "a.csv")

    assert str(error) == f"1 cells instead of 2, {tmp_path}/a.csv:3; mend the row"
    assert isinstance(last, Document)


def test_an_unclosed_quotation_mark_in_csv_is_an_error_not_a_long_cell(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text\na\n"b\nc\n')

    first, error = read(tmp_path / "a.csv")

    assert isinstance(first, Document)
    assert f"{tmp_path}/a.csv:3; " in str(error)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_missing_column_is_told_once_with_those_there(tmp_path: Path, name: str) -> None:
    content = {"a.jsonl": '{"body": "x"}\n{"body": "y"}\n', "a.csv": "body\nx\ny\n"}[name]
    (tmp_path / name).write_text(content)

    assert only_error(tmp_path / name) == (
        f"no column 'text', {tmp_path / name}; give --text-column; columns there: body"
    )


def test_a_column_named_by_an_option_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n')

    assert "no column 'url'" in only_error(tmp_path / "a.jsonl", ColumnNames(id="url"))


def test_two_columns_of_one_name_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,n,n\na,1,2\n")

    assert "two columns 'n'" in only_error(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_an_empty_file_of_records_holds_no_document(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()

    assert read(tmp_path / name) == []


@pytest.mark.parametrize(
    "value", ["18.1.2022", "2022-1-8", "20220118", "2022-02-30", "", "2022-01-18x"]
)
def test_a_date_has_one_form(value: str) -> None:
    with pytest.raises(ValueError, match=r"date|day"):
        parse_date(value)
