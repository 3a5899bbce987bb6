import re
from collections.abc import Mapping

import pytest

from stancekit.records import Attribution, Mention, Sentence
from stancekit.roles import role_fields, role_text

NAMES = {
    "Oslo": ("capital", ("NOR",)),
    "Norwegian": ("demonym", ("NOR",)),
    "Lima": ("capital", ("PER",)),
    "Peru": ("country", ("PER",)),
    "United States": ("country", ("USA",)),
    "US": ("country", ("USA",)),
    "Sino-": ("demonym", ("CHN",)),
    "Hispano-": ("demonym", ("ESP",)),
    "British": ("demonym", ("GBR",)),
    "South Korean": ("demonym", ("KOR",)),
    "UN": ("body", ("UN",)),
    "Brussels": ("capital", ("EU", "BEL")),
    "Jan Berg": ("person", ()),
    "the Norwegian foreign minister Ine Marie Eriksen Soreide": ("person", ("NOR",)),
}


def fields(
    text: str,
    country: str | None = "NOR",
    *,
    source: str | None = None,
    cue: str | None = None,
    form: str = "before",
    body: int = 0,
    stems: Mapping[str, str] | None = None,
) -> list[list[str]]:
    """Return the tokens of a one-sentence article's only statement, field by field."""
    mentions, last = [], 0
    names = "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
    for match in re.finditer(names, text):
        if match.start() >= last:
            kind, codes = NAMES[match.group()]
            last = match.end()
            mentions.append(Mention(match.group(), *match.span(), kind, codes, match.group(), ""))  # type: ignore[arg-type]
    spans = [(text.index(w), text.index(w) + len(w)) if w else None for w in (source, cue)]
    attribution = Attribution(
        0, (0, len(text)), form, source=spans[0], cue=spans[1], cue_class="hostile verb"
    )
    sentence = Sentence(text, 0, len(text), 0, body)
    found = role_fields(text, sentence, attribution, mentions, country, stems or {})
    return [[token for _, _, token in field] for field in found]


def words(text: str, country: str | None = "NOR", **options: object) -> str:
    return " ".join(fields(text, country, **options)[0])  # type: ignore[arg-type]


def test_names_become_roles_relative_to_the_speaker() -> None:
    text = "norms bind Oslo, Lima and the UN"

    assert words(text, "NOR") == "norms bind _own_ _other_ and the _org_"
    assert words(text, "PER") == "norms bind _other_ _own_ and the _org_"
    assert words(text, None) == "norms bind _other_ and the _org_"


def test_a_body_that_speaks_is_its_own() -> None:
    assert words("calls on the UN and Lima", "UN") == "calls on the _own_ and _other_"


def test_each_of_two_speakers_is_own() -> None:
    assert words("blames Oslo or Lima", "NOR+PER") == "blames _own_ or _own_"


def test_a_name_of_a_country_or_a_body_counts_as_a_country() -> None:
    assert words("blames Brussels") == "blames _other_"


def test_people_of_unknown_country_and_unknown_names_are_names() -> None:
    assert words("blames Jan Berg and Karl Holm") == "blames _name_ and _name_"


def test_the_first_word_is_a_word_although_capitalised() -> None:
    assert words("Troops crossed the river") == "troops crossed the river"


def test_numbers_and_dates_become_classes() -> None:
    found = words("on Monday, 3 May and the 14th they may fire 2,000 shells")

    assert found == "on _date_ _num_ _date_ and the _num_ they may fire _num_ shells"


def test_a_dateline_is_left_out() -> None:
    text = "LIMA — Troops crossed"

    assert words(text, body=text.index("Troops")) == "troops crossed"


def test_who_says_it_is_marked_and_apart_from_what_is_said() -> None:
    found = words("Oslo has rejected the claim", source="Oslo", cue="rejected")

    assert found == "said:has said:rejected the claim"


def test_words_far_before_the_verb_are_no_helpers() -> None:
    text = "Oslo, a party to none of the many accords that bind the coast, rejected it"

    assert "said:party" not in words(text, source="Oslo", cue="rejected").split()


def test_a_negation_reaches_three_words() -> None:
    found = words("it did not break any law here").split()

    assert {"not_break", "not_any", "not_law"} <= set(found)
    assert "not_here" not in found


def test_words_are_stemmed_and_others_stay() -> None:
    assert words("missiles flew over", stems={"missiles": "missil"}) == "missil flew over"


def test_a_class_is_crossed_with_the_role_before_and_after_it() -> None:
    text = "that Peru had shown aggression against Oslo"

    own, other = fields(text, "PER")[1], fields(text, "KEN")[1]

    assert {"own<aggression_invasion", "aggression_invasion>other"} <= set(own)
    assert {"other<aggression_invasion", "aggression_invasion>other"} <= set(other)


def test_a_class_in_the_reporting_words_is_marked_as_told() -> None:
    found = fields("Oslo rejects it as aggression", source="Oslo", cue="rejects")[1]

    assert any(token.startswith("said_") for token in found)
    assert "aggression_invasion" in found and "said_aggression_invasion" not in found


def test_a_negated_class_is_marked() -> None:
    assert "not_aggression_invasion" in fields("this is not aggression at all")[1]


def test_the_form_tells_how_the_source_is_tied_to_the_words() -> None:
    found = fields("Oslo rejects it", source="Oslo", cue="rejects")[2]

    assert found == ["form:before", "kind:indirect", "place:prose", "cue:hostile", "cue:verb"]


@pytest.mark.parametrize("text", ["", "?!", "“", "' ' '", "\u202e", "a\u2028b", "1"])
def test_odd_text_has_every_field(text: str) -> None:
    found = fields(text)

    assert len(found) == len(fields("Oslo rejects it", source="Oslo", cue="rejects"))
    assert all(token and not token.isspace() for field in found for token in field)


def test_the_words_stand_as_they_are_in_a_field_of_their_own() -> None:
    found = fields("Oslo rejects missiles!", source="Oslo", cue="rejects", stems={"missiles": "x"})

    assert found[3] == ["_own_", "rejects", "missiles"]


def test_the_text_of_a_statement_has_a_tab_between_fields() -> None:
    assert role_text([[(0, 1, "a"), (2, 3, "b")], [], [(0, 0, "form:x")]]) == "a b\t\tform:x"


def test_words_of_a_name_belong_to_no_class() -> None:
    assert fields("calls on the United States")[1] == fields("calls on the US")[1]


def test_the_length_of_a_name_does_not_decide_what_is_a_helper() -> None:
    long = "the Norwegian foreign minister Ine Marie Eriksen Soreide"

    found = words(f"Lima, with {long}, has denied it", "PER", source="Lima", cue="denied")

    assert found == words("Lima, with Oslo, has denied it", "PER", source="Lima", cue="denied")


def test_two_names_in_one_word_are_two_roles() -> None:
    one = words("honour the Sino-British accord", "GBR")

    assert one == words("honour the Hispano-South Korean accord", "KOR")
