import random

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.exceptions import NotFittedError

from stancekit.scorer import FieldSettings
from training.fit import FieldAnalyzer, Settings, WeightedLogistic, decision, fit, indicator
from training.rows import Rows

TWO_FIELDS = (FieldSettings("words", 1, 2, 1.0), FieldSettings("form", 1, 1, 0.5))


def rows(count: int = 80) -> Rows:
    """Texts of two fields; "a" in the first makes one label, "form:x" in the second another."""
    draw = random.Random(1)
    result = Rows()
    for number in range(count):
        words = draw.choices("abcdef", k=5)
        form = draw.choice(["form:x", "form:y"])
        result.texts.append(f"{' '.join(words)}\t{form}")
        labels = [("first", "a" in words), ("second", form == "form:x")]
        result.labels.append(tuple(name for name, is_so in labels if is_so))
        result.groups.append(number // 2)
    return result


def test_an_indicator_has_a_column_a_label() -> None:
    found = indicator([("a", "c"), (), ("b",)], ("a", "b", "c"))

    assert found.tolist() == [[True, False, True], [False, False, False], [False, True, False]]


def test_a_field_is_read_alone() -> None:
    assert FieldAnalyzer(1, 1, 2)("a b\tc d\te") == ["c", "d", "c d"]


@pytest.mark.parametrize("weighs_features", [False, True])
def test_each_label_learns_from_its_own_field(weighs_features: bool) -> None:
    settings = Settings(TWO_FIELDS, C=30.0, min_df=1, weighs_features=weighs_features)

    fitted = fit(rows(), ("first", "second"), settings)

    scores = decision(fitted.pipeline, ["a b\tform:y", "b c\tform:x"])
    assert (scores > 0).tolist() == [[True, False], [False, True]]


def test_out_of_fold_scores_are_calibrated_upwards() -> None:
    fitted = fit(rows(), ("first", "second"), Settings(TWO_FIELDS, C=10.0, min_df=1))

    assert fitted.out_of_fold.shape == fitted.truth.shape == (80, 2)
    assert (fitted.slopes > 0).all()
    right = ((fitted.out_of_fold > 0) == fitted.truth).mean()
    assert right > 0.9


def test_out_of_fold_scores_come_from_models_that_have_not_seen_the_document() -> None:
    secret = rows()
    secret.texts = [f"id{group} z\tform:x" for group in secret.groups]
    draw = random.Random(2)
    by_group = [draw.random() < 0.5 for _ in range(40)]
    secret.labels = [("first",) if by_group[group] else () for group in secret.groups]

    fitted = fit(secret, ("first",), Settings(TWO_FIELDS, C=1e4, min_df=1))

    seen = (decision(fitted.pipeline, secret.texts) > 0) == fitted.truth
    held = (fitted.out_of_fold > 0) == fitted.truth
    assert seen.mean() == 1.0
    assert held.mean() < 0.75


def test_what_is_exported_is_rounded_before_it_is_used() -> None:
    fitted = fit(rows(), ("first", "second"), Settings(TWO_FIELDS, C=1.0, min_df=1))

    for estimator in fitted.pipeline.named_steps["linear"].estimators_:
        assert (estimator.coef_ == estimator.coef_.astype(np.float32)).all()


def test_weighing_favours_what_one_class_has_alone() -> None:
    matrix = csr_matrix(np.array([[1, 1], [1, 1], [0, 1], [0, 1]], dtype=float))

    model = WeightedLogistic(C=1.0).fit(matrix, np.array([1, 1, 0, 0]))

    assert model.coef_[0, 0] > abs(model.coef_[0, 1])
    assert model.predict(matrix).tolist() == [1, 1, 0, 0]
    assert model.decision_function(matrix).shape == (4,)


def test_an_unfitted_classifier_does_not_score() -> None:
    with pytest.raises(NotFittedError, match="not fitted"):
        WeightedLogistic().decision_function(csr_matrix((1, 1)))
