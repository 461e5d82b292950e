"""What a customer's card shows, figure by figure."""

from datetime import date

import pytest
from tests.tables import assert_rows, book

from quittance.core.problems import no_problems
from quittance.reports.customer_card import (
    account_report,
    ages,
    card_figures,
    charges_figures,
    currency_of,
    history_chart,
    lapsing,
    of_one,
)
from quittance.reports.open_items import open_items_report

DAY = date(2026, 6, 30)
BOOK = book(
    """
    item  document  currency  kind     date        due         amount
    1     F1        EUR       invoice  2026-04-01  2026-05-01  1000.00
    2     V1        EUR       payment  2026-05-31  2026-05-31  -400.00
    3     F2        EUR       invoice  2026-06-10  2026-07-10  500.00
    4     V2        EUR       payment  2026-06-20  2026-06-20  -50.00
    5     F3        USD       invoice  2026-06-01  2026-07-01  70.00
    6     F4        EUR       invoice  2026-07-01  2026-07-31  999.00
    """,
    "debit  credit  amount\n1      2       400.00",
)


def test_what_is_looked_at_first() -> None:
    figures = {one.name: one for one in card_figures(BOOK, DAY, currency="EUR")}
    assert {name: one.value for name, one in figures.items()} == {
        "balance_minor": 105_000,  # 1000 − 400 + 500 − 50
        "overdue_minor": 60_000,
        "late_days": 30,
        "charges_minor": 1_598 + 4_000,  # 1000 and 600 × 12.15 % × 30 ÷ 365, and €40
    }
    said = {name: one.comment.fr if one.comment else "" for name, one in figures.items()}
    assert "70,00" in said["balance_minor"]
    assert "60 jours de retard" in said["overdue_minor"]
    assert "50,00" in said["overdue_minor"]
    assert all(one.formula.fr and one.formula.en for one in figures.values())


def test_a_customer_without_anything_has_zeros_and_no_picture() -> None:
    figures = {one.name: one.value for one in card_figures(book(), DAY, currency="EUR")}
    assert figures == {
        "balance_minor": 0, "overdue_minor": 0, "late_days": None, "charges_minor": 0,
    }  # fmt: skip
    assert history_chart(book(), DAY, currency="EUR") is None
    assert ages(book(), DAY, currency="EUR") == [0] * 5


def test_the_main_currency_is_the_one_most_is_owed_in() -> None:
    assert currency_of(BOOK, DAY, default="CHF") == "EUR"
    assert currency_of(book(), DAY, default="CHF") == "CHF"
    settled = book(
        "item  currency  date        amount\n1     USD       2026-01-01  9.00\n"
        "2     USD       2026-01-02  -9.00",
        "debit  credit  amount\n1      2       9.00",
    )
    assert currency_of(settled, DAY, default="CHF") == "USD"


def test_the_balance_month_by_month_ends_on_the_day() -> None:
    chart = history_chart(BOOK, DAY, currency="EUR")
    assert chart is not None
    balance, overdue = chart.series
    assert balance.values[-3:] == (100_000, 60_000, 105_000)
    assert overdue.values[-3:] == (0, 60_000, 60_000)
    assert (len(chart.labels), chart.labels[-1]) == (13, DAY)


def test_what_is_owed_by_age_not_due_first() -> None:
    assert ages(BOOK, DAY, currency="EUR") == [50_000, 0, 60_000, 0, 0]


def test_the_account_runs_newest_first_to_the_balance_in_each_currency() -> None:
    report = account_report(BOOK, DAY)
    assert_rows(
        report.rows,
        """
        document  currency  debit    credit  running  open
        V2        EUR       -        50.00   1050.00  -50.00
        F2        EUR       500.00   -       1100.00  500.00
        F3        USD       70.00    -       70.00    70.00
        V1        EUR       -        400.00  600.00   0.00
        F1        EUR       1000.00  -       1000.00  600.00
        """,
    )
    assert_rows(
        report.totals,
        """
        currency  debit    credit  open
        EUR       1500.00  450.00  1050.00
        USD       70.00    0.00    70.00
        """,
    )


@pytest.mark.parametrize(
    ("due", "day", "warned"),
    [
        ("2025-01-31", date(2030, 1, 31), ""),  # lapses in a year
        ("2021-12-01", date(2026, 12, 1), "se prescrivent bientôt, à partir du 01/12/2026"),
        ("2021-06-01", None, "déjà prescrits"),
    ],
)
def test_what_lapses_is_told_when_it_is_near_or_past(
    due: str, day: date | None, warned: str
) -> None:
    found = lapsing(book(f"date        due         amount\n2020-01-01  {due}  80.00"), DAY)
    assert found.day == day
    told = found.warning.fr if found.warning else ""
    assert warned in told
    assert bool(told) == bool(warned)


def test_charges_are_told_apart_with_the_next_limitation_date() -> None:
    interest, indemnity, lapses = charges_figures(BOOK, DAY, currency="EUR")
    assert (interest.value, indemnity.value) == (1_598, 4_000)
    assert lapses.value == date(2031, 5, 1)


def test_a_report_on_one_customer_does_not_say_which() -> None:
    report = of_one(open_items_report(BOOK, DAY, problems=no_problems()))
    assert [one.name for one in report.columns][:2] == ["document", "kind"]
