from pathlib import Path
from typing import Any

from training.corpus import Document, GoldSentence, GoldStatement
from training.summary import country_table, length_table, outlets, phrase_table, stance_table

Record = dict[str, Any]


def spoken(country: str | None, *stance: str, words: int = 6) -> Document:
    text = " ".join(["word"] * words)
    statement = GoldStatement(None, country, None, stance)
    sentences = (GoldSentence(0, len(text), (statement,)),)
    return Document("b-01-001", text, None, "train", "single", "t", sentences)


def test_a_statement_with_two_stances_counts_under_both_and_as_several() -> None:
    table = stance_table([spoken("FJI", "condemnation", "call_for_dialogue"), spoken("FJI")])

    assert (
        table.splitlines()[-1]
        == "| all | 2 | 1 (50 %) | 0 (0 %) | 1 (50 %) | 1 (50 %) | 1 (50 %) |"
    )


def test_joint_speakers_count_one_by_one_and_bodies_apart() -> None:
    table = country_table([spoken("FJI+UN"), spoken("FJI"), spoken(None)])

    assert table.splitlines()[0] == "1 states and territories, 1 bodies speak."
    assert "| FJI | 2 | 0 (0 %) | 0 (0 %) | 0 (0 %) | 2 (100 %) |" in table


def test_a_sentence_of_ten_words_is_in_the_class_up_to_ten() -> None:
    table = length_table([spoken("FJI", words=10), spoken("FJI", words=11)])

    assert "| up to 10 | 1 (50 %) |\n| up to 15 | 1 (50 %) |" in table


def test_outlets_are_hosts_and_invented_articles_have_none() -> None:
    addresses = ("https://www.paper.example/a", "http://paper.example:80/b", "invented")

    assert list(outlets({"source_url": a} for a in addresses)) == ["paper.example"] * 2


def test_near_misses_count_with_the_label_of_their_group(tmp_path: Path) -> None:
    (tmp_path / "blames.tsv").write_text(
        "phrase\tlabel\tgroup\tpolarity\n"
        "at fault\tcondemnation\tblames\tmember\n"
        "fault line\tnone\tblames\tnear_miss\n",
        encoding="utf-8",
    )

    assert "| condemnation | 1 | 1 | 1 |" in phrase_table(tmp_path)
