"""What the files make of the books, compared with what is held."""

from datetime import timedelta

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services.allocations import Wanted, add_allocations
from quittance.services.journal_proof import verify_journal
from quittance.storage.models import Allocation, Customer, LedgerItem

pytestmark = pytest.mark.usefixtures("db")
PAID = (
    "reglements.csv",
    "client;facture;date de règlement;montant\nC1;;10/03/2026;80,00\n".encode(),
)
F1 = "C1;Alpha;F1;05/01/2026;04/02/2026;100,00"


def live() -> dict[str, LedgerItem]:
    return {one.document or one.kind: one for one in LedgerItem.objects.filter(reversed_at=None)}


def test_a_persons_allocation_follows_its_corrected_invoice() -> None:
    one = company()
    imported(one, [invoices(F1), PAID])
    invoice = LedgerItem.objects.get(kind="invoice", reversed_at=None)
    payment = LedgerItem.objects.get(kind="payment", reversed_at=None)
    add_allocations(one.pk, [Wanted(invoice.pk, payment.pk)], by=BY, at=AT)
    corrected = invoices(F1.replace("100,00", "60,00"), name="corrigee.csv")
    imported(one, [corrected], at=AT + timedelta(days=1))
    held = Allocation.objects.get(reversed_at=None)
    assert (held.origin, held.amount_minor) == ("person", 6000)
    assert held.debit.amount_minor == 6000
    assert verify_journal(one.pk).breaks == ()


def test_what_a_person_said_of_a_customer_is_not_overwritten() -> None:
    one = company()
    imported(one, [invoices(F1)])
    Customer.objects.update(name="Alpha & Fils", held_fields=["name"])
    imported(one, [invoices(F1.replace("Alpha", "ALPHA"), name="b.csv")])
    assert Customer.objects.get().name == "Alpha & Fils"
    Customer.objects.update(held_fields=[])
    imported(one, [invoices(F1.replace("Alpha", "Alpha SAS"), name="c.csv")])
    assert Customer.objects.get().name == "Alpha SAS"
