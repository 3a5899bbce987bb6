from pathlib import Path

import pytest

from stancekit.lexicons import load_lexicon
from training.corpus import DATA
from training.phrases import read_phrases, write_classes

HEADER = "phrase\tlabel\tgroup\tpolarity\n"


def test_rows_are_read_file_by_file_in_lower_case(tmp_path: Path) -> None:
    (tmp_path / "b.tsv").write_text(f"{HEADER}Talks\tcall_for_dialogue\ttalks\tmember\n")
    (tmp_path / "a.tsv").write_text(f"{HEADER}tall talks\t-\ttalks\tnear_miss\n")

    assert read_phrases(tmp_path) == [
        ("tall talks", "-", "talks", "near_miss"),
        ("talks", "call_for_dialogue", "talks", "member"),
    ]


@pytest.mark.parametrize("row", ["talks\ttalks\tmember", "a\tb\tc\td\te", "talks\tx\ttalks\tno"])
def test_a_row_that_is_wrong_names_its_line(tmp_path: Path, row: str) -> None:
    (tmp_path / "a.tsv").write_text(f"{HEADER}ok\tx\tg\tmember\n{row}\n")

    with pytest.raises(ValueError, match=r"a\.tsv:3: expected phrase, label, group, polarity"):
        read_phrases(tmp_path)


def test_the_lexicon_is_sorted_and_without_repetitions(tmp_path: Path) -> None:
    rows = "talks\tx\ttalks\tmember\nTalks\ty\ttalks\tmember\na truce\tx\ttruce\tmember\n"
    (tmp_path / "a.tsv").write_text(HEADER + rows)

    count = write_classes(tmp_path, tmp_path / "classes.out")

    assert count == 2
    assert (tmp_path / "classes.out").read_text() == (
        "phrase\tgroup\tpolarity\na truce\ttruce\tmember\ntalks\ttalks\tmember\n"
    )


def test_the_lexicon_that_ships_is_built_from_the_phrase_book(tmp_path: Path) -> None:
    write_classes(DATA / "phrases", tmp_path / "classes.tsv")

    built = (tmp_path / "classes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert tuple(tuple(line.split("\t")) for line in built) == load_lexicon("classes")
