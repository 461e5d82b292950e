"""From lists of invoices, payments and customers to receivables."""

import polars as pl
import pytest
from tests.core.entries import open_now
from tests.tables import assert_rows, frame

from quittance.core.customer_lists import CUSTOMER_ROWS, kind_of
from quittance.core.ledger import Receivables
from quittance.core.listing import (
    INVOICE_ROWS,
    PAYMENT_ROWS,
    receivables_of_lists,
)
from quittance.core.schema import ALLOCATIONS, CUSTOMERS, ITEMS, SchemaError


def found(invoices: str, payments: str = "", customers: str = "") -> Receivables:
    """Lists as tables; an invoice is of C1 and in euros unless said."""
    return receivables_of_lists(
        frame(invoices, INVOICE_ROWS, **{"customer": "C1", "currency": "EUR"}),
        frame(payments, PAYMENT_ROWS),
        customers=frame(customers, CUSTOMER_ROWS),
    )


def left(invoices: str, payments: str = "") -> dict[str, int]:
    """What is left open, by document and kind."""
    rows = open_now(found(invoices, payments)).group_by("document", "kind").agg(
        pl.col("open_minor").sum()
    )  # fmt: skip
    return {f"{number} {kind}": cents for number, kind, cents in rows.sort("document").iter_rows()}


# Invoices


def test_each_line_of_a_list_is_an_item() -> None:
    made = found("""
    document  name   issue       due         amount
    FA-1      Morel  2026-01-31  2026-03-02  100.00
    FA-2      Morel  2026-02-28  -           50.00
    """)
    assert dict(made.items.schema) == dict(ITEMS)
    assert_rows(made.items, """
    item  customer  document  kind     date        issue       due         currency  amount
    0     C1        FA-1      invoice  2026-01-31  2026-01-31  2026-03-02  EUR       100.00
    1     C1        FA-2      invoice  2026-02-28  2026-02-28  -           EUR       50.00
    """)  # fmt: skip
    assert made.allocations.is_empty()
    assert made.ledger.is_empty()
    assert made.notes == ()


def test_what_is_still_open_counts_and_the_list_says_that_it_has_no_past() -> None:
    made = found("""
    document  issue       amount  open
    FA-1      2026-01-31  100.00  40.00
    FA-2      2026-02-28  50.00   0.00
    """)
    assert made.items.select("document", "amount_minor").rows() == [("FA-1", 4000)]
    assert [note.en for note in made.notes] == [
        "The list states what was open on its own date, without the history: an earlier date, DSO, "
        "CEI and delays have no meaning in it."
    ]


def test_a_list_without_invoice_dates_has_due_dates() -> None:
    items = found("document  due         amount\nFA-1      2026-03-02  1.00\n").items
    assert_rows(items, "issue       due\n2026-03-02  2026-03-02")


@pytest.mark.parametrize(
    ("kind", "amount", "expected"),
    [
        ("-", "100.00", ("invoice", 10000)),
        ("Facture", "100.00", ("invoice", 10000)),
        ("Facture d'acompte", "100.00", ("invoice", 10000)),
        ("-", "-100.00", ("credit_note", -10000)),
        ("Avoir", "100.00", ("credit_note", -10000)),
        ("AVOIR", "-100.00", ("credit_note", -10000)),
        ("Credit note", "100.00", ("credit_note", -10000)),
        ("Règlement", "100.00", ("payment", -10000)),
        ("Reglement client", "-100.00", ("payment", -10000)),
        ("Payment", "100.00", ("payment", -10000)),
    ],
)
def test_credits_are_in_the_customers_favour(
    kind: str, amount: str, expected: tuple[str, int]
) -> None:
    """A payment counted as an invoice would be a debt that nobody owes."""
    text = f"document  kind  issue  amount\nX  {kind}  2026-01-31  {amount}\n"
    assert found(text).items.select("kind", "amount_minor").row(0) == expected


def test_a_credit_is_due_on_its_own_day() -> None:
    text = "document  issue       due         amount\nAV-1  2026-01-31  2026-03-02  -5.00\n"
    assert_rows(found(text).items, "due\n2026-01-31")


# Payments stated on the invoice's own line


def test_a_payment_date_settles_the_invoice_on_that_day() -> None:
    made = found("""
    document  issue       due         payment_date  amount
    FA-1      2026-01-31  2026-03-02  2026-03-10    100.00
    FA-2      2026-01-31  2026-03-02  -             50.00
    """)
    assert dict(made.allocations.schema) == dict(ALLOCATIONS)
    assert_rows(made.allocations, """
    debit  amount  date        value_date
    0      100.00  2026-03-10  2026-03-10
    """)  # fmt: skip
    assert_rows(open_now(made), """
    document  kind     date        open
    FA-1      invoice  2026-01-31  0.00
    FA-2      invoice  2026-01-31  50.00
    FA-1      payment  2026-03-10  0.00
    """)  # fmt: skip


@pytest.mark.parametrize(
    ("paid", "payment_date", "open_minor"),
    [
        ("40.00", "2026-03-10", 6000),
        ("40.00", "-", 6000),
        ("-40.00", "-", 6000),  # some programs write what was paid as negative
        ("0.00", "-", 10000),
        ("100.00", "-", 0),
    ],
)
def test_an_amount_paid_settles_as_much(paid: str, payment_date: str, open_minor: int) -> None:
    text = f"""
    document  issue       paid    payment_date    amount
    FA-1      2026-01-31  {paid}  {payment_date}  100.00
    """
    made = open_now(found(text))
    assert made.filter(kind="invoice")["open_minor"].to_list() == [open_minor]


def test_an_amount_paid_too_much_leaves_the_surplus_unallocated() -> None:
    text = "document  issue       paid    amount\nFA-1  2026-01-31  130.00  100.00\n"
    assert left(text) == {"FA-1 invoice": 0, "FA-1 payment": -3000}


def test_invoices_without_a_number_are_settled_each_by_its_own_payment() -> None:
    made = found("""
    issue       payment_date  amount
    2026-01-31  -             100.00
    2026-02-28  2026-03-10    100.00
    """)
    assert made.allocations["debit_item"].to_list() == [1]


def test_a_credit_note_with_a_payment_date_was_paid_back() -> None:
    text = "document  issue       payment_date  amount\nAV-1  2026-01-31  2026-03-10  -40.00\n"
    assert left(text) == {"AV-1 credit_note": 0, "AV-1 refund": 0}


# Lists of payments

INVOICES = """
key  document  customer  issue       amount
1    FA-1      C1        2026-01-31  100.00
2    FA-2      C2        2026-02-28  200.00
"""


@pytest.mark.parametrize(
    "payments",
    [
        "invoice_key  payment_date  amount\n1            2026-03-10    100.00\n",
        "document     payment_date  amount\nFA-1         2026-03-10    100.00\n",
    ],
)
def test_a_payment_names_its_invoice_by_key_or_by_number(payments: str) -> None:
    made = found(INVOICES, payments)
    assert_rows(made.allocations, """
    debit  credit  amount  date        value_date
    0      2       100.00  2026-03-10  2026-03-10
    """)  # fmt: skip
    assert made.items.filter(kind="payment")["customer"].to_list() == ["C1"]


def test_a_key_names_a_number_where_invoices_have_no_key() -> None:
    invoices = "document  issue       amount\nFA-1  2026-01-31  100.00\n"
    payments = "invoice_key  payment_date  amount\nFA-1  2026-03-10  100.00\n"
    assert left(invoices, payments) == {"FA-1 invoice": 0, "FA-1 payment": 0}


def test_what_names_no_invoice_stays_unallocated() -> None:
    payments = """
    document  customer  payment_date  amount
    FA-9      C1        2026-03-10    100.00
    -         C2        2026-03-10    20.00
    -         -         2026-03-10    3.00
    """
    made = found(INVOICES, payments)
    assert made.allocations.is_empty()
    assert made.items.filter(kind="payment").select("customer", "amount_minor").rows() == [
        ("C1", -10000),
        ("C2", -2000),
        ("?", -300),
    ]


def test_a_payment_is_the_customers_whose_invoice_it_names() -> None:
    """Whatever the list of payments calls that customer: its account must come to zero."""
    payments = "document  customer   payment_date  amount\nFA-2  Morel SA  2026-03-10  200.00\n"
    made = found(INVOICES, payments)
    assert made.items.filter(kind="payment")["customer"].to_list() == ["C2"]


def test_part_payments_settle_in_turn_and_a_surplus_stays() -> None:
    payments = """
    document  payment_date  amount
    FA-1      2026-03-10    60.00
    FA-1      2026-03-20    60.00
    """
    made = found(INVOICES, payments)
    assert_rows(made.allocations, """
    debit  credit  amount  value_date
    0      2       60.00   2026-03-10
    0      3       40.00   2026-03-20
    """)  # fmt: skip
    assert left(INVOICES, payments)["FA-1 payment"] == -2000


def test_a_bounced_payment_reopens_the_debt() -> None:
    payments = """
    document  payment_date  amount
    FA-1      2026-03-10    100.00
    FA-1      2026-03-15    -100.00
    """
    assert left(INVOICES, payments) == {
        "FA-1 invoice": 0, "FA-1 payment": 0, "FA-1 refund": 10000, "FA-2 invoice": 20000,
    }  # fmt: skip


def test_a_payment_before_the_invoice_counts_from_the_invoice_on() -> None:
    payments = "document  payment_date  amount\nFA-1  2026-01-10  100.00\n"
    assert_rows(found(INVOICES, payments).allocations, "date        value_date\n"
                "2026-01-31  2026-01-10")  # fmt: skip


def test_lines_of_one_number_are_instalments_settled_oldest_first() -> None:
    invoices = """
    document  issue       due         amount
    FA-1      2026-01-31  2026-04-30  50.00
    FA-1      2026-01-31  2026-03-02  50.00
    """
    payments = "document  payment_date  amount\nFA-1  2026-03-10  100.00\n"
    made = found(invoices, payments)
    assert made.allocations["amount_minor"].to_list() == [5000, 5000]
    assert left(invoices, payments) == {"FA-1 invoice": 0, "FA-1 payment": 0}


def test_a_part_payment_settles_the_oldest_instalment_whatever_the_order_of_the_lines() -> None:
    invoices = """
    key  document  issue       amount
    2    FA-1      2026-02-28  50.00
    1    FA-1      2026-01-31  50.00
    """
    payments = "document  payment_date  amount\nFA-1  2026-03-10  50.00\n"
    made = found(invoices, payments)
    assert made.allocations["debit_item"].to_list() == [1]


SHARED = """
document  customer  issue       amount
1001      C1        2026-01-31  100.00
1001      C2        2026-01-31  100.00
"""


def test_a_number_that_two_customers_share_is_settled_for_the_payer() -> None:
    payments = "document  customer  payment_date  amount\n1001  C2  2026-03-10  100.00\n"
    assert found(SHARED, payments).allocations["debit_item"].to_list() == [1]


def test_a_number_that_two_customers_share_is_settled_for_nobody_without_a_payer() -> None:
    payments = "document  payment_date  amount\n1001  2026-03-10  100.00\n"
    made = found(SHARED, payments)
    assert made.allocations.is_empty()
    assert made.items["customer"].to_list() == ["C1", "C2", "?"]


def test_a_payment_without_a_currency_is_in_its_invoices() -> None:
    invoices = "document  issue       currency  amount\nFA-1  2026-01-31  USD  100.00\n"
    payments = "document  payment_date  amount\nFA-1  2026-03-10  100.00\n"
    made = found(invoices, payments)
    assert made.items["currency"].to_list() == ["USD", "USD"]
    assert made.allocations.height == 1


def test_a_payment_in_another_currency_settles_nothing() -> None:
    payments = "document  payment_date  currency  amount\nFA-1  2026-03-10  USD  100.00\n"
    made = found(INVOICES, payments)
    assert made.allocations.is_empty()
    assert made.items.filter(kind="payment")["currency"].to_list() == ["USD"]


# Customers


def test_customers_are_those_met_with_what_their_list_says() -> None:
    made = found(
        INVOICES,
        customers="""
        key  customer  name   terms   customer_kind
        -    C1        Morel  45 EOM  Mairie
        -    C9        Petit  30      -
        """,
    )
    assert dict(made.customers.schema) == dict(CUSTOMERS)
    assert made.customers.rows() == [
        ("C1", "Morel", "public", "45 EOM"),
        ("C2", "C2", "business", ""),
    ]


def test_a_key_of_the_customers_list_stands_for_its_code() -> None:
    invoices = "document  customer  issue       amount\nFA-1  17  2026-01-31  100.00\n"
    made = found(invoices, customers="key  customer  name\n17   C1        Morel\n")
    assert made.items["customer"].to_list() == ["C1"]
    assert made.customers.select("customer", "name").rows() == [("C1", "Morel")]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Public", "public"),
        ("Collectivité", "public"),
        ("Administration", "public"),
        ("Hôpital", "public"),
        ("État", "public"),
        ("Particulier", "consumer"),
        ("B2C", "consumer"),
        ("Entreprise", "business"),
        ("business", "business"),
        ("", "business"),
        (None, "business"),
    ],
)
def test_a_word_tells_the_kind_of_customer(word: str | None, kind: str) -> None:
    text = pl.DataFrame({"word": [word]}, schema={"word": pl.String})
    assert text.select(kind_of(pl.col("word"))).item() == kind


def test_only_rows_of_lists_make_receivables() -> None:
    nothing = pl.DataFrame()
    with pytest.raises(SchemaError, match="receivables_of_lists"):
        receivables_of_lists(nothing, nothing, customers=nothing)


def test_no_list_makes_nothing() -> None:
    made = found("", "", "")
    assert made.items.is_empty()
    assert made.allocations.is_empty()
