"""Reporting words: which are found, and which words only look like them."""

import pytest

from stancekit.cues import find_cues
from stancekit.spans import is_within


def cues(text: str) -> list[tuple[str, str]]:
    return [(text[c.start : c.end], c.cue_class) for c in find_cues(text, 0, len(text))]


def test_a_verb_of_speech_is_found_with_its_class() -> None:
    assert cues("Lima condemned the raid.") == [("condemned", "hostile")]


def test_the_longest_phrase_wins() -> None:
    assert cues("Oslo called on both sides to talk.") == [("called on", "appeal")]


def test_a_noun_of_speech_needs_a_possessor() -> None:
    assert ("rejection", "noun") in cues("The ministry's rejection of the map came late.")
    assert cues("A rejection came late.") == []


def test_a_possessive_pronoun_is_a_possessor_too() -> None:
    assert ("call", "noun") in cues("It repeated its call for calm.")


def test_defence_before_a_minister_is_no_noun_of_speech() -> None:
    assert all(c != "noun" for _, c in cues("Chile's defence minister flew home."))


def test_the_states_of_a_name_are_no_verb() -> None:
    assert cues("He flew to the United States in May.") == []


@pytest.mark.parametrize("words", ["a press conference", "the member states", "a phone call"])
def test_a_compound_noun_hides_no_verb(words: str) -> None:
    assert cues(f"They met at {words}.") == []


def test_a_verb_with_many_uses_reports_speech_only_in_a_frame() -> None:
    assert cues("The pact was void, the court held.")[-1:] == [("held", "weak")]
    assert all(c != "weak" for _, c in cues("The court held a hearing."))


def test_reporting_words_are_found_only_in_the_stretch_asked_for() -> None:
    text = "Rome warned. Bern agreed."

    assert [text[c.start : c.end] for c in find_cues(text, 12, len(text))] == ["agreed"]


def test_a_position_on_the_end_of_a_span_is_outside() -> None:
    assert is_within([(2, 5), (8, 9)], 4)
    assert not is_within([(2, 5), (8, 9)], 5)
    assert not is_within([], 0)
