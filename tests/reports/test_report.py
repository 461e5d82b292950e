from datetime import date

from quittance.core.phrase import same
from quittance.reports.report import Report


def test_a_report_is_empty_until_told_otherwise() -> None:
    report = Report("aging", same("Aging"), date(2026, 1, 1))
    assert report.rows.is_empty()
    assert report.problems.is_empty()
    assert report.parts == ()
    assert report.rows_key == "rows"
