import pytest

from stancekit.quotes import find_quotes


def quoted(text: str) -> list[str]:
    spans, open_from = find_quotes(text, 0, len(text))
    return [text[a:b] for a, b in spans] + (
        [text[open_from:] + "…"] if open_from is not None else []
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Never," she said.', ["Never,"]),
        ("“Never,” she said.", ["Never,"]),
        ("''Never,'' she said.", ["Never,"]),
        ("``Never,'' she said.", ["Never,"]),
        ("«Never», she said.", ["Never"]),
        ("„Never“, she said.", ["Never"]),
        ("“Never“, she said.", ["Never"]),
        ("'Never,' she said.", ["Never,"]),
        ("‘Never,’ she said.", ["Never,"]),
    ],
)
def test_every_kind_of_mark_is_known(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Norway's ports don't open.",
        "The states’ rights and the crews’ pay",
        "Life in the '90s was good in the '80s too.",
        "They told 'em and left 'em.",
        "He is 6'2 tall.",
        "",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    assert quoted(text) == []


def test_a_possessive_does_not_close_a_quotation_in_single_marks() -> None:
    assert quoted("'We reject the states' demands,' she said.") == [
        "We reject the states' demands,"
    ]


def test_a_quotation_in_single_marks_may_end_without_punctuation() -> None:
    assert quoted("a ‘good’ year and a 'bad' one") == ["good", "bad"]


def test_the_outer_quotation_counts() -> None:
    assert quoted("\"He told us 'no' twice,\" she said.") == ["He told us 'no' twice,"]
    assert quoted("'He told us \"no\" twice,' she said.") == ['He told us "no" twice,']


def test_a_mark_never_closed_costs_its_own_quotation_only() -> None:
    assert quoted('He called it "wrong and left. "No," she said.') == ["No,"]
    assert quoted("He called it “wrong and left. “No,” she said.") == ["No,"]


def test_a_mark_that_closes_nothing_costs_nothing() -> None:
    assert quoted("He said no,” and left. “No,” she said.") == ["No,"]
    assert quoted('He said no," and left. "No," she said.') == ["No,"]


def test_a_stray_single_mark_does_not_swallow_a_quotation() -> None:
    assert quoted("He wrote 'no and left. \"No,\" she said of the crews' pay.") == ["No,"]


def test_a_quotation_left_open_is_told_apart() -> None:
    text = "She said: “We wait."

    assert find_quotes(text, 0, len(text)) == ([], text.index("We"))


def test_a_mark_at_the_end_opens_nothing() -> None:
    assert quoted('It was over "') == []


def test_a_quotation_from_the_paragraph_before_ends_at_the_first_closing_mark() -> None:
    text = "We hope,” he said. “It rains.”"
    spans, open_from = find_quotes(text, 0, len(text), resumes=True)

    assert ([text[a:b] for a, b in spans], open_from) == (["We hope,", "It rains."], None)


def test_a_full_stop_without_a_blank_may_stand_before_an_opening_mark() -> None:
    assert quoted('He left."We stay," she said.') == ["We stay,"]


@pytest.mark.xfail(
    strict=True, reason="a blank on the wrong side makes the mark look like an opening one"
)
def test_a_blank_may_stand_on_the_wrong_side_of_a_mark() -> None:
    assert quoted('"We stay, "she said.') == ["We stay, "]


def test_a_measure_in_inches_is_no_quotation() -> None:
    assert quoted('A 5" shell and a "big" one') == ["big"]
