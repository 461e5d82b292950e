from datetime import date

from quittance.law.tables import load_law
from quittance.reports.terms import terms_report


def test_both_readings_of_45_days_end_of_month_are_shown() -> None:
    rows = terms_report(load_law(), date(2026, 1, 15), terms="45 EOM").rows
    assert rows.select("due_date", "other_reading_date").row(0) == (
        date(2026, 3, 31),
        date(2026, 3, 17),
    )
    assert "dans la limite" in rows["verdict_fr"][0]


def test_terms_beyond_the_ceiling_say_by_how_much() -> None:
    rows = terms_report(load_law(), date(2026, 1, 15), terms="90").rows
    assert rows["due_date"][0] == date(2026, 4, 15)
    assert "dépasse de 15 jour(s)" in rows["verdict_fr"][0]
    assert "L441-10" in rows["reference"][0]


def test_each_instalment_has_its_row() -> None:
    rows = terms_report(load_law(), date(2022, 1, 31), terms="30% 15 + 70% 45").rows
    assert rows.select("share_percent", "due_date").rows() == [
        (30.0, date(2022, 2, 15)),
        (70.0, date(2022, 3, 17)),
    ]
