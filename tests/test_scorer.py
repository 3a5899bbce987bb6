import math
import random

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from stancekit.scorer import FieldSettings, LinearModel, ngrams, probabilities

WORDS = FieldSettings("words", 1, 2, 1.0)
FORM = FieldSettings("form", 1, 1, 0.5)


@pytest.fixture
def small() -> LinearModel:
    """Two fields, two labels; the idf are chosen so that results can be worked out by hand."""
    return LinearModel(
        fields=(WORDS, FORM),
        vocabulary=({"rejects": 0, "talks": 1, "rejects talks": 2}, {"form:before": 3}),
        idf=np.array([1.0, 2.0, 2.0, 1.0]),
        weights=np.array([[1.0, 0.0], [-1.0, 4.0], [2.0, -2.0], [0.5, 1.0]]),
        intercepts=np.array([-0.25, 0.75]),
    )


def test_a_score_is_the_weighted_sum_of_normalised_values(small: LinearModel) -> None:
    scores = small.decision(["rejects talks\tform:before"])

    # words: values 1, 2, 2 of norm 3; form: value 1 of norm 1, weighed by one half
    expected = [1 / 3 - 2 / 3 + 4 / 3 + 0.25 - 0.25, 8 / 3 - 4 / 3 + 0.5 + 0.75]
    assert scores == pytest.approx(np.array([expected]))


def test_a_word_that_recurs_counts_by_its_logarithm(small: LinearModel) -> None:
    once, thrice = small.decision(["rejects talks\t", "rejects talks x rejects y rejects\t"])

    values = np.array([1 + math.log(3), 2.0, 2.0])
    values /= np.linalg.norm(values)
    assert thrice == pytest.approx(values @ small.weights[:3] + small.intercepts)
    assert thrice[0] != pytest.approx(once[0])


def test_unknown_words_and_empty_fields_leave_the_intercepts(small: LinearModel) -> None:
    scores = small.decision(["\t", "never seen\tform:other", "   \t  "])

    assert scores.tolist() == [[-0.25, 0.75]] * 3


def test_no_texts_give_no_scores(small: LinearModel) -> None:
    assert small.decision([]).shape == (0, 2)


def test_an_ngram_of_one_field_is_unknown_to_the_other(small: LinearModel) -> None:
    assert small.decision(["form:before\trejects"]).tolist() == [[-0.25, 0.75]]


def test_a_score_does_not_depend_on_the_other_texts(small: LinearModel) -> None:
    texts = ["rejects\t", "talks rejects talks\tform:before", "\tform:before", "talks\t"]

    together = small.decision(texts)

    assert together == pytest.approx(np.vstack([small.decision([text]) for text in texts]))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (1, 1, ["a", "b", "a"]),
        (1, 2, ["a", "b", "a", "a b", "b a"]),
        (2, 3, ["a b", "b a", "a b a"]),
        (4, 5, []),
    ],
)
def test_ngrams_are_runs_of_tokens(low: int, high: int, expected: list[str]) -> None:
    assert list(ngrams(["a", "b", "a"], low, high)) == expected


@pytest.mark.parametrize(("low", "high"), [(1, 1), (1, 2), (1, 3), (2, 3)])
def test_scores_are_those_of_scikit_learn_with_its_own_ngrams(low: int, high: int) -> None:
    draw = random.Random(low * 10 + high)
    tokens = [*"abcdefgh", "_own_", "not_talk", "said:café", "x>y", "“", "\u200b", "ß", "İ"]
    texts = [" ".join(draw.choices(tokens, k=draw.randrange(0, 30))) for _ in range(1000)]
    vectorizer = TfidfVectorizer(
        tokenizer=str.split,
        token_pattern=None,
        lowercase=False,
        ngram_range=(low, high),
        sublinear_tf=True,
        min_df=2,
    )
    matrix = vectorizer.fit_transform(texts[:500])
    weights = np.random.default_rng(0).normal(size=(matrix.shape[1], 3))
    columns = {gram: int(column) for gram, column in vectorizer.vocabulary_.items()}
    settings = (FieldSettings("words", low, high, 1.0),)
    model = LinearModel(settings, (columns,), vectorizer.idf_, weights, np.zeros(3))

    expected = vectorizer.transform(texts) @ weights

    assert np.abs(model.decision(texts) - expected).max() < 1e-9
    assert np.ptp(expected) > 0.5


def test_contributions_and_intercepts_sum_to_the_score(small: LinearModel) -> None:
    words = [(0, 7, "rejects"), (8, 13, "talks"), (14, 21, "rejects"), (22, 27, "never")]
    form = [(30, 34, "form:before")]

    found = small.contributions([words, form])

    text = "rejects talks rejects never\tform:before"
    total = sum(weight for _, _, weight in found) + small.intercepts
    assert total == pytest.approx(small.decision([text])[0])


def test_contributions_name_each_ngram_once_where_it_first_stands(small: LinearModel) -> None:
    words = [(0, 7, "rejects"), (8, 13, "talks"), (14, 21, "rejects"), (22, 27, "talks")]

    found = small.contributions([words, []])

    assert [(start, end) for start, end, _ in found] == [(0, 7), (8, 13), (0, 13)]


def test_probabilities_follow_slope_and_offset() -> None:
    found = probabilities(np.array([[0.0, 1.0]]), np.array([1.0, 2.0]), np.array([0.0, -2.0]))

    assert found.tolist() == [[0.5, 0.5]]


def test_extreme_scores_give_probabilities_without_overflow() -> None:
    found = probabilities(np.array([[-1e9], [1e9]]), np.array([1.0]), np.array([0.0]))

    assert 0 < found[0, 0] < 1e-15
    assert found[1, 0] == pytest.approx(1.0)
