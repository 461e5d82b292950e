"""Widths, wrapping and room for labels."""

from hypothesis import given
from hypothesis import strategies as st

from quittance.reports.render.chart_text import Room, longest_word, shortened, text_width, wrapped


@given(st.text(max_size=60), st.floats(20, 300))
def test_a_shortened_text_fits(text: str, width: float) -> None:
    assert text_width(shortened(text, width)) <= width


@given(st.text(alphabet="abc WM", max_size=60), st.integers(1, 4))
def test_wrapped_lines_fit_and_are_not_too_many(text: str, lines: int) -> None:
    found = wrapped(text, 60, lines=lines)
    assert len(found) <= lines
    assert all(text_width(line) <= 60 for line in found)


def test_wrapping_keeps_every_word_when_there_is_room() -> None:
    assert wrapped("Plus de 90 jours", 60, lines=3) == ["Plus de", "90 jours"]
    assert wrapped("Société Générale de Travaux Publics", 60, lines=2)[-1].endswith("…")
    assert longest_word("a bcd") == text_width("bcd")


def test_two_labels_never_take_the_same_room() -> None:
    room = Room()
    assert room.take(50, 20, width=40)
    assert not room.take(80, 20, width=40)
    assert room.take(80, 40, width=40)
    assert not room.take(95, 36, width=10, anchor="start")


def test_labels_keep_away_from_marks_and_lines() -> None:
    room = Room()
    room.block(0, 0, right=10, bottom=50)
    room.block_line([(20, 0), (60, 40)])
    assert not room.take(5, 30, width=8)
    assert not room.take(40, 22, width=8)
    assert room.take(50, 8, width=8)
