"""Fit the classifiers with scikit-learn: one TF-IDF vectorizer a field, linear models on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.utils.validation import check_is_fitted

from stancekit.scorer import FieldSettings, ngrams
from training.rows import Rows

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """How one classifier reads its texts, and how strongly it is regularised."""

    fields: tuple[FieldSettings, ...]
    C: float
    min_df: int = 2
    weighs_features: bool = False


_STANCE_FIELDS = (
    FieldSettings("words", 1, 2, 1.0),
    FieldSettings("classes", 1, 1, 1.0),
    FieldSettings("form", 1, 1, 0.3),
    FieldSettings("plain", 1, 2, 0.7),
)
_STATEMENT_FIELDS = (FieldSettings("structure", 1, 1, 1.5), FieldSettings("words", 1, 2, 1.0))
_COUNTRY_FIELDS = (FieldSettings("structure", 1, 1, 1.5), FieldSettings("words", 1, 2, 0.7))
SETTINGS = {
    "statement": Settings(_STATEMENT_FIELDS, C=1.0, min_df=5),
    "statement_context": Settings(
        (*_STATEMENT_FIELDS, FieldSettings("around", 1, 1, 1.0)), C=1.0, min_df=5
    ),
    "country": Settings(_COUNTRY_FIELDS, C=10.0, min_df=4),
    "country_context": Settings(
        (*_COUNTRY_FIELDS, FieldSettings("context", 1, 1, 2.0)), C=10.0, min_df=4
    ),
    "target": Settings((FieldSettings("structure", 1, 1, 1.0),), C=5.0),
    "stance": Settings(_STANCE_FIELDS, C=1.0, weighs_features=True),
    "stance_context": Settings(
        (*_STANCE_FIELDS, FieldSettings("context", 1, 1, 1.0)), C=1.0, weighs_features=True
    ),
}


class WeightedLogistic(ClassifierMixin, BaseEstimator):
    """Logistic regression on features weighed by their log-count ratio of the two classes.

    Rare words that are far more frequent in one class count for more, as naive Bayes has
    it; the result is a linear model like any other.

    References
    ----------
    Wang and Manning (2012), Baselines and Bigrams, ACL.
    """

    def __init__(self, *, C: float = 1.0, cap: float = 3.0) -> None:
        self.C = C
        self.cap = cap

    def fit(self, X: csr_matrix, y: NDArray[np.int_]) -> Self:
        """Learn from a sparse matrix of non-negative features and a 0/1 target."""
        present = X.astype(bool).astype(float)
        positive = np.asarray(y).astype(bool)
        inside = np.asarray(present[positive].sum(axis=0)).ravel() + 1.0
        outside = np.asarray(present[~positive].sum(axis=0)).ravel() + 1.0
        ratio = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
        ratio = np.clip(ratio, -self.cap, self.cap)
        linear = LogisticRegression(C=self.C, solver="liblinear", random_state=0)
        linear.fit(X @ diags(ratio), positive.astype(int))
        self.classes_ = linear.classes_
        self.coef_ = linear.coef_ * ratio
        self.intercept_ = linear.intercept_
        return self

    def decision_function(self, X: csr_matrix) -> NDArray[np.float64]:
        """Return linear scores, shape (n_rows,)."""
        check_is_fitted(self)
        scores: NDArray[np.float64] = np.asarray(X @ self.coef_[0] + self.intercept_[0]).ravel()
        return scores

    def predict(self, X: csr_matrix) -> NDArray[np.int_]:
        """Return 0 or 1 for each row."""
        return (self.decision_function(X) > 0).astype(int)


class FieldAnalyzer:
    """Return the n-grams of one tab-separated field, as the scorer of stancekit does."""

    def __init__(self, number: int, low: int, high: int) -> None:
        self.number = number
        self.low = low
        self.high = high

    def __call__(self, text: str) -> list[str]:
        """Return the n-grams of `text`."""
        return list(ngrams(text.split("\t")[self.number].split(), self.low, self.high))


def make_pipeline(settings: Settings) -> Pipeline:
    """Return an unfitted scikit-learn pipeline for texts with these fields."""
    vectorizers = [
        (
            f.name,
            TfidfVectorizer(
                analyzer=FieldAnalyzer(n, f.low, f.high), sublinear_tf=True, min_df=settings.min_df
            ),
        )
        for n, f in enumerate(settings.fields)
    ]
    weights = {f.name: f.weight for f in settings.fields}
    classifier: BaseEstimator = LogisticRegression(C=settings.C, solver="liblinear", random_state=0)
    if settings.weighs_features:
        classifier = WeightedLogistic(C=settings.C)
    return Pipeline(
        [
            ("tfidf", FeatureUnion(vectorizers, transformer_weights=weights)),
            ("linear", OneVsRestClassifier(classifier)),
        ]
    )


@dataclass(slots=True)
class Fitted:
    """A fitted pipeline with the calibration learned from out-of-fold scores."""

    pipeline: Pipeline
    labels: tuple[str, ...]
    slopes: NDArray[np.float64]
    offsets: NDArray[np.float64]
    out_of_fold: NDArray[np.float64]
    truth: NDArray[np.bool_]


def fit(rows: Rows, labels: Sequence[str], settings: Settings) -> Fitted:
    """Fit one classifier and calibrate it on scores from `FOLDS` folds by document."""
    truth = indicator(rows.labels, labels)
    texts = np.array(rows.texts, dtype=object)
    groups = np.array(rows.groups)
    scores = np.zeros(truth.shape)
    folds = list(GroupKFold(FOLDS).split(texts, groups=groups))
    for (_, held), found in zip(
        folds,
        Parallel(n_jobs=2)(
            delayed(_fold_scores)(texts[fit_on], truth[fit_on], texts[held], settings)
            for fit_on, held in folds
        ),
        strict=True,
    ):
        scores[held] = found
    pipeline = make_pipeline(settings).fit(texts, truth.astype(int))
    _round_to_single(pipeline)
    slopes, offsets = _calibration(scores, truth)
    return Fitted(pipeline, tuple(labels), slopes, offsets, scores, truth)


def _round_to_single(pipeline: Pipeline) -> None:
    """Round what is exported to single precision, so that files and pipeline agree exactly."""
    for _, vectorizer in pipeline.named_steps["tfidf"].transformer_list:
        vectorizer.idf_ = vectorizer.idf_.astype(np.float32).astype(np.float64)
    for estimator in pipeline.named_steps["linear"].estimators_:
        estimator.coef_ = estimator.coef_.astype(np.float32).astype(np.float64)


def indicator(labels: Sequence[Sequence[str]], names: Sequence[str]) -> NDArray[np.bool_]:
    """Return the indicator matrix of label sets, shape (n_rows, n_labels)."""
    return np.array([[name in row for name in names] for row in labels], dtype=bool)


def _fold_scores(
    texts: NDArray[np.object_],
    truth: NDArray[np.bool_],
    held: NDArray[np.object_],
    settings: Settings,
) -> NDArray[np.float64]:
    return decision(make_pipeline(settings).fit(texts, truth.astype(int)), held)


def decision(pipeline: Pipeline, texts: Sequence[str] | NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the linear scores of a fitted pipeline, shape (n_texts, n_labels)."""
    scores: NDArray[np.float64] = np.asarray(pipeline.decision_function(texts))
    return scores.reshape(len(texts), -1)


def _calibration(
    scores: NDArray[np.float64], truth: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the slope and offset of each label (Platt 1999, with a plain logistic fit)."""
    slopes, offsets = [], []
    for label in range(truth.shape[1]):
        model = LogisticRegression(C=1e6).fit(scores[:, [label]], truth[:, label])
        slopes.append(float(model.coef_[0, 0]))
        offsets.append(float(model.intercept_[0]))
    return np.array(slopes), np.array(offsets)
