import datetime as dt
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from stancekit.gazetteer import Gazetteer
from stancekit.lexicons import load_lexicon
from stancekit.mentions import find_mentions
from stancekit.records import Mention

CASES = Path(__file__).parent / "cases" / "mentions.jsonl"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


def mentions(gazetteer: Gazetteer, article: str, date: str | None = None) -> list[Mention]:
    day = dt.date.fromisoformat(date) if date else None
    found = find_mentions([article], [day], gazetteer)[0]
    assert all(article[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return found


def codes(gazetteer: Gazetteer, article: str, date: str | None = None) -> list[tuple[str, str]]:
    return [(m.text, "+".join(m.codes)) for m in mentions(gazetteer, article, date)]


def test_the_hand_made_cases_are_right_or_left_out(gazetteer: Gazetteer) -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    dates = [dt.date.fromisoformat(c["date"]) if c["date"] else None for c in cases]
    found = find_mentions([c["text"] for c in cases], dates, gazetteer)
    right, wrong = 0, []
    for case, document in zip(cases, found, strict=True):
        start = case["text"].index(case["mention"])
        at = [m for m in document if m.start <= start < m.end]
        if at and at[0].text == case["mention"] and list(at[0].codes) == case["codes"]:
            right += 1
        elif at:
            wrong.append((case["text"], at[0]))
    assert len(cases) >= 300
    assert wrong == []
    assert right >= 0.98 * len(cases)


def test_every_un_member_and_body_has_a_case() -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    seen = {code for case in cases for code in case["codes"]}
    named = {code for row in load_lexicon("names") for code in row[0].split(";") if code}

    assert named - seen == {"COK", "NIU", "MAC"}  # neither members nor observers


# Boundaries


def test_a_hyphen_and_a_possessive_end_a_name(gazetteer: Gazetteer) -> None:
    article = "US-led forces met anti-US and Iran-backed fighters; Iran’s envoy left."

    assert codes(gazetteer, article) == [
        ("US", "USA"), ("US", "USA"), ("Iran", "IRN"), ("Iran", "IRN"),
    ]  # fmt: skip


def test_a_name_inside_a_word_is_none(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Romans, Malice, Perugia and Omanyala are words; use us who can.") == []


def test_a_combining_form_names_its_country(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Sino-Indian talks") == [("Sino-", "CHN"), ("Indian", "IND")]


def test_indo_pacific_is_no_country(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "peace in the Indo-Pacific") == []


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    article = (
        "South Sudan, Guinea-Bissau, Papua New Guinea and the Democratic Republic of the Congo"
    )

    assert codes(gazetteer, article) == [
        ("South Sudan", "SSD"), ("Guinea-Bissau", "GNB"), ("Papua New Guinea", "PNG"),
        ("Democratic Republic of the Congo", "COD"),
    ]  # fmt: skip


def test_a_headline_in_capitals_names_countries(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "IRAN SLAMS WASHINGTON AFTER SYRIAN RAID") == [
        ("IRAN", "IRN"), ("WASHINGTON", "USA"), ("SYRIAN", "SYR"),
    ]  # fmt: skip


def test_a_pronoun_in_capitals_is_no_country(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "CONTACT US\nWHO WILL WIN THE CUP?\n") == []


def test_a_line_break_inside_a_name_does_not_hide_it(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "talks with South\nKorea") == [("South\nKorea", "KOR")]


def test_words_of_a_web_address_are_no_names(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "write to info@Iran or visit Russia.com") == []


# Names that need context


def test_georgia_beside_its_capital_or_russia_is_the_country(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Georgia complained. Moscow smiled.")[0] == ("Georgia", "GEO")


def test_georgia_beside_american_politics_is_the_state(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "The governor won Georgia again.") == [("Georgia", "USA")]


def test_georgia_without_a_hint_stays_open(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Georgia was on the list.") == [("Georgia", "GEO+USA")]


@pytest.mark.parametrize(
    "article",
    ["Michael Jordan scored.", "Georgia Meloni won.", "Chad Smith drums.", "Tom Holland acts."],
)
def test_a_given_name_or_a_surname_beside_it_makes_it_a_person(
    gazetteer: Gazetteer, article: str
) -> None:
    assert codes(gazetteer, article) == []


def test_the_name_of_its_holder_after_it_is_no_surname(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "The leader of Chad Idriss Deby died.", "2021-04-20") == [
        ("Chad", "TCD"), ("Idriss Deby", "TCD"),
    ]  # fmt: skip


def test_a_country_earlier_in_the_list_is_no_given_name(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "In Egypt, Michael Jordan slept.") == [("Egypt", "EGY")]


def test_a_title_case_headline_is_no_surname(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Jordan Condemns Raid on Border\n\n") == [("Jordan", "JOR")]


def test_congo_is_settled_by_a_neighbour_else_left_open(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Congo accused Rwanda.")[0] == ("Congo", "COD")
    assert codes(gazetteer, "Congo sent a team.") == [("Congo", "COD+COG")]


def test_korea_is_settled_by_the_document(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Korea won. Seoul cheered.")[0] == ("Korea", "KOR")
    assert codes(gazetteer, "Korea won.") == [("Korea", "PRK+KOR")]


def test_the_north_and_the_south_are_halves_of_a_named_pair(gazetteer: Gazetteer) -> None:
    article = "South Korea called. The North hung up on the South. North Korea was busy."

    assert ("North", "PRK") in codes(gazetteer, article)
    assert ("South", "KOR") in codes(gazetteer, article)
    assert codes(gazetteer, "Sudan warned South Sudan; the South replied.")[-1] == ("South", "SSD")


def test_the_south_without_a_pair_is_a_direction(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Rain fell in the South and the North Sea.") == []


def test_northern_ireland_is_british_and_ireland_is_not(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Northern Ireland and Ireland") == [
        ("Northern Ireland", "GBR"), ("Ireland", "IRL"),
    ]  # fmt: skip


def test_turkey_the_bird_is_no_country(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "A cold Turkey sandwich pleased Turkey.") == [("Turkey", "TUR")]


def test_a_town_of_the_same_name_is_no_capital(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "He was born in Paris, Texas, and died in Lebanon, Ohio.") == []


def test_a_language_is_no_country(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "She answered in French, and he spoke English.") == []
    assert codes(gazetteer, "He died in Chinese custody.") == [("Chinese", "CHN")]


def test_an_abbreviation_counts_only_beside_its_country(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "MAP reported it from Rabat.")[0] == ("MAP", "MAR")
    assert codes(gazetteer, "The MAP shows CAR parks.") == []


def test_a_shared_foreign_office_is_settled_by_the_document(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "The Foreign Office in Berlin.")[0] == ("Foreign Office", "DEU")
    assert codes(gazetteer, "The Foreign Office.") == [("Foreign Office", "GBR+DEU+PAK")]


def test_the_press_group_is_not_the_militia(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Reporters Without Borders (RSF) protested.") == []
    assert codes(gazetteer, "The RSF shelled the town.") == [("RSF", "SDN")]


# Places that speak for nobody


@pytest.mark.parametrize(
    "article",
    [
        "the Vienna Convention", "the Minsk agreements", "the Geneva talks", "the Washington Post",
        "the Paris climate accord", "the Beijing Olympics", "the New York Times",
        "the London School of Economics", "the Astana process", "the Oslo accords",
        "the University of Tokyo", "the Sea of Japan", "the South China Sea", "the Indian Ocean",
        "the Korean Peninsula", "the Persian Gulf", "the Gulf of Oman", "the English Channel",
        "the Taiwan Strait", "Latin American voters", "an African American poet", "New Mexico",
    ],
)  # fmt: skip
def test_a_place_inside_another_name_is_left_out(gazetteer: Gazetteer, article: str) -> None:
    assert codes(gazetteer, f"They spoke of {article} at length.") == []


def test_a_capital_before_a_verb_is_its_government(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Doha said talks would go on; Moscow talks tough.") == [
        ("Doha", "QAT"), ("Moscow", "RUS"),
    ]  # fmt: skip


# Persons


def test_the_office_at_the_date_gives_the_code(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Ban Ki-moon", "2005-06-01") == [("Ban Ki-moon", "KOR")]
    assert codes(gazetteer, "Ban Ki-moon", "2012-06-01") == [("Ban Ki-moon", "UN")]


def test_out_of_office_the_latest_term_before_the_date_counts(gazetteer: Gazetteer) -> None:
    article = "Former president Moon Jae-in sued."

    assert codes(gazetteer, article, "2024-01-01") == [("Moon Jae-in", "KOR")]


def test_accents_and_hyphens_do_not_hide_a_name(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Kim Jong-Un met Recep Tayyip Erdoğan.", "2019-01-01") == [
        ("Kim Jong-Un", "PRK"), ("Recep Tayyip Erdoğan", "TUR"),
    ]  # fmt: skip


def test_a_reason_names_the_office_and_the_term(gazetteer: Gazetteer) -> None:
    suga = mentions(gazetteer, "Yoshihide Suga spoke.", "2021-01-01")[0]

    assert suga.reason == "head of government of JPN 2020-09 to 2021-10"
    assert mentions(gazetteer, "Tokyo")[0].reason == "capital of JPN"
    assert mentions(gazetteer, "Iranians")[0].reason == "demonym of IRN"


def test_a_short_form_after_the_full_name_is_the_person(gazetteer: Gazetteer) -> None:
    article = "Shinzo Abe left. Mr Abe said so. Wang Yi stayed; Wang’s aide too."
    found = mentions(gazetteer, article, "2019-01-01")

    assert [m.text for m in found] == ["Shinzo Abe", "Abe", "Wang Yi", "Wang"]
    assert found[1].name == "Shinzo Abe"
    assert found[1].reason == "short for Shinzo Abe"


def test_a_surname_alone_is_nobody(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Wang said that Park and Moon had left.", "2019-01-01") == []


def test_a_surname_with_another_given_name_is_somebody_else(gazetteer: Gazetteer) -> None:
    article = "Mike Pence waved. Then Karen Pence left, and Pence followed."

    assert [m.start for m in mentions(gazetteer, article, "2019-01-01")] == [0, 45]


def test_a_shared_short_form_goes_to_the_nearest_full_name_before(gazetteer: Gazetteer) -> None:
    article = "Kim Jong Un met Kim Yo Jong. Kim smiled."

    assert mentions(gazetteer, article, "2021-01-01")[-1].name.startswith("Kim Yo")


def test_a_headline_may_come_before_the_full_name(gazetteer: Gazetteer) -> None:
    article = "Lavrov rejects offer\n\nSergei Lavrov spoke in Moscow."

    assert codes(gazetteer, article, "2023-01-01")[0] == ("Lavrov", "RUS")


def test_the_month_is_not_the_prime_minister(gazetteer: Gazetteer) -> None:
    article = "Theresa May left in May. May said so on May 5."

    assert [m.start for m in mentions(gazetteer, article, "2018-01-01")] == [0, 25]


def test_a_title_lets_the_surname_of_a_holder_in_office_stand(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "President Moon spoke.", "2020-01-01") == [("Moon", "KOR")]
    assert codes(gazetteer, "Secretary Blinken spoke.", "2022-01-01") == [("Blinken", "USA")]


def test_a_title_does_not_help_out_of_office(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "President Moon spoke.", "2010-01-01") == []


def test_a_university_named_for_a_holder_is_no_person(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "He taught at Angela Merkel University.", "2020-01-01") == []


def test_a_reader_may_add_holders() -> None:
    extra = [("Ada Quill", "NOR", "spokesperson", "2020-01-01", "")]
    gazetteer = Gazetteer(load_lexicon("names"), (), extra)

    assert codes(gazetteer, "Ada Quill denied it.", "2021-01-01") == [("Ada Quill", "NOR")]


def test_documents_and_dates_must_match_in_number(gazetteer: Gazetteer) -> None:
    articles: Sequence[str] = ["Iran", "Iraq"]

    with pytest.raises(ValueError, match="shorter"):
        find_mentions(articles, [None], gazetteer)


def test_an_empty_article_names_nothing(gazetteer: Gazetteer) -> None:
    assert find_mentions(["", " \n"], [None, None], gazetteer) == [[], []]
