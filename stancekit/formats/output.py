"""Write statements as JSON lines or CSV, whole or not at all; the same fields in each."""

import csv
import io
import json
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal, TextIO, get_args

from stancekit.errors import InputError
from stancekit.formats.document import Document
from stancekit.records import Statement

Format = Literal["table", "jsonl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
FIELDS = (
    "document", "date", "text", "start", "end", "kind", "speaker", "speaker_name", "country",
    "target", "stance", "scores", "country_score", "cue",
)  # fmt: skip
EXPLAIN_FIELDS = ("country_reason", "evidence")

_SUFFIXES: dict[str, Format] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".txt": "table",
}  # fmt: skip
# Rows of CSV wait for the last document before the header can be written; this many
# characters wait in memory, more on disk.
_IN_MEMORY = 16_000_000
_DECIMALS = 4


class Writer:
    """Takes the statements of one document after another."""

    def write(self, document: Document, statements: Sequence[Statement]) -> None:
        """Write the statements of a document, or keep them for `finish`."""
        raise NotImplementedError

    def finish(self) -> None:
        """Write what had to wait for the last document."""


def choose_format(wanted: Format | None, output: Path | None) -> Format:
    """Return the format asked for, or the one that fits the output: a file's suffix, a terminal."""
    if wanted is not None:
        return wanted
    if output is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    if (suffix := output.suffix.lower()) not in _SUFFIXES:
        raise InputError(
            f"unknown format {suffix!r}", f"--output {output}", "give --format as well"
        )
    return _SUFFIXES[suffix]


def check_output(output: Path | None, files: Sequence[str]) -> None:
    """Raise an InputError when the output can be no file there, before any work is done."""
    if output is None:
        return
    if output.is_dir():
        raise InputError("a folder, not a file", f"--output {output}", "name a file in it")
    if not output.resolve().parent.is_dir():
        raise InputError("no such folder", f"--output {output}", "make the folder first")
    if output.resolve() in {Path(file).resolve() for file in files if file != "-"}:
        raise InputError("also an input", f"--output {output}", "choose another name")


@contextmanager
def open_writer(
    output: Path | None, style: Format, labels: Sequence[str], explain: bool, has_titles: bool
) -> Iterator[Writer]:
    """Return a writer to a file, or to standard output when `output` is None.

    The file appears under its name when all is written; an error leaves it as it was.
    `has_titles` asks for the name of each document above its table.
    """
    with (
        _standard_output(style) if output is None else _whole_file(output) as stream,
        tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as rows,
    ):
        writer: Writer
        if style == "jsonl":
            writer = JsonLinesWriter(stream, explain)
        elif style == "csv":
            writer = CsvWriter(stream, rows, labels, explain)
        else:
            from stancekit.formats.table import TableWriter  # rich takes longer than a prediction

            writer = TableWriter(stream, explain, has_titles)
        yield writer
        writer.finish()
        stream.flush()


@contextmanager
def _standard_output(style: Format) -> Iterator[TextIO]:
    if isinstance(sys.stdout, io.TextIOWrapper):
        if style == "table":
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    yield sys.stdout


@contextmanager
def _whole_file(output: Path) -> Iterator[TextIO]:
    target = output.resolve()  # through a link, so that the link stays one
    if target.exists() and not target.is_file():  # a pipe or device: nothing to rename
        with open(target, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        return
    beside = target.with_name(f".stancekit-{secrets.token_hex(8)}.tmp")
    try:
        with open(beside, "x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        if target.exists():
            shutil.copymode(target, beside)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def statement_row(document: Document, statement: Statement, *, explain: bool) -> dict[str, object]:
    """Return a statement as the JSON object that docs/output.md describes."""
    row: dict[str, object] = {
        "document": document.name,
        "date": document.date.isoformat() if document.date else None,
    }
    row |= {name: getattr(statement, name) for name in FIELDS[2:]}
    row["stance"] = list(statement.stance)
    row["scores"] = {label: round(score, _DECIMALS) for label, score in statement.scores.items()}
    row["country_score"] = round(statement.country_score, _DECIMALS)
    if explain:
        row["country_reason"] = statement.country_reason
        row["evidence"] = {
            label: [
                {
                    "start": start,
                    "end": end,
                    "text": document.text[start:end],
                    "weight": round(w, 4),
                }
                for start, end, w in spans
            ]
            for label, spans in (statement.evidence or {}).items()
        }
    for name, value in document.columns.items():
        while name in row or name in EXPLAIN_FIELDS or name.startswith("score_"):
            name = f"input_{name}"
        row[name] = value
    return row


class JsonLinesWriter(Writer):
    """Write a statement a line."""

    def __init__(self, stream: TextIO, explain: bool) -> None:
        self._stream = stream
        self._explain = explain

    def write(self, document: Document, statements: Sequence[Statement]) -> None:
        """Write the statements of a document at once, so that a reader of a pipe sees them."""
        for statement in statements:
            row = statement_row(document, statement, explain=self._explain)
            self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._stream.flush()


class CsvWriter(Writer):
    """Write a statement a row, under a header with every column that any document has."""

    def __init__(self, stream: TextIO, rows: IO[str], labels: Sequence[str], explain: bool) -> None:
        self._stream = stream
        self._rows = rows  # kept here until the last document: only then is the header known
        self._labels = labels
        self._explain = explain
        names = FIELDS + EXPLAIN_FIELDS if explain else FIELDS
        self._names = dict.fromkeys(self._flat_names(names))

    def _flat_names(self, names: Sequence[str]) -> Iterator[str]:
        for name in names:
            yield from (f"score_{label}" for label in self._labels) if name == "scores" else (name,)

    def write(self, document: Document, statements: Sequence[Statement]) -> None:
        """Keep the rows of a document until the header is known."""
        for statement in statements:
            row = statement_row(document, statement, explain=self._explain)
            row["stance"] = ";".join(statement.stance)
            del row["scores"]
            row |= {f"score_{k}": round(v, _DECIMALS) for k, v in statement.scores.items()}
            self._names |= dict.fromkeys(row)
            self._rows.write(json.dumps(row) + "\n")

    def finish(self) -> None:
        """Write the header and all rows."""
        table = csv.DictWriter(self._stream, list(self._names), lineterminator="\n")
        table.writeheader()
        self._rows.seek(0)
        for line in self._rows:
            table.writerow({name: _cell(value) for name, value in json.loads(line).items()})


def _cell(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
