"""Natural keys: readable, stable, never the same for two facts."""

import polars as pl
import pytest
from tests.core.entries import entries
from tests.tables import frame, shuffled

from quittance.core.customer_lists import CUSTOMER_ROWS
from quittance.core.ledger import receivables
from quittance.core.listing import INVOICE_ROWS, PAYMENT_ROWS, receivables_of_lists
from quittance.core.natural_keys import key_text, with_natural_key
from quittance.core.schema import SOURCES, empty

SALE = """
journal  entry  date        account  customer  piece  debit    credit
VE       1      2026-01-31  411000   C1        FA-1   1200.00  0
VE       1      2026-01-31  411000   C1        FA-2   300.00   0
VE       1      2026-01-31  707000   -         FA-1   0        1500.00
BQ       0      2026-02-28  411000   C1        R-1    0        1200.00
"""


def keys_of_entries(text: str, **given: object) -> list[str]:
    return receivables(entries(text, **given)).sources.sort("item")["key"].to_list()


def keys_of_lists(invoices: str, payments: str = "") -> list[str]:
    given = {"customer": "C1", "currency": "EUR", "file": "a.csv"}
    found = receivables_of_lists(
        frame(invoices, INVOICE_ROWS, **given),
        frame(payments, PAYMENT_ROWS, file="b.csv"),
        customers=empty(CUSTOMER_ROWS),
    )
    assert dict(found.sources.schema) == dict(SOURCES)
    assert found.sources["item"].to_list() == found.items["item"].to_list()
    return found.sources["key"].to_list()


def test_a_line_is_known_by_its_entry_its_account_its_side_and_its_rank() -> None:
    assert keys_of_entries(SALE) == [
        "entry|VE|2026-01-31|1|411000|C1|D|1",
        "entry|VE|2026-01-31|1|411000|C1|D|2",
        "entry|BQ|2026-02-28|R-1|411000|C1|C|1",  # without a number: its piece
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("1200.00  0", "1250.00  0"), ("FA-2   300.00", "FA-9   300.00")],
)
def test_a_correction_keeps_the_key(before: str, after: str) -> None:
    assert keys_of_entries(SALE.replace(before, after)) == keys_of_entries(SALE)
    assert keys_of_entries(SALE, label="Vente") == keys_of_entries(SALE)


def test_neither_the_files_name_nor_the_order_of_lines_is_in_a_key() -> None:
    assert keys_of_entries(SALE, file="b.txt") == keys_of_entries(SALE)
    lines = entries(SALE)
    for seed in range(5):
        moved = shuffled(lines, seed)
        assert receivables(moved).sources["key"].to_list() == keys_of_entries(SALE)


TWINS = """
journal  entry  date        account  customer  piece  label    debit   credit   code
VE       1      2026-01-31  411000   C1        FA-1   Pose     700.00  0        -
VE       1      2026-01-31  411000   C1        FA-1   Fourni   200.00  0        A
VE       1      2026-01-31  411000   C1        FA-1   Fourni   500.00  0        -
VE       1      2026-01-31  411000   C1        FA-1   Port     50.00   0        -
VE       1      2026-01-31  411000   C1        FA-1   Port     50.00   0        B
VE       1      2026-01-31  707000   -         FA-1   -        0       1500.00  -
"""


def said_by_rank(lines: pl.DataFrame) -> dict[str, tuple[object, ...]]:
    """The label, amount and code of the item that bears each rank."""
    found = receivables(lines)
    both = found.sources.join(found.items, on="item")
    said = both.select("key", "label", "amount_minor", "matching_code").iter_rows()
    return {key.rsplit("|", 1)[1]: tuple(rest) for key, *rest in said}


def test_lines_of_one_piece_have_their_rank_wherever_they_stand() -> None:
    lines = entries(TWINS)
    assert said_by_rank(lines) == {
        "1": ("Fourni", 200_00, "A"), "2": ("Fourni", 500_00, ""), "3": ("Port", 50_00, "B"),
        "4": ("Port", 50_00, ""), "5": ("Pose", 700_00, ""),
    }  # fmt: skip
    for seed in range(9):
        moved = shuffled(lines, seed).with_columns(line=pl.int_range(2, pl.len() + 2))
        assert said_by_rank(moved) == said_by_rank(lines)


def test_an_instalment_that_is_paid_is_the_same_one_wherever_it_stands() -> None:
    text = """
    document  issue       due         payment_date  amount
    FA-1      2026-01-31  2026-04-30  -             50.00
    FA-1      2026-01-31  2026-04-30  2026-05-02    50.00
    """
    head, *rows = text.strip().splitlines()
    paid_first = "\n".join([head, *reversed(rows)])
    assert keys_of_lists(text)[2:] == ["invoice|C1|FA-1|2026-01-31|1|paid"]
    assert keys_of_lists(paid_first)[2:] == keys_of_lists(text)[2:]


def test_where_an_item_comes_from() -> None:
    source = receivables(entries(SALE, label="Vente")).sources.row(1, named=True)
    del source["key"]
    assert source == {
        "item": 1, "file": "a.txt", "line": 3, "journal": "VE", "entry": "1", "account": "411000",
        "piece": "FA-2", "label": "Vente", "matching_code": "",
    }  # fmt: skip


def test_an_invoice_of_a_list_is_known_by_its_number_and_its_day() -> None:
    text = """
    document  issue       due         amount
    FA-1      2026-01-31  2026-04-30  50.00
    FA-1      2026-01-31  2026-03-02  50.00
    FA-1      2026-02-28  2026-03-02  50.00
    AV-1      2026-01-31  -           -5.00
    """
    assert keys_of_lists(text) == [
        "invoice|C1|FA-1|2026-01-31|2",  # instalments are ranked by due date
        "invoice|C1|FA-1|2026-01-31|1",
        "invoice|C1|FA-1|2026-02-28|1",
        "credit_note|C1|AV-1|2026-01-31|1",
    ]


def test_an_invoice_without_a_number_is_known_by_all_that_it_says() -> None:
    text = "issue       due         amount\n2026-01-31  2026-04-30  50.00\n"
    assert keys_of_lists(text) == ["invoice|C1||2026-01-31|2026-04-30|EUR|5000|1"]


def test_two_true_equal_payments_have_two_keys() -> None:
    payments = """
    document  payment_date  amount
    FA-1      2026-03-10    20.00
    FA-1      2026-03-10    20.00
    """
    invoices = "document  issue       amount\nFA-1  2026-01-31  100.00\n"
    assert keys_of_lists(invoices, payments)[1:] == [
        "receipt||FA-1||2026-03-10||2000|1",
        "receipt||FA-1||2026-03-10||2000|2",
    ]


def test_what_is_paid_on_the_invoices_line_has_the_invoices_key() -> None:
    text = "document  issue       paid   amount\nFA-1  2026-01-31  40.00  100.00\n"
    assert keys_of_lists(text) == [
        "invoice|C1|FA-1|2026-01-31|1",
        "invoice|C1|FA-1|2026-01-31|1|paid",
    ]


def test_a_mark_within_a_part_does_not_make_two_keys_one() -> None:
    rows = pl.DataFrame({"one": ["a|b", "a", "a\\", "a"], "other": ["c", "b|c", "|c", "\\|c"]})
    assert rows.select(key_text(pl.col("one"), pl.col("other"))).to_series().n_unique() == 4


def test_ranks_count_within_a_file() -> None:
    rows = pl.DataFrame({"base": ["x", "x", "x", "y"], "file": ["1", "1", "2", "2"]})
    assert with_natural_key(rows, order=())["natural_key"].to_list() == ["x|1", "x|2", "x|1", "y|1"]
