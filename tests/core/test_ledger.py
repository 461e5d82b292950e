"""From accounting entries to receivables: accounts, kinds, dates, names, matching codes."""

from datetime import date

import polars as pl
import pytest
from tests.core.entries import entries, open_now, owed
from tests.tables import assert_rows, shuffled

from quittance.core.ledger import receivables
from quittance.core.schema import ALLOCATIONS, CUSTOMERS, ITEMS, LEDGER, SchemaError

SALE = """
journal  entry  date        account  customer  piece  debit    credit
VE       1      2026-01-31  411000   C1        FA-1   1200.00  0
VE       1      2026-01-31  707000   -         FA-1   0        1000.00
VE       1      2026-01-31  445710   -         FA-1   0        200.00
"""


def entry(*lines: str) -> pl.DataFrame:
    """The items of one entry of journal OD (or the one that a line gives)."""
    head = "journal  entry  date        account  customer  piece  debit  credit"
    rows = [f"OD  1  2026-01-31  {line}" for line in lines]
    return owed("\n".join([head, *rows]))


# Accounts


@pytest.mark.parametrize(
    ("account", "is_receivable"),
    [
        ("411000", True),
        ("410000", True),
        ("413000", True),
        ("416000", True),
        ("419100", True),
        ("418100", False),
        ("419700", False),
        ("401000", False),
        ("512000", False),
    ],
)
def test_which_accounts_are_receivables(account: str, is_receivable: bool) -> None:
    items = entry(f"{account}  C1  P  10.00  0", "707000  -  P  0  10.00")
    assert items.height == int(is_receivable)


def test_the_items_sum_to_the_balance_of_the_customers_accounts() -> None:
    items = owed(SALE + "BQ  2  2026-02-01  512000  -  R  500.00  0\n"
                 "BQ  2  2026-02-01  411000  C1  R  0  500.00\n")  # fmt: skip
    assert items["amount_minor"].sum() == 70000


def test_invoices_to_issue_are_left_out_and_named() -> None:
    found = receivables(entries(SALE + "OD  2  2026-01-31  418100  -  -  99.00  0\n"
                                "OD  2  2026-01-31  707000  -  -  0  99.00\n"))  # fmt: skip
    assert found.items.height == 1
    assert [note.en for note in found.notes] == [
        "Invoices to be issued (account 418) left out: €99.00."
    ]


def test_a_year_that_ends_without_any_to_issue_has_no_note() -> None:
    """Of two years only the last one counts: the first one's were reversed since."""
    text = (
        SALE
        + """
OD  2  2026-12-31  418100  -  -  99.00  0
OD  2  2026-12-31  707000  -  -  0      99.00
AN  1  2027-01-01  418100  -  -  99.00  0
AN  1  2027-01-01  110000  -  -  0      99.00
OD  2  2027-01-01  707000  -  -  99.00  0
OD  2  2027-01-01  418100  -  -  0      99.00
"""
    )
    assert receivables(entries(text)).notes == ()


def test_every_movement_is_in_the_trial_balance() -> None:
    ledger = receivables(entries(SALE)).ledger
    assert dict(ledger.schema) == dict(LEDGER)
    assert ledger.select(pl.col("debit_minor", "credit_minor").sum()).row(0) == (120000, 120000)


# Kinds


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["411000  C1  P  12.00  0", "707000  -  P  0  12.00"], "invoice"),
        (["413000  C1  P  12.00  0", "411000  C2  P  0  12.00"], "bill"),
        (["416000  C1  P  12.00  0", "411000  C2  P  0  12.00"], "doubtful"),
        (["411000  C1  P  12.00  0", "512000  -  P  0  12.00"], "refund"),
        (["411000  C1  P  12.00  0", "471000  -  P  0  12.00"], "other"),
        (["411000  C1  P  0  12.00", "512000  -  P  12.00  0"], "payment"),
        (["411000  C1  P  0  12.00", "707000  -  P  12.00  0"], "credit_note"),
        (["411000  C1  P  0  12.00", "654000  -  P  12.00  0"], "write_off"),
        (["419100  C1  P  0  12.00", "512000  -  P  12.00  0"], "advance"),
        (["411000  C1  P  0  12.00", "471000  -  P  12.00  0"], "other"),
    ],
)
def test_the_counterpart_tells_the_kind(lines: list[str], kind: str) -> None:
    assert entry(*lines).filter(customer="C1")["kind"].to_list() == [kind]


@pytest.mark.parametrize(
    ("journal", "side", "kind"),
    [
        ("VE", "debit", "invoice"),
        ("VT1", "debit", "invoice"),
        ("FACT", "credit", "credit_note"),
        ("BQ", "credit", "payment"),
        ("BNK", "credit", "payment"),
        ("CAI", "debit", "refund"),
        ("B1", "credit", "payment"),
        ("XX", "credit", "other"),
    ],
)
def test_without_a_counterpart_the_journal_tells_the_kind(
    journal: str, side: str, kind: str
) -> None:
    """Some programs give each line its own number: the entry cannot be seen."""
    amounts = "12.00  0" if side == "debit" else "0  12.00"
    text = "journal  entry  date        account  customer  piece  debit  credit"
    assert owed(f"{text}\n{journal}  1  2026-01-31  411000  C1  P  {amounts}")["kind"][0] == kind


@pytest.mark.parametrize(
    ("label", "kind"),
    [("Factures de vente", "invoice"), ("Sales", "invoice"), ("Caisse", "refund")],
)
def test_a_journal_is_also_known_by_its_name(label: str, kind: str) -> None:
    text = "journal  entry  date        account  customer  piece  debit  credit"
    row = "77  1  2026-01-31  411000  C1  P  12.00  0"
    assert owed(f"{text}\n{row}", journal_label=label)["kind"][0] == kind


# Customers


@pytest.mark.parametrize(
    ("account", "auxiliary", "customer"),
    [
        ("411000", "C1", "C1"),
        ("411DUPONT", "-", "411DUPONT"),
        ("4110012", "-", "4110012"),
        ("411000", "-", "411000"),
        ("413DUPONT", "-", "411DUPONT"),
        ("4130012", "-", "4110012"),
        ("416DUPONT", "-", "411DUPONT"),
        ("4191DUPONT", "-", "411DUPONT"),
        ("419100", "-", "419100"),
        ("416000", "C1", "C1"),
    ],
)
def test_a_customer_is_its_auxiliary_account_else_its_account(
    account: str, auxiliary: str, customer: str
) -> None:
    items = entry(f"{account}  {auxiliary}  P  12.00  0", "707000  -  P  0  12.00")
    assert items["customer"].to_list() == [customer]


def test_a_customer_has_the_name_last_used() -> None:
    text = """
    date        journal  entry  account    customer  auxiliary_label  account_label  debit
    2026-01-01  VE       1      411000     C1        Ancien nom       Clients        1.00
    2026-02-01  VE       2      411000     C1        Nouveau nom      Clients        1.00
    2026-03-01  VE       3      411000     C1        -                Clients        1.00
    2026-01-01  VE       4      411DUPONT  -         -                Dupont         1.00
    2026-04-01  VE       5      4191DUPONT  -        -                Dupont avances  1.00
    2026-01-01  VE       6      4110012    -         -                -              1.00
    """
    found = receivables(entries(text)).customers
    assert dict(found.schema) == dict(CUSTOMERS)
    assert found.select("customer", "name").rows() == [
        ("4110012", "4110012"),
        ("411DUPONT", "Dupont"),
        ("C1", "Nouveau nom"),
    ]


def test_a_customer_of_the_books_is_a_business_without_terms() -> None:
    found = receivables(entries(SALE)).customers
    assert found.rows() == [("C1", "C1", "business", "")]


# Items


def test_an_item_keeps_its_document_and_its_dates() -> None:
    text = """
    journal  entry  date        account  customer  piece  piece_date  debit  credit
    VE       1      2026-01-31  411000   C1        FA-1   2026-01-15  12.00  0
    BQ       2      2026-03-01  411000   C1        R-1    2026-02-27  0      12.00
    """
    items = owed(text)
    assert dict(items.drop("open_minor").schema) == dict(ITEMS)
    assert_rows(items, """
    document  date        issue       due  currency  amount  recorded_date
    FA-1      2026-01-31  2026-01-15  -    EUR       12.00   2026-01-31
    R-1       2026-03-01  2026-03-01  -    EUR       -12.00  2026-03-01
    """)  # fmt: skip


def test_without_a_piece_the_label_then_the_number_is_the_document() -> None:
    text = """
    journal  entry  date        account  customer  piece  label    debit
    VE       7      2026-01-31  411000   C1        -      Facture  1.00
    VE       8      2026-01-31  411000   C1        -      -        2.00
    """
    assert owed(text)["document"].to_list() == ["8", "Facture"]


def test_a_line_of_nothing_is_no_item() -> None:
    assert entry("411000  C1  P  0  0").is_empty()


def test_items_are_numbered_without_a_gap_whatever_the_order_of_the_lines() -> None:
    lines = entries(SALE + "VE  2  2026-01-05  411000  C2  FA-2  5.00  0\n"
                    "VE  3  2026-03-05  411000  C0  FA-3  5.00  0\n")  # fmt: skip
    expected = receivables(lines).items
    assert expected["item"].to_list() == [0, 1, 2]
    for seed in range(5):
        assert receivables(shuffled(lines, seed)).items.equals(expected)


def test_a_bill_and_a_doubtful_claim_keep_the_date_of_their_invoice() -> None:
    """Moving a claim to another account does not make it young again."""
    text = """
    journal  entry  date        account  customer  piece  debit   credit  code
    VE       1      2025-01-31  411000   C1        FA-1   100.00  0       A
    VE       2      2025-02-28  411000   C2        FA-2   200.00  0       -
    OD       3      2025-12-31  411000   C1        LCR    0       100.00  A
    OD       3      2025-12-31  413000   C1        LCR    100.00  0       -
    OD       4      2025-12-31  411000   C2        FA-2   0       200.00  -
    OD       4      2025-12-31  416000   C2        FA-2   200.00  0       -
    """
    moved = owed(text).filter(pl.col("kind").is_in(["bill", "doubtful"]))
    assert_rows(moved, """
    customer  kind      date        issue
    C1        bill      2025-12-31  2025-01-31
    C2        doubtful  2025-12-31  2025-02-28
    """)  # fmt: skip


# Matching codes


def test_a_code_settles_what_bears_it() -> None:
    text = """
    journal  entry  date        account  customer  piece  debit   credit  code  matching_date
    VE       1      2026-01-31  411000   C1        FA-1   100.00  0       A     2026-03-15
    VE       2      2026-02-10  411000   C1        FA-2   50.00   0       -     -
    BQ       3      2026-03-10  411000   C1        R-1    0       100.00  A     2026-03-15
    """
    found = receivables(entries(text))
    assert dict(found.allocations.schema) == dict(ALLOCATIONS)
    assert_rows(found.allocations, """
    debit  credit  amount  date        recorded_date  value_date
    0      2       100.00  2026-03-10  2026-03-15     2026-03-10
    """)  # fmt: skip
    assert open_now(found)["open_minor"].to_list() == [0, 5000, 0]


def test_before_the_payment_the_invoice_was_open() -> None:
    text = SALE.replace("credit\n", "credit   code\n").replace("1200.00  0\n", "1200.00  0  A\n")
    text = text.replace("1000.00\n", "1000.00  -\n").replace("200.00\n", "200.00  -\n")
    found = receivables(entries(text + "BQ  2  2026-03-10  411000  C1  R  0  1200.00  A\n"))
    assert open_now(found, date(2026, 3, 9))["open_minor"].to_list() == [120000]
    assert open_now(found, date(2026, 3, 10))["open_minor"].to_list() == [0, 0]


def test_an_unbalanced_code_is_a_partial_allocation() -> None:
    text = """
    journal  entry  date        account  customer  piece  debit   credit  code
    VE       1      2026-01-31  411000   C1        FA-1   100.00  0       A
    VE       2      2026-02-28  411000   C1        FA-2   100.00  0       A
    BQ       3      2026-03-10  411000   C1        R-1    0       130.00  A
    """
    assert owed(text)["open_minor"].to_list() == [0, 7000, 0]


@pytest.mark.parametrize("other", ["411000   C2", "413000   C1"])
def test_a_code_belongs_to_one_account_of_one_customer(other: str) -> None:
    text = f"""
    journal  entry  date        account  customer  piece  debit   credit  code
    VE       1      2026-01-31  411000   C1        FA-1   100.00  0       A
    BQ       3      2026-03-10  {other}        R-1    0       100.00  A
    """
    assert owed(text)["open_minor"].to_list() == [10000, -10000]


def test_only_entries_make_receivables() -> None:
    with pytest.raises(SchemaError, match="receivables"):
        receivables(pl.DataFrame({"account": ["411000"]}))
