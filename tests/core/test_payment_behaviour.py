"""How customers pay: means weighted by amount, the share that is late, better or worse."""

from datetime import date

import polars as pl
import pytest
from tests.tables import assert_rows, book

from quittance.core.payment_behaviour import (
    BINS,
    lateness_bins,
    payment_behaviour,
    rolling_lateness,
    settled_by_payments,
)

DAY = date(2026, 6, 30)
BOOK = book(
    """
    item  customer  currency  kind         date        due         amount
    1     A         EUR       invoice      2025-09-01  2025-10-01  100.00
    2     A         EUR       payment      2025-10-11  2025-10-11  -100.00
    3     A         EUR       invoice      2026-03-01  2026-03-31  300.00
    4     A         EUR       payment      2026-04-30  2026-04-30  -300.00
    5     A         EUR       invoice      2026-05-01  2026-05-31  50.00
    6     A         EUR       credit_note  2026-06-30  2026-06-30  -50.00
    7     B         EUR       invoice      2026-06-01  2026-07-01  40.00
    8     B         EUR       payment      2026-06-21  2026-06-21  -40.00
    9     C         EUR       invoice      2024-01-01  2024-01-31  10.00
    10    C         EUR       payment      2025-06-30  2025-06-30  -10.00
    11    A         USD       invoice      2026-06-01  2026-06-15  20.00
    12    A         USD       payment      2026-07-02  2026-07-02  -20.00
    """,
    """
    debit  credit  amount  date
    1      2       100.00  2025-10-11
    3      4       300.00  2026-04-30
    5      6       50.00   2026-06-30
    7      8       40.00   2026-06-21
    9      10      10.00   2025-06-30
    11     12      20.00   2026-07-02
    """,
)


def test_what_payments_settled_and_how_late_credit_notes_apart() -> None:
    assert_rows(
        settled_by_payments(BOOK, DAY),
        """
        customer  debit  credit  amount  days_to_pay  days_late
        C         9      10      10.00   546          516
        A         1      2       100.00  40           10
        A         3      4       300.00  60           30
        B         7      8       40.00   20           -10
        """,
    )


def test_means_are_weighted_and_the_trend_is_recent_less_earlier() -> None:
    assert_rows(
        payment_behaviour(settled_by_payments(BOOK, DAY), DAY),
        """
        customer  currency  paid    payments  days_to_pay  late_days  late_percent  trend_days
        A         EUR       400.00  2         55.0         25.0       100.0         20.0
        B         EUR       40.00   1         20.0         -10.0      0.0           -
        """,
    )


def test_a_year_is_from_the_day_after_that_of_last_year_to_the_day() -> None:
    settled = settled_by_payments(BOOK, date(2026, 7, 2))
    assert_rows(
        payment_behaviour(settled, date(2026, 7, 2)).filter(pl.col("currency") == "USD"),
        "customer  late_days\nA         17.0",
    )
    assert "C" not in payment_behaviour(settled, date(2026, 6, 30))["customer"]
    assert "C" in payment_behaviour(settled, date(2026, 6, 29))["customer"]


@pytest.mark.parametrize(
    ("days", "place"),
    [(-30, 0), (-1, 0), (0, 1), (1, 2), (7, 2), (8, 3), (15, 3), (16, 4), (30, 4), (31, 5),
     (60, 5), (61, 6), (500, 6)],
)  # fmt: skip
def test_each_delay_falls_into_one_bin(days: int, place: int) -> None:
    one = settled_by_payments(BOOK, DAY).head(1).with_columns(days_late=pl.lit(days, pl.Int64))
    counts = lateness_bins(one)
    assert counts.filter(pl.col("count") > 0)["place"].to_list() == [place]
    assert counts.height == len(BINS)


def test_the_rolling_mean_looks_back_six_months() -> None:
    settled = settled_by_payments(BOOK, DAY).filter(pl.col("customer") == "A")
    assert_rows(
        rolling_lateness(settled),
        """
        value       late_days
        2025-10-11  10.0
        2026-04-30  30.0
        """,
    )
    assert_rows(
        rolling_lateness(settled, months=12),
        """
        value       late_days
        2025-10-11  10.0
        2026-04-30  25.0
        """,
    )


def test_nobody_paid_anything() -> None:
    nothing = settled_by_payments(book(), DAY)
    assert payment_behaviour(nothing, DAY).is_empty()
    assert rolling_lateness(nothing).is_empty()
    assert lateness_bins(nothing)["count"].sum() == 0
