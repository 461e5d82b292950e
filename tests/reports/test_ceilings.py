from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.reports.ceilings import PUBLIC, ceilings_report


def test_each_invoice_beyond_the_ceiling_is_there_with_its_article(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    rows = ceilings_report(lumiere, as_of, problems=none).rows
    business = rows.filter(pl.col("customer_kind") == "business")
    assert business.height == 2
    assert business["reference"].str.contains("L441-10").all()
    assert (rows["due_date"] > rows["ceiling_date"]).all()
    assert ((rows["due_date"] - rows["ceiling_date"]).dt.total_days() == rows["days_beyond"]).all()


def test_a_hospital_at_fifty_days_is_explained(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = ceilings_report(lumiere, as_of, problems=none)
    public = report.rows.filter(pl.col("customer_kind") == "public")
    assert set(public["customer"]) == {"C008"}
    assert PUBLIC in report.notes


def test_only_twelve_months_count(lumiere: Book, none: pl.DataFrame) -> None:
    rows = ceilings_report(lumiere, date(2025, 12, 31), problems=none).rows
    assert rows["date"].max() <= date(2025, 12, 31)
