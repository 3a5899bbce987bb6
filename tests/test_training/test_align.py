from pathlib import Path

import pytest

from stancekit.gazetteer import Gazetteer
from training.align import Aligned, align
from training.corpus import Document, GoldSentence, GoldStatement
from training.drafts import known_codes, read_article_drafts
from training.rows import analyse


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


def aligned(gazetteer: Gazetteer, folder: Path, draft: str) -> tuple[Document, list[Aligned]]:
    path = folder / "batch.txt"
    path.write_text(f"# a | 2019-05-12 | wire | raid | raid | invented\n{draft}")
    (record,) = read_article_drafts(path, known_codes())
    sentences = tuple(
        GoldSentence(s["start"], s["end"], tuple(gold(x) for x in s["statements"]))
        for s in record["sentences"]
    )
    document = Document("a", record["text"], None, "train", "invented", "raid", sentences)
    (analysis,) = analyse([document], gazetteer)
    return document, align(document, analysis)


def gold(label: dict[str, object]) -> GoldStatement:
    return GoldStatement(
        label["speaker"], label["country"], label["target"], tuple(label["stance"])  # type: ignore[arg-type]
    )  # fmt: skip


def labelled(document: Document, pairs: list[Aligned]) -> list[tuple[str | None, list[str | None]]]:
    return [
        (
            document.text[slice(*p.candidate.source)] if p.candidate.source else None,
            [g.speaker for g in p.gold],
        )
        for p in pairs
        if p.gold
    ]


def test_a_label_goes_to_the_candidate_with_its_speaker(
    gazetteer: Gazetteer, tmp_path: Path
) -> None:
    found = aligned(
        gazetteer, tmp_path,
        "Kenya condemned the raid, but Uganda said that its troops had kept the law.\n"
        "> Kenya | KEN | UGA | C\n> Uganda | UGA | UGA | J\n",
    )  # fmt: skip

    assert labelled(*found) == [("Kenya", ["Kenya"]), ("Uganda", ["Uganda"])]


def test_narration_leaves_every_candidate_without_a_label(
    gazetteer: Gazetteer, tmp_path: Path
) -> None:
    document, pairs = aligned(gazetteer, tmp_path, "Kenya agreed to buy the ferry.\n")

    assert labelled(document, pairs) == []


def test_every_candidate_is_returned_in_order(gazetteer: Gazetteer, tmp_path: Path) -> None:
    _, pairs = aligned(
        gazetteer, tmp_path,
        "Kenya condemned the raid.\n> Kenya | KEN | - | C\nThe ferry left.\nUganda denied it.\n"
        "> Uganda | UGA | UGA | J\n",
    )  # fmt: skip

    sentences = [pair.candidate.sentence for pair in pairs]
    assert sentences == sorted(sentences)
    assert [pair.gold[0].speaker for pair in pairs if pair.gold] == ["Kenya", "Uganda"]


def test_speakers_of_one_source_share_its_candidate(gazetteer: Gazetteer, tmp_path: Path) -> None:
    document, pairs = aligned(
        gazetteer, tmp_path,
        "Kenya and Uganda condemned the raid.\n> Kenya | KEN | - | C\n> Uganda | UGA | - | C\n",
    )  # fmt: skip

    (source, speakers), *rest = labelled(document, pairs)
    assert source == "Kenya and Uganda"
    assert set(speakers) == {"Kenya", "Uganda"}
    assert rest == []


def test_a_label_without_a_speaker_goes_to_the_sentence_as_a_whole(
    gazetteer: Gazetteer, tmp_path: Path
) -> None:
    document, pairs = aligned(
        gazetteer, tmp_path,
        'Kenya condemned the raid.\n> Kenya | KEN | - | C\n"Both sides must stop firing now."\n'
        "> - | KEN | - | D\n",
    )  # fmt: skip

    found = labelled(document, pairs)
    assert (None, [None]) in found
