import datetime as dt
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise

import pytest

import stancekit
from stancekit.records import STANCES, Statement
from training.corpus import Document, read_documents

SENTENCE = "Nairobi condemned the raid and urged both armies to talk."
STORY = (
    "NAIROBI (Wire) — Kenya on Tuesday condemned the raid on the ferry as a crime.\n\n"
    'Its foreign ministry said: "We urge both sides to stop firing and return to talks."\n\n'
    "Uganda, it added, had been told of the patrol in advance.\n\n"
    "The ferry had left Kisumu at dawn with forty people on board."
)


def places_are_true(article: str, statements: Sequence[Statement]) -> bool:
    """Return whether all that statements say about places holds of the article."""
    return all(
        article[s.start : s.end] == s.text
        and 0 <= s.start < s.end <= len(article)
        and (s.speaker is None or s.speaker in article)
        and (s.cue is None or s.cue in article)
        for s in statements
    )


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return read_documents(splits=["dev"])


@pytest.fixture(scope="module")
def found(model: stancekit.Model, documents: list[Document]) -> list[list[Statement]]:
    return model.predict_batch([d.text for d in documents], dates=[d.date for d in documents])


def test_a_sentence_on_its_own_has_speaker_country_and_stances(model: stancekit.Model) -> None:
    (statement,) = model.predict(SENTENCE)

    assert statement.country == "KEN"
    assert statement.stance == ("condemnation", "call_for_dialogue")
    assert statement.speaker == "Nairobi"
    assert SENTENCE.startswith(statement.text.rstrip("."))


def test_narration_is_no_statement(model: stancekit.Model) -> None:
    assert model.predict("The ferry had left Kisumu at dawn with forty people on board.") == []


def test_every_statement_is_the_article_at_its_offsets(
    documents: list[Document], found: list[list[Statement]]
) -> None:
    wrong = [d.id for d, s in zip(documents, found, strict=True) if not places_are_true(d.text, s)]

    assert wrong == []
    assert sum(map(len, found)) > 500


def test_what_a_statement_says_is_in_its_ranges(found: list[list[Statement]]) -> None:
    for statement in (s for statements in found for s in statements):
        assert set(statement.scores) == set(STANCES)
        assert all(0 <= score <= 1 for score in statement.scores.values())
        assert 0 <= statement.country_score <= 1
        assert list(statement.stance) == [x for x in STANCES if x in statement.stance]
        assert statement.evidence is None


def test_statements_come_in_reading_order(found: list[list[Statement]]) -> None:
    # clauses of one sentence may be nested, so it is sentences that are in order
    disordered = [
        (a.text, b.text) for statements in found for a, b in pairwise(statements) if b.end < a.start
    ]

    assert disordered == []


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "\ufeff" + text.replace("\n", "\r\n") + "\r\n",
        lambda text: text.replace('"', "“", 1),
        lambda text: text.replace('"', "”", 1),
        lambda text: text + ' "',
        lambda text: text.replace('"', "''"),
        lambda text: text.replace('"', "«", 1).replace('"', "»", 1),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(". ", ".\t"),
        lambda text: text.upper(),
        lambda text: text.replace("e", "e\u0301"),
        lambda text: text.replace("ferry", "\U0001f6a2 ferry"),
        lambda text: text.replace("ferry", "\x00ferry"),
        lambda text: text.replace("\n\n", "\u2029"),
    ],
    ids=[
        "crlf", "bom", "bom-crlf", "opening-mark-only", "closing-mark-only", "odd-mark",
        "doubled-marks", "guillemets", "no-break-blanks", "tabs", "capitals", "combining-accents",
        "emoji", "nul", "paragraph-separators",
    ],
)  # fmt: skip
def test_offsets_are_those_of_the_text_as_given(model: stancekit.Model, change: object) -> None:
    text = change(STORY)  # type: ignore[operator]

    statements = model.predict(text, explain=True)

    assert statements
    assert places_are_true(text, statements)


def test_half_a_surrogate_costs_nothing_else(model: stancekit.Model) -> None:
    text = STORY.replace("ferry", "\ud83d ferry")

    assert places_are_true(text, model.predict(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n\r\n", "\ufeff", "“", '"""', "...", "\x00", "—"])
def test_text_without_words_has_no_statements(model: stancekit.Model, text: str) -> None:
    assert model.predict(text) == []


@pytest.mark.parametrize("text", ["Nairobi", "said", "condemned", "U.S.", "“Enough!”", "1", "é"])
def test_one_word_is_read_without_fuss(model: stancekit.Model, text: str) -> None:
    assert places_are_true(text, model.predict(text))


def test_a_very_long_text_is_read_whole(model: stancekit.Model) -> None:
    filler = "The ferry had left the pier at dawn. Its forty passengers waited on the deck.\n\n"
    text = f"{STORY}\n\n{filler * 2_600}{SENTENCE}"

    statements = model.predict(text)

    assert len(text) > 200_000
    assert places_are_true(text, statements)
    assert statements[0].start < len(STORY)
    assert statements[-1].start >= len(text) - len(SENTENCE)


def test_one_sentence_without_end_is_read(model: stancekit.Model) -> None:
    text = "Kenya said " + "that the ferry and " * 5_000

    assert places_are_true(text, model.predict(text))


def test_a_batch_gives_what_its_articles_give_one_by_one(
    model: stancekit.Model, documents: list[Document], found: list[list[Statement]]
) -> None:
    singly = [model.predict(d.text, date=d.date) for d in documents[::4]]

    assert singly == found[::4]


def test_a_batch_keeps_the_order_given(model: stancekit.Model) -> None:
    texts = [SENTENCE, "", STORY, SENTENCE.replace("Nairobi", "Lima")]

    forwards, backwards = model.predict_batch(texts), model.predict_batch(texts[::-1])

    assert forwards == backwards[::-1]
    assert [s.country for s in forwards[0] + forwards[3]] == ["KEN", "PER"]


def test_a_repeated_run_gives_the_same(model: stancekit.Model) -> None:
    assert model.predict(STORY, explain=True) == model.predict(STORY, explain=True)


def test_an_empty_batch_gives_an_empty_list(model: stancekit.Model) -> None:
    assert model.predict_batch([]) == []


def test_evidence_is_given_on_request_and_changes_nothing_else(model: stancekit.Model) -> None:
    plain, explained = model.predict(STORY), model.predict(STORY, explain=True)

    assert len(plain) == len(explained) >= 2
    for one, two in zip(plain, explained, strict=True):
        assert two.evidence is not None and set(two.evidence) == set(STANCES)
        assert (one.scores, one.text, one.country) == (two.scores, two.text, two.country)


def test_evidence_points_into_the_sentence_of_its_statement(model: stancekit.Model) -> None:
    (statement,) = model.predict(SENTENCE, explain=True)

    assert statement.evidence is not None
    words = {label: [SENTENCE[a:b] for a, b, _ in s] for label, s in statement.evidence.items()}
    assert all(0 < len(spans) <= 5 for spans in words.values())
    assert "condemned" in words["condemnation"]
    assert "talk" in words["call_for_dialogue"]


def test_the_date_decides_who_holds_an_office(model: stancekit.Model) -> None:
    text = "President Obama condemned the raid."

    (statement,) = model.predict(text, date="2012-05-01")

    assert (statement.country, statement.speaker_name) == ("USA", "Barack Obama")


def test_a_date_may_be_a_date_or_its_text(model: stancekit.Model) -> None:
    assert model.predict(STORY, date="2019-05-01") == model.predict(STORY, date=dt.date(2019, 5, 1))


def test_a_date_that_is_none_is_refused(model: stancekit.Model) -> None:
    with pytest.raises(ValueError, match="tomorrow"):
        model.predict(STORY, date="tomorrow")


def test_as_many_dates_as_texts_are_needed(model: stancekit.Model) -> None:
    with pytest.raises(ValueError, match="1 dates for 2 texts"):
        model.predict_batch([STORY, STORY], dates=["2019-05-01"])


def test_bytes_are_refused(model: stancekit.Model) -> None:
    with pytest.raises(TypeError, match="str"):
        model.predict(b"bytes")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [None, 7, ["a list"]])
def test_what_is_no_text_is_refused(model: stancekit.Model, text: object) -> None:
    with pytest.raises(TypeError, match="str"):
        model.predict(text)  # type: ignore[arg-type]


HEAVY = ("sklearn", "scipy", "nltk", "pandas", "matplotlib", "training")


def test_inference_imports_nothing_that_training_needs() -> None:
    code = (
        "import os, sys, stancekit\n"
        'model = stancekit.load(os.environ.get("STANCEKIT_MODEL"))\n'
        f"statements = model.predict({SENTENCE!r}, explain=True)\n"
        "print(len(statements), *sorted({name.split('.')[0] for name in sys.modules}))"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    count, *modules = run.stdout.split()
    assert int(count) == 1
    assert "numpy" in modules
    assert set(HEAVY) & set(modules) == set()
