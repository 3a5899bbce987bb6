"""Turn labelled documents into the rows that the classifiers are fitted on."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stancekit.detection import describe_again, describe_attributions
from stancekit.gazetteer import Gazetteer
from stancekit.linking import Link
from stancekit.pipeline import Analysis, accept, prepare
from stancekit.records import Attribution
from stancekit.roles import role_fields, role_text
from stancekit.speakers import country_candidates, with_context
from stancekit.stance import with_context as add_stance_context
from stancekit.targets import target_candidates
from stancekit.zones import Candidate
from training.align import align
from training.corpus import Document, GoldStatement


@dataclass(slots=True)
class Rows:
    """Texts with labels; `groups` number the documents, `items` the statements ranked for."""

    texts: list[str] = field(default_factory=list)
    labels: list[tuple[str, ...]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class AllRows:
    """The rows of every classifier.

    `gold` and `attributions` belong to the items of stance and target, `sources` (the
    statements of one source) to those of country.
    """

    statement: Rows = field(default_factory=Rows)
    country: Rows = field(default_factory=Rows)
    target: Rows = field(default_factory=Rows)
    stance: Rows = field(default_factory=Rows)
    gold: list[GoldStatement] = field(default_factory=list)
    sources: list[Sequence[GoldStatement]] = field(default_factory=list)
    attributions: list[tuple[int, Attribution]] = field(default_factory=list)


def analyse(documents: Sequence[Document], gazetteer: Gazetteer) -> list[Analysis]:
    """Run the stages before the classifiers on documents."""
    dates = [dt.date.fromisoformat(d.date) if d.date else None for d in documents]
    return prepare([d.text for d in documents], dates, gazetteer)


def build_rows(
    documents: Sequence[Document], analyses: Sequence[Analysis], stems: Mapping[str, str]
) -> AllRows:
    """Return the rows of all classifiers; statements and speakers as labelled."""
    rows = AllRows()
    for group, (document, analysis) in enumerate(zip(documents, analyses, strict=True)):
        aligned = align(document, analysis)
        if document.part != "single":
            texts = describe_attributions(analysis.index, analysis.candidates)
            for text, pair in zip(texts, aligned, strict=True):
                _add(rows.statement, text, ("yes",) if pair.gold else (), group)
        kept = [pair for pair in aligned if pair.gold]
        accept(analysis, [pair.candidate for pair in kept])
        spoken = zip(kept, analysis.attributions, analysis.links, strict=True)
        for pair, attribution, link in spoken:
            _add_country(rows, analysis, attribution, link, pair.gold, group)
            for gold in pair.gold:
                _add_statement(rows, analysis, attribution, gold, group, stems)
    return rows


def _add_country(
    rows: AllRows,
    analysis: Analysis,
    attribution: Attribution,
    link: Link,
    gold: Sequence[GoldStatement],
    group: int,
) -> None:
    item = len(rows.sources)
    rows.sources.append(gold)
    speakers = _codes(g.country for g in gold)
    for candidate in country_candidates(analysis.index, attribution, link):
        label = ("yes",) if candidate.code in speakers else ()
        _add(rows.country, candidate.text, label, group, item, candidate.code)


def _codes(labels: Iterable[str | None]) -> frozenset[str]:
    return frozenset(code for label in labels if label for code in label.split("+"))


def _add_statement(
    rows: AllRows,
    analysis: Analysis,
    attribution: Attribution,
    gold: GoldStatement,
    group: int,
    stems: Mapping[str, str],
) -> None:
    item = len(rows.gold)
    rows.gold.append(gold)
    rows.attributions.append((group, attribution))
    index = analysis.index
    sentence = index.sentences[attribution.sentence]
    fields = role_fields(index.article, sentence, attribution, index.mentions, gold.country, stems)
    _add(rows.stance, role_text(fields), gold.stance, group, item)


def add_target_rows(
    rows: AllRows, analyses: Sequence[Analysis], stances: Sequence[Sequence[str]]
) -> None:
    """Fill the target rows, with the stances that a model found for each statement.

    They come from models that have not seen the statement, so that the ranker learns how
    far to trust them.
    """
    for item, (gold, stance) in enumerate(zip(rows.gold, stances, strict=True)):
        group, attribution = rows.attributions[item]
        targets = _codes([gold.target])
        index = analyses[group].index
        for candidate in target_candidates(index, attribution, gold.country, stance):
            label = ("yes",) if candidate.code in targets else ()
            _add(rows.target, candidate.text, label, group, item, candidate.code)


def _add(
    rows: Rows, text: str, labels: tuple[str, ...], group: int, item: int = -1, code: str = ""
) -> None:
    rows.texts.append(text)
    rows.labels.append(labels)
    rows.groups.append(group)
    rows.items.append(item)
    rows.codes.append(code)


def build_stance_context_rows(
    rows: AllRows, probability: NDArray[np.float64], labels: Sequence[str]
) -> Rows:
    """Return the stance rows with what a first pass found around each statement.

    `probability`, shape (n_rows, n_labels), comes from models that have not seen the row.
    """
    by_group: dict[int, list[int]] = {}
    for number, group in enumerate(rows.stance.groups):
        by_group.setdefault(group, []).append(number)
    texts = list(rows.stance.texts)
    for numbers in by_group.values():
        extended = add_stance_context(
            [rows.stance.texts[n] for n in numbers],
            [rows.gold[n].country for n in numbers],
            probability[numbers],
            labels,
        )
        for number, text in zip(numbers, extended, strict=True):
            texts[number] = text
    stance = rows.stance
    return Rows(texts, stance.labels, stance.groups, stance.items, stance.codes)


def build_statement_context_rows(
    rows: AllRows, analyses: Sequence[Analysis], probability: NDArray[np.float64]
) -> Rows:
    """Return the statement rows with what a first pass made of their neighbours.

    `probability` has one value a row of `rows.statement`, from models that have not seen it.
    """
    first = rows.statement
    result = Rows()
    starts: dict[int, int] = {}
    for row, group in enumerate(first.groups):
        starts.setdefault(group, row)
    for group, start in starts.items():
        analysis = analyses[group]
        span = slice(start, start + len(analysis.candidates))
        texts = describe_again(
            analysis.index, analysis.candidates, first.texts[span], probability[span].tolist()
        )
        for text, label in zip(texts, first.labels[span], strict=True):
            _add(result, text, label, group)
    return result


def build_context_rows(
    rows: AllRows, analyses: Sequence[Analysis], probability: NDArray[np.float64]
) -> Rows:
    """Return the country rows with what a first ranking says of their neighbours.

    `probability` has one value a row of `rows.country`, from models that have not seen it.
    """
    values = iter(probability.tolist())
    by_item: dict[int, list[tuple[Candidate, float]]] = {i: [] for i in range(len(rows.sources))}
    for item, code, text in zip(
        rows.country.items, rows.country.codes, rows.country.texts, strict=True
    ):
        by_item[item].append((Candidate(code, text, ""), next(values)))
    items = iter(range(len(rows.sources)))
    result = Rows()
    for group, analysis in enumerate(analyses):
        numbers = [next(items) for _ in analysis.attributions]
        extended = with_context(
            analysis.index.article,
            analysis.attributions,
            analysis.links,
            [by_item[n] for n in numbers],
        )
        for item, row in zip(numbers, extended, strict=True):
            speakers = _codes(g.country for g in rows.sources[item])
            for candidate in row:
                label = ("yes",) if candidate.code in speakers else ()
                _add(result, candidate.text, label, group, item, candidate.code)
    return result
