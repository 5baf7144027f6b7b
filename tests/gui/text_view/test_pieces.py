from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.gui.text_view import pieces as module
from annotator.gui.text_view.pieces import LONGEST, Pieces

texts = st.text(alphabet=st.sampled_from("ab .\n\n\u00a0\u2028🚢é\u0301قال”"), max_size=300)
cuts = st.lists(st.integers(0, 300), max_size=8)


@settings(deadline=None)
@given(texts, cuts)
@example("a🚢b", [1])
def test_every_code_point_has_one_place_and_back(text, edges):
    pieces = Pieces(text, edges)
    for position in range(len(text) + 1):
        number, offset = pieces.to_block(position)
        assert pieces.to_position(number, offset) == position
        before = pieces.text[pieces.starts[number] : position]
        assert offset == len(before.encode("utf-16-le")) // 2


@settings(deadline=None)
@given(texts, cuts)
def test_long_lines_are_cut_without_losing_a_character(text, edges):
    original, module.LONGEST = module.LONGEST, 12
    try:
        pieces = Pieces(text, [edge for edge in edges if edge <= len(text)])
    finally:
        module.LONGEST = original
    assert all(len(pieces.piece(number)) <= 12 for number in range(len(pieces)))
    joined = "".join(("" if pieces.continues(n) or n == 0 else "\n") + pieces.piece(n) for n in range(len(pieces)))
    assert joined == text
    for position in range(len(text) + 1):
        assert pieces.to_position(*pieces.to_block(position)) == position


@settings(deadline=None)
@given(texts, cuts)
def test_what_qt_is_given_is_as_long_as_the_pieces(text, edges):
    pieces = Pieces(text, [edge for edge in edges if edge <= len(text)])
    shown = pieces.shown(0, len(pieces))
    assert [len(line) for line in shown.split("\n")] == [len(pieces.piece(n)) for n in range(len(pieces))]
    half = len(pieces) // 2
    if half:
        assert shown == pieces.shown(0, half) + "\n" + pieces.shown(half, len(pieces))


def test_what_qt_would_take_for_something_else_is_shown_as_something_harmless():
    text = "a\u2029b\ufdd0c\ufdd1d\ufffce\rf\x00g\ud800h"
    pieces = Pieces(text)
    assert pieces.shown(0, 1) == "a\u2028b\ufffdc\ufffdd\ufffde\u2028f\ufffdg\ufffdh"
    assert pieces.text == text


def test_a_giant_line_is_cut_behind_sentences():
    sentence = "The council met again and put the vote off until the next day. "
    pieces = Pieces(sentence * 500)
    assert len(pieces) > 7
    assert all(pieces.piece(n).startswith("The council") for n in range(len(pieces)))
    assert all(len(pieces.piece(n)) <= LONGEST for n in range(len(pieces)))


def test_a_cut_keeps_a_letter_and_its_mark_together():
    text = "e\u0301" * LONGEST
    pieces = Pieces(text)
    assert all(pieces.piece(n)[0] == "e" for n in range(len(pieces)))


def test_an_edge_cuts_only_between_things_to_see():
    text = "Harbour Pause | Archive \n  body"
    assert Pieces(text, [13]).starts == [0, 14, 25]  # the blank stays behind the headline
    assert Pieces(text, [0, 23, 24, 25, 27, len(text)]).starts == [0, 25]


def test_blank_lines_behind_a_blank_line_collapse():
    pieces = Pieces("a\n\n \u00a0\n\nb\n\nc")
    assert [pieces.collapsed(n) for n in range(len(pieces))] == [False, False, True, True, False, False, False]


def test_direction_comes_from_the_first_strong_character_of_the_paragraph():
    arabic = "قال الوزير إن المحادثات مستمرة. "
    pieces = Pieces(f"12 {arabic}and so on\nThe {arabic}\n… 7\n" + arabic * 300 + "English end")
    assert [pieces.right_to_left(n) for n in range(3)] == [True, False, False]
    assert all(pieces.right_to_left(n) for n in range(3, len(pieces)))
    assert [pieces.bidirectional(n) for n in range(3)] == [True, True, False]
