"""Rules of `linking`: what a source that is not named in full stands for."""

from stancekit.linking import introduction, link_sources, source_type
from stancekit.records import Attribution
from stancekit.sentences import split_sentences


def _fuller(article: str, *sources: str) -> list[str]:
    """Return the fuller words of each source, the sources given in reading order."""
    sentences = split_sentences(article)
    attributions = []
    end = 0
    for source in sources:
        start = article.index(source, end)
        end = start + len(source)
        number = next(n for n, s in enumerate(sentences) if s.start <= start < s.end)
        clause = (sentences[number].start, sentences[number].end)
        attributions.append(Attribution(number, clause, "before", source=(start, end)))
    links = link_sources(article, sentences, (), attributions)
    return [" | ".join(article[slice(*span)] for span in link.fuller) for link in links]


def test_a_capital_after_the_first_letter_makes_a_name() -> None:
    assert source_type("Deputy Minister Okoro") == "name"
    assert source_type("the minister") == "definite"
    assert source_type("He") == "pronoun"
    assert source_type("Experts") == "plain"


def test_a_short_name_is_linked_to_the_words_that_introduced_the_person() -> None:
    article = "Kenyan envoy Amina Otieno arrived. Talks were near, Otieno said."

    assert _fuller(article, "Amina Otieno", "Otieno")[1] == "Kenyan envoy Amina Otieno"


def test_a_name_is_linked_to_a_description_that_comes_later() -> None:
    article = "Rui Tavira protested. The talks failed, said Rui Tavira, envoy of Peru."

    assert "envoy of Peru" in _fuller(article, "Rui Tavira")[0]


def test_a_name_inside_another_word_describes_nobody() -> None:
    article = "Rui Tavira protested. The Tavira-class ships, built in Peru, left."

    assert _fuller(article, "Rui Tavira") == [""]


def test_a_pronoun_goes_back_to_the_last_speaker() -> None:
    article = "The Fijian premier Jone Vula apologised. It was wrong, he said."

    assert _fuller(article, "The Fijian premier Jone Vula", "he")[1].endswith("Jone Vula")


def test_an_introduction_ends_where_its_sentence_does() -> None:
    article = "The ship left. Envoy Ana Ruiz, a judge, spoke."
    start = article.index("Ana")

    assert article[slice(*introduction(article, start, start + 8))] == "Envoy Ana Ruiz, a judge"


def test_a_quotation_that_opens_a_paragraph_awaits_the_source_after_it() -> None:
    article = 'Peru protested.\n\n"The trains run again. They run to plan," Chile\'s envoy said.'
    sentences = split_sentences(article)
    spans = [(0, 4), None, (article.index("Chile"), article.index(" said"))]
    attributions = [
        Attribution(n, (s.start, s.end), "quote" if span is None else "before", source=span)
        for n, (s, span) in enumerate(zip(sentences, spans, strict=True))
    ]

    link = link_sources(article, sentences, (), attributions)[1]

    assert (link.relation, [article[slice(*s)] for s in link.fuller]) == (
        "after",
        ["Chile's envoy"],
    )
