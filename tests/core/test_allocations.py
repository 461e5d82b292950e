"""Which credit settles which debit: oldest first within a group; what is left stays open."""

from datetime import date

import polars as pl
import pytest
from tests.tables import assert_rows, frame

from quittance.core.allocations import MEMBERS, oldest_first, residuals
from quittance.core.schema import SchemaError


def members(text: str) -> pl.DataFrame:
    """Members of groups; group 1 unless said."""
    return frame(text, MEMBERS, group=1)


def settled(text: str) -> pl.DataFrame:
    """The allocations of a table of members, in the order of the debits."""
    return oldest_first(members(text)).sort("debit_item", "credit_item")


def test_an_empty_group_has_no_allocation() -> None:
    assert oldest_first(members("")).is_empty()


@pytest.mark.parametrize("amount", ["100.00", "-100.00", "0"])
def test_an_item_alone_stays_open(amount: str) -> None:
    one = members(f"item  date        amount\n1     2026-01-01  {amount}")
    assert oldest_first(one).is_empty()
    assert (
        residuals(one, oldest_first(one))["open_minor"].to_list() == one["amount_minor"].to_list()
    )


def test_an_exact_payment_settles_its_invoice() -> None:
    assert_rows(
        settled(
            """
            item  date        amount
            1     2026-01-31  100.00
            2     2026-03-15  -100.00
            """
        ),
        """
        debit  credit  amount  date        recorded    value
        1      2       100.00  2026-03-15  2026-03-15  2026-03-15
        """,
    )


def test_one_payment_of_many_invoices_and_many_payments_of_one() -> None:
    assert_rows(
        settled(
            """
            item  date        amount
            1     2026-01-31  100.00
            2     2026-02-28  50.00
            3     2026-03-31  30.00
            8     2026-04-01  -120.00
            9     2026-04-02  -60.00
            """
        ),
        """
        debit  credit  amount
        1      8       100.00
        2      8       20.00
        2      9       30.00
        3      9       30.00
        """,
    )


def test_pairs_of_equal_amounts_make_one_allocation_each() -> None:
    assert_rows(
        settled(
            """
            item  date        amount
            1     2026-01-31  100.00
            2     2026-02-28  50.00
            8     2026-04-01  -100.00
            9     2026-04-02  -50.00
            """
        ),
        """
        debit  credit  amount
        1      8       100.00
        2      9       50.00
        """,
    )


def test_an_unbalanced_group_is_a_partial_allocation() -> None:
    rows = members(
        """
        item  date        amount
        1     2026-01-31  100.00
        2     2026-02-28  100.00
        3     2026-03-15  -130.00
        """
    )
    assert_rows(residuals(rows, oldest_first(rows)), "item  open\n1     0\n2     70.00\n3     0")


def test_an_overpayment_keeps_what_nothing_used() -> None:
    rows = members("item  date        amount\n1     2026-01-31  100\n2     2026-02-01  -130")
    assert_rows(residuals(rows, oldest_first(rows)), "item  open\n1     0\n2     -30.00")


def test_the_oldest_is_settled_first_whatever_the_order_of_rows() -> None:
    assert_rows(
        settled(
            """
            item  date        amount
            5     2026-03-31  100.00
            7     2026-01-31  100.00
            6     2026-01-31  100.00
            9     2026-04-15  -150.00
            """
        ),
        """
        debit  credit  amount
        6      9       100.00
        7      9       50.00
        """,
    )


def test_groups_do_not_mix() -> None:
    assert_rows(
        settled(
            """
            group  item  date        amount
            1      1     2026-01-31  100.00
            2      2     2026-01-31  100.00
            2      3     2026-02-15  -40.00
            1      4     2026-02-15  -70.00
            """
        ),
        """
        debit  credit  amount
        1      4       70.00
        2      3       40.00
        """,
    )


def test_an_advance_counts_from_the_invoice_at_its_own_value_date() -> None:
    assert_rows(
        settled(
            """
            item  date        amount
            1     2026-03-31  100.00
            2     2026-01-15  -100.00
            """
        ),
        """
        debit  credit  amount  date        recorded    value
        1      2       100.00  2026-03-31  2026-03-31  2026-01-15
        """,
    )


@pytest.mark.parametrize(
    ("debit", "credit", "known"),
    [
        ("-", "-", "2026-02-15"),
        ("2026-03-01", "2026-03-01", "2026-03-01"),
        ("2026-03-01", "-", "2026-03-01"),
        ("-", "2026-03-01", "2026-03-01"),  # the payment was matched later than the invoice
        ("2026-03-01", "2026-04-01", "2026-04-01"),
        ("2026-01-01", "2026-01-01", "2026-02-15"),  # never before both items exist
    ],
)
def test_an_allocation_is_known_when_both_sides_are_matched(
    debit: str, credit: str, known: str
) -> None:
    found = settled(
        f"""
        item  date        amount   recorded
        1     2026-01-31  100.00   {debit}
        2     2026-02-15  -100.00  {credit}
        """
    )
    assert found["recorded_date"].to_list() == [date.fromisoformat(known)]


def test_an_item_in_two_groups_is_matched_in_each_on_its_own_day() -> None:
    found = settled(
        """
        group  item  date        amount  recorded
        1      1     2026-01-31  40.00   -
        2      2     2026-01-31  60.00   -
        1      9     2026-02-15  -40.00  2026-03-01
        2      9     2026-02-15  -60.00  2026-05-01
        """
    )
    assert_rows(
        found,
        """
        debit  credit  amount  recorded
        1      9       40.00   2026-03-01
        2      9       60.00   2026-05-01
        """,
    )


def test_residuals_keep_rows_order_and_sign() -> None:
    rows = members(
        """
        item  date        amount
        3     2026-01-31  -100.00
        1     2026-01-31  80.00
        2     2026-01-31  0
        """
    )
    left = residuals(rows, oldest_first(rows))
    assert_rows(left, "item  open\n3     -20.00\n1     0\n2     0")


def test_the_frames_are_checked() -> None:
    with pytest.raises(SchemaError, match="members"):
        oldest_first(members("").drop("group"))
    with pytest.raises(SchemaError, match="allocations"):
        residuals(members(""), pl.DataFrame({"debit_item": [1]}))
