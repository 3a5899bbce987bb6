"""Swapping all countries of an article for others changes no stance."""

import datetime as dt
from collections import Counter

import pytest

import stancekit
from stancekit.pipeline import accept
from stancekit.records import Statement
from stancekit.roles import role_fields, role_text
from stancekit.stance import choose_stances
from stancekit.stance import with_context as add_stance_context
from training.align import align
from training.corpus import Document, read_documents
from training.rows import analyse
from training.swap import Swapped, swap_all

RoleTexts = list[tuple[list[str], list[str], list[str | None], list[str | None]]]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [d for d in read_documents(splits=["dev"]) if d.part != "single"]


@pytest.fixture(scope="module")
def swapped(model: stancekit.Model, documents: list[Document]) -> list[Swapped]:
    return swap_all(documents, model.gazetteer)[0]


@pytest.fixture(scope="module")
def given(model: stancekit.Model, swapped: list[Swapped]) -> RoleTexts:
    """Return the role texts and speakers of labelled statements, before and after."""
    found = []
    analyses = analyse([double.original for double in swapped], model.gazetteer)
    for double, analysis in zip(swapped, analyses, strict=True):
        kept = [pair for pair in align(double.original, analysis) if pair.gold]
        accept(analysis, [pair.candidate for pair in kept])
        index, stems = analysis.index, model.files.stems
        one, two, speakers, others = [], [], [], []
        for pair, told in zip(kept, analysis.attributions, strict=True):
            sentence = index.sentences[told.sentence]
            for country in dict.fromkeys(gold.country for gold in pair.gold):
                other = double.code(country)
                before = (index.article, sentence, told, index.mentions, country, stems)
                after = (
                    double.document.text, double.sentence(sentence), double.attribution(told),
                    double.mentions, other, stems,
                )  # fmt: skip
                one.append(role_text(role_fields(*before)))
                two.append(role_text(role_fields(*after)))
                speakers.append(country)
                others.append(other)
        found.append((one, two, speakers, others))
    return found


def stances(
    model: stancekit.Model, texts: list[str], speakers: list[str | None]
) -> list[tuple[str, ...]]:
    first = model.probability("stance", texts)
    context = add_stance_context(texts, speakers, first, model.labels)
    scores = model.probability("stance_context", context)
    return choose_stances(scores, model.labels, model.files.thresholds)


def test_most_articles_can_be_swapped(documents: list[Document], swapped: list[Swapped]) -> None:
    assert len(swapped) >= 0.6 * len(documents)
    assert all(len(double.codes) > 0 for double in swapped)


def test_the_classifier_sees_the_same_text_after_a_swap(given: RoleTexts) -> None:
    pairs = [pair for one, two, _, _ in given for pair in zip(one, two, strict=True)]

    assert len(pairs) > 500
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_no_stance_changes_when_statements_and_speakers_are_given(
    model: stancekit.Model, given: RoleTexts
) -> None:
    changed = [
        (before, after)
        for one, two, speakers, others in given
        if one
        for before, after in zip(
            stances(model, one, speakers), stances(model, two, others), strict=True
        )
        if before != after
    ]

    assert changed == []


def match(double: Swapped, one: list[Statement], two: list[Statement]) -> Counter[str]:
    """Count what became of the statements of an article in its double."""
    counts: Counter[str] = Counter()
    free = list(two)
    for statement in one:
        start, end = double.span((statement.start, statement.end))
        best = max(free, key=lambda s: min(s.end, end) - max(s.start, start), default=None)
        if best is None or best.end <= start or best.start >= end:
            counts["lost"] += 1
            continue
        free.remove(best)
        counts["found"] += 1
        counts["country"] += best.country != double.code(statement.country)
        counts["stance"] += best.stance != statement.stance
    counts["gained"] += len(free)
    return counts


def test_end_to_end_a_swap_changes_little(model: stancekit.Model, swapped: list[Swapped]) -> None:
    dates = [dt.date.fromisoformat(d.original.date) if d.original.date else None for d in swapped]
    one = model.predict_batch([double.original.text for double in swapped], dates=dates)
    two = model.predict_batch([double.document.text for double in swapped], dates=dates)

    counts = sum((match(*three) for three in zip(swapped, one, two, strict=True)), Counter())

    # measured: lost 1 %, gained 1 %, stance 1 %, country 1 %; the floors leave room for
    # another model, not for a classifier that reads names
    assert counts["found"] > 500
    assert counts["stance"] <= 0.03 * counts["found"]
    assert counts["country"] <= 0.04 * counts["found"]
    assert counts["lost"] + counts["gained"] <= 0.05 * counts["found"]
