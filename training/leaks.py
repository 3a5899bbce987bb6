"""Measure what must not give a stance away: the country, function words, the source's place.

A model that learns from such traces scores well on our own sentences and fails on real
news. Each trace is measured, measured again with the link to the stances broken by
shuffling, and may exceed that null only by a stated margin.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from stancekit.records import STANCES
from training.corpus import Document, GoldStatement

COUNTRY_MARGIN = 0.05
"""Bits of mutual information; a choice: 3 % of the entropy of the labels (about 1.8 bits)."""
FORM_MARGIN = 0.08
"""Macro-F1; a choice, above what restated reports of real news show (see the summary): grammar
itself ties some forms to a stance ("urged A and B to ...", what one's own side "had" done)."""
SHUFFLES = 50
FORM_SHUFFLES = 3
FOLDS = 3
FEWEST = 300
"""With fewer statements than this a shuffled baseline varies by more than the margin."""

# Only words that carry no stance by themselves: negations, modals and pronouns such as "we"
# and prepositions such as "against" mean something, and may predict it.
FUNCTION_WORDS = """
a an the of in on at by from with into and that which who it its he his she her said was were had
""".split()

Answers = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Leak:
    """A trace of the stance: how much it tells, how much chance would tell, and the margin."""

    name: str
    measured: float
    by_chance: float
    margin: float

    @property
    def is_within_margin(self) -> bool:
        """Whether the trace tells no more than chance and the margin allow."""
        return self.measured - self.by_chance <= self.margin

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.measured:.3f}, by chance {self.by_chance:.3f}, "
            f"margin {self.margin:.2f}"
        )


class Labelled(NamedTuple):
    """A statement with its sentence and document."""

    document: str
    sentence: str
    statement: GoldStatement


def measure_leaks(documents: Iterable[Document]) -> list[Leak]:
    """Return the traces of stance in a corpus, none when it is too small to tell."""
    rows = [
        Labelled(document.id, document.text[sentence.start : sentence.end], statement)
        for document in documents
        for sentence in document.sentences
        for statement in sentence.statements
    ]
    if len(rows) < FEWEST:
        return []
    words = CountVectorizer(vocabulary=FUNCTION_WORDS, binary=True, token_pattern=r"[a-z]+")
    places = CountVectorizer(analyzer=describe_place, binary=True)
    return [
        country_leak(rows),
        _form_leak(
            "stance from function words (macro-F1)", words, [r.sentence for r in rows], rows
        ),
        _form_leak("stance from the place of the source (macro-F1)", places, rows, rows),
    ]


def country_leak(rows: Iterable[Labelled]) -> Leak:
    """Return the mutual information of speaker country and stance, in bits.

    Only states count: bodies lean by their office (the UN seldom justifies). The null deals
    the countries out anew among all (document, country) pairs, so that one article, in which
    one party complains five times, does not pass for a habit of that country.
    """
    counts: dict[tuple[str, str], NDArray[np.float64]] = defaultdict(
        lambda: np.zeros(len(STANCES) + 1)
    )
    for row in rows:
        for country in (row.statement.country or "").split("+"):
            if is_state(country):
                counts[row.document, country] += [*_answers(row), not row.statement.stance]
    countries = sorted({country for _, country in counts})
    places = np.array([countries.index(country) for _, country in counts], np.intp)
    table = np.array(list(counts.values())).reshape(len(counts), len(STANCES) + 1)
    random = np.random.default_rng(0)
    null = [_information(random.permutation(places), table) for _ in range(SHUFFLES)]
    name = "mutual information of speaker country and stance (bits)"
    return Leak(name, _information(places, table), float(np.mean(null)), COUNTRY_MARGIN)


def is_state(code: str) -> bool:
    """Say whether a code is an ISO 3166 one, not a body's."""
    return len(code) == 3 and code.isalpha() and code not in BODIES_OF_THREE_LETTERS


BODIES_OF_THREE_LETTERS = frozenset(
    ("GCC", "ICC", "ICJ", "IGO", "IMF", "OAS", "OIC", "SCO", "WHO", "WTO")
)


def describe_place(row: Labelled) -> list[str]:
    """Return where in its sentence the source is named, and in which order with "said"."""
    sentence, speaker = row.sentence, row.statement.speaker
    if speaker is None:
        return ["no source"]
    start = sentence.find(speaker)
    before, after = sentence[:start].rstrip().lower(), sentence[start + len(speaker) :]
    return [
        f"quarter {4 * start // len(sentence)}",
        "source first" if start == 0 else "source later",
        "source last" if len(after) < 4 else "text after",
        "comma after" if after.startswith(",") else "no comma after",
        "said before" if before.endswith((" said", " says")) else "no said before",
        "said after" if after.lstrip().startswith(("said", "says")) else "no said after",
        "according to" if before.endswith("according to") else "otherwise",
    ]


def _form_leak(
    name: str, features: CountVectorizer, inputs: Sequence[object], rows: Sequence[Labelled]
) -> Leak:
    matrix = features.fit_transform(inputs)
    groups = [row.document for row in rows]
    answers = np.array([_answers(row) for row in rows])
    random = np.random.default_rng(0)
    null = [_macro_f1(matrix, random.permutation(answers), groups) for _ in range(FORM_SHUFFLES)]
    return Leak(name, _macro_f1(matrix, answers, groups), float(np.mean(null)), FORM_MARGIN)


def _macro_f1(matrix: object, answers: Answers, groups: Sequence[str]) -> float:
    """Return the out-of-fold macro-F1 of a linear model; documents stay whole."""
    scores = [
        f1_score(
            column,
            cross_val_predict(
                LogisticRegression(class_weight="balanced", max_iter=300),
                matrix,
                column,
                groups=groups,
                cv=GroupKFold(FOLDS),
            ),
            zero_division=0.0,
        )
        for column in answers.T
        if column.any()
    ]
    return float(np.mean(scores))


def _answers(row: Labelled) -> list[bool]:
    return [label in row.statement.stance for label in STANCES]


def _information(places: NDArray[np.intp], table: NDArray[np.float64]) -> float:
    """Return the mutual information, in bits, of rows grouped by place and the columns."""
    joint = np.zeros((int(places.max(initial=0)) + 1, table.shape[1]))
    np.add.at(joint, places, table)
    joint /= joint.sum()
    expected = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    some = joint > 0
    return float((joint[some] * np.log2(joint[some] / expected[some])).sum())
