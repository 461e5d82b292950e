"""What rests on an import, and keeps it from going."""

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services import imports
from quittance.services.allocations import Wanted, add_allocations
from quittance.storage.models import LedgerItem

pytestmark = pytest.mark.usefixtures("db")
PAID = (
    "reglements.csv",
    "client;facture;date de règlement;montant\nC1;;10/03/2026;80,00\n".encode(),
)


def test_an_import_that_a_persons_allocation_rests_on_is_not_undone() -> None:
    one = company()
    first = imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")])
    imported(one, [PAID])
    invoice = LedgerItem.objects.get(kind="invoice")
    payment = LedgerItem.objects.get(kind="payment")
    add_allocations(one.pk, [Wanted(invoice.pk, payment.pk)], by=BY, at=AT)
    with pytest.raises(imports.UnableToUndo) as refusal:
        imports.undo_import(one.pk, first.pk, by=BY, at=AT)
    dependents = refusal.value.fields["dependents"]
    assert isinstance(dependents, list)
    assert [(found.document, found.lost_minor, found.by) for found in dependents] == [
        ("F1", 8000, "Camille")
    ]
    assert "F1" in refusal.value.text("fr")
