"""Match names of countries, bodies and office holders in text; tell who held office when.

The tables come from `lexicons`. Text is folded letter for letter before it is matched
(accents, curly apostrophes, odd blanks), so that offsets stay those of the article.
"""

import datetime as dt
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, Self

from ahocorasick_rs import AhoCorasick, MatchKind

from stancekit.lexicons import load_lexicon, load_lines, load_words

_NON_ASCII = re.compile(r"[^\x00-\x7f]")
# Marks and letters that have no accent to take off; each becomes one letter.
_MARKS = dict(
    zip(
        "\u2019\u2018\u02bc\u201b\u2032\u00b4\u201c\u201d\u201e\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
        "\u00a0\u2009\u202føØłŁđĐıəðÐ",
        "''''''\"\"\"-------   oOlLdDiadD",
        strict=True,
    )
)
# A capitalised word before another, or before the particle of a name: a name may start.
_PARTICLE = (
    r"(?:a[ln]|el|e[dr]|as|ad|bin|ibn|ben|bint|d[aeiou]s?|d[ei]l|la|le|v[ao]n|ter|ould|u|y)\b"
)
_PAIR = re.compile(rf"[A-Z](?<![\w'].)[\w'.]*[ -](?=[A-Z(']|{_PARTICLE})")
_LONGEST_NAME = 70
# Kinds whose names are also looked for in capitals, as headlines have them.
_SHOUTED = frozenset({"country", "demonym", "capital"})
_PRINCIPALS = frozenset({"state", "government", "foreign", "defence", "vice", "body"})
_OFFICES = {
    "state": "head of state", "government": "head of government", "foreign": "foreign minister",
    "defence": "defence minister", "vice": "deputy head", "speaker": "speaker of parliament",
    "ambassador": "ambassador to the UN", "body": "official", "group": "leader of a group",
    "spokesperson": "spokesperson", "minister": "minister or official",
}  # fmt: skip


def words(name: str) -> frozenset[str]:
    """Return a list of name_contexts.tsv."""
    return load_words(name, "name_contexts")


def any_of(name: str) -> str:
    """Return a pattern for any word of a list of name_contexts.tsv, the longest first."""
    longest_first = sorted(words(name), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def fold(text: str) -> str:
    """Return `text` without accents and curly marks, letter for letter of the same length."""
    return text if text.isascii() else _NON_ASCII.sub(_fold_letter, text)


def _fold_letter(match: re.Match[str]) -> str:
    return _folded_letter(match.group())


@cache
def _folded_letter(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":
        return "\ufffd"  # half a surrogate: the matcher takes valid Unicode only
    base = unicodedata.normalize("NFD", letter)[0]
    return _MARKS.get(letter, base if base.isascii() else letter)


def word_before(folded: str, start: int) -> str:
    """Return the word before `start` and one blank, or "" when a mark stands between."""
    if folded[start - 1 : start] != " ":
        return ""
    word = folded[max(0, start - 25) : start - 1].rpartition(" ")[2].lstrip("\"'([{-")
    return "" if word[-1:] in ",;:!?\"')]-" else word


def fold_holders(text: str) -> str:
    """Fold further, as names of persons are looked up: no capitals, no hyphens."""
    return fold(text).replace("-", " ").lower()


class Name(NamedTuple):
    """A name of the gazetteer. `rules` says what the document must show before it counts."""

    text: str
    kind: str
    codes: tuple[str, ...]
    rules: frozenset[str]
    note: str
    name: str
    reason: str


class Term(NamedTuple):
    """One person in one office for one term; dates as precise as they are known."""

    name: str
    code: str
    office: str
    start: str
    end: str

    def is_in_office(self, date: dt.date) -> bool:
        """Tell whether the term holds `date`; an unknown end counts as open."""
        day = date.isoformat()
        return self.start <= day and (not self.end or day[: len(self.end)] <= self.end)

    def reason(self) -> str:
        """Say in a few words what a code rests on."""
        until = f" to {self.end[:7]}" if self.end else ""
        since = f" {self.start[:7]}" if until else f" since {self.start[:7]}"
        return f"{_OFFICES[self.office]} of {self.code}{since if self.start else ''}{until}"


class Gazetteer:
    """The names of countries and bodies and the office holders of all years, ready to match.

    Parameters
    ----------
    names : sequence of tuple of str
        Rows of names.tsv.
    holders : sequence of str
        Lines of officeholders.tsv, in the order of the file.
    extra_holders : iterable of tuple of str
        More office holders (name, code, office, start, end), as a user may give them.
    """

    def __init__(
        self,
        names: Sequence[tuple[str, ...]],
        holders: Sequence[str],
        extra_holders: Iterable[tuple[str, ...]] = (),
    ) -> None:
        self._holders = list(holders)
        extra = ["\t".join((*row[:5], "user")) for row in extra_holders]
        if extra:
            self._holders = sorted(self._holders + extra, key=fold_holders)
        self._keys = fold_holders("\n".join(self._holders)).split("\n")
        patterns = _patterns(names)
        self._names = list(patterns.values())
        self._matcher = AhoCorasick(list(patterns), matchkind=MatchKind.LeftmostLongest)
        self._may_start = lru_cache(maxsize=100_000)(self._starts_name)
        self.terms = lru_cache(maxsize=10_000)(self._terms)

    @classmethod
    def shipped(cls) -> Self:
        """Return the gazetteer of the tables that ship with the package."""
        return cls(load_lexicon("names"), load_lines("officeholders"))

    def find_names(self, folded: str) -> list[tuple[int, int, Name]]:
        """Return the names in a folded text as (start, end, name): leftmost, then longest."""
        names = self._names
        found = []
        for index, start, end in self._matcher.find_matches_as_indexes(folded):
            if folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum():
                found += self._find_shorter(folded, start, end)
            else:
                found.append((start, end, names[index]))
        return found

    def _find_shorter(self, folded: str, start: int, end: int) -> list[tuple[int, int, Name]]:
        """Match again inside a match that ends in the middle of a word."""
        if folded[start - 1 : start].isalnum() and start:
            return []
        text = folded[start:end]
        if text.endswith("-"):  # "Sino-" and its like stand before a word
            index = self._matcher.find_matches_as_indexes(text)[0][0]
            return [(start, end, self._names[index])]
        if " " not in text and "-" not in text:
            return []
        cut = max(text.rfind(" "), text.rfind("-"))
        return [
            (start + a, start + b, self._names[index])
            for index, a, b in self._matcher.find_matches_as_indexes(text[:cut])
            if not text[a - 1 : a].isalnum() and not text[b : b + 1].isalnum()
        ]

    def find_holders(self, folded: str) -> list[tuple[int, int, int]]:
        """Return the full names of office holders as (start, end, row of the table)."""
        found = []
        keyed = folded.replace("-", " ").lower()
        keys, last, may_start = self._keys, 0, self._may_start
        for match in _PAIR.finditer(folded):
            start, second = match.span()
            pair = keyed[start : second + 2]
            if start < last or not may_start(pair):
                continue
            query = keyed[start : start + _LONGEST_NAME]
            row = bisect_left(keys, query + "\n") - 1
            while row >= 0 and keys[row].startswith(pair):
                name = keys[row].partition("\t")[0]
                end = start + len(name)
                if query.startswith(name) and not keyed[end : end + 1].isalnum():
                    found.append((start, end, row))
                    last = end
                    break
                row -= 1
        return found

    def _starts_name(self, key: str) -> bool:
        row = bisect_left(self._keys, key)
        return row < len(self._keys) and self._keys[row].startswith(key)

    def _terms(self, row: int) -> list[Term]:
        """Return all terms of the person in a row of the table; `terms` remembers them."""
        name = self._keys[row].partition("\t")[0] + "\t"
        first = bisect_left(self._keys, name)
        return list(self._terms_from(first, name))

    def _terms_from(self, row: int, name: str) -> Iterator[Term]:
        while row < len(self._keys) and self._keys[row].startswith(name):
            yield Term(*self._holders[row].split("\t")[:5])
            row += 1

    def is_given_name(self, word: str) -> bool:
        """Tell whether some office holder's name starts with `word`."""
        return self._may_start(fold_holders(word) + " ")

    def principals(self, surname: str) -> list[Term]:
        """Return the terms of principals whose name begins or ends with `surname`."""
        rows = self._principals.get(fold_holders(surname).rpartition(" ")[2], ())
        return [Term(*self._holders[row].split("\t")[:5]) for row in rows]

    @cached_property
    def _principals(self) -> dict[str, list[int]]:
        """The rows of the principal offices by first and by last word of the name."""
        index: dict[str, list[int]] = {}
        for row, key in enumerate(self._keys):
            name, _, office, _ = key.split("\t", 3)
            if office in _PRINCIPALS:
                for word in {name[: name.index(" ")], name[name.rindex(" ") + 1 :]}:
                    index.setdefault(word, []).append(row)
        return index


def _patterns(rows: Sequence[tuple[str, ...]]) -> dict[str, Name]:
    """Return the folded texts to look for, with those in capitals, and what each stands for."""
    main = {row[0]: row[2] for row in rows if row[4] == "main"}
    patterns: dict[str, Name] = {}
    shouted: dict[str, Name] = {}
    for codes, kind, text, rules, note, _source in rows:
        name = main.get(codes, text) if kind in ("country", "demonym", "body") else text
        reason = f"{'name' if kind in ('country', 'body', 'person') else kind} of {codes}"
        entry = Name(
            text, kind, tuple(codes.split(";")), frozenset(rules.split()), note, name, reason
        )
        folded = fold(text)
        patterns.setdefault(folded, entry)
        if kind in _SHOUTED and "context" not in rules and not folded.isupper():
            shouted.setdefault(folded.upper(), entry)
    return shouted | patterns
