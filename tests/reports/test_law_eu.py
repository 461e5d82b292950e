from datetime import date

from quittance.law.tables import eu_late_payment
from quittance.reports.law_eu import COUNTRIES, RESETS, law_eu_report


def test_every_country_is_there_with_its_margin_in_points() -> None:
    rows = law_eu_report(eu_late_payment(), date(2026, 11, 23)).rows
    margin = dict(rows.select("iso2", "margin_points").iter_rows())
    assert (margin["FR"], margin["AT"], margin["DE"]) == (10, 9.2, 9)
    assert len(margin) >= 28


def test_what_is_not_verified_is_counted_and_flagged() -> None:
    report = law_eu_report(eu_late_payment(), date(2026, 11, 23))
    flagged = dict(report.rows.select("iso2", "verified").iter_rows())
    assert flagged["FR"]
    assert not flagged["DE"]
    assert str(list(flagged.values()).count(False)) in report.notes[0].fr


def test_every_country_and_every_reset_is_said_in_french_too() -> None:
    rows = eu_late_payment()
    assert set(rows["country"]) == set(COUNTRIES)
    assert set(rows["reset"]) == set(RESETS)
    assert COUNTRIES["Germany"].fr == "Allemagne"


def test_each_row_bears_its_grade_in_words() -> None:
    report = law_eu_report(eu_late_payment(), date(2026, 11, 23))
    (column,) = (one for one in report.columns if one.name == "grade")
    assert set(report.rows["grade"]) <= set(column.words or {})
