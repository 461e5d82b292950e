"""Tables in a terminal."""

import io
from collections.abc import Callable

import pytest
from rich.console import Console

from quittance.reports.render.tables import complete, table_of
from quittance.reports.render.terminal_table import grids
from quittance.reports.report import Report


def drawn(report: Report, width: int, *, colours: bool = False) -> list[str]:
    table = table_of(complete(report), "fr", limit=40)
    assert table is not None
    pieces = []
    for grid in grids(table, "fr", width=width):
        out = io.StringIO()
        system = "standard" if colours else None
        Console(file=out, width=width, color_system=system, force_terminal=colours).print(grid)  # type: ignore[arg-type]
        pieces.append(out.getvalue())
    return pieces


@pytest.mark.parametrize("width", [50, 80, 120, 250])
def test_amounts_are_never_cut(report: Report, width: int) -> None:
    pieces = drawn(report, width)
    text = "".join(pieces)
    for amount in ("59\u202f365,64", "-499\u202f847", "28/12/2025", "18,18\u00a0%"):
        assert amount in text
    assert all(len(line) <= width for line in text.splitlines())


def test_each_piece_repeats_the_first_column_and_the_currency(report: Report) -> None:
    pieces = drawn(report, 80)
    assert len(pieces) > 1
    for piece in pieces:
        assert all(word in piece for word in ("Code", "C001", "Devise", "JPY"))
    assert len(drawn(report, 250)) == 1


def test_texts_take_the_room_that_is_left(report: Report) -> None:
    assert "Constructions métalliques et charpentes du Val de Loire SAS" in drawn(report, 250)[0]


def test_negative_amounts_are_red_and_totals_bold(open_items: Callable[[int], Report]) -> None:
    (text,) = drawn(open_items(3), 100, colours=True)
    assert "\x1b[31m" in text
    assert "\x1b[1mTotal" in text
