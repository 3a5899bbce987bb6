"""Word lists and tables of facts, read from the TSV files beside this module."""

from functools import cache
from importlib.resources import files


@cache
def load_lexicon(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `<name>.tsv` without the header, each a tuple of its columns."""
    return tuple(tuple(line.split("\t")) for line in load_lines(name) if line)


@cache
def load_lines(name: str) -> tuple[str, ...]:
    """Return the lines of `<name>.tsv` without the header, for tables too big to split at once."""
    text = files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(text.removesuffix("\n").split("\n")[1:])


@cache
def load_words(name: str, table: str = "words") -> frozenset[str]:
    """Return the words of list `name` in `<table>.tsv` (columns: list, word, source)."""
    return frozenset(row[1] for row in load_lexicon(table) if row[0] == name)
