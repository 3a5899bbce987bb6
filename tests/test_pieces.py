"""Long texts are read in pieces."""

import stancekit
from stancekit.pieces import PIECE, cut_into_pieces

STORY = "Nairobi condemned the raid.\n\nOslo urged both armies to talk.\n\n"


def test_a_short_text_stays_whole() -> None:
    assert cut_into_pieces("Oslo said no.") == [(0, "Oslo said no.")]


def test_pieces_make_up_the_text_again() -> None:
    for text in (STORY * 2_000, "a" * 3 * PIECE, "word " * PIECE, "One. " * PIECE, ""):
        pieces = cut_into_pieces(text)

        assert "".join(piece for _, piece in pieces) == text
        assert all(text[offset : offset + len(piece)] == piece for offset, piece in pieces)
        assert all(len(piece) <= PIECE for _, piece in pieces)


def test_pieces_are_cut_between_paragraphs() -> None:
    pieces = cut_into_pieces(STORY * 2_000)

    assert len(pieces) > 2
    assert all(piece.strip().startswith(("Nairobi", "Oslo")) for _, piece in pieces)


def test_a_statement_of_a_later_piece_stands_where_it_says(model: stancekit.Model) -> None:
    text = "The ferry left at dawn.\n\n" * (PIECE // 20) + STORY

    statements = model.predict(text, explain=True)

    assert [s.country for s in statements][-2:] == ["KEN", "NOR"]
    assert all(text[s.start : s.end] == s.text for s in statements)
    spans = (statements[-1].evidence or {})["call_for_dialogue"]
    assert all(len(text) - len(STORY) <= start < end <= len(text) for start, end, _ in spans)
