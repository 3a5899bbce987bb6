import pytest

from training.corpus import Document, GoldSentence, GoldStatement
from training.leaks import Labelled, country_leak, describe_place, is_state, measure_leaks

COUNTRIES = ("CHL", "GHA", "FJI", "NPL", "MLT")
STANCES = ((), ("condemnation",), ("justification",), ("call_for_dialogue",))


def document(
    number: int, text: str, speaker: str, country: str, stance: tuple[str, ...]
) -> Document:
    statement = GoldStatement(speaker, country, None, stance)
    sentence = GoldSentence(0, len(text), (statement,))
    return Document(f"d-{number:03}", text, None, "train", "single", "t", (sentence,))


def fair(number: int) -> Document:
    """Countries, forms and stances go their own ways."""
    texts = ("Rivals said the fence stays.", "The fence stays, said Rivals.", "Rivals: a fence.")
    return document(
        number, texts[number % 3], "Rivals", COUNTRIES[number % 5], STANCES[number // 3 % 4]
    )


def test_a_fair_corpus_stays_within_the_margins() -> None:
    leaks = measure_leaks(fair(number) for number in range(600))

    assert [leak.is_within_margin for leak in leaks] == [True, True, True]


def test_a_country_that_always_condemns_is_noticed() -> None:
    leak = country_leak(
        Labelled(str(n), "", GoldStatement(None, COUNTRIES[n % 4], None, STANCES[n % 4]))
        for n in range(400)
    )

    assert leak.measured == pytest.approx(2.0)
    assert not leak.is_within_margin


def test_one_article_in_which_one_country_complains_often_is_no_habit() -> None:
    complaint = GoldStatement(None, "CHL", None, ("condemnation",))
    rows = [Labelled("long", "", complaint)] * 20
    rows += [Labelled(f"d{n}", "", fair(n).sentences[0].statements[0]) for n in range(600)]

    assert country_leak(rows).is_within_margin


def test_a_form_of_attribution_kept_for_one_stance_is_noticed() -> None:
    forms = (
        "It stays, said {}.",
        "{} said it stays.",
        "According to {} it stays.",
        "{}: it stays.",
    )
    leaks = measure_leaks(
        document(n, forms[n % 4].format("Rivals"), "Rivals", COUNTRIES[n % 5], STANCES[n % 4])
        for n in range(600)
    )

    assert not leaks[2].is_within_margin


def test_a_small_corpus_tells_nothing() -> None:
    assert measure_leaks(fair(number) for number in range(20)) == []


def test_bodies_are_no_states() -> None:
    assert [is_state(code) for code in ("XKX", "TWN", "ICC", "IGO", "UN", "ARAB-LEAGUE", "")] == [
        True, True, False, False, False, False, False,
    ]  # fmt: skip


def test_the_place_of_a_source_is_described_without_its_words() -> None:
    row = Labelled("d", "The fence stays, said Rivals.", GoldStatement("Rivals", None, None, ()))

    assert describe_place(row) == [
        "quarter 3",
        "source later",
        "source last",
        "no comma after",
        "said before",
        "no said after",
        "otherwise",
    ]
