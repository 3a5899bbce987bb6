"""Swap every country of an article for another: no stance may hang on a name.

Names, demonyms, capitals, persons, organs and bodies are replaced by those of one other
country or body each, in the same form and the same way all over the article. An article
with a name that has no like counterpart is left out, and the reason told.
"""

import datetime as dt
import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from stancekit.gazetteer import Gazetteer
from stancekit.mentions import find_mentions
from stancekit.records import Attribution, Mention, Sentence, Span
from training.corpus import Document, GoldSentence, GoldStatement
from training.counterparts import Counterparts, Need, person_text

_ATTEMPTS = 12  # a choice: how many sets of countries are tried before an article is left out


class NoCounterpartError(ValueError):
    """An article names something that no other country has a like name for."""


@dataclass(frozen=True, slots=True)
class Swapped:
    """An article and its swapped double.

    `codes` maps each code to the one that stands for it now; `old` and `new` are the
    spans of the names, before and after, in order.
    """

    original: Document
    document: Document
    mentions: tuple[Mention, ...]
    codes: Mapping[str, str]
    old: tuple[Span, ...]
    new: tuple[Span, ...]

    def place(self, offset: int) -> int:
        """Return where an offset of the original lies in the double."""
        number = bisect_right(self.old, (offset, -1)) - 1
        if number >= 0 and self.old[number][0] == offset:
            return self.new[number][0]
        if number + 1 < len(self.old) and self.old[number + 1][0] == offset:
            return self.new[number + 1][0]
        if number < 0:
            return offset
        (start, end), (new_start, new_end) = self.old[number], self.new[number]
        if offset >= end:
            return new_end + offset - end
        return min(new_start + offset - start, new_end)

    def span(self, span: Span) -> Span:
        """Return where a span of the original lies in the double."""
        return self.place(span[0]), self.place(span[1])

    def code(self, codes: str | None) -> str | None:
        """Return what a label such as "FRA" or "DEU+FRA" is called in the double."""
        if codes is None:
            return None
        return "+".join(sorted(self.codes.get(code, code) for code in codes.split("+")))

    def sentence(self, sentence: Sentence) -> Sentence:
        """Return a sentence of the original as it stands in the double."""
        start, end = self.span((sentence.start, sentence.end))
        return replace(
            sentence,
            text=self.document.text[start:end],
            start=start,
            end=end,
            body=self.place(sentence.body),
            quoted=tuple(self.span(s) for s in sentence.quoted),
        )

    def attribution(self, attribution: Attribution) -> Attribution:
        """Return an attribution of the original as it stands in the double."""
        source, apposition, cue = (
            self.span(s) if s else None
            for s in (attribution.source, attribution.apposition, attribution.cue)
        )
        return replace(
            attribution,
            clause=self.span(attribution.clause),
            source=source,
            apposition=apposition,
            cue=cue,
        )


def swap_all(
    documents: Iterable[Document], gazetteer: Gazetteer
) -> tuple[list[Swapped], Counter[str]]:
    """Return the doubles of the articles that have one, and why the others have none."""
    counterparts = Counterparts(gazetteer)
    swapped: list[Swapped] = []
    left_out: Counter[str] = Counter()
    for document in documents:
        try:
            swapped.append(swap(document, gazetteer, counterparts))
        except NoCounterpartError as error:
            left_out[str(error)] += 1
    return swapped, left_out


def swap(document: Document, gazetteer: Gazetteer, counterparts: Counterparts) -> Swapped:
    """Return the double of one article.

    Raises
    ------
    NoCounterpartError
        If a name of the article has no like counterpart, or none that is read as one.
    """
    date = dt.date.fromisoformat(document.date) if document.date else None
    (mentions,) = find_mentions([document.text], [date], gazetteer)
    named = [mention for mention in mentions if mention.codes]
    if not named:
        raise NoCounterpartError("names no country")
    if any(len(mention.codes) > 1 for mention in named):
        raise NoCounterpartError("a name of several countries")
    offices: dict[str, str] = {}
    needs = [counterparts.need(document.text, mention, offices) for mention in named]
    for attempt in range(_ATTEMPTS):
        plan = _Plan(document, counterparts, date, attempt)
        texts = plan.texts(named, needs)
        double = _replaced(document, named, texts, plan.codes)
        (again,) = find_mentions([double.document.text], [date], gazetteer)
        expected = [
            (*double.span((m.start, m.end)), tuple(plan.codes[c] for c in m.codes))
            for m in mentions
        ]
        if [(m.start, m.end, m.codes) for m in again] == expected:
            return replace(double, mentions=tuple(again))
    raise NoCounterpartError("counterparts that are not read as such where they stand")


class _Plan:
    """Which code stands for which in one article, and by which names."""

    def __init__(
        self, document: Document, counterparts: Counterparts, date: dt.date | None, attempt: int
    ) -> None:
        self._counterparts = counterparts
        self._date = date
        self._seed = f"{document.id} {attempt}"
        self._skip = attempt
        labels = [g for s in document.sentences for g in s.statements]
        self._taken = {c for g in labels for c in _parts(g.country, g.target)}
        self.codes: dict[str, str] = {}

    def texts(self, mentions: Sequence[Mention], needs: Sequence[Need]) -> list[str]:
        """Return the new text of each mention; fills `codes`."""
        by_code: dict[str, list[Need]] = {}
        for mention, need in zip(mentions, needs, strict=True):
            by_code.setdefault(mention.codes[0], []).append(need)
        self._taken |= by_code.keys()
        chosen: dict[tuple[str, Need], str] = {}
        for code, own in by_code.items():
            texts = self._counterpart(code, list(dict.fromkeys(own)))
            chosen |= {(code, need): text for need, text in texts.items()}
        return [chosen[m.codes[0], need] for m, need in zip(mentions, needs, strict=True)]

    def _counterpart(self, code: str, needs: Sequence[Need]) -> dict[Need, str]:
        """Choose the code that stands for `code`, and return its names."""
        pool = [c for c in self._counterparts.like(code) if c not in self._taken]
        pool.sort(key=lambda c: hashlib.sha256(f"{self._seed} {code} {c}".encode()).digest())
        lacking: Counter[str] = Counter()
        for candidate in pool:
            texts, kind = self._names(needs, candidate)
            if not kind:
                self._taken.add(candidate)
                self.codes[code] = candidate
                return texts
            lacking[kind] += 1
        kind = lacking.most_common(1)[0][0] if lacking else "name"
        raise NoCounterpartError(f"no counterpart, mostly for want of a like {kind}")

    def _names(self, needs: Sequence[Need], code: str) -> tuple[dict[Need, str], str]:
        """Return the names of `code` for every need, and the kind that it lacks or ""."""
        texts: dict[Need, str] = {}
        people: dict[str, str] = {}
        for need in needs:
            if need.kind == "person":
                text = self._person(need, code, people)
            else:
                options = self._counterparts.texts(need, code)
                text = options[0] if options else None
            if text is None:
                return {}, need.kind
            texts[need] = text
        return texts, ""

    def _person(self, need: Need, code: str, people: dict[str, str]) -> str | None:
        """Return a person of `code` for one of the article, always the same."""
        found = self._counterparts.persons(need, code, self._date)
        terms = [t for t in found if people.get(need.person, t.name) == t.name]
        others = {name for person, name in people.items() if person != need.person}
        term = next((t for t in terms if t.name not in others), None)
        if term is None or not need.office:
            return None
        people[need.person] = term.name
        return person_text(need, term)


def _parts(*labels: str | None) -> list[str]:
    return [code for label in labels if label for code in label.split("+")]


def _replaced(
    document: Document,
    mentions: Sequence[Mention],
    texts: Sequence[str],
    codes: Mapping[str, str],
) -> Swapped:
    """Return the article with `texts` in place of its mentions, the labels moved along."""
    pieces: list[str] = []
    new: list[Span] = []
    last = length = 0
    for mention, text in zip(mentions, texts, strict=True):
        between = document.text[last : mention.start]
        length += len(between)
        pieces += [between, text]
        new.append((length, length + len(text)))
        length += len(text)
        last = mention.end
    text = "".join([*pieces, document.text[last:]])
    old = tuple((m.start, m.end) for m in mentions)
    double = Swapped(document, replace(document, text=text), (), codes, old, tuple(new))
    sentences = tuple(_gold_sentence(double, s) for s in document.sentences)
    return replace(double, document=replace(double.document, sentences=sentences))


def _gold_sentence(double: Swapped, sentence: GoldSentence) -> GoldSentence:
    start, end = double.span((sentence.start, sentence.end))
    statements = tuple(_gold(double, sentence, gold) for gold in sentence.statements)
    return GoldSentence(start, end, statements)


def _gold(double: Swapped, sentence: GoldSentence, gold: GoldStatement) -> GoldStatement:
    speaker = gold.speaker
    if speaker:
        at = double.original.text.find(speaker, sentence.start, sentence.end)
        if at >= 0:
            speaker = double.document.text[slice(*double.span((at, at + len(speaker))))]
    country, target = double.code(gold.country), double.code(gold.target)
    return replace(gold, speaker=speaker, country=country, target=target)
