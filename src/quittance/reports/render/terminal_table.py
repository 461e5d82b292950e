"""A table in a terminal: amounts are never cut; what does not fit goes into a second table."""

import textwrap
from collections.abc import Iterator

from rich import box
from rich.cells import cell_len
from rich.table import Table as Grid
from rich.text import Text

from quittance.core.phrase import Language
from quittance.reports.render.formats import DASH, NUMERIC
from quittance.reports.render.tables import Table, headings
from quittance.reports.report import Column

TEXT_MIN, TEXT_MAX = 18, 60
SENTENCE_MIN = 28  # a sentence is never cut: it goes on in the next line of its cell
BETWEEN = 2


def grids(table: Table, lang: Language, *, width: int) -> Iterator[Grid]:
    """The table in as many pieces as the width needs, each with the first column again."""
    names = headings(table.columns, lang)
    natural = [_natural(table, place) for place in range(len(names))]
    least = [_least(table.columns[n], names[n], natural=natural[n]) for n in range(len(names))]
    for places in _pieces(table, least, width=width):
        spare = width + BETWEEN - sum(least[place] + BETWEEN for place in places)
        yield _grid(table, names, widths=_shared(least, natural, places=places, spare=spare))


def _pieces(table: Table, least: list[int], *, width: int) -> list[list[int]]:
    """The columns of each piece: the first one and the currency, then as many others as fit."""
    keys = [n for n, column in enumerate(table.columns) if n == 0 or column.name == "currency"]
    start = sum(least[n] + BETWEEN for n in keys)
    pieces, used = [list(keys)], start
    for place, wide in enumerate(least):
        if place in keys:
            continue
        if used + wide > width and len(pieces[-1]) > len(keys):
            pieces.append(list(keys))
            used = start
        pieces[-1].append(place)
        used += wide + BETWEEN
    return [sorted(piece) for piece in pieces]


def _natural(table: Table, place: int) -> int:
    """The width of the longest text of a column."""
    texts = [*table.rows.to_series(place), *table.totals.to_series(place)]
    return max((cell_len(text or "") for text in texts), default=0)


def _least(column: Column, heading: str, *, natural: int) -> int:
    """The least width of a column: a number whole, a text that can still be recognised."""
    word = max((cell_len(word) for word in heading.split()), default=1)
    least = SENTENCE_MIN if column.kind == "phrase" else TEXT_MIN
    return max(word, natural if _is_number(column) else min(natural, least))


def _shared(
    least: list[int], natural: list[int], *, places: list[int], spare: int
) -> dict[int, int]:
    """The width of each column of a piece: texts take what is left, in their order."""
    widths = {}
    for place in places:
        more = min(max(spare, 0), max(min(natural[place], TEXT_MAX) - least[place], 0))
        widths[place] = least[place] + more
        spare -= more
    return widths


def _grid(table: Table, names: list[str], *, widths: dict[int, int]) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for place, width in widths.items():
        grid.add_column(
            Text("\n".join(textwrap.wrap(names[place], width))),
            justify="right" if _is_number(table.columns[place]) else "left",
            no_wrap=True,
            overflow="ellipsis",
            width=width,
        )
    for row in table.rows.iter_rows():
        grid.add_row(*(_cell(row[n], table.columns[n], width=widths[n]) for n in widths))
    if table.totals.height:
        grid.add_section()
    for row in table.totals.iter_rows():
        grid.add_row(*(_total(row[n], table.columns[n]) for n in widths), style="bold")
    return grid


def _cell(text: str | None, column: Column, *, width: int) -> Text:
    if _is_prose(column):
        return Text("\n".join(textwrap.wrap(text or "", width)))
    if not _is_number(column):
        return Text(text or "")
    return Text(text or DASH, style=_style(text))


def _total(text: str | None, column: Column) -> Text:
    return Text(text or "", style=_style(text) if text and _is_number(column) else "")


def _style(text: str | None) -> str:
    """Red for a negative number, pale for nothing and for zero."""
    if text is None or not text.strip("0.,"):
        return "dim"
    return "red" if text.startswith("-") else ""


def _is_prose(column: Column) -> bool:
    return column.kind == "phrase" or column.is_prose


def _is_number(column: Column) -> bool:
    return column.kind in NUMERIC or column.kind == "date"
