from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.reports.open_items import open_items_report


def test_the_columns_are_those_of_the_contract(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    names = {column.name for column in open_items_report(lumiere, as_of, problems=none).columns}
    assert names >= {
        "customer", "document", "kind", "issue_date", "due_date", "days_past_due", "currency",
        "amount_minor", "open_minor",
    }  # fmt: skip


def test_the_open_amounts_sum_up_to_the_aged_balance(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = open_items_report(lumiere, as_of, problems=none)
    assert report.totals["open_minor"].to_list() == [83_467_070]


def test_the_latest_comes_first(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    rows = open_items_report(lumiere, as_of, problems=none).rows
    debits = rows.filter(pl.col("open_minor") > 0)["days_past_due"].to_list()
    assert debits == sorted(debits, reverse=True)
    assert (rows.tail(rows.height - len(debits))["open_minor"] < 0).all()


def test_a_disputed_customer_shows_its_four_invoices(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    rows = open_items_report(lumiere, as_of, problems=none).rows
    late = rows.filter(pl.col("customer") == "C005", pl.col("days_past_due") > 0)
    assert sorted(late["open_minor"]) == [698_400, 945_600, 1_234_800, 1_872_000]
