import numpy as np
import pytest

from stancekit.stance import choose_stances, strongest_spans, with_context

LABELS = ("condemnation", "justification", "call_for_dialogue")
LIMITS = {"condemnation": 0.4, "justification": 0.6, "call_for_dialogue": 0.5}


def test_a_label_is_chosen_from_its_own_threshold_on() -> None:
    probability = np.array([[0.4, 0.6, 0.5], [0.399, 0.599, 0.499]])

    assert choose_stances(probability, LABELS, LIMITS) == [LABELS, ()]


def test_stances_keep_the_order_of_the_labels() -> None:
    probability = np.array([[0.5, 0.1, 0.99]])

    assert choose_stances(probability, LABELS, LIMITS) == [("condemnation", "call_for_dialogue")]


def test_a_label_without_a_threshold_needs_one_half() -> None:
    probability = np.array([[0.5, 0.49]])

    assert choose_stances(probability, ("praise", "blame"), {}) == [("praise",)]


def test_no_statements_have_no_stances() -> None:
    assert choose_stances(np.zeros((0, 3)), LABELS, LIMITS) == []


def spans(*values: tuple[int, int, float, float]) -> list[tuple[int, int, np.ndarray]]:
    return [(start, end, np.array([one, two])) for start, end, one, two in values]


def test_evidence_is_ranked_by_weight_for_and_against() -> None:
    found = strongest_spans(spans((0, 3, 0.1, 0.2), (4, 8, -0.9, 0.1)), ("a", "b"))

    assert found == {"a": ((4, 8, -0.9), (0, 3, 0.1)), "b": ((0, 3, 0.2), (4, 8, 0.1))}


def test_what_features_say_of_the_same_words_is_added_up() -> None:
    found = strongest_spans(spans((0, 3, 0.25, 1.0), (0, 3, 0.5, -1.0)), ("a", "b"))

    assert found == {"a": ((0, 3, 0.75),), "b": ()}


def test_evidence_without_a_place_is_left_out() -> None:
    assert strongest_spans(spans((5, 5, 3.0, 3.0)), ("a", "b")) == {"a": (), "b": ()}


def test_evidence_stops_at_the_most_that_are_asked_for() -> None:
    many = spans(*((n, n + 1, float(n), 0.0) for n in range(1, 9)))

    assert [s[0] for s in strongest_spans(many, ("a", "b"), most=3)["a"]] == [8, 7, 6]


def context(countries: list[str | None], probability: list[list[float]]) -> list[set[str]]:
    texts = [f"w{n}" for n in range(len(countries))]
    extended = with_context(texts, countries, np.array(probability), ("a",))
    assert [text.split("\t")[0] for text in extended] == texts
    return [set(text.split("\t")[1].split(" ")) for text in extended]


def test_context_tells_the_levels_that_a_first_pass_reached() -> None:
    (alone,) = context(["FRA"], [[0.35]])

    assert alone == {"first:a>0.1", "first:a>0.2", "first:a>0.3", "before:edge", "after:edge"}


def test_context_tells_the_same_speaker_from_another() -> None:
    first, second, third = context(["FRA", "FRA", "DEU"], [[0.0], [0.2], [0.1]])

    assert {"after:same:a>0.1", "after:same:a>0.2", "speaker:a>0.2"} <= first
    assert "before:same:a>0.1" not in second and "after:other:a>0.1" in second
    assert not any(token.startswith("speaker") for token in third)
    assert "others:a>0.1" in third


def test_context_never_names_a_country() -> None:
    known = context(["FRA", "DEU"], [[0.5], [0.5]])

    assert known == context(["KEN", "PRK"], [[0.5], [0.5]])


def test_no_statements_need_no_context() -> None:
    assert with_context([], [], np.zeros((0, 1)), ("a",)) == []


@pytest.mark.parametrize("country", ["FRA", None])
def test_statements_of_one_article_are_extended_in_order(country: str | None) -> None:
    extended = with_context(["x", "y"], [country, country], np.array([[0.9], [0.0]]), ("a",))

    assert [text[0] for text in extended] == ["x", "y"]
    assert "before:same:a>0.9" in extended[1]
