from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.late_charges import Debt, Policy, charges
from quittance.law.tables import load_law
from quittance.reports.late_charges import charges_report, late_charges_report, segments_report


def of_one_debt(currency: str = "EUR"):
    law = load_law()
    found = charges(
        Debt(1_000_000, date(2026, 5, 1)),
        [(date(2026, 7, 1), 400_000)],
        as_of=date(2026, 9, 3),
        rates=law.rates,
        amounts=law.amounts,
        policy=Policy(),
    )
    return charges_report(found, date(2026, 9, 3), currency=currency)


def test_the_computation_can_be_checked_by_hand() -> None:
    columns = ("from_date", "to_date", "days", "base_minor", "rate_percent", "interest_minor")
    assert of_one_debt().rows.select(columns).rows() == [
        (date(2026, 5, 2), date(2026, 6, 30), 60, 1_000_000, 12.15, 19_973),
        (date(2026, 7, 1), date(2026, 7, 1), 1, 1_000_000, 12.4, 340),
        (date(2026, 7, 2), date(2026, 9, 3), 64, 600_000, 12.4, 13_045),
    ]


def test_the_figures_are_those_of_the_contract() -> None:
    value = {figure.name: figure.value for figure in of_one_debt().figures}
    assert value["interest_minor"] == 33_358
    assert value["indemnity_minor"] == 4_000
    assert value["principal_open_minor"] == 600_000
    assert value["total_due_minor"] == 637_358


def test_the_rows_are_called_segments_and_name_their_article() -> None:
    report = of_one_debt()
    assert report.rows_key == "segments"
    assert report.rows["article"].str.contains("L441-10").all()


def test_a_book_is_charged_invoice_by_invoice(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = late_charges_report(lumiere, as_of, problems=none, policy=Policy())
    sums = report.rows.select(pl.col("interest_minor", "indemnity_minor").sum()).row(0)
    assert report.totals.select("interest_minor", "indemnity_minor").row(0) == sums
    assert set(report.rows["indemnity_minor"]) == {0, 4_000}


def test_a_consumer_is_not_charged_without_notice(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = late_charges_report(lumiere, as_of, problems=none, policy=Policy())
    assert not set(report.rows["customer"]) & {"C042", "C043", "C044"}


def test_the_computation_of_a_book_can_be_printed_segment_by_segment(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = late_charges_report(lumiere, as_of, problems=none, policy=Policy())
    rows = segments_report(lumiere, as_of, problems=none, policy=Policy()).rows
    first = report.rows.row(0, named=True)
    mine = rows.filter(pl.col("document") == first["document"])
    assert mine["days"].sum() == first["days_late"]
    assert abs(mine["interest_minor"].sum() - first["interest_minor"]) <= mine.height
    assert mine["article"].str.contains("L441-10").all()
