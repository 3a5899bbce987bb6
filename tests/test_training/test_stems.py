from training.stems import make_stems


def test_a_word_is_listed_when_its_stem_differs() -> None:
    found = make_stems(["The missiles threatened the ferry."])

    assert found["missiles"] == "missil"
    assert found["threatened"] == "threaten"
    assert "the" not in found


def test_forms_of_words_that_the_texts_lack_are_added() -> None:
    found = make_stems(["They condemn it."] * 5)

    assert found["condemned"] == found["condemns"] == found["condemning"] == "condemn"


def test_a_form_with_a_stem_of_its_own_is_not_added() -> None:
    found = make_stems(["They condemn it."] * 5)

    assert "condemner" not in found
    assert set(found.values()) <= {"they", "condemn", "it", "thei"}


def test_curly_apostrophes_are_straightened() -> None:
    assert make_stems(["Kenya’s"]) == make_stems(["Kenya's"]) == {"kenya's": "kenya"}


def test_the_order_of_texts_does_not_matter() -> None:
    texts = ["raids and raiding", "the raid", "talks, talked"]

    assert make_stems(texts) == make_stems(texts[::-1])
    assert make_stems([]) == {}
