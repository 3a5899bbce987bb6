"""Read documents from JSON lines and CSV: one record, one document."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Mapping

from stancekit.errors import InputError
from stancekit.formats.decoding import decode_lines
from stancekit.formats.document import ColumnNames, Document, Note, note_encoding, parse_date

# The largest that the C long of every platform holds: an article may be megabytes long.
_LARGEST_CELL = 2**31 - 1
_DELIMITERS = ",;\t"
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json_lines(
    file: str, columns: ColumnNames, date: dt.date | None, note: Note
) -> Iterator[Document | InputError]:
    """Read a record a line; a record that cannot be read becomes an error, the rest goes on."""
    is_first = True
    with open(file, "rb") as stream:
        for number, line in enumerate(decode_lines(stream), start=1):
            where = f"{file}:{number}"
            if isinstance(line, ValueError):
                yield InputError(str(line), where, "give JSON lines in UTF-8")
                continue
            note_encoding(line[1], file, note)
            if not line[0].strip():
                continue
            try:
                record = json.loads(line[0], parse_constant=lambda name: None)
            except (ValueError, RecursionError):
                record = None
            if not isinstance(record, dict):
                yield InputError("no JSON object", where, "write one record a line")
                continue
            if is_first and (error := _lacking(record, columns, file)):
                yield error
                return
            is_first = False
            yield _document(record, where, columns, date)


def read_csv(
    file: str, columns: ColumnNames, date: dt.date | None, note: Note
) -> Iterator[Document | InputError]:
    """Read a record a row, named in the first row; the delimiter is a comma, semicolon or tab."""
    csv.field_size_limit(_LARGEST_CELL)
    begin = 1
    with open(file, "rb") as stream:
        lines = _text_lines(stream, file, note)
        try:
            first = next(lines, "")
            delimiter = max(_DELIMITERS, key=first.count)
            rows = csv.reader(_before(first, lines), delimiter=delimiter, strict=True)
            if not (header := next(rows, [])):
                return
            if error := _lacking(dict.fromkeys(header), columns, file) or _doubled(header, file):
                yield error
                return
            begin = rows.line_num + 1
            for row in rows:
                where, begin = f"{file}:{begin}", rows.line_num + 1
                if row:
                    yield _row_document(header, row, where, columns, date)
        except (csv.Error, ValueError) as error:
            what, where = f"no CSV ({error})", f"{file}:{begin}"
            yield InputError(what, where, "mend it; nothing from there on was read")


def _before(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _text_lines(stream: io.BufferedReader, file: str, note: Note) -> Iterator[str]:
    for line in decode_lines(stream):
        if isinstance(line, ValueError):
            raise line
        note_encoding(line[1], file, note)
        yield line[0]


def _lacking(record: Mapping[str, object], columns: ColumnNames, file: str) -> InputError | None:
    """Return an error when the first record lacks a column that was asked for."""
    options = {"text": columns.text, "id": columns.id, "date": columns.date}
    for option, name in options.items():
        if name is not None and name not in record:
            there = ", ".join(record) or "none"
            return InputError(
                f"no column {name!r}", file, f"give --{option}-column; columns there: {there}"
            )
    return None


def _doubled(header: list[str], file: str) -> InputError | None:
    for name in header:
        if header.count(name) > 1:
            return InputError(f"two columns {name!r}", file, "rename one")
    return None


def _row_document(
    header: list[str], row: list[str], where: str, columns: ColumnNames, date: dt.date | None
) -> Document | InputError:
    if len(row) != len(header):
        what = f"{len(row)} cells instead of {len(header)}"
        return InputError(what, where, "mend the row")
    return _document(dict(zip(header, row, strict=True)), where, columns, date)


def _document(
    record: Mapping[str, object], where: str, columns: ColumnNames, date: dt.date | None
) -> Document | InputError:
    text = record.get(columns.text)
    if not isinstance(text, str):
        return InputError(f"no text in column {columns.text!r}", where, "write a string there")
    id_column, date_column = columns.id or "id", columns.date or "date"
    name, day = record.get(id_column), record.get(date_column)
    if day not in (None, ""):
        try:
            date = parse_date(str(day))
        except ValueError:
            return InputError(f"wrong date {day!r}", where, "write YYYY-MM-DD")
    used = (columns.text, id_column, date_column)
    return Document(
        name=where if name in (None, "") else str(name),
        text=_without_surrogates(text),
        date=date,
        columns={key: value for key, value in record.items() if key not in used},
    )


def _without_surrogates(text: str) -> str:
    """Put U+FFFD for halves of characters, which JSON can write but no encoding can."""
    return _SURROGATE.sub("\ufffd", text)
