"""What the screen of one document gathers: proposals, groups, differences."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from tests.services.people import opened, user
from tests.storage.opened import AT, BY, imported, invoices

from quittance.services.allocations import Wanted, add_allocations
from quittance.storage.access import enter_company
from quittance.storage.documents import versions_of
from quittance.storage.models import LedgerItem
from quittance.web import document_parts as parts
from quittance.web.desk import Desk

pytestmark = pytest.mark.usefixtures("db")
HEAD = "client;pièce;date de règlement;montant\n"


def desk(**chosen: Any) -> Desk:
    owner = user("owner@x.example")
    company = opened("lumiere", owner, **chosen)
    paid = ("reglements.csv", (HEAD + "C1;P1;10/03/2026;180,00\n").encode())
    imported(company, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00",
                                "C1;Alpha;F2;06/01/2026;05/02/2026;150,00"), paid])  # fmt: skip
    request = RequestFactory().get("/")
    return Desk(request, enter_company(owner, "lumiere"), date(2026, 6, 30), "fr")


def item(document: str) -> LedgerItem:
    return LedgerItem.objects.get(document=document, reversed_at=None)


def test_as_much_as_fits_is_proposed_on_the_oldest() -> None:
    here = desk()
    left, found = parts.candidates(here, item("P1"), due={}, sent=None)
    assert left == 18_000
    assert [(one.document, one.typed) for one in found] == [("F1", "100,00"), ("F2", "80,00")]
    left, found = parts.candidates(here, item("F2"), due={}, sent=None)
    assert (left, found[0].document, found[0].typed) == (15_000, "P1", "150,00")
    _left, found = parts.candidates(here, item("P1"), due={}, sent={str(item("F2").pk): "7"})
    assert [one.typed for one in found] == ["", "7"]


def test_the_group_holds_what_is_connected_however_far() -> None:
    here = desk()
    pairs = [Wanted(item("F1").pk, item("P1").pk), Wanted(item("F2").pk, item("P1").pk)]
    assert parts.code_of(item("F1")) == ("", False)
    add_allocations(here.access.company.pk, pairs, by=BY, at=AT)
    mine, links = parts.group_of(item("F1"))
    assert dict(mine) == {item("F1").pk: 0, item("F2").pk: 7_000, item("P1").pk: 0}
    assert len(links) == 2
    code, is_full = parts.code_of(item("F2"))
    assert (code, is_full) == (code.lower(), False)


def test_what_oldest_first_assumes_is_told_apart_from_what_is_held() -> None:
    here = desk(allocation_rule="fifo")
    company = here.access.company.pk
    add_allocations(company, [Wanted(item("F1").pk, item("P1").pk, 4_000)], by=BY, at=AT)
    one = item("P1")
    book = parts.book_around(here, one.customer_id)
    mine = book.items.filter(item=one.pk)
    held = parts.settlings(here, one, versions=[one])
    found = parts.assumed(here, book, parts=mine, held=held)
    told = [(row.document, row.amount_minor, row.origin) for row in [*held, *found]]
    assert told == [("F1", 4_000, "person"), ("F1", 6_000, "assumed"), ("F2", 8_000, "assumed")]


def test_versions_tell_what_changed() -> None:
    here = desk()
    corrected = invoices("C1;Alpha;F1;05/01/2026;10/02/2026;90,00", name="b.csv")
    imported(here.access.company, [corrected], at=AT + timedelta(days=1))
    new, old = parts.history(versions_of(item("F1")))
    assert [(name, before, after) for _, before, after, name in new.changes] == [
        ("due_date", date(2026, 2, 4), date(2026, 2, 10)),
        ("amount_minor", 10_000, 9_000),
    ]
    assert (old.changes, old.until, new.until) == ([], new.at, None)
