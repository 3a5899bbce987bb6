import pytest

from stancekit.classes import find_classes
from stancekit.lexicons import load_lexicon


def groups(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], group) for start, end, group in find_classes(text, 0, len(text))]


def test_a_phrase_belongs_to_its_class_where_it_stands() -> None:
    text = "Oslo said that Lima had committed a blatant violation of the accord."

    assert ("a blatant violation of", "violation") in groups(text)


def test_the_longest_phrase_wins() -> None:
    found = [words for words, _ in groups("It was a blatant violation of the accord.")]

    assert "a blatant violation of" in found
    assert "violation" not in found


def test_capitals_do_not_matter_and_offsets_stay_true() -> None:
    assert groups("AGGRESSION!") == [("AGGRESSION", "aggression_invasion")]
    assert groups("aggression!") == [("aggression", "aggression_invasion")]


def test_a_part_of_a_longer_word_is_no_match() -> None:
    assert groups("aggressions2 nonaggression") == []


def test_only_the_part_of_the_article_that_is_asked_for_is_read() -> None:
    article = "Aggression, it said. Aggression again."

    assert find_classes(article, 21, len(article)) == [(21, 31, "aggression_invasion")]
    assert find_classes(article, 0, 5) == []


def near_misses() -> list[str]:
    rows = load_lexicon("classes")
    members = {phrase for phrase, _, polarity in rows if polarity == "member"}
    return [
        phrase for phrase, _, polarity in rows if polarity == "near_miss" and phrase not in members
    ]


def test_a_near_miss_belongs_to_no_class() -> None:
    found = {phrase: groups(phrase) for phrase in near_misses()}

    assert len(found) > 100
    assert {phrase: classes for phrase, classes in found.items() if classes} == {}


def test_every_phrase_of_the_lexicon_is_found_in_its_class() -> None:
    missing = [
        (phrase, group)
        for phrase, group, polarity in load_lexicon("classes")
        if polarity == "member" and group not in {found for _, found in groups(phrase)}
    ]

    assert missing == []


@pytest.mark.parametrize("text", ["", " ", "'", "...", "\ufeff", "—"])
def test_text_without_words_has_no_classes(text: str) -> None:
    assert groups(text) == []


def test_curly_apostrophes_read_like_straight_ones() -> None:
    rows = load_lexicon("classes")
    phrase, group = next((p, g) for p, g, polarity in rows if "'" in p and polarity == "member")

    assert (phrase.replace("'", "’"), group) in groups(phrase.replace("'", "’"))
