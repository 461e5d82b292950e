from datetime import date

import polars as pl

from quittance.law.tables import load_law
from quittance.reports.law_terms import (
    END_OF_MONTH,
    STARTS,
    limitation_periods_report,
    term_ceilings_report,
)

DAY = date(2026, 9, 30)


def test_every_ceiling_says_its_case_its_days_and_its_source() -> None:
    report = term_ceilings_report(load_law(), DAY)
    agreed = report.rows.filter(pl.col("code") == "AGREED_60").row(0, named=True)
    assert (agreed["days"], agreed["end_of_month"]) == (60, "no")
    assert set(report.rows["starts_on"]) <= set(STARTS)
    assert set(report.rows["end_of_month"]) <= set(END_OF_MONTH)


def test_every_limitation_period_says_how_long_and_from_when() -> None:
    report = limitation_periods_report(load_law(), DAY)
    years = dict(report.rows.select("code", "years").iter_rows())
    assert (years["COMMERCIAL_5"], years["CONSUMER_2"]) == (5, 2)
    assert set(report.rows["starts_on"]) <= set(STARTS)
