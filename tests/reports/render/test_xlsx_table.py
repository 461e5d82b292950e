"""The sheets of a table."""

import io
from collections.abc import Callable

import pytest
from python_calamine import CalamineWorkbook

from quittance.core.phrase import same
from quittance.reports.render import xlsx_table
from quittance.reports.render.xlsx import to_xlsx
from quittance.reports.report import Column, Report


def sheets(report: Report) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(report, "en")))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names[1:]}


def test_rows_that_do_not_fit_go_on_in_another_sheet(
    open_items: Callable[[int], Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_table, "ROWS_PER_SHEET", 4)
    found = sheets(open_items(10))
    assert {name: len(rows) for name, rows in found.items()} == {
        "Open items": 5,
        "Open items (2)": 5,
        "Open items (3)": 4,  # a heading, two rows, the total
    }
    assert found["Open items (3)"][-1][0] == "Total"


def test_a_table_without_a_row_has_its_headings(open_items: Callable[[int], Report]) -> None:
    report = Report(
        "r", same("None"), open_items(1).as_of, columns=(Column("a_minor", same("A"), "money"),)
    )
    assert sheets(report) == {"None": [["Currency", "A"]]}
