"""Key figures by hand: each with the amounts that its formula names."""

from datetime import date

import pytest
from tests.tables import assert_rows, book

from quittance.core.calendar import add_months, month_end, month_ends
from quittance.core.kpis import (
    concentration,
    count_back,
    effectiveness,
    kpi_series,
    lateness,
    ratio,
)

DAY = date(2026, 3, 31)
# Receivables 450 = 90 past due + 360 not; sales 150, 180, 200 in months of 31, 28, 31 days.
QUARTER = book(
    """
    item  customer  date        due         amount
    1     A         2026-01-01  2026-01-31  80.00
    2     B         2026-01-15  2026-02-14  70.00
    3     C         2026-02-01  2026-03-03  20.00
    4     C         2026-02-20  2026-04-21  160.00
    5     D         2026-03-10  2026-04-09  200.00
    6     A         2026-02-10  2026-02-10  -80.00
    """,
    "debit  credit  amount\n1      6       80.00",
)


def test_dso_in_its_ways() -> None:
    assert_rows(
        kpi_series(QUARTER, DAY, months=1),
        """
        receivables  overdue  sales   days  dso_period  dso_count_back  dso_best_possible
        450.00       90.00    530.00  90    76.42       73.47           61.13
        """,
    )
    found = kpi_series(QUARTER, DAY, months=1)
    assert_rows(found, "average_days_delinquent\n15.28")
    assert_rows(found, "dso_lifetime\n75.57")  # 450 ÷ 530 × 89 days since 1 January
    assert_rows(found, "overdue_rate  doubtful_rate\n20.00         0.00")


def test_collection_in_days() -> None:
    found = kpi_series(QUARTER, DAY, months=1)
    assert_rows(
        found,
        """
        days_to_collect  days_to_collect_mean  days_late
        40.0             40.0                  10.0
        """,
    )
    paid = book(
        """
        item  date        due         amount
        1     2026-01-01  2026-01-31  100.00
        2     2026-01-01  2026-01-31  300.00
        3     2026-01-11  2026-01-11  -100.00
        4     2026-02-10  2026-02-10  -300.00
        """,
        "debit  credit  amount\n1      3       100.00\n2      4       300.00",
    )
    assert_rows(
        kpi_series(paid, DAY, months=1),
        """
        days_to_collect  days_to_collect_mean  days_late
        32.5             25.0                  2.5
        """,
    )


# opening 100, sales 200, receipts 210, closing 90 of which 60 not yet due
YEAR = book(
    """
    item  date        due         amount
    1     2025-03-01  2025-03-31  100.00
    2     2025-06-01  2025-07-01  110.00
    3     2026-02-01  2026-03-03  30.00
    4     2026-03-15  2026-04-14  60.00
    5     2025-05-01  2025-05-01  -100.00
    6     2025-09-01  2025-09-01  -110.00
    """,
    "debit  credit  amount\n1      5       100.00\n2      6       110.00",
)


def test_collection_rate_and_effectiveness_both_ways() -> None:
    found = kpi_series(YEAR, DAY, months=1)
    assert_rows(found, "receivables  sales   days\n90.00        200.00  365")
    assert_rows(found, "collection_rate\n70.00")  # 210 ÷ (100 + 200)
    assert_rows(found, "cei\n87.50")  # (100 + 200 − 90) ÷ (100 + 200 − 60)
    assert_rows(found, "cei_monthly_sales\n47.06")  # (100 + 16.67 − 90) ÷ (100 + 16.67 − 60)


def test_count_back_looks_at_24_months() -> None:
    for months_ago, is_within in ((23, True), (24, False)):
        sold = add_months(date(2026, 3, 1), -months_ago)
        half_paid = f"date        amount\n{sold}  20.00\n{sold}  -10.00"
        since = sum(end.day for end in month_ends(DAY, months_ago))
        expected = pytest.approx(since + month_end(sold).day / 2) if is_within else None
        assert kpi_series(book(half_paid), DAY, months=1)["dso_count_back"].to_list() == [expected]


def test_what_opening_entries_brought_is_the_opening_of_books_that_begin_with_them() -> None:
    found = book(
        """
        item  kind     date        due         amount
        1     opening  2026-01-01  2026-01-31  100.00
        2     invoice  2026-02-01  2026-03-03  200.00
        3     payment  2026-02-10  2026-02-10  -100.00
        """,
        "debit  credit  amount\n1      3       100.00",
    )
    assert_rows(
        kpi_series(found, DAY, months=1),
        "sales   collection_rate  cei\n200.00  33.33            33.33",
    )


def test_K_22_dso_over_the_life_of_the_books() -> None:  # noqa: N802
    first = "item  date        due         amount\n1     2023-01-01  2023-01-31  3000.00\n"
    paid = first + "2     2023-05-31  2023-05-31  -3000.00\n"
    again = paid + "3     2023-05-15  2023-06-14  1500.00\n"
    settled = "debit  credit  amount\n1      2       3000.00"
    on = date(2023, 5, 31)
    for items, allocations, days in ((first, "", 150), (paid, settled, 0), (again, settled, 50)):
        found = kpi_series(book(items, allocations), on, months=1)
        assert found["dso_lifetime"].to_list() == [days]


def test_doubtful_customers_and_advances_are_no_receivables() -> None:
    found = book(
        """
        kind      date        due         amount
        invoice   2026-03-01  2026-03-31  300.00
        invoice   2026-02-01  2026-03-03  100.00
        doubtful  2026-03-01  2025-06-30  100.00
        advance   2026-03-20  2026-03-20  -50.00
        payment   2026-03-25  2026-03-25  -40.00
        """
    )
    assert_rows(
        kpi_series(found, DAY, months=1),
        """
        receivables  overdue  overdue_rate  doubtful_rate
        360.00       100.00   25.00         20.00
        """,
    )


def test_a_series_has_one_line_a_month_and_ends_on_the_day() -> None:
    found = kpi_series(QUARTER, DAY, months=4)
    assert_rows(
        found,
        """
        month_end   receivables  overdue  sales   days  dso_period  dso_count_back
        2025-12-31  0.00         0.00     0.00    1     -           0.0
        2026-01-31  150.00       0.00     150.00  31    31.0        31.0
        2026-02-28  250.00       70.00    330.00  59    44.7        42.5
        2026-03-31  450.00       90.00    530.00  90    76.4        73.5
        """,
    )
    assert kpi_series(QUARTER, DAY).height == 13


def test_currencies_have_their_own_figures() -> None:
    found = kpi_series(
        book(
            """
            currency  date        due         amount
            EUR       2026-03-01  2026-03-31  31.00
            USD       2026-03-01  2026-03-15  62.00
            """
        ),
        DAY,
        months=1,
    )
    assert_rows(
        found,
        """
        currency  receivables  overdue_rate  dso_period  concentration
        EUR       31.00        0             31          100
        USD       62.00        100           31          100
        """,
    )


def test_an_empty_book_has_no_figure() -> None:
    assert kpi_series(book(), DAY).is_empty()
    assert concentration(book(), DAY).is_empty()
    assert lateness(book(), DAY).is_empty()


def test_figures_without_anything_to_divide_by_are_null() -> None:
    found = kpi_series(
        book("kind     date        amount\npayment  2026-03-01  -10.00"), DAY, months=1
    )
    assert_rows(
        found,
        """
        receivables  dso_period  dso_lifetime  overdue_rate  days_to_collect  concentration
        -10.00       -           -             -             -                -
        """,
    )
    assert ratio(1, 0) is None
    assert ratio(1, 4, factor=100) == 25


@pytest.mark.parametrize(
    ("receivables", "months", "days"),
    [
        (450, [(200, 31), (180, 28), (150, 31)], 31 + 28 + 70 / 150 * 31),
        (0, [(200, 31)], 0),
        (-5, [(200, 31)], 0),
        (200, [(200, 31), (180, 28)], 31),
        (201, [(200, 31), (10, 28)], 31 + 2.8),
        (100, [(0, 31), (200, 28)], 31 + 14),
        (100, [(-50, 31), (200, 28)], 31 + 14),  # a month of credit notes
        (100, [(40, 31)], None),  # the books are too short
        (100, [], None),
    ],
)
def test_count_back(receivables: int, months: list[tuple[int, int]], days: float | None) -> None:
    assert count_back(receivables, months) == (None if days is None else pytest.approx(days))


@pytest.mark.parametrize(
    ("opening", "sales", "closing", "current", "percent"),
    [(100, 200, 90, 60, 87.5), (100, 200, 0, 0, 100), (100, 0, 100, 0, 0), (0, 0, 0, 0, None)],
)
def test_effectiveness(
    *, opening: int, sales: int, closing: int, current: int, percent: float | None
) -> None:
    assert effectiveness(opening, sales, closing=closing, current=current) == percent


def test_concentration_is_the_share_of_the_largest() -> None:
    found = book(
        """
        customer  currency  date        amount
        A         EUR       2026-01-01  50.00
        B         EUR       2026-01-01  30.00
        B         EUR       2026-02-01  -10.00
        C         EUR       2026-01-01  20.00
        D         EUR       2026-01-01  10.00
        E         EUR       2026-01-01  -99.00
        A         USD       2026-01-01  5.00
        """,
        customers="customer  name\nA         Atelier",
    )
    assert_rows(
        concentration(found, DAY, largest=2),
        """
        rank  customer  name     currency  balance  share_percent  cumulated_percent
        1     A         Atelier  EUR       50.00    50.0           50.0
        2     B         B        EUR       20.00    20.0           70.0
        1     A         Atelier  USD       5.00     100.0          100.0
        """,
    )
    assert_rows(
        kpi_series(found, DAY, months=1),
        "currency  concentration\nEUR       100.0\nUSD       100.0",
    )


def test_concentration_of_each_month_counts_ten_debtors() -> None:
    owed = [f"C{n:02}  2026-0{1 if n else 3}-01  {n + 1}.00" for n in range(12)]
    found = book("\n".join(["customer  date        amount", *owed]))
    series = kpi_series(found, DAY, months=3)
    assert_rows(series, "concentration\n97.40\n97.40\n96.15")  # 75 ÷ 77, then 75 ÷ 78
    assert concentration(found, DAY)["share_percent"].sum() == pytest.approx(75 / 78 * 100)


def test_concentration_of_a_month_counts_its_last_day() -> None:
    found = book("customer  date        amount\nA         2026-01-01  1\nB         2026-01-31  1")
    owed = "\n".join(f"C{n}  2026-01-01  10" for n in range(10))
    ten_more = book(f"customer  date        amount\n{owed}\nZ   2026-01-31  25\nY   2026-02-01  25")
    assert_rows(kpi_series(found, DAY, months=3), "concentration\n100\n100\n100")
    assert_rows(kpi_series(ten_more, DAY, months=3), "concentration\n92.0\n86.7\n86.7")


def test_lateness_looks_at_twelve_months_of_value_dates() -> None:
    found = book(
        """
        item  date        due         amount
        1     2025-01-01  2025-03-31  1.00
        2     2025-01-01  2025-03-31  1.00
        3     2025-03-31  2025-03-31  -1.00
        4     2025-04-01  2025-04-01  -1.00
        5     2026-01-10  2026-02-09  1.00
        6     2026-01-01  2026-01-01  -1.00
        """,
        "debit  credit  amount\n1      3       1.00\n2      4       1.00\n5      6       1.00",
    )
    rows = lateness(found, DAY)
    assert_rows(
        rows.filter(rows["count"] > 0),
        """
        from_day  to_day  count
        -         -15     1
        1         7       1
        """,
    )


def test_lateness_counts_payments_by_range_of_days() -> None:
    days = {1: "02-14", 2: "02-15", 3: "02-28", 4: "03-01", 5: "03-02", 6: "03-08", 7: "03-09"}
    debits = [f"{n}     invoice      2026-02-01  2026-03-01  1.00" for n in range(1, 9)]
    paid = [f"{n + 10}    payment      2026-{on}  2026-{on}  -1.00" for n, on in days.items()]
    found = book(
        "\n".join(
            [
                "item  kind         date        due         amount",
                *debits,
                *paid,
                "18    credit_note  2026-03-09  2026-03-09  -1.00",
            ]
        ),
        "\n".join(
            ["debit  credit  amount", *(f"{n}      {n + 10}      1.00" for n in range(1, 9))]
        ),
    )
    assert_rows(
        lateness(found, DAY),
        """
        from_day  to_day  count  settled
        -         -15     1      1.00
        -14       -1      2      2.00
        0         0       1      1.00
        1         7       2      2.00
        8         15      1      1.00
        16        30      0      0.00
        31        60      0      0.00
        61        90      0      0.00
        91        -       0      0.00
        """,
    )
    assert lateness(found, date(2027, 3, 31)).is_empty()  # more than twelve months ago
