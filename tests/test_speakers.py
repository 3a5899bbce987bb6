"""Rules of `speakers`: which countries could speak, and which of them do."""

import pytest

from stancekit.gazetteer import Gazetteer
from stancekit.linking import Link
from stancekit.mentions import find_mentions
from stancekit.records import Attribution, Span
from stancekit.sentences import split_sentences
from stancekit.speakers import choose_countries, country_candidates, with_context
from stancekit.zones import ArticleMentions, Candidate, index_mentions


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return the gazetteer that ships."""
    return Gazetteer.shipped()


def _index(gazetteer: Gazetteer, article: str) -> ArticleMentions:
    mentions = find_mentions([article], [None], gazetteer)[0]
    return index_mentions(article, split_sentences(article), mentions)


def _attribution(index: ArticleMentions, source: str, sentence: int = 0) -> Attribution:
    found = index.sentences[sentence]
    start = index.article.index(source, found.start)
    span = (start, start + len(source))
    return Attribution(sentence, (found.start, found.end), "before", source=span)


def _tokens(index: ArticleMentions, attribution: Attribution, code: str) -> list[str]:
    own: tuple[Span, ...] = (attribution.source,) if attribution.source else ()
    rows = country_candidates(index, attribution, Link("name", own))
    return next(row.text for row in rows if row.code == code).split()


def test_candidates_are_described_without_names(gazetteer: Gazetteer) -> None:
    index = _index(gazetteer, "Kenya's foreign ministry said that Chad had lied.")

    tokens = _tokens(index, _attribution(index, "Kenya's foreign ministry"), "KEN")

    assert "_cand_" in tokens
    assert not any(name in token.lower() for token in tokens for name in ("enya", "had:", ":had"))


@pytest.mark.parametrize(
    "template", ["{0} said {1} had lied.", "{0} and its friends met. {1} fell."]
)
def test_swapping_two_countries_swaps_their_descriptions(
    gazetteer: Gazetteer, template: str
) -> None:
    one = _index(gazetteer, template.format("Kenya", "Peru"))
    two = _index(gazetteer, template.format("Peru", "Kenya"))

    assert _tokens(one, _attribution(one, "Kenya"), "KEN") == _tokens(
        two, _attribution(two, "Peru"), "PER"
    )


def test_the_preposition_before_a_country_is_told(gazetteer: Gazetteer) -> None:
    index = _index(gazetteer, "The letter to Kenya said that talks were near.")

    assert "src:behind:to" in _tokens(index, _attribution(index, "The letter to Kenya"), "KEN")


def test_the_sentence_before_tells_whom_it_named_first(gazetteer: Gazetteer) -> None:
    index = _index(gazetteer, "Kenya took in 600 refugees from Peru. The minister was proud.")
    minister = _attribution(index, "The minister", 1)

    assert "sentence_back:1:first" in _tokens(index, minister, "KEN")
    assert "sentence_back:1:first" not in _tokens(index, minister, "PER")


def test_a_second_look_tells_for_how_many_others_a_country_speaks(gazetteer: Gazetteer) -> None:
    index = _index(gazetteer, "Kenya protested. The envoy agreed.")
    attributions = [_attribution(index, "Kenya"), _attribution(index, "The envoy", 1)]
    links = [Link("name", ()), Link("definite", (), (), "previous", 0)]
    ranked = [[(Candidate("KEN", "a in_zone\tb", ""), 0.9)], [(Candidate("KEN", "a\tb", ""), 0.4)]]

    second = with_context(index.article, attributions, links, ranked)[1][0].text.split("\t")[2]

    assert {"votes:1", "before:same", "named:same", "first:4"} <= set(second.split())


def test_below_the_threshold_nobody_speaks(gazetteer: Gazetteer) -> None:
    index = _index(gazetteer, "Kenya protested.")
    ranked = [(Candidate("KEN", "", ""), 0.1)]

    assert choose_countries(index, _attribution(index, "Kenya"), ranked, 0.2)[0][0] is None


@pytest.mark.parametrize(
    ("source", "rest", "expected"),
    [
        ("Kenya and Peru", " said so.", ["KEN", "PER"]),
        ("Kenya and Peru", " said so in a joint text.", ["KEN+PER"]),
        ("The summit of Kenya and Peru", " said so.", ["KEN+PER"]),
    ],
)
def test_two_that_speak_make_two_statements_unless_they_speak_jointly(
    gazetteer: Gazetteer, source: str, rest: str, expected: list[str]
) -> None:
    index = _index(gazetteer, source + rest)
    ranked = [(Candidate("KEN", "", ""), 0.9), (Candidate("PER", "", ""), 0.8)]

    chosen = choose_countries(index, _attribution(index, source), ranked, 0.2)

    assert [code for code, _, _ in chosen] == expected
