"""Conformance section 3 (F): fees and interest.

The fixed recovery indemnity stands for the peers' "fee": an amount due once for each late invoice.
"""
# ruff: noqa: N802

from datetime import date, timedelta
from typing import Any

from tests.tables import amounts, assert_rows, book, law, rates

from quittance.cli.charges import clause
from quittance.core.aging import aging
from quittance.core.late_charges import Charges, Debt, Policy, charges, late_charges
from quittance.law.tables import load_law

DUE = date(2026, 1, 10)


def percent(rate: int) -> Policy:
    """A rate agreed in the contract."""
    return Policy(clause="fixed", fixed_ppm=rate * 10_000)


def charged(late: int, *, fee: str, policy: Policy, paid: tuple[Any, ...] = ()) -> Charges:
    """The charges of 100.00 some days after the due date, under a fee and a rate."""
    table = amounts(f"name             valid_from  amount\nfixed_indemnity  2013-01-01  {fee}")
    return charges(
        Debt(10_000, DUE),
        list(paid),
        as_of=DUE + timedelta(days=late),
        rates=load_law().rates,
        amounts=table,
        policy=policy,
    )


def test_F_04_no_rate_and_no_fee_leave_the_principal() -> None:
    found = charged(20, fee="0", policy=percent(0))
    assert (found.interest_minor, found.total_due_minor) == (0, 10_000)


def test_F_05_fifteen_days_at_ten_percent_and_a_fee_of_ten() -> None:
    found = charged(15, fee="10.00", policy=percent(10))
    assert found.interest_minor == 41  # 100 × 10 % × 15 ÷ 365 = 0.41096
    assert found.interest_minor + found.indemnity_minor == 1041
    assert found.total_due_minor == 11_041


def test_F_06_a_fee_is_due_even_without_a_rate() -> None:
    assert charged(20, fee="50.00", policy=percent(0)).total_due_minor == 15_000


def test_F_07_fee_and_interest_stay_due_once_the_principal_is_paid() -> None:
    paid = ((DUE + timedelta(days=15), 10_000),)
    found = charged(15, fee="10.00", policy=percent(10), paid=paid)
    assert (found.principal_open_minor, found.total_due_minor) == (0, 1041)
    later = charged(300, fee="10.00", policy=percent(10), paid=paid)
    assert later.total_due_minor == 1041


def test_F_14_one_a_day_on_three_successive_days() -> None:
    a_day = percent(365)  # one percent of 100 a day
    totals = [charged(late, fee="0", policy=a_day).total_due_minor for late in (1, 2, 3)]
    assert totals == [10_100, 10_200, 10_300]


def test_F_18_first_interest_day_is_the_day_after_due() -> None:
    found = charged(1, fee="40.00", policy=Policy())
    assert found.segments["from_date"].to_list() == [date(2026, 1, 11)]
    owed = book("date        due         amount\n2025-12-10  2026-01-10  100.00")
    assert late_charges(owed, date(2026, 1, 10), policy=Policy()).is_empty()
    assert_rows(late_charges(owed, date(2026, 1, 11), policy=Policy()), "days_late\n1")


def test_F_19_days_without_a_rate_carry_nothing_and_are_reported() -> None:
    table = rates(
        "series       valid_from  valid_until  percent\nb2b_default  2026-01-01  2026-07-01  10.00"
    )
    owed = book(
        """
        document  date        due         amount
        FA1       2025-12-01  2025-12-21  365.00
        FA2       2026-06-01  2026-06-30  365.00
        FA3       2026-01-01  2026-01-31  365.00
        """,
        law=law(rates=table),
    )
    assert_rows(
        late_charges(owed, date(2026, 7, 10), policy=Policy()).sort("document"),
        """
        document  days_late  unknown_days  interest
        FA1       201        20            18.10
        FA2       10         10            0.00
        FA3       160        10            15.00
        """,
    )


def test_F_20_the_day_of_the_due_date_bears_nothing_the_next_one_does() -> None:
    due = date(2026, 3, 10)
    law_ = load_law()
    settings = {"rates": law_.rates, "amounts": law_.amounts, "policy": Policy()}
    on_the_day = charges(Debt(10_000, due), [], as_of=date(2026, 3, 10), **settings)  # type: ignore[arg-type]
    assert (on_the_day.interest_minor, on_the_day.indemnity_minor) == (0, 0)
    the_next = charges(Debt(10_000, due), [], as_of=date(2026, 3, 11), **settings)  # type: ignore[arg-type]
    assert the_next.segments["days"].to_list() == [1]
    assert (the_next.interest_minor, the_next.indemnity_minor) == (3, 4000)


def test_F_22_zero_stays_zero_and_nothing_said_takes_the_default() -> None:
    assert clause("0%") == percent(0)
    assert clause("") == Policy()
    assert charged(30, fee="0", policy=clause("0%")).total_due_minor == 10_000
    assert charged(30, fee="0", policy=clause("")).interest_minor > 0


def test_decision_8_charges_are_claims_apart_from_the_receivables() -> None:
    owed = book("date        due         amount\n2025-12-10  2026-01-10  100.00")
    day = date(2026, 6, 30)
    assert late_charges(owed, day, policy=Policy())["interest_minor"].sum() > 0
    assert_rows(aging(owed, day), "days_over_90  balance\n100.00        100.00")


def test_decision_10_due_10_march_a_statement_of_that_day_bears_no_interest() -> None:
    owed = book("date        due         amount\n2026-02-10  2026-03-10  100.00")
    assert late_charges(owed, date(2026, 3, 10), policy=Policy()).is_empty()
    assert_rows(late_charges(owed, date(2026, 3, 11), policy=Policy()), "days_late\n1")
