import numpy as np
import pytest

from stancekit.records import Statement
from training.corpus import Document, GoldSentence, GoldStatement
from training.evaluate import Counts, assign, figures, match, score_end_to_end, stance_figures

TEXT = "Oslo condemned the raid. Boats left. Lima urged talks."


def gold(speaker: str | None, country: str | None, *stance: str) -> GoldStatement:
    return GoldStatement(speaker, country, None, stance)


def told(start: int, end: int, speaker: str | None, country: str | None, *stance: str) -> Statement:
    return Statement(
        TEXT[start:end], start, end, "indirect", speaker, None, country, None, stance, {}, 1.0, None
    )


@pytest.fixture
def document() -> Document:
    sentences = (
        GoldSentence(0, 24, (gold("Oslo", "NOR", "condemnation"),)),
        GoldSentence(25, 36, ()),
        GoldSentence(37, 54, (gold("Lima", "PER", "call_for_dialogue"),)),
    )
    return Document("d-1", TEXT, "2019-05-12", "dev", "restated", "raid", sentences)


RIGHT = [told(0, 23, "Oslo", "NOR", "condemnation"), told(37, 54, "Lima", "PER", "call_for_dialogue")]  # fmt: skip  # noqa: E501


class Fixed:
    """A model that always gives the same statements."""

    def __init__(self, statements: list[Statement]) -> None:
        self.statements = statements

    def predict_batch(self, texts: list[str], *, dates: object) -> list[list[Statement]]:
        return [self.statements for _ in texts]


def scores(document: Document, statements: list[Statement]) -> dict[str, float]:
    found = score_end_to_end(Fixed(statements), [document])  # type: ignore[arg-type]
    return {name: figure.value for name, figure in found.items()}


def test_right_statements_score_one_everywhere(document: Document) -> None:
    found = scores(document, RIGHT)

    assert found["statement"] == found["who_took_which_stance"] == 1.0
    assert found["country_of_found"] == found["country_end_to_end"] == 1.0
    assert found["speaker_of_found"] == found["target_of_found"] == 1.0


def test_a_missed_statement_costs_recall(document: Document) -> None:
    found = scores(document, RIGHT[:1])

    assert found["statement"] == pytest.approx(2 / 3)
    assert found["country_of_found"] == 1.0
    assert found["country_end_to_end"] == pytest.approx(2 / 3)


def test_a_false_alarm_costs_precision(document: Document) -> None:
    found = scores(document, [*RIGHT, told(25, 36, None, None)])

    assert found["statement"] == pytest.approx(4 / 5)


def test_a_statement_outside_every_labelled_sentence_is_a_false_alarm(document: Document) -> None:
    cut = Document(document.id, TEXT, None, "dev", "restated", "raid", document.sentences[:2])

    found = scores(cut, RIGHT)

    assert found["statement"] == pytest.approx(2 / 3)


def test_a_stance_on_the_wrong_country_is_no_hit(document: Document) -> None:
    found = scores(document, [told(0, 23, "Oslo", "SWE", "condemnation"), RIGHT[1]])

    assert found["who_took_which_stance"] == 0.5
    assert found["country_of_found"] == 0.5
    assert found["statement"] == 1.0


def test_an_unknown_country_is_right_only_where_it_is_unknown(document: Document) -> None:
    found = scores(document, [told(0, 23, "Oslo", None), RIGHT[1]])

    assert found["unknown_country"] == 0.0
    assert found["country_of_found"] == 0.5


def test_statements_go_to_the_sentence_that_they_overlap_most(document: Document) -> None:
    across = told(20, 36, None, None)

    found = assign(document, [*RIGHT, across])

    assert found == [[RIGHT[0]], [across], [RIGHT[1]], []]


def test_pairs_are_made_by_speaker_first_and_then_in_order() -> None:
    wanted = [gold("Oslo", "NOR"), gold(None, None), gold("the ministry", "PER")]
    found = [told(0, 5, "Peru's ministry", None), told(0, 5, "the ministry's envoy", None), told(0, 5, "Oslo", None)]  # fmt: skip  # noqa: E501

    pairs = match(wanted, found)

    assert {(g.speaker, s.speaker) for g, s in pairs} == {
        ("Oslo", "Oslo"),
        ("the ministry", "the ministry's envoy"),
        (None, "Peru's ministry"),
    }


def test_each_statement_is_paired_once() -> None:
    assert len(match([gold("Oslo", "NOR")] * 2, [told(0, 5, "Oslo", "NOR")])) == 1


def test_figures_are_micro_f1_with_an_interval_around_them() -> None:
    counts = []
    for hits in (1, 0, 1, 1, 0, 1, 1, 1):
        count = Counts()
        count.add("statement", hits, 1, 1)
        counts.append(count)

    figure = figures(counts)["statement"]

    assert figure.value == 0.75
    assert 0.3 < figure.low < 0.75 < figure.high <= 1.0
    assert str(figure) == f"0.750 [{figure.low:.3f}, {figure.high:.3f}]"


def test_stance_figures_give_f1_a_label_and_the_exact_sets() -> None:
    truth = np.array([[1, 0], [1, 1], [0, 0], [1, 0]], dtype=bool)
    chosen = np.array([[1, 0], [1, 0], [0, 0], [0, 0]], dtype=bool)

    found = stance_figures(chosen, truth, [0, 0, 1, 2], ("a", "b"))

    assert found["a"].value == pytest.approx(0.8)
    assert found["b"].value == 0.0
    assert found["macro_f1"].value == pytest.approx(0.4)
    assert found["exact_set"].value == 0.5
    assert found["a"].low < found["a"].value < found["a"].high
