from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.late_charges import Policy
from quittance.core.problems import problem
from quittance.readers import fec_rules
from quittance.reports.overview import overview

PARTS = [
    "worklist", "aging", "kpis", "kpi-days", "kpi-rates", "overdue-series", "payment-days",
    "concentration", "late-charges", "limitation", "working-capital", "ceilings",
]  # fmt: skip


def test_the_whole_picture_has_every_part(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    report = overview(lumiere, as_of, problems=none, policy=Policy())
    assert [part.name for part in report.parts] == PARTS


def test_problems_are_a_part_when_there_are_some(lumiere: Book, as_of: date) -> None:
    met = problem(fec_rules.AMOUNT_MISSING, file="a.txt", line=3, lines=1)
    report = overview(lumiere, as_of, problems=met, policy=Policy())
    assert report.parts[-1].name == "problems"


def test_the_first_figure_is_the_balance_of_the_customers(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    first = overview(lumiere, as_of, problems=none, policy=Policy()).figures[0]
    assert (first.name, first.value) == ("balance_minor", 83_467_070)


def test_assumptions_are_said_once(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    report = overview(lumiere, as_of, problems=none, policy=Policy())
    assert set(lumiere.notes) <= set(report.notes)
    assert not any(set(lumiere.notes) & set(part.notes) for part in report.parts)


def test_terms_beyond_the_law_are_a_part(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    report = overview(lumiere, as_of, problems=none, policy=Policy())
    part = next(part for part in report.parts if part.name == "ceilings")
    assert part.rows["reference"].str.contains("L441-10").any()


def test_a_day_without_sales_still_has_a_report(lumiere: Book, none: pl.DataFrame) -> None:
    assert overview(lumiere, date(2025, 1, 1), problems=none, policy=Policy()).parts
