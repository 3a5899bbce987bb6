"""The record of an article to read, and what its parts are called in the user's files."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stancekit.formats.decoding import Encoding

Note = Callable[[str], None]
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    """An article to read: its name in the output, its text, its date and what passes through."""

    name: str
    text: str
    date: dt.date | None = None
    columns: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """Which columns of JSON lines and CSV hold what.

    A record must have the `text` column, and the others when they are named; without a
    name, "id" and "date" are used where a record has them.
    """

    text: str = "text"
    id: str | None = None
    date: str | None = None


def parse_date(value: str) -> dt.date:
    """Return the date that a string such as 2022-01-18 or 2022-01-18T09:30:00Z begins with.

    Raises
    ------
    ValueError
        If it is no such date.
    """
    match = _DATE.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"no date: {value!r}")
    return dt.date.fromisoformat(match[1])


def note_encoding(encoding: Encoding, where: str, note: Note) -> None:
    """Tell that a text was read as Windows-1252, or with broken bytes replaced."""
    if encoding in ("Windows-1252", "damaged UTF-8"):
        note(f"not in UTF-8, {where}; read as {encoding}")
