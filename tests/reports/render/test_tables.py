"""A report made ready: complete columns, currencies stated, texts for a reader."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from quittance.core.phrase import Phrase, same
from quittance.reports.render.tables import (
    complete,
    headings,
    only_currency,
    table_of,
    with_parts,
)
from quittance.reports.report import Column, Report


def test_parts_follow_their_report(report: Report) -> None:
    assert [one.name for one in with_parts(report)] == [
        "aging",
        "open_items",
        "grouped",
        "stacked",
        "pareto",
    ]


def test_only_one_currency_or_none(report: Report) -> None:
    assert only_currency(report) is None
    assert only_currency(report.parts[0]) == "EUR"
    assert only_currency(report.parts[1]) == "EUR"  # from its figures
    assert only_currency(Report("empty", same("Empty"), date(2025, 12, 31))) is None


def test_an_amount_never_stands_without_its_currency(open_items: Callable[[int], Report]) -> None:
    names = [column.name for column in complete(open_items(3)).columns]
    assert names.index("currency") == names.index("open_minor") - 1


def test_a_report_without_rows_still_has_its_columns() -> None:
    columns = (Column("why", same("Why"), "phrase"), Column("due_minor", same("Due"), "money"))
    report = complete(Report("r", same("R"), date(2025, 12, 31), columns=columns))
    assert report.rows.schema == {
        "why_fr": pl.String,
        "why_en": pl.String,
        "currency": pl.String,
        "due_minor": pl.Int64,
    }
    assert report.totals.columns == report.rows.columns


def test_a_column_without_any_value_has_the_type_of_its_kind() -> None:
    rows = pl.DataFrame({"day": [None], "due_minor": [None], "currency": ["EUR"]})
    columns = (Column("day", same("Day"), "date"), Column("due_minor", same("Due"), "money"))
    report = complete(Report("r", same("R"), date(2025, 12, 31), columns=columns, rows=rows))
    assert report.rows.schema["day"] == pl.Date
    table = table_of(report, "fr", limit=5)
    assert table is not None
    assert table.rows.row(0) == (None, None)


def test_rows_that_lack_a_column_are_refused(open_items: Callable[[int], Report]) -> None:
    report = open_items(3)
    with pytest.raises(ValueError, match="open_items: its rows lack the columns \\['due_date'\\]"):
        complete(replace(report, rows=report.rows.drop("due_date")))


def test_the_table_of_one_currency_does_not_repeat_it(open_items: Callable[[int], Report]) -> None:
    table = table_of(complete(open_items(30)), "fr", limit=10)
    assert table is not None
    assert table.currency == "EUR"
    assert "currency" not in [column.name for column in table.columns]
    assert (table.rows.height, table.row_count) == (10, 30)
    assert table.rows.row(3) == (
        "FA-2025-00003",
        "Constructions métalliques et charpentes du Val de Loire SAS",
        "28/12/2025",
        "137,57",
        "3\u00a0j",
    )
    assert table.totals.row(0)[0] == "Total"
    assert headings(table.columns, "en")[2] == "Due date"


def test_totals_are_one_row_a_currency(report: Report) -> None:
    table = table_of(complete(report), "en", limit=5)
    assert table is not None
    assert table.totals["currency"].to_list() == ["EUR", "JPY"]
    assert table.totals["balance_minor"].to_list() == ["59,365.64", "1,400,122"]
    assert table.totals["name"].to_list() == [None, None]


def test_totals_of_a_report_that_starts_with_a_date_are_named_too() -> None:
    rows = pl.DataFrame({"day": [date(2025, 1, 1)], "due_minor": [1], "currency": ["EUR"]})
    columns = (
        Column("day", Phrase("Jour", "Day"), "date"),
        Column("due_minor", same("Due"), "money"),
    )
    totals = pl.DataFrame({"currency": ["EUR"], "due_minor": [1]})
    report = Report("r", same("R"), date(2025, 1, 1), columns=columns, rows=rows, totals=totals)
    table = table_of(complete(report), "fr", limit=5)
    assert table is not None
    assert table.totals.row(0) == ("Total", "0,01")
