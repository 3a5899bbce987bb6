"""Find office holders by full name, by short form and by title, as of the article's date."""

import datetime as dt
import re
from bisect import bisect_right, insort
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from stancekit.gazetteer import Gazetteer, Name, Term, any_of, fold, word_before, words
from stancekit.records import Mention

# Word lists of lexicons/name_contexts.tsv; the README there says what each is for.
_NAMESAKE = re.compile(rf" {any_of('namesake')}\b")
_MONTHS, _MONTH_BEFORE = words("month_name"), words("before_month")
_TITLES, _OPENERS = words("title_word"), words("opener")
_CAPITALISED_AFTER = re.compile(r" [A-Z][a-z]")
_SURNAME = re.compile(r" ((?:al-|el-|bin |van |von |de |da )?[A-Z][\w'-]*)(?:'s\b)?")
_FORMER = re.compile(r"(?:[Ff]ormer|[Ee]x|[Ll]ate)[ -](?:[A-Z][\w.]+ )?$")
_SUFFIXES = re.compile(r"(?: (?:[IVX]+|Jr\.?|Sr\.?))+$")
# Family name first. Not Hungary: its names are turned round in English.
_FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "MAC"})
# One's own name first, and it is what short forms use.
_GIVEN_NAME_SHORT = frozenset({"ETH", "ERI", "MMR", "ISL", "THA"})
_JOINED = words("name_particle")
_NO_SHORT_FORM = words("no_short_form")
_LONGEST_HEADLINE = 150
_YEARS_OUT = 15  # how long after office a mere minister is still taken for himself: a choice


class Person(NamedTuple):
    """A full name of an office holder in a document, with what it stands for there."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    reason: str


def find_persons(folded: str, date: dt.date | None, gazetteer: Gazetteer) -> list[Person]:
    """Return the office holders named in full, each with the country it stands for at `date`."""
    persons = []
    known: dict[int, Person | None] = {}
    for start, end, row in gazetteer.find_holders(folded):
        if _NAMESAKE.match(folded, end):
            continue
        if row not in known:
            known[row] = _choose(gazetteer.terms(row), date)
        person = known[row]
        if person is not None:
            persons.append(person._replace(start=start, end=end))
    return persons


def _choose(terms: list[Term], date: dt.date | None) -> Person | None:
    """Return the codes of the terms that hold at `date`, else of the latest before it."""
    if date is not None:
        terms = [term for term in terms if term.office != "minister" or _is_recent(term, date)]
    if not terms:
        return None
    holding = [term for term in terms if date is not None and term.is_in_office(date)]
    if not holding:
        day = date.isoformat() if date is not None else "9999"
        before = [term for term in terms if term.start <= day] or terms
        latest = max(term.end or "9999" for term in before)
        holding = [term for term in before if (term.end or "9999") == latest]
    first = min(holding, key=_rank)
    codes = tuple(sorted({term.code for term in holding}, key=lambda code: code != first.code))
    return Person(0, 0, first.name, codes, first.reason())


def _rank(term: Term) -> int:
    order = ("state", "government", "body", "foreign", "defence", "group", "vice", "ambassador")
    return order.index(term.office) if term.office in order else len(order)


def _is_recent(term: Term, date: dt.date) -> bool:
    """Tell whether a minister was in office near `date`; ministers have many namesakes."""
    if term.start and int(term.start[:4]) > date.year + 1:
        return False
    return not term.end or int(term.end[:4]) >= date.year - _YEARS_OUT


def resolve_persons(
    article: str,
    folded: str,
    date: dt.date | None,
    gazetteer: Gazetteer,
    persons: Sequence[Person],
    titles: Sequence[tuple[int, int, Name]],
    names: Sequence[Mention],
) -> list[Mention]:
    """Return the mentions of persons: full names, later short forms, surnames after a title."""
    found = [
        Mention(article[p.start : p.end], p.start, p.end, "person", p.codes, p.name, p.reason)
        for p in persons
    ]
    if not persons and not titles:
        return found
    taken = _Taken([(m.start, m.end) for m in (*names, *found)])
    full = list(persons)
    for _, end, title in titles:
        if not taken.holds(end + 1) and (person := _titled(folded, end, title, date, gazetteer)):
            start, end = person.start, person.end
            full.append(person)
            taken.add(start, end)
            found.append(
                Mention(
                    article[start:end],
                    start,
                    end,
                    "person",
                    person.codes,
                    person.name,
                    person.reason,
                )
            )
    full.sort()
    return found + _find_short_forms(article, folded, full, taken)


class _Taken:
    """The spans of an article that mentions already hold."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def holds(self, place: int) -> bool:
        """Tell whether a mention lies over `place`."""
        index = bisect_right(self._spans, (place, 1 << 60)) - 1
        return index >= 0 and self._spans[index][1] > place

    def add(self, start: int, end: int) -> None:
        """Take one more span."""
        insort(self._spans, (start, end))


def _headline_end(article: str) -> int:
    """Return where the headline stops, or 0 when the article begins with a paragraph."""
    end = article.find("\n")
    return end if 0 < end <= _LONGEST_HEADLINE else 0


def _find_short_forms(
    article: str, folded: str, persons: Sequence[Person], taken: _Taken
) -> list[Mention]:
    """Return the places where a person is named by a short form.

    They stand after a full name, or in a headline when only one person can be meant.
    """
    headline = _headline_end(article)
    forms: dict[str, list[Person]] = {}
    first: dict[str, Person] = {}
    for person in persons:
        known = first.setdefault(person.name, person)
        text = folded[person.start : person.end]
        for form in dict.fromkeys(
            short_forms(text, known.codes[0]) + short_forms(known.name, known.codes[0])
        ):
            forms.setdefault(form, []).append(person)
    found = []
    for form in sorted(forms, key=len, reverse=True):
        bearers = forms[form]
        starts = [person.start for person in bearers]
        is_only = len({person.name for person in bearers}) == 1
        start = folded.find(form, 0 if is_only and headline else bearers[0].end)
        while start >= 0:
            if headline <= start < bearers[0].end:
                start = folded.find(form, bearers[0].end)
                continue
            end = start + len(form)
            if _is_short_form(folded, start, end) and not (
                taken.holds(start) or taken.holds(end - 1)
            ):
                person = bearers[max(0, bisect_right(starts, start) - 1)]
                taken.add(start, end)
                found.append(
                    Mention(article[start:end], start, end, "person", person.codes, person.name,
                            f"short for {person.name}")
                )  # fmt: skip
            start = folded.find(form, end)
    return found


def _is_short_form(folded: str, start: int, end: int) -> bool:
    """Tell whether a surname stands alone: no letters beside it, no other given name."""
    if folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum():
        return False
    if folded[start - 1 : start] in ("-", "@") or _NAMESAKE.match(folded, end):
        return False
    before = word_before(folded, start)
    if folded[start:end] in _MONTHS and (
        before.lower() in _MONTH_BEFORE or re.match(r" \d", folded[end : end + 2])
    ):
        return False
    if before[:1].isupper() and not _may_stand_before(before):
        return False
    return not (_CAPITALISED_AFTER.match(folded, end) and _is_name_after(folded, end))


def _may_stand_before(before: str) -> bool:
    """Tell whether a capitalised word is a title or begins the sentence, not a given name."""
    if before in _TITLES or before in _OPENERS:
        return True
    return not before.isalpha() and before.endswith(("'s", ".")) and len(before) > 3


def _is_name_after(folded: str, end: int) -> bool:
    """Tell whether the capitalised word after a surname is another part of a name."""
    word = re.match(r"[\w'-]+", folded[end + 1 : end + 20])
    return word is not None and word.group() not in _OPENERS and word.group() not in _TITLES


def _titled(
    folded: str, end: int, title: Name, date: dt.date | None, gazetteer: Gazetteer
) -> Person | None:
    """Return the holder in office whom the title that stops at `end` and a surname name."""
    match = _SURNAME.match(folded, end)
    if match is None or (
        _CAPITALISED_AFTER.match(folded, match.end()) and _is_name_after(folded, match.end())
    ):
        return None
    offices = title.note.split()
    surname = match.group(1)
    terms = [
        term
        for term in gazetteer.principals(surname)
        if term.office in offices and surname in short_forms(term.name, term.code)
    ]
    if date is not None:
        held = [term for term in terms if term.is_in_office(date)]
        former = _FORMER.search(folded, max(0, end - 40), end - len(title.text))
        if not held and former:
            held = [term for term in terms if term.end and term.end < date.isoformat()]
        terms = held
    codes = tuple(dict.fromkeys(term.code for term in terms))
    if not codes or (len(codes) > 1 and date is None):
        return None
    latest = max(term.start[:4] for term in terms)
    term = min((t for t in terms if t.start[:4] == latest), key=lambda t: (_rank(t), len(t.name)))
    return Person(*match.span(1), term.name, codes, term.reason())


@lru_cache(maxsize=10_000)
def short_forms(name: str, code: str) -> list[str]:
    """Return the folded forms under which a person is named again ("Suga", "al-Assad")."""
    words = _SUFFIXES.sub("", fold(name)).split()
    if len(words) < 2:
        return []
    forms = [words[-1]]
    is_family_first = re.search(r"-[a-z]", name) is not None or len(words) == 3
    if code in _FAMILY_FIRST and (code not in ("HKG", "TWN", "MAC") or is_family_first):
        forms = [words[0]] if code not in ("VNM", "KHM") else [words[0], words[-1]]
    elif re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+", fold(name)):
        forms = [words[0]]  # "Ban Ki-moon", whatever body he leads
    elif code in _GIVEN_NAME_SHORT:
        forms.append(words[0])
    else:
        forms += _compound_forms(words)
    return [form for form in forms if form not in _NO_SHORT_FORM and form[:1].isalpha()]


def _compound_forms(words: list[str]) -> list[str]:
    """Return "von der Leyen", "Lopez Obrador", and "Sisi" for "al-Sisi"."""
    forms: list[str] = []
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _JOINED:
        first -= 1
    if first < len(words) - 1:
        form = " ".join(words[first:])
        forms += [form, form[0].upper() + form[1:]]
    elif len(words) > 3 and words[-2][0].isupper():
        forms.append(" ".join(words[-2:]))
    head, hyphen, tail = words[-1].partition("-")
    if hyphen and head.lower() in _JOINED | {"ad", "as", "ar", "ash", "at", "an", "az"}:
        forms.append(tail)
    return forms
