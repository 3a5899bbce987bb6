"""Find for a name of one country the like name of another: country, capital, organ, person."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from stancekit.gazetteer import Gazetteer, Term, fold, fold_holders
from stancekit.holders import short_forms
from stancekit.lexicons import load_lexicon, load_lines
from stancekit.records import Mention
from stancekit.roles import BODIES

_TAKES_THE = re.compile(
    r"United |.* (?:Islands|Republic|Strip|Bank)$|.*Republic of the Congo$|"
    r"(?:Netherlands|Philippines|Maldives|Bahamas|Gambia|Comoros|Seychelles|Vatican)$|"
    r"(?:.* )?(?:Organi[sz]ation|Association|Group|Council|League|Court|Community) |"
    r".* (?:Nations|Union|Organi[sz]ation|Agency|Court|Fund|League|Council|Community)$"
)
_FORMAL = re.compile(r"(?:.* )?(?:Republic|Kingdom|Union|State) of (?!the Congo)|.* Federation$")
# Of the names of a country that is not its main one, only these are in use today.
_SECOND_NAMES = frozenset(
    "America Britain US UK UAE DRC PRC DPRK ROK "
    "U.S. U.K. U.A.E. D.R.C. P.R.C. D.P.R.K. R.O.K.".split()
)
_WORD_ACRONYMS = frozenset({"NATO", "ASEAN", "ECOWAS", "BRICS", "INTERPOL", "OPEC"})
_VOWEL = re.compile(r"[AIO]|E(?!u)|U(?![nkrgSKN.])")  # "a European", "a Ukrainian"
_SPELT_WITH_VOWEL = frozenset("AEFHILMNORSX")
_LONGEST_SPELT = 3  # "an FBI agent", but "a NATO plane": longer ones are read as words
_PLAIN_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}")
_SHORT = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_SAFE_RULES = frozenset({"name"})
# As Term.reason writes an office; longest first, since "official" opens no other.
_OFFICE_OF = re.compile(r"(.+) of [A-Z][A-Z0-9-]*(?: .*)?$")


class Need(NamedTuple):
    """One way in which an article names a country: what its counterpart must be like.

    `sound` says that "a" or "an" stands before it: the counterpart must fit that.
    """

    kind: str
    text: str
    person: str
    office: str
    is_short: bool
    sound: bool


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    kind: str
    text: str
    style: str


class Counterparts:
    """The names of the gazetteer by country, kind and style."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._rows: dict[str, _Row] = {}
        self._options: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        names = sorted(load_lexicon("names"), key=lambda row: row[4] != "main")
        for code, kind, text, rules, note, _ in names:
            row = _Row(code, kind, text, _style(kind, text))
            self._rows.setdefault(fold(text), row)
            is_safe = _SAFE_RULES.issuperset(rules.split()) and not note.startswith("dependent")
            if kind == "country" and row.style != "formal":
                is_safe = note == "main" or text in _SECOND_NAMES
            if is_safe and ";" not in code:
                self._options[code, kind, row.style].append(text)
        self._shouted = {text.upper(): row for text, row in self._rows.items()}
        self._holders: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for line in load_lines("officeholders"):
            term = Term(*line.split("\t")[:5])
            if _PLAIN_NAME.fullmatch(term.name):
                self._holders[term.code, term.office].append(term)
        self.codes = sorted({code for code, _, _ in self._options if code})

    def like(self, code: str) -> list[str]:
        """Return the codes that can stand in for `code`: bodies for bodies, states for states."""
        return [c for c in self.codes if (c in BODIES) == (code in BODIES) and c != code]

    def need(self, article: str, mention: Mention, offices: dict[str, str]) -> Need:
        """Return what the counterpart of a mention must be like.

        `offices` gives the office of each person whom the article has named so far.
        """
        after_article = re.search(r"\b[Aa]n? $", article[max(0, mention.start - 4) : mention.start])
        sound = after_article is not None
        if mention.kind != "person":
            return Need(mention.kind, mention.text, "", "", False, sound)
        match = _OFFICE_OF.match(mention.reason)
        if match and not mention.reason.startswith("short for"):
            offices.setdefault(mention.name, match.group(1))
        forms = {fold_holders(form) for form in short_forms(mention.name, mention.codes[0])}
        is_short = mention.reason.startswith("short for") or fold_holders(mention.text) in forms
        office = offices.get(mention.name, "")
        return Need("person", mention.text, mention.name, office, is_short, sound)

    def texts(self, need: Need, code: str) -> list[str]:
        """Return the names of `code`, persons aside, that can stand where `need` stands."""
        row = self._row(need.text)
        if row is None:
            return []
        last = row.text.rpartition(" ")[2]
        found = [
            text
            for text in self._options.get((code, row.kind, row.style), ())
            if not need.sound or opens_with_vowel(text) == opens_with_vowel(need.text)
        ]
        found.sort(key=lambda text: text.rpartition(" ")[2] != last)
        is_shouted = need.text.isupper() and not row.text.isupper()
        return [text.upper() for text in found] if is_shouted else found

    def _row(self, text: str) -> _Row | None:
        folded = fold(text).replace("\n", " ")
        return self._rows.get(folded) or self._shouted.get(folded)

    def persons(self, need: Need, code: str, date: dt.date | None) -> Iterator[Term]:
        """Yield those who held the like office for `code`: in office at `date`, then others."""
        offices = [
            office
            for (own, office), terms in self._holders.items()
            if own == code and terms[0].reason().startswith(f"{need.office} of ")
        ]
        terms = [term for office in offices for term in self._holders[code, office]]
        if date is None:
            yield from (term for term in terms if not term.end)
            return
        yield from (term for term in terms if term.is_in_office(date))
        day = date.isoformat()
        past = [term for term in terms if term.end and term.end < day]
        yield from sorted(past, key=lambda term: term.end, reverse=True)


def person_text(need: Need, term: Term) -> str | None:
    """Return a person's name in the form of `need`: in full, short, in capitals."""
    forms = short_forms(term.name, term.code)
    if not forms:
        return None
    text = forms[0] if need.is_short else term.name
    return text.upper() if need.text.isupper() else text


def opens_with_vowel(text: str) -> bool:
    """Return whether "an" goes before `text`."""
    bare = text.replace(".", "")
    first = bare.split(" ")[0]
    if first.isupper() and len(first) <= _LONGEST_SPELT:
        return first[0] in _SPELT_WITH_VOWEL
    return _VOWEL.match(text) is not None


def _style(kind: str, text: str) -> str:
    """Return what names of one kind must share to stand for each other in a sentence."""
    if kind == "demonym":
        if text.endswith("-"):
            return "prefix"
        return "plural" if re.search(r"(?<![is])s$|is$", text) and text != "Swiss" else "adjective"
    if kind == "capital":
        return ""
    if "." in text and " " not in text:
        return "dotted"
    if _SHORT.fullmatch(text):
        return "word" if text in _WORD_ACRONYMS or kind not in ("body", "country") else "short"
    if kind == "country" and _FORMAL.match(text):
        return "formal"
    if kind in ("country", "body"):
        return "the" if _TAKES_THE.match(text) else "plain"
    return "long"
