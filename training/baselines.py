"""What a user could do without stancekit: baselines that the scores stand beside."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stancekit.records import STANCES
from stancekit.scorer import FieldSettings
from training.corpus import Document
from training.fit import Settings, decision, indicator, make_pipeline
from training.rows import AllRows

_KEYWORDS = {
    "condemnation": re.compile(
        r"condemn|denounc|deplor|criticis|criticiz|slam|blast|accus|violat|provocat|outrage|unacceptable"
        r"|illegal|aggress|threat|concern|regret|protest|reject|blam",
        re.I,
    ),
    "justification": re.compile(
        r"self-defen[cs]e|right to|legitimate|in line with|in accordance|deterren|defensive|routine"
        r"|in response|necessary|sovereign|lawful|denied|denies|not (?:aimed|directed|target)",
        re.I,
    ),
    "call_for_dialogue": re.compile(
        r"dialogue|\btalks\b|negotiat|restraint|ceasefire|cease-fire|truce|de-escalat|mediat|diplomatic"
        r"|peaceful|\bcalm\b",
        re.I,
    ),
}
_PLAIN = Settings((FieldSettings("words", 1, 2, 1.0),), C=4.0)


def plain_texts(documents: Sequence[Document], rows: AllRows) -> list[str]:
    """Return the words of each statement as they stand, names included."""
    texts = []
    for group, attribution in rows.attributions:
        words = documents[group].text[slice(*attribution.clause)].lower()
        texts.append(" ".join(re.findall(r"\w+", words)))
    return texts


def keyword_baseline(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Tag each text with every label one of whose keywords it holds."""
    return np.array([[bool(_KEYWORDS[s].search(t)) for s in STANCES] for t in texts])


def majority_baseline(size: int) -> NDArray[np.bool_]:
    """Tag every statement as condemnation, the most frequent label."""
    chosen = np.zeros((size, len(STANCES)), dtype=bool)
    chosen[:, 0] = True
    return chosen


def plain_tfidf_baseline(
    train_texts: Sequence[str], train_labels: Sequence[Sequence[str]], texts: Sequence[str]
) -> NDArray[np.bool_]:
    """Tag texts with TF-IDF of words 1-2 and logistic regression: no roles, classes, context."""
    truth = indicator(train_labels, STANCES)
    pipeline = make_pipeline(_PLAIN).fit(list(train_texts), truth.astype(int))
    return decision(pipeline, list(texts)) > _PLAIN_THRESHOLD


_PLAIN_THRESHOLD = -0.7  # chosen on dev: rare labels need a threshold below even odds
