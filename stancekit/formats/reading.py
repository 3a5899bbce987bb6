"""Find and read documents: text files, JSON lines, CSV, whole folders, standard input."""

import datetime as dt
import glob
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from stancekit.errors import InputError
from stancekit.formats.decoding import decode
from stancekit.formats.document import ColumnNames, Document, Note, note_encoding
from stancekit.formats.tabular import read_csv, read_json_lines

STANDARD_INPUT = "-"
JSON_LINES = (".jsonl", ".ndjson")
# Formats that would be read as gibberish if they were taken for plain text.
_NOT_READ = (
    ".html", ".htm", ".xhtml", ".xml", ".json", ".tsv", ".parquet", ".pdf", ".doc", ".docx", ".odt",
    ".rtf", ".xls", ".xlsx", ".gz", ".bz2", ".xz", ".zip", ".zst",
)  # fmt: skip


def find_files(arguments: Sequence[str]) -> list[str]:
    """Return the files that the arguments name, in order, none twice; "-" is standard input.

    An argument is a file, a folder (all *.txt in it and below, sorted), a pattern such as
    "2022/**/*.jsonl", or "-". No argument at all means standard input.

    Raises
    ------
    InputError
        If a file does not exist, a folder holds no text or a pattern matches nothing.
    """
    found: dict[str, str] = {}
    for argument in arguments or [STANDARD_INPUT]:
        for path in [argument] if argument == STANDARD_INPUT else _expand(argument):
            found.setdefault(path if path == STANDARD_INPUT else os.path.realpath(path), path)
    return list(found.values())


def _expand(argument: str) -> list[str]:
    if os.path.isdir(argument):
        if not (files := _files_below(argument)):
            raise InputError(
                "no text", f"folder {argument}", "give a folder that holds *.txt files"
            )
        return files
    if os.path.lexists(argument):
        return [argument]
    if not glob.has_magic(argument):
        raise InputError("no such file", argument, "check the name")
    files = []
    for path in sorted(glob.glob(argument, recursive=True)):
        files += _files_below(path) if os.path.isdir(path) and "**" not in argument else [path]
    files = [path for path in files if not os.path.isdir(path)]
    if not files:
        raise InputError("no file matches", argument, "check the pattern")
    return files


def _files_below(folder: str) -> list[str]:
    def complain(error: OSError) -> None:
        where = str(error.filename or folder)
        raise InputError(error.strerror or "cannot be read", where, "check its permissions")

    return sorted(
        os.path.join(parent, name)
        for parent, _, names in os.walk(folder, onerror=complain)
        for name in names
        if name.lower().endswith(".txt") and not name.startswith(".")
    )


def read_documents(
    files: Sequence[str],
    columns: ColumnNames,
    *,
    date: dt.date | None = None,
    note: Note = lambda message: None,
) -> Iterator[Document | InputError]:
    """Read documents one by one, in order.

    Parameters
    ----------
    files : sequence of str
        As `find_files` returns them.
    columns : ColumnNames
        Of JSON lines and CSV.
    date : datetime.date, optional
        The date of documents that carry none of their own.
    note : callable
        Told, once a file, when a text was not in UTF-8.

    Yields
    ------
    Document or InputError
        The error, not raised, for each file or record that cannot be read.
    """
    for file in files:
        suffix = os.path.splitext(file)[1].lower()
        try:
            if suffix in _NOT_READ:
                yield InputError(
                    f"unknown format {suffix}", file, "give .txt, .jsonl or .csv files"
                )
            elif suffix in JSON_LINES or suffix == ".csv":
                read = read_csv if suffix == ".csv" else read_json_lines
                yield from read(file, columns, date, _once(note))
            else:
                yield _read_text(file, date, note)
        except OSError as error:
            yield InputError(error.strerror or "cannot be read", file, "check the file")


def holds_many(file: str) -> bool:
    """Tell whether a file holds several documents: JSON lines or CSV."""
    return file.lower().endswith((*JSON_LINES, ".csv"))


def _read_text(file: str, date: dt.date | None, note: Note) -> Document | InputError:
    content = sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
    where = "standard input" if file == STANDARD_INPUT else file
    try:
        text, encoding = decode(content)
    except ValueError as error:
        return InputError(str(error), where, "give plain text in UTF-8")
    note_encoding(encoding, where, note)
    return Document(file, text, date)


def _once(note: Note) -> Note:
    said: set[str] = set()

    def say(message: str) -> None:
        if message not in said:
            said.add(message)
            note(message)

    return say
