from collections.abc import Callable

import pytest

from stancekit.gazetteer import Gazetteer
from stancekit.roles import BODIES
from training.corpus import Document, GoldSentence, GoldStatement
from training.counterparts import Counterparts, opens_with_vowel
from training.swap import NoCounterpartError, Swapped, swap, swap_all

Double = Callable[..., Swapped]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


@pytest.fixture(scope="module")
def double(gazetteer: Gazetteer) -> Double:
    counterparts = Counterparts(gazetteer)

    def swap_text(
        text: str, *statements: GoldStatement, date: str | None = "2019-05-12"
    ) -> Swapped:
        sentence = GoldSentence(0, len(text), statements)
        document = Document("d-1", text, date, "dev", "restated", "raid", (sentence,))
        return swap(document, gazetteer, counterparts)

    return swap_text


def test_a_country_is_swapped_in_every_form_and_everywhere(double: Double) -> None:
    found = double("Kenya said Nairobi spoke for Kenya, and Kenyans agreed: Kenyan seas are calm.")

    (code,) = found.codes.values()
    assert found.codes.keys() == {"KEN"} and code != "KEN"
    assert "Keny" not in found.document.text and "Nairobi" not in found.document.text
    kinds = [(m.kind, m.codes) for m in found.mentions]
    assert kinds == [
        ("country", (code,)), ("capital", (code,)), ("country", (code,)),
        ("demonym", (code,)), ("demonym", (code,)),
    ]  # fmt: skip
    assert found.mentions[0].text == found.mentions[2].text


def test_what_is_no_name_stays_as_it_is(double: Double) -> None:
    text = "At noon Kenya said that 14 boats had left the pier on Monday."

    found = double(text)

    before, after = text.split("Kenya")
    assert found.document.text.startswith(before)
    assert found.document.text.endswith(after)


def test_places_are_moved_along(double: Double) -> None:
    text = "Kenya told Uganda to wait."

    found = double(text)

    new = found.document.text
    start, end = found.span((text.index("Uganda"), text.index("Uganda") + 6))
    assert new[start:end] == found.mentions[1].text
    assert new[found.place(text.index("told")) :].startswith("told ")
    assert found.place(0) == 0
    assert found.place(len(text)) == len(new)


def test_labels_are_moved_along(double: Double) -> None:
    label = GoldStatement("Kenya", "KEN", "KEN+UGA", ("condemnation",))

    found = double("Kenya told Uganda to wait.", label)

    (sentence,) = found.document.sentences
    (moved,) = sentence.statements
    assert (sentence.start, sentence.end) == (0, len(found.document.text))
    assert moved.speaker == found.mentions[0].text
    assert moved.country == found.codes["KEN"]
    assert moved.target == "+".join(sorted([found.codes["KEN"], found.codes["UGA"]]))
    assert moved.stance == ("condemnation",)


def test_two_countries_stay_two(double: Double) -> None:
    found = double("Kenya, Uganda and Rwanda met.")

    assert len(set(found.codes.values())) == 3
    assert set(found.codes.values()).isdisjoint(found.codes)


def test_bodies_stand_for_bodies_and_states_for_states(double: Double) -> None:
    found = double("Kenya told the European Union that NATO was welcome.")

    assert found.codes["KEN"] not in BODIES
    assert {found.codes["EU"], found.codes["NATO"]} <= BODIES


def test_a_person_becomes_a_holder_of_the_like_office_at_the_time(double: Double) -> None:
    found = double("Foreign Minister Sergei Lavrov spoke. Later Lavrov left.", date="2015-03-01")

    full, short = found.mentions
    assert full.kind == short.kind == "person"
    assert full.name != "Sergei Lavrov" and short.name == full.name
    assert short.text in full.text and len(short.text) < len(full.text)
    assert full.codes == (found.codes["RUS"],)
    assert "foreign minister" in full.reason


def test_headlines_in_capitals_stay_in_capitals(double: Double) -> None:
    found = double("KENYA PROTESTS\n\nThe note came from Kenya.")

    assert found.document.text.split(" ")[0].isupper()
    assert found.mentions[0].text == found.mentions[1].text.upper()


def test_the_article_before_a_name_still_fits(double: Double) -> None:
    for name in ("an Iranian", "a Kenyan", "a British", "an Italian"):
        found = double(f"It was {name} boat.")

        assert opens_with_vowel(found.mentions[0].text) == name.startswith("an ")


@pytest.mark.parametrize("name", ["United States", "Netherlands", "Philippines"])
def test_a_name_with_the_has_a_counterpart_with_the(double: Double, name: str) -> None:
    found = double(f"It was the {name} that spoke.")

    assert found.mentions[0].text.split(" ")[0] in {
        "United", "Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Comoros",
        "Seychelles", "Vatican", "Democratic", "Dominican", "Central", "Marshall", "Solomon",
        "Cook", "Republic", "Czech",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The boats left at noon.", "names no country"),
        ("Brussels spoke.", "a name of several countries"),
        ("Kenya honoured JFK.", "no counterpart, mostly for want of a like person"),
    ],
)
def test_an_article_without_counterparts_is_left_out(
    double: Double, text: str, reason: str
) -> None:
    with pytest.raises(NoCounterpartError, match=reason):
        double(text)


def test_those_left_out_are_counted_by_reason(gazetteer: Gazetteer) -> None:
    texts = ["Kenya spoke.", "Boats left.", "Rain fell.", "Brussels spoke."]
    documents = [
        Document(f"d-{n}", text, None, "dev", "restated", "raid", ())
        for n, text in enumerate(texts)
    ]

    found, left_out = swap_all(documents, gazetteer)

    assert [double.original.id for double in found] == ["d-0"]
    assert left_out == {"names no country": 2, "a name of several countries": 1}


def test_a_swap_is_the_same_each_time(double: Double) -> None:
    assert double("Kenya told Uganda to wait.") == double("Kenya told Uganda to wait.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iranian", True), ("Kenyan", False), ("Ukrainian", False), ("Ugandan", False),
        ("European Union", False), ("Egyptian", True), ("EU", True), ("UN", False),
        ("U.S.", False), ("NATO", False), ("Uzbek", True), ("United States", False),
    ],
)  # fmt: skip
def test_an_goes_before_a_vowel_that_is_heard(text: str, expected: bool) -> None:
    assert opens_with_vowel(text) is expected
