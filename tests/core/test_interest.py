"""Interest by segments: which days, on which amount, at which rate, under which article."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.tables import assert_rows, frame, rates

from quittance.core.interest import (
    DEBTS,
    EXACT,
    PAYMENTS,
    SEGMENTS,
    rounded_interest,
    segments,
    segments_interest_first,
)
from quittance.core.schema import SchemaError, check_frame

RATES = rates(
    """
    series       valid_from  valid_until  percent
    b2b_default  2025-07-01  2026-01-01   10.00
    b2b_default  2026-01-01  2026-07-01   10.00
    b2b_default  2026-07-01  2027-01-01   12.00
    judgment     2026-01-01  2027-01-01   20.00
    open_ended   2026-01-01  -            5.00
    """
)
DAY = date(2026, 9, 30)


def debts(text: str) -> pl.DataFrame:
    """Debts of 3650.00 at the default rate, so that ten per cent is 1.00 a day, unless said."""
    plain = {"principal_minor": 365000, "series": "b2b_default", "is_frozen": False}
    return frame(text, DEBTS, debt=1, **plain)


def payments(text: str) -> pl.DataFrame:
    return frame(text, PAYMENTS, debt=1)


def pieces(text: str, paid: str = "", *, as_of: date = DAY, **settings: Any) -> pl.DataFrame:
    """The segments of a table of debts, with the interest of each in minor units."""
    found = segments(debts(text), payments(paid), rates=RATES, as_of=as_of, **settings)
    return found.with_columns(interest_minor=rounded_interest(pl.col("exact")))


def test_a_segment_ends_with_its_half_year() -> None:
    found = pieces("first_date\n2026-06-21", as_of=date(2026, 7, 10))
    check_frame(found, SEGMENTS, where="segments")
    assert_rows(
        found,
        """
        from_date   to_date     days  base     percent  interest
        2026-06-21  2026-06-30  10    3650.00  10.00    10.00
        2026-07-01  2026-07-10  10    3650.00  12.00    12.00
        """,
    )


@pytest.mark.parametrize(
    ("as_of", "days"), [("2026-06-20", None), ("2026-06-21", 1), ("2026-06-22", 2)]
)
def test_the_first_and_the_last_day_both_count(as_of: str, days: int | None) -> None:
    found = pieces("first_date\n2026-06-21", as_of=date.fromisoformat(as_of))
    assert found["days"].sum() == (days or 0)


def test_a_half_year_ends_a_segment_even_at_the_same_rate() -> None:
    found = pieces("first_date\n2025-12-31", as_of=date(2026, 1, 1))
    assert_rows(found, "from_date   to_date\n2025-12-31  2025-12-31\n2026-01-01  2026-01-01")


def test_the_day_of_payment_still_bears_interest_on_the_amount_before() -> None:
    found = pieces(
        "first_date\n2026-08-01", "date        amount\n2026-08-10  1650.00", as_of=date(2026, 8, 20)
    )
    assert_rows(
        found,
        """
        from_date   to_date     days  base
        2026-08-01  2026-08-10  10    3650.00
        2026-08-11  2026-08-20  10    2000.00
        """,
    )


def test_payments_before_the_first_day_lower_the_base_from_the_start() -> None:
    found = pieces(
        "first_date\n2026-08-01",
        "date        amount\n2026-05-01  1000.00\n2026-07-31  650.00",
        as_of=date(2026, 8, 1),
    )
    assert_rows(found, "from_date   days  base\n2026-08-01  1     2000.00")


def test_payments_of_the_same_day_make_one_cut() -> None:
    found = pieces(
        "first_date\n2026-08-01",
        "date        amount\n2026-08-01  1000.00\n2026-08-01  650.00",
        as_of=date(2026, 8, 2),
    )
    assert_rows(found, "days  base\n1     3650.00\n1     2000.00")


def test_nothing_bears_interest_once_it_is_paid() -> None:
    paid = "date        amount\n2026-08-05  3650.00"
    assert pieces("first_date\n2026-08-01", paid)["days"].to_list() == [5]
    overpaid = "date        amount\n2026-08-05  4000.00"
    assert pieces("first_date\n2026-08-01", overpaid)["days"].to_list() == [5]
    before = "date        amount\n2026-07-31  3650.00"
    assert pieces("first_date\n2026-08-01", before).is_empty()


def test_payments_of_others_and_of_later_days_change_nothing() -> None:
    alone = pieces("first_date\n2026-08-01")
    other = "debt  date        amount\n2     2026-08-05  100.00\n1     2026-10-01  100.00"
    assert pieces("first_date\n2026-08-01", other).equals(alone)


def test_the_last_day_is_the_earlier_of_its_own_and_of_the_day_asked() -> None:
    text = "first_date  last_date\n2026-08-01  {}"
    assert pieces(text.format("2026-08-09"))["to_date"].to_list() == [date(2026, 8, 9)]
    assert pieces(text.format("2027-08-09"))["to_date"].to_list() == [DAY]
    assert pieces(text.format("2026-07-31")).is_empty()
    assert pieces("first_date\n-").is_empty()


def test_a_frozen_rate_holds_throughout() -> None:
    text = "first_date  is_frozen\n2026-06-21  {}"
    assert_rows(pieces(text.format("yes")), "percent  days\n10.00    102")
    assert_rows(pieces(text.format("no")), "percent  days\n10.00    10\n12.00    92")


def test_an_agreed_rate_needs_no_table() -> None:
    found = pieces(
        "first_date  series  fixed_ppm\n2010-01-01  fixed   80000", as_of=date(2010, 1, 1)
    )
    assert_rows(found, "percent  interest  verified\n8.00     0.80      yes")


def test_another_series_holds_from_a_day_on() -> None:
    text = "first_date  later_series  later_from\n2026-06-25  judgment      2026-07-06"
    assert_rows(
        pieces(text, as_of=date(2026, 7, 10)),
        """
        from_date   days  percent
        2026-06-25  6     10.00
        2026-07-01  5     12.00
        2026-07-06  5     20.00
        """,
    )


def test_days_without_a_rate_carry_nothing_and_are_told_apart() -> None:
    found = pieces("first_date\n2025-06-21", as_of=date(2025, 7, 10))
    assert_rows(
        found,
        """
        from_date   days  percent  reference  verified  interest
        2025-06-21  10    -        -          -         0.00
        2025-07-01  10    10.00    art.       yes       10.00
        """,
    )
    assert found["exact"][0] == 0
    after = pieces("first_date\n2026-12-31", as_of=date(2027, 1, 2))
    assert_rows(after, "from_date   days  percent\n2026-12-31  1     12.00\n2027-01-01  2     -")


def test_a_rate_without_a_known_end_is_in_force() -> None:
    found = pieces("first_date  series\n2030-01-01  open_ended", as_of=date(2030, 1, 10))
    assert_rows(found, "days  percent\n10    5.00")
    unknown = pieces("first_date  series\n2030-01-01  nothing", as_of=date(2030, 1, 10))
    assert unknown["rate_ppm"].to_list() == [None]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("365", "from_date   days  interest\n2028-02-01  29    29.00"),
        ("actual", "from_date   days  interest\n2028-02-01  29    28.92"),
    ],
)
def test_a_leap_year_counts_365_or_366_days(base: str, expected: str) -> None:
    text = "first_date  series  fixed_ppm\n2028-02-01  fixed   100000"
    assert_rows(pieces(text, as_of=date(2028, 2, 29), base=base), expected)


def test_on_an_actual_base_a_segment_ends_with_its_year_even_when_frozen() -> None:
    text = """
        debt  first_date  series  fixed_ppm  is_frozen
        1     2027-12-31  fixed   100000     yes
        2     2029-01-01  fixed   100000     yes
        """
    assert_rows(
        pieces(text, as_of=date(2029, 1, 1), base="actual"),
        """
        debt  from_date   days  interest
        1     2027-12-31  1     1.00
        1     2028-01-01  366   365.00
        1     2029-01-01  1     1.00
        2     2029-01-01  1     1.00
        """,
    )
    assert pieces(text, as_of=date(2029, 1, 1)).height == 2


def test_exact_interest_is_whole_and_rounded_once() -> None:
    found = pieces("first_date\n2026-06-21")
    assert found["exact"].to_list() == [
        365000 * 100_000 * 10 * 366,
        365000 * 120_000 * 92 * 366,
    ]
    half = pl.DataFrame({"exact": [EXACT // 2 - 1, EXACT // 2, EXACT]}, {"exact": pl.Int128})
    assert half.select(rounded_interest(pl.col("exact"))).to_series().to_list() == [0, 1, 1]


def test_a_single_cent_bears_interest_too() -> None:
    assert pieces("first_date  principal_minor\n2026-08-01  1").height == 1


def test_the_largest_amounts_do_not_overflow() -> None:
    text = """
        principal_minor   first_date  series  fixed_ppm
        3650000000000000  2025-12-23  fixed   200000
        """
    assert pieces(text, as_of=date(2026, 1, 1))["interest_minor"].sum() == 2 * 10**13


def test_no_debt_has_no_segment() -> None:
    assert pieces("").is_empty()
    found, left = segments_interest_first(debts(""), payments(""), rates=RATES, as_of=DAY)
    assert found.is_empty()
    assert left.is_empty()


def test_the_frames_are_checked() -> None:
    for one in (segments, segments_interest_first):
        with pytest.raises(SchemaError, match="debts"):
            one(debts("").drop("series"), payments(""), rates=RATES, as_of=DAY)
        with pytest.raises(SchemaError, match="payments"):
            one(debts(""), payments("").drop("date"), rates=RATES, as_of=DAY)


def interest_first(text: str, paid: str, *, as_of: date = DAY, **settings: Any) -> Any:
    """Segments and what is left, payments going to interest first."""
    owed = debts(text)
    return segments_interest_first(owed, payments(paid), rates=RATES, as_of=as_of, **settings)


def test_a_payment_settles_interest_before_principal() -> None:
    found, left = interest_first(
        "first_date\n2026-06-21", "date        amount\n2026-06-30  110.00", as_of=date(2026, 7, 10)
    )
    assert_rows(
        found,
        """
        from_date   to_date     base
        2026-06-21  2026-06-30  3650.00
        2026-07-01  2026-07-10  3550.00
        """,
    )
    assert_rows(
        left, "principal_left  interest_paid  capitalised\n3550.00         10.00          0"
    )


def test_a_payment_below_the_interest_leaves_the_principal() -> None:
    found, left = interest_first(
        "first_date\n2026-06-21", "date        amount\n2026-06-30  4.00", as_of=date(2026, 7, 10)
    )
    assert set(found["base_minor"]) == {365000}
    assert_rows(left, "principal_left  interest_paid\n3650.00         4.00")


def test_what_a_payment_leaves_of_the_interest_is_settled_by_the_next_one() -> None:
    paid = "date        amount\n2026-06-30  4.00\n2026-07-10  100.00"
    _, left = interest_first("first_date\n2026-06-21", paid, as_of=date(2026, 7, 10))
    assert_rows(left, "principal_left  interest_paid\n3568.00         22.00")


def test_payments_of_the_same_day_settle_together() -> None:
    paid = "date        amount\n2026-06-30  4.00\n2026-06-30  100.00"
    _, left = interest_first("first_date\n2026-06-21", paid, as_of=date(2026, 6, 30))
    assert_rows(left, "principal_left  interest_paid\n3556.00         10.00")


def test_a_payment_before_the_first_day_goes_to_principal() -> None:
    found, left = interest_first("first_date\n2026-08-01", "date        amount\n2026-07-15  650.00")
    assert found["base_minor"].to_list() == [300000]
    assert_rows(left, "principal_left  interest_paid\n3000.00         0")


def test_an_overpayment_leaves_nothing() -> None:
    found, left = interest_first(
        "first_date\n2026-08-01", "date        amount\n2026-08-10  9999.00"
    )
    assert found["days"].sum() == 10
    assert_rows(left, "principal_left  interest_paid\n0               12.00")


def test_a_payment_after_the_last_day_still_settles() -> None:
    found, left = interest_first(
        "first_date  last_date\n2026-08-01  2026-08-10", "date        amount\n2026-09-01  1012.00"
    )
    assert found["days"].sum() == 10
    assert_rows(left, "principal_left  interest_paid\n2650.00         12.00")


def test_a_payment_after_the_day_asked_is_not_there_yet() -> None:
    paid = "date        amount\n2026-09-01  1012.00"
    _, left = interest_first("first_date\n2026-08-01", paid, as_of=date(2026, 8, 31))
    assert_rows(left, "principal_left  interest_paid\n3650.00         0")


def test_debts_with_different_numbers_of_payments_do_not_disturb_one_another() -> None:
    text = "debt  first_date\n1     2026-08-01\n2     2026-08-01\n3     2026-08-01"
    paid = """
        debt  date        amount
        2     2026-08-10  1012.00
        2     2026-08-20  2638.00
        3     2026-08-10  5.00
        """
    found, left = interest_first(text, paid, as_of=date(2026, 8, 31))
    assert_rows(
        left,
        """
        debt  principal_left  interest_paid
        1     3650.00         0.00
        2     20.71           20.71
        3     3650.00         5.00
        """,
    )
    days = found.group_by("debt").agg(pl.col("days").sum()).sort("debt")
    assert days["days"].to_list() == [31, 31, 31]


LONG = "first_date  series  fixed_ppm\n2024-03-01  fixed   100000"


@pytest.mark.parametrize(
    ("as_of", "capitalised"),
    [
        ("2025-02-27", 0),
        ("2025-02-28", 36500),  # interest is due for a whole year
        ("2026-02-27", 36500),
        ("2026-02-28", 36500 + 40150),  # a tenth of 4015.00
    ],
)
def test_interest_due_for_a_whole_year_bears_interest(as_of: str, capitalised: int) -> None:
    _, left = interest_first(LONG, "", as_of=date.fromisoformat(as_of), capitalises=True)
    assert left["capitalised_minor"].to_list() == [capitalised]
    assert left["principal_left_minor"].to_list() == [365000 + capitalised]


def test_each_debt_capitalises_on_its_own_anniversaries() -> None:
    text = """
        debt  first_date  series  fixed_ppm
        1     2024-03-01  fixed   100000
        2     2026-03-01  fixed   100000
        """
    _, left = interest_first(text, "", as_of=date(2026, 6, 30), capitalises=True)
    assert_rows(
        left,
        """
        debt  principal_left  capitalised
        1     4416.50         766.50
        2     3650.00         0.00
        """,
    )


def test_interest_paid_within_the_year_is_not_capitalised() -> None:
    paid = "date        amount\n2025-02-28  365.00"
    _, left = interest_first(LONG, paid, as_of=date(2025, 3, 1), capitalises=True)
    assert_rows(
        left, "principal_left  interest_paid  capitalised\n3650.00         365.00         0"
    )
