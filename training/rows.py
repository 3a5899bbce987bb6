"""Turn labelled documents into the rows that the classifiers are fitted on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stancekit.detection import describe_attributions
from stancekit.gazetteer import Gazetteer
from stancekit.pipeline import Analysis, accept, prepare
from stancekit.records import Attribution
from stancekit.roles import role_text
from stancekit.speakers import country_candidates, with_context
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
    """The rows of every classifier, and the gold statement of each item."""

    statement: Rows = field(default_factory=Rows)
    country: Rows = field(default_factory=Rows)
    target: Rows = field(default_factory=Rows)
    stance: Rows = field(default_factory=Rows)
    gold: list[GoldStatement] = field(default_factory=list)
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
        for pair, attribution, link in zip(
            kept, analysis.attributions, analysis.links, strict=True
        ):
            if pair.gold:
                _add_statement(rows, analysis, attribution, link, pair.gold, group, stems)
    return rows


def _add_statement(rows, analysis, attribution, link, gold, group, stems) -> None:  # type: ignore[no-untyped-def]
    item = len(rows.gold)
    rows.gold.append(gold)
    rows.attributions.append((group, attribution))
    index = analysis.index
    speakers = frozenset((gold.country or "").split("+"))
    for candidate in country_candidates(index, attribution, link):
        label = ("yes",) if candidate.code in speakers else ()
        _add(rows.country, candidate.text, label, group, item, candidate.code)
    targets = frozenset((gold.target or "").split("+"))
    for candidate in target_candidates(index, attribution, gold.country, gold.stance):
        label = ("yes",) if candidate.code in targets else ()
        _add(rows.target, candidate.text, label, group, item, candidate.code)
    sentence = index.sentences[attribution.sentence]
    text = role_text(index.article, sentence, attribution, index.mentions, gold.country, stems)
    _add(rows.stance, text, gold.stance, group, item)


def _add(
    rows: Rows, text: str, labels: tuple[str, ...], group: int, item: int = -1, code: str = ""
) -> None:
    rows.texts.append(text)
    rows.labels.append(labels)
    rows.groups.append(group)
    rows.items.append(item)
    rows.codes.append(code)


def build_context_rows(
    rows: AllRows, analyses: Sequence[Analysis], probability: NDArray[np.float64]
) -> Rows:
    """Return the country rows with what a first ranking says of their neighbours.

    `probability` has one value a row of `rows.country`, from models that have not seen it.
    """
    values = iter(probability.tolist())
    by_item: dict[int, list[tuple[Candidate, float]]] = {i: [] for i in range(len(rows.gold))}
    for item, code, text in zip(
        rows.country.items, rows.country.codes, rows.country.texts, strict=True
    ):
        by_item[item].append((Candidate(code, text, ""), next(values)))
    items = iter(range(len(rows.gold)))
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
            speakers = frozenset((rows.gold[item].country or "").split("+"))
            for candidate in row:
                label = ("yes",) if candidate.code in speakers else ()
                _add(result, candidate.text, label, group, item, candidate.code)
    return result
