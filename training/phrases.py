"""Build the classes of words from the phrase book in data/phrases."""

from pathlib import Path

POLARITIES = ("member", "near_miss")
COLUMNS = ("phrase", "label", "group", "polarity")


def read_phrases(folder: Path) -> list[tuple[str, str, str, str]]:
    """Return the (phrase, label, group, polarity) rows of every file, in order of name.

    Raises
    ------
    ValueError
        If a row has not four columns, or a polarity is neither "member" nor "near_miss".
    """
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], 2):
            columns = line.split("\t")
            if len(columns) != len(COLUMNS) or columns[3] not in POLARITIES:
                raise ValueError(f"{path}:{number}: expected {', '.join(COLUMNS)}")
            rows.append((columns[0].strip().lower(), columns[1], columns[2], columns[3]))
    return rows


def write_classes(phrases: Path, lexicon: Path) -> int:
    """Write the lexicon of classes; return how many rows it has."""
    rows = sorted({(p, group, polarity) for p, _, group, polarity in read_phrases(phrases)})
    lines = ["phrase\tgroup\tpolarity", *("\t".join(row) for row in rows)]
    lexicon.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(rows)
