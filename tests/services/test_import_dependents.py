"""What keeps an import from going: allocations that a person made on what it brought."""

from datetime import timedelta

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services.allocations import Wanted, add_allocations
from quittance.services.imports import UnableToUndo, undo_import
from quittance.storage.models import Allocation, Company, LedgerItem

pytestmark = pytest.mark.usefixtures("db")
LATER = AT + timedelta(days=1)
PAID = b"client;date paiement;montant;facture\nC1;10/02/2026;60,00;\n"


def allocated(one: Company) -> None:
    """The payment settles part of the invoice, by hand."""
    debit = LedgerItem.objects.get(company=one, document="F1", reversed_at=None)
    credit = LedgerItem.objects.get(company=one, kind="payment", reversed_at=None)
    add_allocations(one.pk, [Wanted(debit.pk, credit.pk)], by=BY, at=LATER)


def test_an_import_on_which_an_allocation_rests_is_not_undone_and_says_which() -> None:
    one = company()
    found = imported(one, [invoices("C1;Alpha;F1;05/01/2026;;100,00")])
    imported(one, [("paiements.csv", PAID)])
    allocated(one)
    with pytest.raises(UnableToUndo) as refusal:
        undo_import(one.pk, found.pk, by=BY, at=LATER)
    assert refusal.value.text("en").startswith(
        f"Import {found.pk} cannot be undone: 1 allocation(s) made by hand rest on it (F1)."
    )
    (resting,) = refusal.value.fields["dependents"]
    assert (resting.customer, resting.document, resting.lost_minor, resting.by) == (
        "C1 · Alpha", "F1", 6000, "Camille",
    )  # fmt: skip


def test_an_allocation_that_would_only_be_cut_keeps_the_import_too() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;;40,00")])
    imported(one, [("paiements.csv", PAID)])
    raised = imported(one, [invoices("C1;Alpha;F1;05/01/2026;;100,00", name="b.csv")])
    allocated(one)
    with pytest.raises(UnableToUndo) as refusal:
        undo_import(one.pk, raised.pk, by=BY, at=LATER)
    (resting,) = refusal.value.fields["dependents"]
    assert resting.lost_minor == 2000


def test_an_import_that_leaves_what_it_rests_on_is_undone_and_the_allocation_follows() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;;100,00")])
    imported(one, [("paiements.csv", PAID)])
    raised = imported(one, [invoices("C1;Alpha;F1;05/01/2026;;120,00", name="b.csv")])
    allocated(one)
    undo_import(one.pk, raised.pk, by=BY, at=LATER)
    (held,) = Allocation.objects.filter(reversed_at=None, origin="person")
    assert (held.amount_minor, held.debit.amount_minor) == (6000, 10000)
