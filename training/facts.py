"""Turn the shared tables of facts into the lexicons `names.tsv` and `officeholders.tsv`.

The facts come from many sources (see stancekit/lexicons/README.md). What is wrong or
useless in them is mended or left out here, each with its reason; what is missing comes
from `facts_added.txt` beside this module.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from stancekit.gazetteer import fold, fold_holders
from training.facts_mends import (
    DROPPED_NAMES,
    KNOWN_ABBREVIATIONS,
    MAIN_NAMES,
    MENDED_TERMS,
    NO_PERSON,
    OFFICE_BEFORE,
    PARENTS,
    WRONG_CODES,
)

ADDED = Path(__file__).with_name("facts_added.txt")

NAME_KINDS = {
    "name": "country", "official_name": "country", "short_name": "country",
    "historical_name": "country", "abbreviation": "country", "demonym": "demonym",
    "adjective": "demonym", "demonym_plural": "demonym", "capital": "capital", "seat": "seat",
    "ministry_or_force": "organ", "state_media": "media", "group": "group",
}  # fmt: skip
# Of several kinds that one text has in one country, the first of these is kept.
KIND_ORDER = ("country", "body", "demonym", "capital", "seat", "organ", "media", "group")
_BODIES = """UN EU NATO AU ASEAN IAEA WHO ICC ICJ OSCE ARAB-LEAGUE GCC ECOWAS OIC OAS WTO IMF G7
G20 BRICS SCO QUAD INTERPOL IGO"""
BODIES = frozenset(_BODIES.split())

SCHEMA_NAMES = ("code", "kind", "text", "ambiguous", "note", "source")
SCHEMA_HOLDERS = ("name", "code", "office", "start", "end", "source")
NAME_SOURCES = {
    "CLDR": "L", "babel": "L", "countryinfo": "N", "pycountry": "Y", "NGEC": "H",
    "newsmap": "M", "general knowledge": "G",
}  # fmt: skip

OFFICES = {
    "head_of_state": "state", "head_of_government": "government", "foreign_minister": "foreign",
    "defence_minister": "defence", "spokesperson": "spokesperson", "vice": "vice",
    "speaker_of_parliament": "speaker", "ambassador_un": "ambassador", "head_of_body": "body",
    "group_leader": "group", "other_minister": "minister",
}  # fmt: skip
HOLDER_SOURCES = (
    ("Phoenix", "P"), ("CIA World Leaders", "C"), ("CIA World Factbook", "F"),
    ("UN General Debate", "U"), ("Wikipedia", "L"), ("every-politician-scrapers", "W"),
    ("Wikidata", "W"), ("world-leaders-2021", "W"), ("general knowledge", "G"),
)  # fmt: skip


class Name(NamedTuple):
    """A row of names.tsv; several codes are joined by ";"."""

    code: str
    kind: str
    text: str
    ambiguous: str
    note: str
    source: str


class Term(NamedTuple):
    """A row of officeholders.tsv: one person, one office, one term."""

    name: str
    code: str
    office: str
    start: str
    end: str
    source: str


def build_names(table: Path, added: Path = ADDED) -> list[Name]:
    """Return the names of countries and bodies, one row a text."""
    own = list(_added_names(added))
    dropped = {text for texts in DROPPED_NAMES.values() for text in texts.split(";")}
    settled = dropped | {name.text for name in own}
    groups: dict[str, list[dict[str, str]]] = {}
    for row in _rows(table):
        if row["text"] not in settled:
            groups.setdefault(row["text"], []).append(row)
    shared = (_merge(rows) for rows in groups.values())
    names = [*own, *(name for name in shared if not _is_redundant(name, groups, settled))]
    main = {
        row["code"]: row["text"] for row in reversed(list(_rows(table))) if row["kind"] == "name"
    }
    main |= MAIN_NAMES
    return sorted(
        name._replace(note="main") if main.get(name.code) == name.text else name for name in names
    )


def _added_names(path: Path) -> Iterator[Name]:
    seen: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            codes, kind, texts, rule, note = [*line.split("|"), "", ""][:5]
            for text in filter(None, texts.split(";")):
                bare = text.removeprefix("the ")
                # A match that starts with "the" would hide a longer name after it.
                rules = f"{rule} the" if bare != text and rule else rule
                if bare not in seen:
                    seen.add(bare)
                    yield Name(codes.strip("-"), kind, bare, rules, note, "G")


def _merge(rows: list[dict[str, str]]) -> Name:
    """Make one row of the rows of a text: all its codes, the first kind, one rule."""
    codes = list(dict.fromkeys(row["code"] for row in rows))
    kinds = {_kind_of(row) for row in rows}
    kind = next(kind for kind in KIND_ORDER if kind in kinds)
    text, note = rows[0]["text"], rows[0]["note"]
    rule = "several" if len(codes) > 1 else ""
    is_short = re.fullmatch(r"[A-Z0-9]{2,4}", text) is not None and kind not in ("country", "body")
    generic = any(
        word in note for word in ("generic", "context", "common word", "or other", "name")
    )
    if (is_short and text not in KNOWN_ABBREVIATIONS) or generic:
        rule = "context"
    source = next((code for key, code in NAME_SOURCES.items() if key in rows[0]["source"]), "G")
    return Name(";".join(codes), kind, text, rule, note, source)


def _kind_of(row: dict[str, str]) -> str:
    kind = NAME_KINDS[row["kind"]]
    if row["code"] not in BODIES:
        return "country" if row["kind"] == "name" and _is_demonym(row) else kind
    return "body" if kind == "country" else kind


def _is_demonym(row: dict[str, str]) -> bool:
    return row["text"].endswith(("ers", "ians", "ans")) and "dependent" in row["note"]


def _is_redundant(name: Name, groups: dict[str, list[dict[str, str]]], settled: set[str]) -> bool:
    """Tell whether "the X" stands beside X, which matches the same places."""
    bare = name.text.removeprefix("the ").removeprefix("The ")
    return bare != name.text and (bare in groups or bare in settled)


def build_terms(table: Path) -> list[Term]:
    """Return the terms of office, in the order that the gazetteer searches."""
    terms: dict[tuple[str, str, str], dict[tuple[str, str], Term]] = {}
    for row in _rows(table):
        term = _term(row)
        if term is not None:
            key = (fold_holders(term.name), term.code, term.office)
            terms.setdefault(key, {}).setdefault((term.start, term.end), term)
    merged = [term for by_dates in terms.values() for term in _join_terms(by_dates.values())]
    return sorted(merged, key=lambda term: fold_holders("\t".join(term)))


def _term(row: dict[str, str]) -> Term | None:
    """Return the row as a term, or None when it is of no use (reasons below)."""
    name = _mend_case(fold(row["name"].strip()))
    bare = OFFICE_BEFORE.sub("", name)
    name = bare if " " in bare else name
    office, code = OFFICES[row["office"]], PARENTS.get(row["country"], row["country"])
    start, end = row["start"], row["end"]
    if not re.fullmatch(r"[A-Za-z'. ()-]+", name):
        return None  # broken encoding, or letters that an ASCII row of the same person spells out
    if NO_PERSON.search(name) or (name, code) in WRONG_CODES:
        return None  # reasons above
    if " " not in name or not name[0].isupper():
        return None  # a shard of a name ("cio Lula da Silva"); single names stand in names.tsv
    if office == "minister" and (end[:4] < "2000" if end else not start):
        return None  # ministers before 2000, and those without any date: to keep the file small
    if start and end and start[: len(end)] > end[: len(start)]:
        return None  # ends before it starts
    start, end = MENDED_TERMS.get((name, code, office, start), (start, end))
    return Term(name, code, office, start, end, _holder_source(row["source"]))


def _mend_case(name: str) -> str:
    """Mend surnames in capitals ("Abdullah GUL"), as the UN and the CIA print them."""
    return re.sub(
        r"[A-Z]+[a-z]*",
        lambda match: (
            match[0].capitalize()
            if match[0].isupper() and len(match[0]) > 2 and not re.fullmatch("[IVX]+", match[0])
            else match[0].upper()
            if match[0] in ("Iii", "Vii", "Viii", "Xiv", "Xvi")
            else match[0]
        ),
        name,
    )


def _holder_source(source: str) -> str:
    code = next((code for key, code in HOLDER_SOURCES if key in source), "G")
    if "(seen" in source and "| dates:" not in source:
        return code + "s"
    return code + "i" if "start of successor" in source else code


def _join_terms(terms: Iterable[Term]) -> Iterator[Term]:
    """Join the terms of one person in one office that overlap or touch."""
    current: Term | None = None
    for term in sorted(terms, key=lambda term: (term.start, term.end or "9")):
        if current is not None and (not current.end or _touch(current.end, term.start)):
            ends = [current.end, term.end]
            current = current._replace(end="" if "" in ends else max(ends))
        else:
            if current is not None:
                yield current
            current = term
    if current is not None:
        yield current


def _touch(end: str, start: str) -> bool:
    """Tell whether a term that starts at `start` follows one that ends at `end` at once."""
    width = min(len(end), len(start))
    return start[:width] <= end[:width] or (
        end[5:] == "12-31" and start == f"{int(end[:4]) + 1}-01-01"
    )


def _rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write_table(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table of tab-separated columns with a header."""
    lines = ["\t".join(row) for row in (header, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
