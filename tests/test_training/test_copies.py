from training.copies import Line, find_copied, find_duplicates, find_templates, split_words

LONG = "the mayor of the port refused to let the second convoy pass on monday"


def line(text: str, document: str, split: str = "train") -> Line:
    return Line(f"{document} sentence 1", document, "b-01", split, split_words(text))


def test_words_keep_their_apostrophes_and_lose_their_marks() -> None:
    assert split_words("“Seoul’s” U.S.-led, café!") == ("seoul’s", "u", "s", "led", "café")


def test_a_repeated_sentence_is_a_near_duplicate() -> None:
    lines = [line(LONG, "b-01-001"), line(LONG.replace("monday", "friday"), "b-01-002")]

    assert find_duplicates(lines) == [
        "b-01-001 sentence 1: near-duplicate of b-01-002 sentence 1 (0.85)"
    ]


def test_a_near_duplicate_across_splits_says_so() -> None:
    lines = [line(LONG, "b-01-001"), line(LONG, "b-01-002", "test")]

    assert find_duplicates(lines)[0].endswith("(1.00, across train and test)")


def test_repetition_within_an_article_is_natural() -> None:
    assert find_duplicates([line(LONG, "b-01-001"), line(LONG, "b-01-001")]) == []


def test_short_sentences_may_recur() -> None:
    lines = [line("he did not say why", f"b-01-{n:03}") for n in range(20)]

    assert find_duplicates(lines) == []


def test_shared_names_are_no_near_duplicate() -> None:
    one = "the united nations security council met in new york to hear both envoys"
    two = "a veto in the united nations security council would end the mission at once"

    assert find_duplicates([line(one, "b-01-001"), line(two, "b-01-002", "dev")]) == []


def test_sentences_made_from_a_pattern_are_noticed() -> None:
    places = ("harbour", "airport", "bridge", "embassy", "school", "market", "dam", "mine", "camp")
    lines = [
        line(
            f"the foreign ministry strongly condemned the attack on the {place} yesterday", f"d{n}"
        )
        for n, place in enumerate(places)
    ]

    assert find_templates(lines) == [
        "batch b-01: 0.31 of its runs of 3 words are distinct, expected 0.9 or more",
        "openings: 0.11 of the sentences open with 4 words of their own, expected 0.95 or more",
        "opening 'the foreign ministry strongly': in 9 documents, expected 8 at most",
    ]


def test_eight_words_in_a_row_from_a_source_are_copied() -> None:
    lines = [line(LONG, "b-01-001")]

    assert find_copied(lines, {"page.txt": "Here the second convoy pass on Monday was"}) == []
    assert find_copied(
        lines, {"page.txt": "Of the port refused to let the second, they said."}
    ) == ["b-01-001 sentence 1: shares 'of the port refused to let the second' with page.txt"]
