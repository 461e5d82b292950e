"""What a table shows on a telephone: its first figures beside the first column.

The texts and dates that come between them step aside: they stand under the first column, in the
same cell, where the window is narrow, and in their own columns elsewhere (`aside` and `under` in
web/static/web/table.css).
"""

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from quittance.reports.render.formats import DASH, NUMERIC
from quittance.reports.report import Column
from quittance.web.table_views import Cell, Heading, Row, Table

ASIDE = "aside"
Marked = TypeVar("Marked", Cell, Heading)


def stepping_aside(columns: Collection[Column]) -> frozenset[str]:
    """The columns between the first one and the first figure; none where no figure follows."""
    rest = list(columns)[1:]
    figure = next((n for n, column in enumerate(rest) if column.kind in NUMERIC), 0)
    return frozenset(column.name for column in rest[:figure] if not column.is_prose)


def for_telephones(table: Table, names: Collection[str]) -> Table:
    """The table with some of its columns marked, and what they say beside the first cell."""
    places = {n for n, heading in enumerate(table.headings) if heading.name in names}
    if not places:
        return table
    return replace(
        table,
        headings=tuple(marked(one, is_so=n in places) for n, one in enumerate(table.headings)),
        rows=tuple(with_under(row, places) for row in table.rows),
        totals=tuple(cells_marked(cells, places) for cells in table.totals),
    )


def with_under(row: Row, places: Collection[int]) -> Row:
    """A row whose first cell says what its marked cells say."""
    texts = [row.cells[n].text for n in sorted(places)]
    under = " · ".join(text for text in texts if text and text != DASH)
    return replace(row, cells=cells_marked(row.cells, places), under=under)


def cells_marked(cells: tuple[Cell, ...], places: Collection[int]) -> tuple[Cell, ...]:
    """Cells, those at some places marked."""
    return tuple(marked(cell, is_so=n in places) for n, cell in enumerate(cells))


def marked(one: Marked, *, is_so: bool) -> Marked:
    """A cell or a heading with the class of what steps aside."""
    return replace(one, look=f"{one.look} {ASIDE}".strip()) if is_so else one
