from datetime import date

import polars as pl

from quittance.reports.forecast import forecast_report

WEEKS = pl.DataFrame(
    {
        "currency": ["EUR"] * 3,
        "week": [0, 1, 9],
        "from_date": [date(2026, 6, 24), date(2026, 7, 1), date(2026, 8, 26)],
        "expected_minor": [0, 700, 900],
        "due_minor": [800, 0, 1000],
        "unallocated_minor": [-200, 0, 0],
    }
)
DAY = date(2026, 6, 30)


def test_what_is_expected_is_told_week_by_week() -> None:
    report = forecast_report(WEEKS, DAY, currency="EUR")
    assert report.rows["when_fr"].to_list() == ["échu", "01/07 – 07/07", "26/08 – 01/09"]
    assert report.figures[0].value == 700
    assert report.chart is not None
    assert [one.values for one in report.chart.series] == [(700, 900), (0, 1000)]


def test_nothing_expected_draws_nothing() -> None:
    assert forecast_report(WEEKS.clear(), DAY, currency="EUR").chart is None
