"""Sources: the words that name who speaks, around a reporting word."""

import pytest

from stancekit.sources import sentence_subject, source_after, source_before


def before(text: str, cue: str) -> str | None:
    source = source_before(text, 0, text.index(cue))
    return text[source.start : source.end] if source else None


def after(text: str, cue: str) -> str | None:
    source = source_after(text, text.index(cue) + len(cue), len(text))
    return text[source.start : source.end] if source else None


def subject(text: str) -> str | None:
    source = sentence_subject(text, 0, len(text))
    return text[source.start : source.end] if source else None


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        ("Lima warned that the dam leaks.", "warned", "Lima"),
        ("The foreign ministry of Peru warned them.", "warned", "The foreign ministry of Peru"),
        ("On Monday the envoy said no.", "said", "the envoy"),
        ("The envoy on Monday said no.", "said", "The envoy"),
        ("But the envoy has not yet said no.", "said", "the envoy"),
        ("They met after the envoy said no.", "said", "the envoy"),
        ("Egypt, Oman and Iraq said no.", "said", "Egypt, Oman and Iraq"),
        ("Earlier in the day Ana Ruiz said no.", "said", "Ana Ruiz"),
        ("Both said no.", "said", "Both"),
        ("He had himself warned of it.", "warned", "He"),
        ("It could neither confirm nor deny it.", "confirm", "It"),
    ],
)
def test_the_subject_stands_before_its_verb(text: str, cue: str, speaker: str) -> None:
    assert before(text, cue) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz, the foreign minister, said no.",
        "Ana Ruiz, who holds the chair this month, said no.",
        "Ana Ruiz, head of the navy, speaking in Quito, said no.",
        "Ana Ruiz (pictured) said no.",
        "Ana Ruiz, who commands 28,500 troops in the north, said no.",
    ],
)
def test_a_description_between_name_and_verb_is_stepped_over(text: str) -> None:
    assert before(text, "said") == "Ana Ruiz"


def test_a_pair_of_clauses_keeps_the_second_subject_and_its_description() -> None:
    text = "Rome agreed, and the envoy, Ana Ruiz, said no."

    assert before(text, "said") == "the envoy"


def test_who_stands_for_the_words_before_it() -> None:
    assert before("They met the envoy who warned of war.", "warned") == "the envoy"


def test_which_before_another_subject_is_no_subject() -> None:
    assert before("It was a raid which Ana Ruiz condemned.", "condemned") == "Ana Ruiz"


@pytest.mark.parametrize("text", ["To warn is easy.", "The warning came.", ", warned", "warned"])
def test_words_without_a_subject_have_no_source(text: str) -> None:
    assert before(text, "warn") is None


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        ("“No,” said Ana Ruiz, the envoy.", "said", "Ana Ruiz"),
        ("“No,” said on Monday Foreign Minister Ana Ruiz.", "said", "Foreign Minister Ana Ruiz"),
        ("“No,” said Ana Ruiz on Monday.", "said", "Ana Ruiz"),
        ("It failed, according to the envoy.", "according to", "the envoy"),
        ("It was urged by Peru to talk.", "urged by", "Peru"),
    ],
)
def test_the_subject_may_follow_its_verb(text: str, cue: str, speaker: str) -> None:
    assert after(text, cue) == speaker


def test_a_clause_after_the_verb_is_no_source() -> None:
    assert after("Lima said that it failed.", "said") is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Jakarta allows him two days.", "Jakarta"),
        ("The envoy was furious.", "The envoy"),
        ("Meanwhile the envoy left.", "the envoy"),
    ],
)
def test_a_sentence_opens_with_its_subject(text: str, speaker: str) -> None:
    assert subject(text) == speaker


@pytest.mark.xfail(reason="a verb in the present looks like a plural noun", strict=True)
def test_and_may_join_two_clauses_in_the_present() -> None:
    assert before("The dam leaks and the envoy said so.", "said") == "the envoy"


@pytest.mark.xfail(reason="the second of two descriptions opens like a subject", strict=True)
def test_two_descriptions_of_one_name_are_stepped_over() -> None:
    assert before("Ana Ruiz, a general, speaking in Quito, said no.", "said") == "Ana Ruiz"


@pytest.mark.xfail(reason="a relative clause that ends in a name hides the head", strict=True)
def test_a_relative_clause_without_commas_is_stepped_over() -> None:
    text = "The editor of the daily whose drawings have enraged Rome said sorry."

    assert before(text, "said") == "The editor of the daily"


@pytest.mark.xfail(reason="a lower-case title after a place joins the place", strict=True)
def test_a_place_and_a_lower_case_title_are_two_phrases() -> None:
    assert before("At the Peruvian Embassy press counsellor Li said no.", "said") == (
        "press counsellor Li"
    )
