from datetime import date

from tests.tables import book

from quittance.core.settlement import settlement
from quittance.reports.documents import STATES, invoices_report, payments_report

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
    people = DUPONT.customers.select("customer", "name", customer_id=None)
    owed = invoices_report(rows, people, as_of=DAY, states=("overdue",))
    assert owed.rows.select("document", "open_minor", "days_past_due").rows() == [
        ("FA1", 70000, 51)
    ]
    assert owed.totals["open_minor"].to_list() == [70000]
    assert invoices_report(rows, people, as_of=DAY, states=("settled",)).rows.is_empty()
    received = payments_report(rows, people, as_of=DAY, states=())
    assert received.rows.select("document", "amount_minor", "open_minor").rows() == [
        ("VIR1", 50000, 0)
    ]
    assert set(rows["state"]) <= set(STATES)
