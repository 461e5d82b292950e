"""All that was given to a company, folded into its receivables."""

import polars as pl
import pytest
from tests.core.entries import entries
from tests.tables import frame

from quittance.core.listing import CUSTOMER_ROWS, INVOICE_ROWS, PAYMENT_ROWS
from quittance.core.problems import UnusableInput, sentences
from quittance.core.sources import Given, gathered

SALE = entries("""
journal  entry  date        account  customer  piece  debit    credit
VE       1      2026-01-31  411000   C1        FA-1   1200.00  0
VE       1      2026-01-31  707000   -         FA-1   0        1200.00
""")
FEC = Given("fec.txt", "entries", SALE)
INVOICES = Given("factures.csv", "invoices", frame("""
document  customer  issue       amount  currency
FA-1      C1        2026-01-31  100.00  EUR
FA-2      C1        2026-02-28  50.00   EUR
""", INVOICE_ROWS))  # fmt: skip
PAYMENTS = Given("reglements.csv", "payments", frame("""
document  payment_date  amount
FA-1      2026-03-10    100.00
""", PAYMENT_ROWS))  # fmt: skip


def people(text: str, file: str = "clients.csv", batch: int = 0) -> Given:
    return Given(file, "customers", frame(text, CUSTOMER_ROWS), batch)


@pytest.mark.parametrize("beside", [INVOICES, PAYMENTS])
def test_entries_and_lists_of_movements_are_not_added_up(beside: Given) -> None:
    with pytest.raises(UnusableInput) as refused:
        gathered([FEC, beside])
    (told,) = sentences(refused.value.problems, "en")
    assert f"(fec.txt) and a list of invoices or payments ({beside.file}) together" in told


def test_the_label_of_the_file_is_the_one_given() -> None:
    """Two files of one name were uploaded: their rows both say the same."""
    found = gathered([Given("fec.txt (2)", "entries", SALE)])
    assert found.sources["file"].to_list() == ["fec.txt (2)"]


def test_a_list_of_customers_gives_terms_and_kind_beside_a_fec() -> None:
    found = gathered(
        [FEC, people("customer  name   terms  customer_kind\nC1  Morel  60  Mairie\n")]
    )
    assert found.customers.rows() == [("C1", "C1", "public", "60")]


def test_of_several_lists_of_customers_each_says_what_it_knows_and_the_last_decides() -> None:
    named = people("customer  name   terms\nC1  Morel  30\n", "a.csv")
    timed = people("customer  terms\nC1  60\n", "b.csv", batch=1)
    for sources in ([INVOICES, named, timed], [timed, named, INVOICES]):
        assert gathered(sources).customers.rows() == [("C1", "Morel", "business", "60")]


def test_nothing_given_is_nothing_owed() -> None:
    assert gathered([]).items.is_empty()
    assert isinstance(gathered([]).sources, pl.DataFrame)
