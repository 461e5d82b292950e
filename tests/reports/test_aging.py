from datetime import date

import polars as pl

from quittance.core.aging import buckets
from quittance.core.book import Book
from quittance.reports.aging import aging_report, label


def test_the_columns_are_those_of_the_contract(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = aging_report(lumiere, as_of, problems=none)
    assert [column.name for column in report.columns] == [
        "customer", "name", "currency", "not_due_minor", "days_1_30_minor", "days_31_60_minor",
        "days_61_90_minor", "days_over_90_minor", "unallocated_minor", "balance_minor",
    ]  # fmt: skip


def test_the_total_is_the_ledger_of_the_customers(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = aging_report(lumiere, as_of, problems=none)
    accounts = lumiere.ledger.filter(
        pl.col("account").str.contains(r"^(411|413|416|4191)"),
        pl.col("date") >= date(2026, 1, 1),
        pl.col("date") <= as_of,
    )
    ledger = (accounts["debit_minor"] - accounts["credit_minor"]).sum()
    assert report.totals["balance_minor"].to_list() == [ledger] == [83_467_070]


def test_the_chart_shows_every_bucket_of_the_totals(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = aging_report(lumiere, as_of, problems=none, edges=(45, 120))
    assert report.chart is not None
    row = report.totals.row(0, named=True)
    names = [bucket.name for bucket in buckets((45, 120))]
    expected = [*(row[name] for name in names), row["unallocated_minor"]]
    assert list(report.chart.series[0].values) == expected


def test_a_bucket_is_labelled_by_its_days() -> None:
    assert [label(bucket).fr for bucket in buckets((30, 60))] == [
        "Non échu", "1–30 j", "31–60 j", "> 60 j",
    ]  # fmt: skip


def test_the_assumptions_of_the_book_are_repeated(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    assert aging_report(lumiere, as_of, problems=none).notes == lumiere.notes != ()
