"""The cells of a workbook."""

from datetime import date
from decimal import Decimal

import polars as pl

from quittance.core.phrase import same
from quittance.reports.render.tables import complete
from quittance.reports.render.xlsx_cells import DIGITS, cells
from quittance.reports.report import Column, Report


def test_amounts_are_exact_decimals_and_dates_are_spreadsheet_days() -> None:
    columns = (
        Column("due_minor", same("Due"), "money"),
        Column("day", same("Day"), "date"),
        Column("share", same("Share"), "percent"),
        Column("name", same("Name")),
    )
    rows = pl.DataFrame(
        {
            "due_minor": [123_456_789_012_345_67, 5, 1_001],
            "currency": ["EUR", "JPY", "TND"],
            "day": [date(2025, 12, 31), None, date(1900, 3, 1)],
            "share": [12.5, float("inf"), float("nan")],
            "name": ["x" * 40_000, None, "="],
        }
    )
    report = complete(Report("r", same("R"), date(2025, 1, 1), columns=columns, rows=rows))
    found = report.rows.select(cells(report, "fr"))
    assert found[DIGITS].to_list() == [2, 0, 3]
    assert found["due_minor"].to_list() == [
        Decimal("123456789012345.67"),
        Decimal(5),
        Decimal("1.001"),
    ]
    assert found["day"].to_list() == [46_022, None, 61]
    assert found["share"].to_list() == [0.125, None, None]
    assert found["name"].str.len_chars().to_list() == [32_767, None, 1]
