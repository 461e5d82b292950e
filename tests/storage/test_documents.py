"""One item of the record: who sees it, its versions, the room it has."""

from datetime import timedelta

import pytest
from tests.services.people import joined, opened, user
from tests.storage.opened import AT, BY, imported, invoices

from quittance.services.allocations import Wanted, add_allocations, undo_allocations
from quittance.storage import documents as read
from quittance.storage.access import Access, NotThereError, enter_company
from quittance.storage.models import Company, Customer, LedgerItem
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
PAID = ("reglements.csv", "client;pièce;date de règlement;montant\nC1;P1;10/02/2026;80\n".encode())


def begun() -> tuple[Access, Company]:
    owner = user("owner@x.example")
    company = opened("lumiere", owner)
    imported(company, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00",
                                "C2;Beta;F2;05/01/2026;04/02/2026;70,00"), PAID])  # fmt: skip
    return enter_company(owner, "lumiere"), company


def number(document: str) -> int:
    return LedgerItem.objects.get(document=document, reversed_at=None).pk


def test_an_item_is_seen_by_those_who_see_its_customer() -> None:
    access, company = begun()
    assert read.document_of(access, number("F1")).document == "F1"
    collector = joined(company, "collector", "own")
    see_companies([company.pk])
    Customer.objects.filter(code="C1").update(collector=collector)
    mine = enter_company(collector, "lumiere")
    assert read.document_of(mine, number("F1")).document == "F1"
    for nobody in (number("F2"), 10**9, -1, 2**70):
        with pytest.raises(NotThereError):
            read.document_of(mine, nobody)


def test_a_corrected_item_is_found_under_its_old_number() -> None:
    access, company = begun()
    old = number("F1")
    imported(company, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;90,00", name="b.csv")],
             at=AT + timedelta(days=1))  # fmt: skip
    found = read.document_of(access, old)
    assert (found.pk != old, found.amount_minor) == (True, 9_000)
    assert [one.amount_minor for one in read.versions_of(found)] == [9_000, 10_000]


def test_the_room_of_an_item_is_what_the_record_leaves() -> None:
    access, company = begun()
    invoice = read.document_of(access, number("F1"))
    add_allocations(company.pk, [Wanted(number("F1"), number("P1"), 3_000)], by=BY, at=AT)
    rows = read.room_of(invoice).select("document", "open_minor").rows()
    assert rows == [("F1", 7_000), ("P1", -5_000)]
    (held,) = read.allocations_of([invoice])
    assert (held.debit_id, held.amount_minor) == (invoice.pk, 3_000)
    amounts, links = read.allocations_held(invoice)
    assert (amounts.height, links["amount_minor"].to_list()) == (2, [3_000])


def test_allocations_of_others_customers_are_not_there() -> None:
    access, company = begun()
    add_allocations(company.pk, [Wanted(number("F1"), number("P1"), 3_000)], by=BY, at=AT)
    (held,) = read.allocations_of([read.document_of(access, number("F1"))])
    assert read.live_allocations(access, [held.pk]) == [held]
    stranger = enter_company(joined(company, "collector", "own"), "lumiere")
    see_companies([company.pk])
    with pytest.raises(NotThereError):
        read.live_allocations(stranger, [held.pk])
    event = undo_allocations(company.pk, [held.pk], by=BY, at=AT + timedelta(days=1))
    assert read.live_allocations(access, [held.pk]) == []
    read.see_undone(access, event.pk)
    with pytest.raises(NotThereError):
        read.see_undone(stranger, event.pk)
