from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.reports.limitation import limitation_report


def test_what_lapses_soon_or_has_is_shown_earliest_first(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    rows = limitation_report(lumiere, as_of, problems=none).rows
    assert rows.select("customer", "lapses_date").rows() == [
        ("C044", date(2023, 12, 8)),
        ("C033", date(2026, 7, 14)),
        ("C045", date(2026, 10, 20)),
        ("C043", date(2026, 10, 31)),
        ("C012", date(2027, 1, 1)),
    ]


def test_the_horizon_is_asked_for(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    rows = limitation_report(lumiere, as_of, problems=none, within_days=20).rows
    assert rows["customer"].to_list() == ["C044", "C033", "C045"]
