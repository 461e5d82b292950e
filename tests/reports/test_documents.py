from datetime import date

import polars as pl
from tests.tables import book

from quittance.core.settlement import settlement
from quittance.reports.documents import (
    STATES,
    invoices_in_order,
    invoices_report,
    payments_in_order,
    payments_report,
)

DUPONT = book(
    """
    item  document  kind     date        due         amount
    1     FA1       invoice  2026-01-10  2026-02-09  1200.00
    2     VIR1      payment  2026-03-02  2026-03-02  -500.00
    """,
    """
    debit  credit  amount
    1      2       500.00
    """,
)
DAY = date(2026, 4, 1)


def test_invoices_and_payments_are_told_apart_with_their_states() -> None:
    rows = settlement(DUPONT, DAY)
    people = DUPONT.customers.select("customer", "name", customer_id=pl.lit(7))
    owed = invoices_report(invoices_in_order(rows, people), DAY)
    assert owed.rows.select("document", "open_minor", "days_past_due", "state").rows() == [
        ("FA1", 70000, 51, "overdue")
    ]
    assert owed.totals["open_minor"].to_list() == [70000]
    received = payments_report(payments_in_order(rows, people), DAY)
    assert received.rows.select("document", "amount_minor", "open_minor").rows() == [
        ("VIR1", 50000, 0)
    ]
    assert set(rows["state"]) <= set(STATES)


def test_the_latest_comes_first_and_what_is_settled_last() -> None:
    rows = book(
        """
        item  document  date        due         amount
        1     FA1       2026-01-10  2026-02-09  100.00
        2     FA2       2026-01-10  2026-01-20  100.00
        3     FA3       2026-03-10  2026-06-09  100.00
        4     FA4       2026-01-01  2026-01-02  50.00
        5     VIR4      2026-03-02  2026-03-02  -50.00
        6     VIR5      2026-03-03  2026-03-03  -20.00
        """,
        "debit  credit  amount\n4      5       50.00",
    )
    settled = settlement(rows, DAY)
    people = rows.customers.select("customer", "name", customer_id=pl.lit(7))
    assert invoices_in_order(settled, people)["document"].to_list() == ["FA2", "FA1", "FA3", "FA4"]
    assert payments_in_order(settled, people)["document"].to_list() == ["VIR5", "VIR4"]
