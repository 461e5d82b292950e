"""When a claim lapses, on the earliest safe reading; what is unsettled never extends it."""

from datetime import date

import polars as pl
import pytest
from tests.tables import assert_rows, book

from quittance.core.book import Book
from quittance.core.limitation import limitation

DAY = date(2026, 6, 30)


def claims(
    items: str, *, interruptions: str = "", kind: str = "business", regime: str = ""
) -> pl.DataFrame:
    """The claims of a customer of a kind, on 30 June 2026."""
    people = f"customer  kind\nC1        {kind}"
    return limitation(
        book(items, customers=people, interruptions=interruptions), DAY, regime=regime
    )


@pytest.mark.parametrize(
    ("kind", "regime", "issue", "due", "counted_from", "lapses"),
    [
        ("business", "", "2021-09-20", "2021-10-20", "2021-10-20", "2026-10-20"),
        ("business", "", "2024-01-30", "2024-02-29", "2024-02-29", "2029-02-28"),
        ("consumer", "", "2024-10-01", "2024-10-31", "2024-10-31", "2026-10-31"),
        ("public", "", "2022-11-15", "2022-12-15", "2022-11-15", "2027-01-01"),
        # the service of December is a claim of that year, though it falls due in the next
        ("public", "", "2022-12-20", "2023-01-19", "2022-12-20", "2027-01-01"),
        ("public", "", "2023-01-01", "2023-01-31", "2023-01-01", "2028-01-01"),
        # a carrier's claim runs from delivery, not from the due date
        ("business", "TRANSPORT_1", "2026-01-15", "2026-02-14", "2026-01-15", "2027-01-15"),
        ("business", "TRANSPORT_1", "2026-02-14", "2026-01-15", "2026-01-15", "2027-01-15"),
        ("consumer", "TRANSPORT_1", "2025-01-15", "2025-02-14", "2025-02-14", "2027-02-14"),
    ],
)  # fmt: skip
def test_regimes(
    *, kind: str, regime: str, issue: str, due: str, counted_from: str, lapses: str
) -> None:
    found = claims(f"issue    due    amount\n{issue}  {due}  1.00", kind=kind, regime=regime)
    assert_rows(found, f"counted_from    lapses    possible\n{counted_from}  {lapses}  -")


def test_days_left_are_zero_on_the_last_day_and_negative_once_lapsed() -> None:
    found = claims(
        """
        item  issue       due         amount
        1     2021-05-31  2021-06-30  1.00
        2     2021-05-31  2021-06-29  1.00
        3     2021-05-31  2021-07-01  1.00
        """
    )
    assert_rows(
        found,
        """
        item  lapses      days_left  regime        verified
        2     2026-06-29  -1         COMMERCIAL_5  yes
        1     2026-06-30  0          COMMERCIAL_5  yes
        3     2026-07-01  1          COMMERCIAL_5  yes
        """,
    )
    assert found["reference"].str.contains("L110-4").all()


INVOICE = "issue       due         amount\n2022-01-01  2022-01-31  100.00"


@pytest.mark.parametrize(
    ("event", "on", "status", "lapses", "possible"),
    [
        ("court_claim", "2025-03-15", "certain", "2030-03-15", "-"),
        ("acknowledgment", "2025-03-15", "unsettled", "2027-01-31", "2030-03-15"),
        ("court_claim", "2025-03-15", "erased", "2027-01-31", "-"),
        ("acknowledgment", "2022-01-10", "certain", "2027-01-31", "-"),  # before it was due
        ("acknowledgment", "2022-01-10", "unsettled", "2027-01-31", "-"),
        ("court_claim", "2026-07-01", "certain", "2027-01-31", "-"),  # not yet
    ],
)
def test_events(*, event: str, on: str, status: str, lapses: str, possible: str) -> None:
    told = f"item  date    event    status\n1     {on}  {event}  {status}"
    found = claims(INVOICE, interruptions=told)
    assert_rows(found, f"lapses    possible\n{lapses}  {possible}")


def test_the_last_certain_event_decides() -> None:
    told = """
        item  date        event           status
        1     2025-03-15  court_claim     certain
        1     2023-05-01  acknowledgment  certain
        1     2024-01-01  acknowledgment  unsettled
        1     2025-12-01  acknowledgment  unsettled
        2     2026-01-01  court_claim     certain
        """
    found = claims(INVOICE, interruptions=told)
    assert_rows(found, "lapses      possible\n2030-03-15  2030-12-01")


def test_an_event_on_a_public_body_starts_again_from_the_next_year() -> None:
    told = "item  date        event       status\n1     2025-03-15  court_claim  certain"
    assert_rows(claims(INVOICE, interruptions=told, kind="public"), "lapses\n2030-01-01")


def part_paid(kind: str) -> Book:
    """An invoice of 100.00 of which 40.00 were settled in 2024."""
    return book(
        f"""
        item  kind     date        due         amount
        1     invoice  2022-01-01  2022-01-31  100.00
        2     {kind}  2024-05-06  2024-05-06  -40.00
        """,
        "debit  credit  amount\n1      2       40.00",
    )


def test_a_part_payment_is_a_possible_acknowledgment_never_a_certain_one() -> None:
    assert_rows(
        limitation(part_paid("payment"), DAY),
        "open   lapses      possible\n60.00  2027-01-31  2029-05-06",
    )
    assert_rows(limitation(part_paid("credit_note"), DAY), "lapses      possible\n2027-01-31  -")
    before = limitation(part_paid("payment"), date(2024, 5, 5))
    assert_rows(before, "open    possible\n100.00  -")


def test_only_what_is_owed_is_a_claim() -> None:
    assert claims("date        amount\n2026-01-01  -100.00").is_empty()
    assert limitation(book(), DAY).is_empty()


def test_a_customer_unknown_to_the_list_is_a_business() -> None:
    owed = book("customer  date        amount\nX         2026-01-01  1.00")
    found = limitation(Book(owed.customers.clear(), owed.items, owed.allocations, owed.law), DAY)
    assert_rows(found, "customer  name  regime\nX         -     COMMERCIAL_5")
