"""Draw statements as tables for people: colours on a terminal, blocks where it is narrow."""

import re
from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from stancekit.formats.document import Document
from stancekit.formats.output import Writer
from stancekit.records import Statement

# Narrower than this, five columns leave the text less than 30 characters a line.
_NARROW = 76
# Of a file or pipe, whose width nobody knows.
_WIDTH_WITHOUT_TERMINAL = 110
_SHOWN_EVIDENCE = 4
_COLOURS = {"condemnation": "red", "justification": "yellow", "call_for_dialogue": "green"}
_OTHER_COLOUR = "cyan"
# Whatever could move the cursor or change the terminal, as text from the web may try to.
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command how to end, instead of ending with exit code 1."""
        raise BrokenPipeError


class TableWriter(Writer):
    """Draw a table for each document, under its name when there are several."""

    def __init__(self, stream: TextIO, explain: bool, has_titles: bool) -> None:
        self._console = _Console(file=stream, highlight=False, markup=False, emoji=False)
        if not self._console.is_terminal and "COLUMNS" not in self._console._environ:
            self._console.width = _WIDTH_WITHOUT_TERMINAL
        self._explain = explain
        self._has_titles = has_titles

    def write(self, document: Document, statements: Sequence[Statement]) -> None:
        """Draw the statements of a document."""
        if self._has_titles:
            self._console.print(Text(_plain(document.name), style="bold"))
        if not statements:
            self._console.print(Text("No statement found.", style="dim"))
        elif self._console.width < _NARROW:
            self._draw_blocks(document, statements)
        else:
            self._console.print(self._table(document, statements))
        if self._has_titles:
            self._console.print()

    def _table(self, document: Document, statements: Sequence[Statement]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, leading=1, pad_edge=False, header_style="bold")
        table.add_column("speaker", max_width=26, min_width=12, overflow="fold")
        table.add_column("country", no_wrap=True)
        table.add_column("stance", min_width=13, max_width=17)
        table.add_column("target", no_wrap=True)
        table.add_column("text", min_width=26, ratio=1, overflow="fold")
        for statement in statements:
            text = Text(_plain(statement.text))
            for line in self._reasons(document, statement):
                text.append(f"\n{line}", style="dim")
            table.add_row(
                Text(_speaker(statement)),
                Text(statement.country or "-", style="bold"),
                _stances(statement, "\n"),
                Text(statement.target or "-"),
                text,
            )
        return table

    def _draw_blocks(self, document: Document, statements: Sequence[Statement]) -> None:
        for statement in statements:
            head = Text(statement.country or "-", style="bold").append("  ", style="not bold")
            head.append_text(_stances(statement, ", "))
            if statement.target:
                head.append(f"  on {statement.target}", style="not bold")
            self._console.print(head)
            body = [Text(_speaker(statement), style="italic"), Text(_plain(statement.text))]
            body += [Text(line, style="dim") for line in self._reasons(document, statement)]
            for line in body:
                self._console.print(Padding(line, (0, 0, 0, 2), expand=False))
            self._console.print()

    def _reasons(self, document: Document, statement: Statement) -> list[str]:
        if not self._explain:
            return []
        lines = []
        if statement.country_reason:
            lines.append(f"{statement.country}: {_plain(statement.country_reason)}")
        for label, spans in (statement.evidence or {}).items():
            if label in statement.stance and spans:
                shown = ", ".join(
                    f"“{_plain(document.text[start:end])}” {weight:+.2f}"
                    for start, end, weight in spans[:_SHOWN_EVIDENCE]
                )
                lines.append(f"{_spaced(label)}: {shown}")
        return lines


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text).strip()


def _spaced(label: str) -> str:
    return label.replace("_", " ")


def _speaker(statement: Statement) -> str:
    """Return the speaker's words, and in brackets the name they stand for when it says more."""
    words, name = _plain(statement.speaker or ""), _plain(statement.speaker_name or "")
    if name and name.casefold() not in words.casefold():
        return f"{words} ({name})" if words else f"({name})"
    return words or "-"


def _stances(statement: Statement, separator: str) -> Text:
    parts = [
        Text(_spaced(label), style=_COLOURS.get(label, _OTHER_COLOUR)) for label in statement.stance
    ]
    return Text(separator).join(parts) if parts else Text("-", style="dim")
