"""Late-payment interest and the fixed indemnity of one debt."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.tables import amounts, assert_rows, rates

from quittance.core.late_charges import (
    Charges,
    Debt,
    Policy,
    below_floor,
    charges,
    fixed_indemnity,
    other_readings,
)
from quittance.core.legal_values import MissingLegalValue
from quittance.core.schema import SchemaError
from quittance.law.tables import load_law

LAW = load_law()
DUE = date(2026, 5, 1)
DAY = date(2026, 9, 3)


def day(text: str) -> date:
    return date.fromisoformat(text)


def of_debt(*, on: date = DAY, paid: tuple[tuple[str, int], ...] = (), **facts: Any) -> Charges:
    """The charges of 10 000.00 due on 1 May 2026, unless said."""
    policy = facts.pop("policy", Policy())
    values = {"rates": facts.pop("rates", LAW.rates), "amounts": LAW.amounts}
    debt = Debt(**{"principal_minor": 1_000_000, "due_date": DUE, **facts})
    payments = [(day(when), amount) for when, amount in paid]
    return charges(debt, payments, as_of=on, policy=policy, **values)


@pytest.mark.parametrize(
    ("on", "days", "interest", "indemnity"),
    [
        ("2026-04-30", 0, 0, 0),
        ("2026-05-01", 0, 0, 0),  # paid on its due date is paid on time
        ("2026-05-02", 1, 333, 4000),
        ("2026-06-30", 60, 19973, 4000),
        ("2026-07-01", 61, 20312, 4000),
    ],
)
def test_the_first_day_is_the_day_after_the_due_date(
    on: str, days: int, interest: int, indemnity: int
) -> None:
    found = of_debt(on=day(on))
    assert found.segments["days"].sum() == days
    assert (found.interest_minor, found.indemnity_minor) == (interest, indemnity)
    assert found.total_due_minor == 1_000_000 + interest + indemnity


def test_paid_on_time_is_free_paid_a_day_late_is_not() -> None:
    on_time = of_debt(paid=(("2026-05-01", 1_000_000),))
    assert (on_time.total_due_minor, on_time.indemnity_minor) == (0, 0)
    late = of_debt(paid=(("2026-05-02", 1_000_000),))
    assert (late.interest_minor, late.indemnity_minor, late.principal_open_minor) == (333, 4000, 0)


def test_a_part_paid_before_the_due_date_bears_nothing() -> None:
    found = of_debt(paid=(("2026-04-01", 400_000),), on=day("2026-05-31"))
    assert_rows(found.segments, "from_date   days  base\n2026-05-02  30    6000.00")
    assert found.principal_open_minor == 600_000


def test_payments_after_the_day_asked_are_not_there_yet() -> None:
    assert of_debt(paid=(("2026-09-04", 1_000_000),)).principal_open_minor == 1_000_000


@pytest.mark.parametrize("allocation", ["principal", "interest"])
def test_an_overpayment_leaves_nothing_to_pay_but_charges(allocation: Any) -> None:
    found = of_debt(paid=(("2026-07-01", 2_000_000),), policy=Policy(allocation=allocation))
    assert found.principal_open_minor == 0
    assert found.segments["days"].sum() == 61
    assert found.interest_minor == 20312
    assert found.interest_paid_minor == (20312 if allocation == "interest" else 0)


def test_a_public_buyer_keeps_the_rate_of_the_first_day() -> None:
    found = of_debt(kind="public")
    assert_rows(found.segments, "days  percent  reference\n125   10.15    CCP art. R2192-31")
    assert found.indemnity_minor == 4000
    agreed = of_debt(kind="public", policy=Policy(clause="fixed", fixed_ppm=10_000))
    assert agreed.interest_minor == found.interest_minor  # a clause binds professionals only


def test_a_consumer_owes_interest_from_the_formal_notice_and_never_the_indemnity() -> None:
    assert of_debt(kind="consumer").total_due_minor == 1_000_000
    found = of_debt(kind="consumer", notice_date=day("2026-08-31"))
    assert_rows(found.segments, "from_date   days  percent\n2026-09-01  3     2.75")
    assert found.indemnity_minor == 0
    early = of_debt(kind="consumer", notice_date=day("2026-04-01"), on=day("2026-05-03"))
    assert early.segments["from_date"].to_list() == [day("2026-05-02")]  # not before it is due


def test_the_creditor_s_quality_picks_the_column_of_the_legal_rate() -> None:
    found = of_debt(creditor="individual", on=day("2026-05-31"))
    assert_rows(found.segments, "days  percent\n30    6.67")
    assert found.indemnity_minor == 0


def test_two_months_after_a_judgment_the_legal_rate_is_raised() -> None:
    consumer = {"kind": "consumer", "notice_date": DUE, "judgment_date": day("2026-06-15")}
    assert_rows(
        of_debt(**consumer).segments,
        """
        from_date   to_date     percent
        2026-05-02  2026-06-30  2.62
        2026-07-01  2026-08-15  2.75
        2026-08-16  2026-09-03  7.75
        """,
    )
    assert of_debt(judgment_date=day("2026-06-15")).interest_minor == of_debt().interest_minor


@pytest.mark.parametrize(
    ("judgment", "days", "indemnity"),
    [
        ("2026-05-03", 1, 4000),  # the day before the opening judgment is the last
        ("2026-05-02", 0, 0),
        ("2026-05-01", 0, 0),  # due on the day of the judgment: no indemnity either
        ("2026-04-01", 0, 0),
        ("2026-12-01", 125, 4000),
    ],
)
def test_insolvency_stops_interest(judgment: str, days: int, indemnity: int) -> None:
    found = of_debt(insolvency_date=day(judgment))
    assert (found.segments["days"].sum(), found.indemnity_minor) == (days, indemnity)
    assert found.principal_open_minor == 1_000_000


@pytest.mark.parametrize("allocation", ["principal", "interest"])
def test_a_dividend_paid_after_the_judgment_lowers_the_principal(allocation: Any) -> None:
    found = of_debt(
        insolvency_date=day("2026-05-02"),
        paid=(("2026-08-01", 300_000),),
        policy=Policy(allocation=allocation),
    )
    assert (found.interest_minor, found.principal_open_minor) == (0, 700_000)
    later = of_debt(
        insolvency_date=day("2026-07-01"),
        paid=(("2026-08-01", 300_000),),
        policy=Policy(allocation=allocation),
    )
    to_interest = 19973 if allocation == "interest" else 0
    assert later.interest_paid_minor == to_interest
    assert later.principal_open_minor == 700_000 + to_interest


def test_capitalised_interest_is_principal_and_counted_once() -> None:
    found = of_debt(capitalises=True, due_date=day("2025-05-01"), on=day("2026-05-02"))
    year, a_day = found.capitalised_minor, found.interest_open_minor
    assert found.interest_minor == year + a_day
    assert found.principal_open_minor == 1_000_000 + year
    assert found.total_due_minor == 1_000_000 + year + a_day + 4000


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"on": day("2027-01-01")}, "2027-01-01"),
        ({"due_date": day("2012-12-30"), "on": day("2013-01-02")}, "2012-12-31"),
        ({"kind": "public", "due_date": day("2027-01-01"), "on": day("2027-01-05")}, "2027-01-02"),
    ],
)
def test_a_day_without_a_rate_is_refused_with_its_remedy(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(MissingLegalValue, match=words):
        of_debt(**facts)


def test_a_missing_rate_after_a_judgment_is_refused_too() -> None:
    short = LAW.rates.filter(pl.col("series") != "legal_other_after_judgment")
    consumer = {"kind": "consumer", "notice_date": DUE, "judgment_date": day("2026-06-15")}
    with pytest.raises(MissingLegalValue, match="legal_other_after_judgment"):
        of_debt(**consumer, rates=short)


def test_the_frames_are_checked() -> None:
    with pytest.raises(SchemaError, match=r"charges\(rates\)"):
        of_debt(rates=LAW.rates.drop("verified"))


AGREED = Policy(clause="fixed", fixed_ppm=80_000)


def test_a_clause_below_the_floor_is_told_from_the_first_day_under_it() -> None:
    found = of_debt(policy=AGREED)
    assert_rows(found.segments, "days  percent  reference\n125   8.00     C. com. art. L441-10 II")
    under = below_floor(found.segments, LAW.rates)  # 7.86 % until June, 8.25 % from July on
    assert_rows(under, "under_from  days\n2026-07-01  125")
    assert under["floor_ppm"].to_list() == [82_500]
    on_its_first_day = of_debt(policy=AGREED, on=day("2026-07-01"))
    assert below_floor(on_its_first_day.segments, LAW.rates).height == 1
    the_day_before = of_debt(policy=AGREED, on=day("2026-06-30"))
    assert below_floor(the_day_before.segments, LAW.rates).is_empty()
    fair = of_debt(policy=Policy(clause="fixed", fixed_ppm=82_500))
    assert below_floor(fair.segments, LAW.rates).is_empty()
    assert below_floor(of_debt(policy=Policy(clause="3xlegal")).segments, LAW.rates).is_empty()


def test_a_floor_without_a_known_end_bounds_too() -> None:
    endless = rates("series     valid_from  valid_until  percent\nb2b_floor  2026-01-01  -  9.00")
    under = below_floor(of_debt(policy=AGREED).segments, endless)
    assert under["under_from"].to_list() == [day("2026-05-02")]


def test_three_readings_of_a_clause_below_the_floor() -> None:
    values = {"rates": LAW.rates, "amounts": LAW.amounts}
    found = other_readings(Debt(1_000_000, DUE), [], as_of=DAY, policy=AGREED, **values)
    percents = {name: set(one.segments["rate_ppm"]) for name, one in found.items()}
    assert percents == {
        "as_written": {80_000},
        "floor": {78_600, 82_500},
        "default": {121_500, 124_000},
    }


@pytest.mark.parametrize(
    ("on", "indemnity"),
    [("2012-12-31", 0), ("2013-01-01", 4000), ("2020-12-31", 4000), ("2021-01-01", 5000)],
)
def test_the_indemnity_in_force_on_a_day(on: str, indemnity: int) -> None:
    table = amounts(
        """
        name             valid_from  valid_until  amount
        fixed_indemnity  2013-01-01  2021-01-01   40.00
        fixed_indemnity  2021-01-01  -            50.00
        something_else   2000-01-01  -            99.00
        """
    )
    assert fixed_indemnity(table, day(on)) == indemnity
