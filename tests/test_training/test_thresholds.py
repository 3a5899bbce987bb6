import numpy as np
import pytest

from training.corpus import GoldStatement
from training.rows import AllRows, Rows
from training.thresholds import (
    best_f1_threshold,
    country_threshold,
    ranked_by_item,
    target_thresholds,
)


def gold(country: str | None, target: str | None = None) -> GoldStatement:
    return GoldStatement(None, country, target, ())


def ranking(*candidates: tuple[int, str]) -> Rows:
    """Return the rows of one document."""
    items, codes = [item for item, _ in candidates], [code for _, code in candidates]
    return Rows(groups=[0] * len(items), items=items, codes=codes)


def test_a_threshold_parts_the_labelled_from_the_rest() -> None:
    probability = np.array([0.1, 0.2, 0.3, 0.8, 0.9])
    truth = np.array([False, False, False, True, True])

    assert 0.3 < best_f1_threshold(probability, truth) <= 0.8


def test_of_equal_thresholds_the_one_nearest_to_one_half_is_taken() -> None:
    assert best_f1_threshold(np.array([0.1, 0.9]), np.array([False, True])) == 0.5
    assert best_f1_threshold(np.array([0.1, 0.3]), np.array([False, True])) == 0.3
    assert best_f1_threshold(np.array([0.7, 0.9]), np.array([False, True])) == 0.71


def test_f1_decides_not_accuracy() -> None:
    probability = np.array([0.4, 0.4, 0.4, 0.6])
    truth = np.array([True, False, True, True])

    # all four: F1 6/7; the last alone: 1/2, although both err once or twice
    assert best_f1_threshold(probability, truth) == 0.4


def test_candidates_are_ranked_by_statement() -> None:
    rows = ranking((0, "FRA"), (0, "DEU"), (2, "KEN"))

    found = ranked_by_item(rows, np.array([0.1, 0.7, 0.4]))

    assert found == {0: {"FRA": 0.1, "DEU": 0.7}, 2: {"KEN": 0.4}}


def test_a_country_stays_unknown_below_the_threshold() -> None:
    rows = AllRows(country=ranking((0, "FRA"), (1, "DEU"), (2, "KEN"), (3, "PER")))
    rows.sources = [[gold("FRA")], [gold("DEU")], [gold(None)], [gold(None)]]

    found = country_threshold(rows, np.array([0.9, 0.6, 0.3, 0.2]))

    assert 0.3 < found <= 0.6


def test_one_speaker_of_a_joint_statement_is_right() -> None:
    rows = AllRows(country=ranking((0, "FRA"), (1, "KEN")))
    rows.sources = [[gold("DEU+FRA")], [gold(None)]]

    assert 0.2 < country_threshold(rows, np.array([0.6, 0.2])) <= 0.6


def test_a_source_without_candidates_is_right_when_unknown() -> None:
    rows = AllRows(country=ranking((1, "KEN"), (2, "PER")))
    rows.sources = [[gold(None)], [gold("KEN")], [gold("PER")]]

    assert country_threshold(rows, np.array([0.7, 0.4])) <= 0.4


def test_a_sentence_on_its_own_does_not_move_the_threshold() -> None:
    rows = AllRows(country=ranking((0, "FRA"), (1, "DEU"), (2, "KEN")))
    rows.country.groups = [0, 0, 1]
    rows.sources = [[gold("FRA")], [gold(None)], [gold(None)]]

    assert 0.3 < country_threshold(rows, np.array([0.6, 0.3, 0.95])) <= 0.6


def test_targets_are_combined_when_both_are_likely() -> None:
    rows = AllRows(target=ranking((0, "FRA"), (0, "DEU"), (1, "KEN"), (1, "PER")))
    rows.gold = [gold(None, "DEU+FRA"), gold(None, "KEN")]
    probability = np.array([0.9, 0.85, 0.9, 0.4])

    threshold, share = target_thresholds(rows, probability)

    assert threshold <= 0.9
    assert 0.4 / 0.9 < share <= 0.85 / 0.9


def test_only_the_statements_asked_for_decide() -> None:
    rows = AllRows(target=ranking((0, "FRA"), (1, "KEN")))
    rows.gold = [gold(None, "FRA"), gold(None, None)]
    probability = np.array([0.3, 0.6])

    low, _ = target_thresholds(rows, probability, [0])
    high, _ = target_thresholds(rows, probability, [1])

    assert low <= 0.3
    assert high > 0.6


@pytest.mark.parametrize("truth", [[False, False], [True, True]])
def test_labels_that_never_or_always_hold_have_a_threshold(truth: list[bool]) -> None:
    assert 0 < best_f1_threshold(np.array([0.2, 0.4]), np.array(truth)) < 1
