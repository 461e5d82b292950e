"""The memory of what a person took apart: read from the facts and the journal."""

from datetime import timedelta

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services.allocations import restore_allocations, undo_allocations
from quittance.storage.models import Allocation
from quittance.storage.refused_allocations import refused_pairs

PAID = ("reglements.csv", "client;pièce;date de règlement;montant\nC1;F1;10/02/2026;100\n".encode())


@pytest.mark.usefixtures("db")
def test_a_pair_is_refused_from_its_undoing_to_its_restoring() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00"), PAID])
    assert refused_pairs(one.pk).is_empty()
    held = Allocation.objects.get()
    event = undo_allocations(one.pk, [held.pk], by=BY, at=AT + timedelta(days=1))
    (pair,) = refused_pairs(one.pk).rows()
    assert pair == (held.debit.key, held.credit.key)
    restore_allocations(one.pk, event.pk, by=BY, at=AT + timedelta(days=2))
    assert refused_pairs(one.pk).is_empty()
    again = Allocation.objects.get(reversed_at=None)
    undo_allocations(one.pk, [again.pk], by=BY, at=AT + timedelta(days=3))
    assert refused_pairs(one.pk).rows() == [pair]
