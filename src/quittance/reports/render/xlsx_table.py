"""One table of a report as one sheet of a workbook, or several when its rows need them."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from quittance.core.phrase import Language
from quittance.reports.render import words
from quittance.reports.render.formats import NUMERIC
from quittance.reports.render.sheet_names import SheetNames
from quittance.reports.render.tables import headings, table_of
from quittance.reports.render.xlsx_cells import cells
from quittance.reports.render.xlsx_styles import Styles
from quittance.reports.report import Column, Report

ROWS_PER_SHEET = 1_000_000  # a sheet holds 1 048 576
ROWS_MEASURED = 1_000
WIDTH_MIN, WIDTH_MAX = 9, 60
METHODS = {"text": "write_string", "phrase": "write_string", "flag": "write_boolean"}
Writer = tuple[Callable[..., object], Format]
Writers = dict[int, list[Writer]]  # by the number of decimals of the row


@dataclass(frozen=True)
class Target:
    """The workbook being written, its formats and the names its sheets have taken."""

    book: Workbook
    styles: Styles
    names: SheetNames
    lang: Language


def write_table(target: Target, report: Report) -> None:
    """Write the rows of a complete report, and its totals under the last of them."""
    exprs = cells(report, target.lang)
    for start in range(0, max(report.rows.height, 1), ROWS_PER_SHEET):
        sheet = target.book.add_worksheet(target.names.new(report.title.text(target.lang)))
        _set_up(sheet, report, target=target)
        rows = report.rows.slice(start, ROWS_PER_SHEET).select(exprs)
        _write_rows(sheet, rows, start=1, writers=_writers(sheet, report, target=target))
        sheet.autofilter(0, 0, rows.height, len(report.columns) - 1)
        if start + ROWS_PER_SHEET >= report.rows.height:
            bold = _writers(sheet, report, target=target, total=True)
            word = words.TOTAL.text(target.lang)
            totals = report.totals.select(exprs)
            _write_rows(sheet, totals, start=rows.height + 1, writers=bold, first=word)


def _set_up(sheet: Worksheet, report: Report, *, target: Target) -> None:
    """Headings, widths, and how the sheet scrolls and prints."""
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, width in enumerate(_widths(report, target.lang)):
        sheet.set_column(place, place, width)
    for place, heading in enumerate(headings(report.columns, target.lang)):
        right = report.columns[place].kind in NUMERIC
        sheet.write_string(0, place, heading, target.styles.heading(right=right))


def _widths(report: Report, lang: Language) -> list[int]:
    """The width of each column in characters: its heading, and its longest text."""
    table = table_of(report, lang, limit=ROWS_MEASURED)
    texts = pl.concat([table.rows, table.totals]) if table else pl.DataFrame()
    longest = {s.name: s.str.len_chars().fill_null(0).to_list() for s in texts}
    widths = []
    for column, heading in zip(report.columns, headings(report.columns, lang), strict=True):
        word = max((len(word) for word in heading.split()), default=0)
        content = max(longest.get(column.name, []), default=0) + 2
        wanted = max(content, word + 4, min(len(heading) + 4, 18))
        widths.append(min(max(wanted, WIDTH_MIN), WIDTH_MAX))
    return widths


def _writers(sheet: Worksheet, report: Report, *, target: Target, total: bool = False) -> Writers:
    """For each number of decimals, the method and the format that write each column."""
    found: Writers = {}
    for digits in (0, 2, 3):
        found[digits] = []
        for column in report.columns:
            whole = _is_whole(column, report)
            style = target.styles.cell(column.kind, digits=digits, whole=whole, total=total)
            found[digits].append((getattr(sheet, METHODS.get(column.kind, "write_number")), style))
    return found


def _is_whole(column: Column, report: Report) -> bool:
    return column.kind == "days" and report.rows.schema[column.name].is_integer()


def _write_rows(
    sheet: Worksheet,
    rows: pl.DataFrame,
    *,
    start: int,
    writers: Writers,
    first: str | None = None,
) -> None:
    """Write rows from a line on; `first` stands in the first column where it says nothing."""
    for number, (digits, *values) in enumerate(rows.iter_rows(), start=start):
        for place, ((write, style), value) in enumerate(zip(writers[digits], values, strict=True)):
            if value is not None:
                write(number, place, value, style)
        if first is not None and values[0] is None:
            sheet.write_string(number, 0, first, writers[digits][0][1])
