"""The difference between the facts held and those that files make, written and taken back."""

from datetime import timedelta

import polars as pl
import pytest
from tests.readers.fecs import SALE_AND_PAYMENT, fec
from tests.storage.opened import AT, BY, company, imported, invoices, lumiere

from quittance.core.schema import ALLOCATIONS
from quittance.services import books
from quittance.services.allocations import (
    Wanted,
    add_allocations,
    restore_allocations,
    undo_allocations,
)
from quittance.services.imports import changed_by, fold
from quittance.services.journal_proof import verify_journal
from quittance.storage import facts
from quittance.storage.models import AccountMovement, Allocation, Customer, LedgerItem

pytestmark = pytest.mark.usefixtures("db")
LATER = AT + timedelta(days=1)
PAID = (
    "reglements.csv",
    "client;facture;date de règlement;montant\nC1;;10/03/2026;80,00\n".encode(),
)
F1 = "C1;Alpha;F1;05/01/2026;04/02/2026;100,00"


def test_the_books_that_files_make_are_the_books_held() -> None:
    one = company()
    imported(one, lumiere())
    changes = changed_by(one.pk, fold(one.pk), numbers=books.provisional)
    assert changes.is_empty
    assert changes.items.unchanged.height == LedgerItem.objects.count()


def test_a_correction_touches_what_it_corrects_and_nothing_else() -> None:
    one = company()
    imported(one, lumiere())
    before = set(LedgerItem.objects.values_list("pk", flat=True))
    name, content = next(file for file in lumiere() if "FEC2026" in file[0])
    corrected = content.replace(b"FA26-00227", b"FA26-00227B")
    assert corrected != content
    imported(one, [(f"corrige-{name}", corrected)], at=LATER)
    reversed_ = LedgerItem.objects.exclude(reversed_at=None)
    added = LedgerItem.objects.exclude(pk__in=before)
    assert 0 < reversed_.count() == added.count() < 10
    assert {one.recorded_at for one in added} == {LATER}
    assert not Allocation.objects.filter(reversed_at=None, debit__reversed_at__isnull=False)


def test_new_items_are_written_in_the_order_of_their_keys() -> None:
    one = company()
    rows = [f"C{n % 7};X;F{n:03};05/01/2026;;{n}" for n in range(40, 1, -1)]
    imported(one, [invoices(*rows)])
    keys = list(LedgerItem.objects.order_by("pk").values_list("key", flat=True))
    assert keys == sorted(keys)


def test_the_trial_balance_is_one_row_for_each_account_day_and_nature() -> None:
    one = company()
    imported(one, lumiere())
    live = AccountMovement.objects.filter(reversed_at=None)
    total = sum(row.debit_minor - row.credit_minor for row in live)
    assert live.count() > 100
    assert total == 0


def test_the_books_own_matching_code_is_kept_with_what_it_settles_and_follows_a_new_one() -> None:
    one = company()
    told = SALE_AND_PAYMENT
    imported(one, [("a.txt", fec(told))])
    first = Allocation.objects.get()
    assert (first.matching_code, first.debit.document, first.origin) == ("AA", "FA-1", "books")
    imported(one, [("b.txt", fec(told.replace("AA", "ZQ")))], at=LATER)
    first.refresh_from_db()
    assert first.reversed_at == LATER
    assert Allocation.objects.get(reversed_at=None).matching_code == "ZQ"
    assert verify_journal(one.pk).breaks == ()
    undone = undo_allocations(one.pk, [first.pk + 1], by=BY, at=LATER)
    restore_allocations(one.pk, undone.pk, by=BY, at=LATER)
    assert Allocation.objects.get(reversed_at=None).matching_code == "ZQ"
    assert changed_by(one.pk, fold(one.pk), numbers=books.provisional).is_empty


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


@pytest.mark.parametrize("numbers", [[10, 11, 12], [11, 10, 12]])
def test_what_a_person_leaves_goes_to_the_same_invoice_whichever_was_imported_first(
    numbers: list[int],
) -> None:
    day = AT.date()
    stated = [(debit, 2, 100, day, day, day) for debit in (0, 1)]  # one payment, two invoices
    keys = ["F1", "F2", "R"]
    ids = {"item": [0, 1, 2], "id": numbers, "amount_minor": [100, 100, -200], "currency": "EUR"}
    held = facts.held("allocation", company().pk).clear()
    fitting = books.allocations_of(
        held,
        pl.DataFrame(stated, dict(ALLOCATIONS), orient="row").with_columns(
            matching_code=pl.lit("")
        ),
        ids=pl.DataFrame(ids),
        manual=pl.DataFrame({"debit_id": [99], "credit_id": [12], "amount_minor": [50]}),
        keys=pl.DataFrame({"item": [0, 1, 2], "key": keys}),
    ).new  # fmt: skip
    settled = {keys[numbers.index(row["debit_id"])]: row["amount_minor"]
               for row in fitting.iter_rows(named=True)}  # fmt: skip
    assert settled == {"F1": 100, "F2": 50}
