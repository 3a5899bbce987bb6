"""Find the countries, bodies and office holders that an article names, with their codes.

Names come from the gazetteer; what a document must show before a name counts, or which
of several places it means, is decided here. Nothing is guessed: a name that the document
leaves open keeps all its codes, and one that is not meant as a country is left out.
"""

import datetime as dt
import re
from collections.abc import Sequence

from stancekit.gazetteer import Gazetteer, Name, any_of, fold, word_before, words
from stancekit.holders import Person, find_persons, resolve_persons
from stancekit.records import Mention

# Word lists of lexicons/name_contexts.tsv; the README there says what each is for.
_OF, _SMALL_WORDS = words("before_of"), words("small_word")
_NO_GIVEN_NAME, _AFTER_COUNTRY = words("no_given_name"), words("after_country")
_SPEAKING, _BIRD_BEFORE = words("before_language"), words("before_bird")
_PRONOUN_BEFORE = words("before_pronoun")
# What follows a capital in the name of a treaty, paper, meeting or house. "Moscow talks
# tough" has a verb.
_HEAD = re.compile(
    rf" (?:{any_of('head_modifier')} )?{any_of('head')}(?!\w)(?!(?<=talks) (?:tough|up|down|big))"
)
_STATE = re.compile(rf"{any_of('us_state')}(?!\w)")
_LANGUAGE_AFTER = re.compile(rf" {any_of('after_language')}\b")
_BIRD = re.compile(rf" {any_of('after_bird')}\b")
_US_STATE = re.compile(any_of("georgia_state"))
_DOMAIN = re.compile(r"\.(?:com|org|net|gov)\b")
_WORD_AFTER = re.compile(r" ([A-Z][a-z][\w'-]*)")
_NO_NOUN = re.compile(r"[.,;:!?)\"']|$| and | or ")
_NO_NAME_ENDINGS = ("ist", "ic", "an", "ite", "ish", "ese", "day", "ber", "uary", "ing")
# Neighbours that tell which of two namesakes a document is about.
_NEIGHBOURS = {
    "GEO": frozenset({"RUS", "ARM", "AZE"}),
    "COD": frozenset({"RWA", "UGA", "BDI", "ZMB", "AGO", "TZA"}),
    "COG": frozenset({"GAB", "CMR"}),
    "DOM": frozenset({"HTI", "PRI"}),
}
# The halves that "the North" and "the South" can mean, with what must be named beside them.
_PAIRS = {
    "North": (("PRK", {"PRK"}), ("SDN", {"SDN", "SSD"})),
    "South": (("KOR", {"PRK", "KOR"}), ("SSD", {"SDN", "SSD"}), ("KOR", {"PRK"})),
}
_DIVIDED = (
    ("CYP", "Northern Cyprus", "Turkish Cypriot"),
    ("YEM", "South Yemen", "North Yemen", "Southern Transitional"),
)

Hit = tuple[int, int, Name]


def find_mentions(
    articles: Sequence[str], dates: Sequence[dt.date | None], gazetteer: Gazetteer
) -> list[list[Mention]]:
    """Find what each article names.

    Parameters
    ----------
    articles : sequence of str
        Plain text, as given.
    dates : sequence of datetime.date or None
        The day each article is from, or None; decides which office holder is meant.
    gazetteer : Gazetteer
        The names to look for.

    Returns
    -------
    list of list of Mention
        For each article its mentions, ordered by start, not overlapping.
    """
    return [
        _mentions_of(article, date, gazetteer)
        for article, date in zip(articles, dates, strict=True)
    ]


def _mentions_of(article: str, date: dt.date | None, gazetteer: Gazetteer) -> list[Mention]:
    folded = fold(article).replace("\n", " ")
    persons = find_persons(folded, date, gazetteer)
    hits = gazetteer.find_names(folded)
    if persons:
        hits, persons = _longest(hits, persons)
    found: list[Mention] = []
    unsettled: list[Hit] = []
    titles: list[Hit] = []
    support = {code for person in persons for code in person.codes}
    for hit in hits:
        start, end, name = hit
        if not name.codes[0]:
            if name.kind == "title":
                titles.append(hit)
        elif name.rules:
            unsettled.append(hit)
        elif _is_plain(folded, start, end, name):
            found.append(_mention(article, start, end, name))
            support.update(name.codes)
    if unsettled:
        spans = [hit[:2] for hit in hits] + [person[:2] for person in persons]
        document = _Document(article, folded, gazetteer, support, spans)
        found += document.settle(unsettled)
    found += resolve_persons(article, folded, date, gazetteer, persons, titles, found)
    found.sort(key=lambda mention: mention.start)
    return found


def _mention(article: str, start: int, end: int, name: Name) -> Mention:
    return Mention(article[start:end], start, end, name.kind, name.codes, name.name, name.reason)  # type: ignore[arg-type]  # kinds of names.tsv


def _longest(hits: list[Hit], persons: list[Person]) -> tuple[list[Hit], list[Person]]:
    """Of a person and a name that overlap, keep the longer; of equals, the person."""
    kept, left, position = [], [], 0
    for person in persons:
        while position < len(hits) and hits[position][1] <= person.start:
            kept.append(hits[position])
            position += 1
        first = position
        while position < len(hits) and hits[position][0] < person.end:
            position += 1
        inside = hits[first:position]
        if any(end - start > person.end - person.start for start, end, _ in inside):
            kept += inside
        else:
            kept += [hit for hit in inside if hit[2].kind == "title" and hit[1] <= person.start]
            left.append(person)
    return kept + hits[position:], left


def _is_plain(folded: str, start: int, end: int, name: Name) -> bool:
    """Tell whether a name that needs no context stands for a government where it stands."""
    kind = name.kind
    if kind == "capital" and _HEAD.match(folded, end):
        return False
    if kind in ("country", "capital"):
        if folded[end : end + 2] == ", " and _STATE.match(folded, end + 2):
            return False
        if folded[start - 3 : start] == "of " or folded[start - 7 : start] == "of the ":
            before = folded[max(0, start - 24) : start].removesuffix("the ")[:-4].rpartition(" ")[2]
            return before not in _OF
    return folded[start - 1 : start] != "@" and _DOMAIN.match(folded, end) is None


class _Document:
    """One article, while the names that need context are settled."""

    def __init__(
        self,
        article: str,
        folded: str,
        gazetteer: Gazetteer,
        support: set[str],
        spans: list[tuple[int, int]],
    ) -> None:
        self.article = article
        self.folded = folded
        self.gazetteer = gazetteer
        self.support = support
        self.starts = {start for start, _ in spans}
        self.ends = {end for _, end in spans}

    def settle(self, hits: list[Hit]) -> list[Mention]:
        """Return the mentions among names that need context, with the codes it leaves."""
        named = [hit for hit in hits if _is_plain(self.folded, *hit) and self._is_meant(*hit)]
        # Names of one place that are only in doubt as words count as context for the rest.
        doubtful = {"context", "several", "pair"}
        for _, _, name in named:
            if not name.rules & doubtful:
                self.support.update(name.codes)
        found = []
        for start, end, name in named:
            codes = self._codes(name)
            if codes:
                if codes != name.codes:
                    reason = name.reason.replace(";".join(name.codes), ";".join(codes))
                    name = name._replace(codes=codes, reason=reason)
                found.append(_mention(self.article, start, end, name))
        return found

    def _codes(self, name: Name) -> tuple[str, ...]:
        """Return the codes that the document leaves to a name; none: not a mention."""
        rules, supported = name.rules, tuple(c for c in name.codes if c in self.support)
        if "pair" in rules:
            return self._half(name.text)
        if "context" in rules:
            beside = {code for rule in rules for code in rule.removeprefix("near=").split("/")}
            return supported or (name.codes if beside & self.support else ())
        if "several" not in rules:
            return name.codes
        if name.codes == ("GEO", "USA") and "GEO" not in self.support:
            return self._georgia(name.codes)
        near = tuple(c for c in name.codes if self.support & _NEIGHBOURS.get(c, frozenset()))
        return supported or (near if len(near) == 1 else name.codes)

    def _georgia(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        if _US_STATE.search(self.folded):
            return ("USA",)
        return ("GEO",) if self.support & _NEIGHBOURS["GEO"] else codes

    def _half(self, text: str) -> tuple[str, ...]:
        """Return what "the North" or "the South" means in this document."""
        for code, *names in _DIVIDED:
            if code in self.support and any(name in self.folded for name in names):
                return (code,)
        for code, beside in _PAIRS[text.capitalize()]:
            if beside <= self.support:
                return (code,)
        return ()

    def _is_meant(self, start: int, end: int, name: Name) -> bool:
        """Tell whether a name is used as one, not as a word or as part of a person's name."""
        rules = name.rules
        before = word_before(self.folded, start)
        if "the" in rules:
            return before.lower() == "the" and not _WORD_AFTER.match(self.folded, end)
        if "name" in rules and self._is_given_name(before, start):
            return False
        if "given" in rules and self._has_surname(start, end):
            return False
        if "language" in rules and self._is_language(before, end):
            return False
        if "bird" in rules and (before.lower() in _BIRD_BEFORE or _BIRD.match(self.folded, end)):
            return False
        if "pronoun" in rules and self._is_pronoun(before, start, end):
            return False
        return not any(rule.startswith("unless=") and rule[7:] in self.folded for rule in rules)

    def _is_given_name(self, before: str, start: int) -> bool:
        """Tell whether the word before a name makes it a surname ("Michael Jordan")."""
        if not before[:1].isupper() or before in _NO_GIVEN_NAME or before.isupper():
            return False
        position = start - len(before) - 1
        if start - 1 in self.ends:
            return False  # a country, a person or a title stands before it
        if self.gazetteer.is_given_name(before):
            return True
        is_inside = re.match(r"[a-z,] ", self.folded[position - 2 : position]) is not None
        is_word = before.endswith(_NO_NAME_ENDINGS) or not before.isalpha()
        return is_inside and not is_word and not self._is_title_case(start)

    def _has_surname(self, start: int, end: int) -> bool:
        """Tell whether a capitalised word follows that makes the name a person's."""
        match = _WORD_AFTER.match(self.folded, end)
        if match is None or match.start(1) in self.starts or match.group(1) in _AFTER_COUNTRY:
            return False
        return not self._is_title_case(start)

    def _line(self, start: int) -> str:
        first = self.article.rfind("\n", 0, start) + 1
        last = self.article.find("\n", start)
        return self.article[first : last if last >= 0 else len(self.article)]

    def _is_title_case(self, start: int) -> bool:
        words = [word for word in self._line(start).split() if word[:1].isalpha()]
        return (
            len(words) > 2
            and all(word[0].isupper() or word in _SMALL_WORDS for word in words)
            and sum(word[0].isupper() for word in words) > len(words) / 2
        )

    def _is_language(self, before: str, end: int) -> bool:
        if before in _SPEAKING or _LANGUAGE_AFTER.match(self.folded, end):
            return True
        return before in ("in", "into", "from") and _NO_NOUN.match(self.folded, end) is not None

    def _is_pronoun(self, before: str, start: int, end: int) -> bool:
        """Tell whether "US" or "WHO" is a pronoun: in a line of capitals, or "Contact US"."""
        if self.folded[start:end] == "US":
            return before.lower() in _PRONOUN_BEFORE
        line = self._line(start)
        return line.isupper() and len(line.split()) > 2
