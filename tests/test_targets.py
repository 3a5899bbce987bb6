"""Rules of `targets`: at whom a statement could be directed, and who is named together."""

import pytest

from stancekit.gazetteer import Gazetteer
from stancekit.mentions import find_mentions
from stancekit.records import Attribution
from stancekit.sentences import split_sentences
from stancekit.targets import combine_targets, target_candidates
from stancekit.zones import index_mentions


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return the gazetteer that ships."""
    return Gazetteer.shipped()


def _tokens(gazetteer: Gazetteer, article: str, clause: str) -> dict[str, list[str]]:
    """Return the tokens of each candidate when Peru condemns in `clause`."""
    sentences = split_sentences(article)
    index = index_mentions(article, sentences, find_mentions([article], [None], gazetteer)[0])
    start = article.index(clause)
    number = next(n for n, s in enumerate(sentences) if s.start <= start < s.end)
    attribution = Attribution(number, (start, start + len(clause)), "before")
    rows = target_candidates(index, attribution, "PER", ("condemnation",))
    return {row.code: row.text.split() for row in rows}


def test_the_speaker_is_a_candidate_and_marked_as_such(gazetteer: Gazetteer) -> None:
    found = _tokens(gazetteer, "Peru condemned Chile.", "Peru condemned Chile.")

    assert "own" in found["PER"]
    assert "other" in found["CHL"]


def test_candidates_are_described_without_names(gazetteer: Gazetteer) -> None:
    found = _tokens(gazetteer, "Peru condemned Chile.", "Peru condemned Chile.")

    assert not any("chile" in token.lower() for token in found["CHL"])


def test_targets_that_come_close_are_named_together_in_order() -> None:
    assert combine_targets({"PER": 0.8, "CHL": 0.79, "BOL": 0.2}, 0.3, 0.9) == "CHL+PER"


def test_a_target_below_the_threshold_is_none() -> None:
    assert combine_targets({"PER": 0.2}, 0.3, 0.9) is None
    assert combine_targets({}, 0.3, 0.9) is None
