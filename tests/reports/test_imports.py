from datetime import date

import polars as pl

from quittance.reports.imports import imports_report

DAY = date(2026, 10, 1)


def test_imports_are_rows_under_named_columns() -> None:
    row = {"id": 3, "date": DAY, "files": "a.csv", "by": "Ann", "state": "applied",
           "new": 2, "changed": None, "vanished": None}  # fmt: skip
    listed = pl.DataFrame([row], schema_overrides={"changed": pl.Int64, "vanished": pl.Int64})
    report = imports_report(listed, DAY)
    assert [column.name for column in report.columns] == [
        "files", "id", "date", "by", "state", "new", "changed", "vanished",
    ]  # fmt: skip
    assert report.rows.height == 1
