import json
import random
import time
from itertools import pairwise
from pathlib import Path

import pytest

from stancekit.records import Sentence
from stancekit.sentences import split_sentences

CASES = Path(__file__).parent / "cases" / "sentences.jsonl"


def cases() -> list[object]:
    found = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [
        pytest.param(
            case["text"],
            case["sentences"],
            id=case["text"][:40],
            marks=[pytest.mark.xfail(strict=True, reason=case["why"])] if "why" in case else [],
        )
        for case in found
    ]


def kinds(article: str) -> list[str]:
    return [s.kind for s in split_sentences(article)]


def texts(article: str) -> list[str]:
    return [s.text for s in split_sentences(article)]


def body(article: str) -> str:
    sentence = split_sentences(article)[0]
    return article[sentence.body : sentence.end]


def check(article: str) -> list[Sentence]:
    """Hold sentences to the promises about offsets: true, in order, nothing but blanks left out."""
    sentences = split_sentences(article)
    assert all(article[s.start : s.end] == s.text and s.start <= s.body < s.end for s in sentences)
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in pairwise(sentences))
    for s in sentences:
        marks = [s.start, *(at for span in s.quoted for at in span), s.end]
        assert marks == sorted(marks)
    return sentences


@pytest.mark.parametrize(("text", "expected"), cases())
def test_sentences_end_where_a_reader_says(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


# Kinds

FURNITURE = [
    "Text size:",
    "READ MORE: Ten things to know about herring",
    "Related stories",
    "Share Tweet Email Print",
    "By Hana Mori and Per Lind",
    "By HANA MORI, Nordic Press",
    "Hana Mori in Bergen",
    "Reporting by Hana Mori; Editing by Per Lind",
    "(Reporting by Hana Mori in Bergen; Editing by Per Lind)",
    "The Associated Press contributed to this report.",
    "(H.Mori--NoPr)",
    "Photo: Ola Nord",
    "A trawler lies at anchor off Bergen, May 3, 2021. (AP Photo/Ola Nord)",
    "FILE PHOTO: A trawler lies at anchor off Bergen. REUTERS/Ola Nord",
    "In this photo released by the coast guard, a trawler burns.",
    "Tags: herring, Norway",
    "Published: 3 May 2021",
    "Mon 3 May 2021 10.15 BST",
    "3 min read",
    "Advertisement",
    "Sign up for our newsletter",
    "© 2021 Nordic Press. All rights reserved",
    "https://example.org/herring",
    "* * *",
    "-ends-",
    "Source: Xinhua",
    "Follow Hana Mori on Twitter",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_what_belongs_to_the_page_is_boilerplate(line: str) -> None:
    article = f"Oslo closes its ports\n\nNorway closed its ports on Monday.\n\n{line}\n\nIt rained."

    assert kinds(article) == ["headline", "prose", "boilerplate", "prose"]


NEAR_MISSES = [
    "Read more widely, the minister told his critics.",
    "Related matters were left to the next meeting.",
    "Watch keepers saw two lights that night.",
    "By the sea, nobody wanted a wall.",
    "By Monday Oslo had answered.",
    "Share prices fell in Oslo.",
    "Published reports put the number at nine.",
    "Advertisement spending fell by half.",
    "Source countries were not named.",
    "In this picture of gloom, Oslo saw one light.",
    "The agreement was signed in Bergen (see map).",
    "Contact was lost at noon.",
]


@pytest.mark.parametrize("line", NEAR_MISSES)
def test_prose_may_begin_with_the_words_of_page_furniture(line: str) -> None:
    article = f"Oslo closes its ports\n\nNorway closed its ports on Monday.\n\n{line}\n\nIt rained."

    assert kinds(article) == ["headline", "prose", "prose", "prose"]


HEADERS = [
    "Statement by the Spokesperson of the Ministry of Foreign Affairs of Peru on fishing rights",
    "Joint Statement of the Foreign Ministers of Peru and Chile",
    "Foreign Ministry Spokesperson Ana Ruiz's Regular Press Conference on May 3, 2021",
    "Foreign Secretary statement on the strait: 3 May 2021",
    "MINISTRY OF FISHERIES, REPUBLIC OF PERU",
    "Embassy of the Kingdom of Norway in Lima",
    "Communiqué No. 11",
    "Press release",
    "FOR IMMEDIATE RELEASE",
]


@pytest.mark.parametrize("line", HEADERS)
def test_the_head_of_a_press_release_is_a_header(line: str) -> None:
    assert kinds(f"{line}\n\nThe fleet goes home.\n\nIt must not return.")[0] == "header"


@pytest.mark.parametrize(
    "line",
    [
        "Tokyo slams launch",
        "Launch a 'provocation': Seoul",
        "Iran Rejects Statement by Three Powers",
        "Peru's answer to Chile is too weak, says Quito",
        "Embassy of Norway in Lima condemns raid",
        "Is a truce near?",
        "Oslo Closes Its Ports To All Foreign Trawlers.",
        pytest.param(
            "Statement on strait angers Lima",
            marks=pytest.mark.xfail(strict=True, reason="its verb is no reporting verb"),
        ),
        pytest.param(
            "Oslo closes ports to trawlers, says fish is 'its own.'",
            marks=pytest.mark.xfail(strict=True, reason="a headline with a full stop, in small"),
        ),
    ],
)
def test_a_first_line_without_a_sentence_is_a_headline(line: str) -> None:
    assert kinds(f"{line}\n\nThe fleet goes home.\n\nIt must not return.")[0] == "headline"


def test_a_repeated_headline_counts_once_and_without_the_name_of_the_site() -> None:
    line = "Norway closes all its ports"
    article = f"The Bergen Post - {line}\n\nBergen -\n{line}\n{line}\n\nIt rained."

    assert kinds(article) == ["boilerplate", "boilerplate", "headline", "boilerplate", "prose"]


def test_a_heading_between_paragraphs_is_a_headline() -> None:
    article = "It rained.\n\n- 'A narrow gap' -\n\nThen it stopped.\n\nOther fish to fry\n\nEnd it."

    assert kinds(article) == ["prose", "boilerplate", "prose", "headline", "prose"]


def test_the_points_of_a_list_are_prose() -> None:
    article = (
        "The Ministry demands:\n- the release of the crew;\n• an end to the raids\n(b) a talk."
    )

    assert kinds(article) == ["prose"] * 4


def test_the_name_under_a_press_release_is_boilerplate() -> None:
    article = (
        "Statement on fishing\nLima, 3 May 2021\n\nThe fleet goes home.\n\nMinistry of Fisheries"
    )

    assert kinds(article) == ["header", "boilerplate", "prose", "boilerplate"]


# Where the text begins


@pytest.mark.parametrize(
    "dateline",
    [
        "OSLO (AP) — ",
        "OSLO, Norway (AP) — ",
        "OSLO, May 3 (Reuters) - ",
        "BEIJING, Feb. 5 (Xinhua) -- ",
        "LIMA/QUITO — ",
        "Oslo (AFP) - ",
        "Oslo, 3 May 2021 — ",
        "MOSCOW, May 3. /TASS/. ",
        "(CNN)",
        "(Reuters) - ",
        "ISLAMABAD: ",
        "Nairobi, Kenya: ",
        "date 2021-05-03 ",
        "4:41 a.m. ",
    ],
)
def test_a_dateline_is_no_part_of_the_body(dateline: str) -> None:
    assert body(f"{dateline}Norway closed its ports. It rained.") == "Norway closed its ports."


@pytest.mark.parametrize(
    "sentence",
    [
        "MR. OLSEN: Good afternoon.",
        "QUESTION: Will you talk?",
        "Oslo - long a friend of Lima - closed its ports.",
        "The port (a small one) - closed since May - reopened.",
    ],
)
def test_a_speaker_or_an_aside_is_no_dateline(sentence: str) -> None:
    assert body(sentence) == sentence


# Paragraphs


def test_lines_broken_in_the_middle_of_a_sentence_are_one_paragraph() -> None:
    article = (
        "The minister told the chamber on Tuesday that no boat would leave the\n"
        "harbour before the inquiry was over. Her deputy asked for patience in\n"
        "Bergen.\n"
        "Nobody spoke against it, and the members of the committee went home to\n"
        "their beds."
    )

    assert [s.paragraph for s in split_sentences(article)] == [0, 0, 1]


def test_a_paragraph_a_line_needs_no_blank_line() -> None:
    article = "Norway closed its ports on Monday. It rained.\nPeru kept its own ports open."

    assert [s.paragraph for s in split_sentences(article)] == [0, 0, 1]


# Quotations over several sentences and paragraphs


def test_a_quotation_that_opens_every_paragraph_runs_until_it_is_closed() -> None:
    article = "“We wait.\n\n“We hope. We pray.\n\n“We go,” he said. It rained."
    sentences = split_sentences(article)

    assert [s.continues_quote for s in sentences] == [False, True, True, True, False]
    assert [article[a:b] for s in sentences for a, b in s.quoted] == [
        "We wait.", "We hope.", "We pray.", "We go,",
    ]  # fmt: skip


def test_a_quotation_may_go_on_without_a_new_mark() -> None:
    article = "“We wait.\n\nWe hope,” he said. It rained."
    sentences = split_sentences(article)

    assert [s.continues_quote for s in sentences] == [False, True, False]
    assert [article[a:b] for s in sentences for a, b in s.quoted] == ["We wait.", "We hope,"]


def test_a_line_of_the_page_does_not_end_a_quotation() -> None:
    sentences = split_sentences("He spoke.\n\n“We wait.\n\nREAD MORE: Fish\n\n“We hope,” he said.")

    assert [s.continues_quote for s in sentences] == [False, False, False, True]


def test_a_mark_never_closed_costs_its_own_sentence_only() -> None:
    article = 'He called it "wrong and left. He slept.\n\nNo more was heard. "Fine," she said.'
    quoted = [[article[a:b] for a, b in s.quoted] for s in split_sentences(article)]

    assert quoted == [["wrong and left."], [], [], ["Fine,"]]


# Anything at all


@pytest.mark.parametrize("article", ["", " \n\t ", "\ufeff", ".", '"', "\ud800", "…", "a"])
def test_no_text_is_too_odd(article: str) -> None:
    check(article)


def test_bytes_are_refused() -> None:
    with pytest.raises(TypeError, match="an article is a str, not bytes"):
        split_sentences(b"Norway closed its ports.")  # type: ignore[arg-type]  # the point of it


def test_offsets_stay_true_on_noise() -> None:
    pieces = [*"\"“”‘’'«»„.!?…:;,()[]-—* \n\r\t", "Mr", "U.S", "He", "said", "''", "``", "\u00a0"]
    pieces += [
        "\ud800",
        "2.",
        "By ",
        "(AP) —",
        "OSLO",
        "\u2028",
        "\x85",
        "É",
        "\u3000",
        "Text size:",
    ]
    noise = random.Random(7)

    for _ in range(2000):
        check("".join(noise.choices(pieces, k=noise.randrange(40))))


@pytest.mark.parametrize(
    "unit",
    ['"', ".", "A", "“", "”", "'", "ab.Cd", ". ", '"A. B" ', "Mr.\t", "\n", "a\n", 'ab."A', "- "],
)
def test_time_grows_with_the_text_only(unit: str) -> None:
    begin = time.process_time()
    check(unit * (400_000 // len(unit)))

    assert time.process_time() - begin < 20  # a quadratic step would take many minutes
