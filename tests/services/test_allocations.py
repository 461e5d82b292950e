"""Allocations by a person: settled, refused with the reason, undone, put back."""
# ruff: noqa: N802, PLR0917

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.core.aging import aging
from quittance.services import allocations as service
from quittance.services.allocations import Wanted
from quittance.services.journal_proof import verify_journal
from quittance.services.refusals import UnableTo
from quittance.storage.book import load_books
from quittance.storage.models import Allocation, Company, Event, LedgerItem
from quittance.storage.scope import seeing

DAY = date(2026, 9, 30)
PAYMENTS = "client;pièce;date de règlement;montant\n"


def payments(*rows: str, name: str = "reglements.csv") -> tuple[str, bytes]:
    return name, (PAYMENTS + "".join(f"{row}\n" for row in rows)).encode()


@pytest.fixture
def one(db: None) -> Company:
    """Two invoices of 100 and 150, payments of 180 and 20 that nothing matches."""
    found = company()
    imported(
        found,
        [
            invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00",
                     "C1;Alpha;F2;06/01/2026;05/02/2026;150,00",
                     "C2;Beta;F3;06/01/2026;05/02/2026;70,00"),
            payments("C1;P1;10/02/2026;180,00", "C1;P2;12/02/2026;20,00"),
        ],
    )  # fmt: skip
    return found


def item(document: str) -> int:
    return LedgerItem.objects.get(document=document, reversed_at=None).pk


def pair(debit: str, credit: str, amount_minor: int | None = None) -> Wanted:
    return Wanted(item(debit), item(credit), amount_minor)


def add(one: Company, *wanted: Wanted) -> Event:
    return service.add_allocations(one.pk, wanted, by=BY, at=AT + timedelta(days=30))


def left(one: Company) -> dict[str, int]:
    """What each document has left."""
    room = service.Room(one.pk, LedgerItem.objects.filter(
        customer__code="C1", reversed_at=None).values_list("pk", flat=True))  # fmt: skip
    return {room.items[pk].document: amount for pk, amount in room.left.items()}


def test_R_05_a_receipt_settles_the_first_invoice_and_part_of_the_second(one: Company) -> None:
    event = add(one, pair("F1", "P1"), pair("F2", "P1"))
    assert left(one) == {"F1": 0, "F2": 7_000, "P1": 0, "P2": -2_000}
    assert (event.action, event.subject) == ("allocation.added", "C1 · Alpha")
    assert [row["amount_minor"] for row in event.after["allocations"]] == [10_000, 8_000]
    assert verify_journal(one.pk).breaks == ()


def test_the_dates_of_an_allocation(one: Company) -> None:
    add(one, pair("F1", "P1", 4_000))
    found = Allocation.objects.get()
    assert (found.date, found.value_date) == (date(2026, 2, 10), date(2026, 2, 10))
    assert found.recorded_date == (AT + timedelta(days=30)).date()
    assert found.origin == "person"


def test_the_aged_balance_follows_and_stays_the_ledgers(one: Company) -> None:
    columns = ("customer", "unallocated_minor", "balance_minor")
    before = aging(load_books([one]).book, DAY).select(columns).rows()
    add(one, pair("F1", "P1"))
    after = aging(load_books([one]).book, DAY).select(columns).rows()
    assert before == [("C2", 0, 7_000), ("C1", -20_000, 5_000)]
    assert after == [("C2", 0, 7_000), ("C1", -10_000, 5_000)]


def test_R_30_more_than_an_item_has_left_is_refused(one: Company) -> None:
    with pytest.raises(service.UnableToGoBeyond) as refusal:
        add(one, pair("F1", "P1", 10_001))
    assert "F1 n'a plus que 100,00" in refusal.value.text("fr")
    assert "€100.01 asked for" in refusal.value.text("en")
    with pytest.raises(service.UnableToGoBeyond):
        add(one, pair("F1", "P1", 6_000), pair("F1", "P2", 2_000), pair("F1", "P1", 2_001))
    assert not Allocation.objects.exists()
    assert not Event.objects.filter(action="allocation.added").exists()


def test_R_08_what_is_paid_too_much_stays_the_customers(one: Company) -> None:
    add(one, pair("F1", "P1", 10_000))
    assert left(one)["P1"] == -8_000


def test_R_23_a_credit_settles_one_invoice_then_the_next(one: Company) -> None:
    add(one, pair("F1", "P1"))
    assert left(one) == {"F1": 0, "F2": 15_000, "P1": -8_000, "P2": -2_000}
    add(one, pair("F2", "P1"))
    assert left(one) == {"F1": 0, "F2": 7_000, "P1": 0, "P2": -2_000}


@pytest.mark.parametrize(
    ("debit", "credit", "amount", "refusal"),
    [
        ("F1", "P1", 0, service.UnableToAllocateNothing),
        ("F1", "P1", -100, service.UnableToAllocateNothing),
        ("P1", "F1", 100, service.UnableToAllocateNothing),
        ("F1", "F2", None, service.UnableToAllocateNothing),
        ("F3", "P1", 100, service.UnableToCrossCustomers),
    ],
)
def test_what_makes_no_sense_is_refused(
    one: Company, debit: str, credit: str, amount: int | None, refusal: type[UnableTo]
) -> None:
    with pytest.raises(refusal):
        add(one, pair(debit, credit, amount))
    assert not Allocation.objects.exists()


def test_nothing_left_on_one_side_is_refused(one: Company) -> None:
    add(one, pair("F1", "P1", 10_000))
    with pytest.raises(service.UnableToAllocateNothing):
        add(one, pair("F1", "P2"))
    with pytest.raises(service.UnableToAllocateNothing):
        service.settle_selection(one.pk, [item("F2")], by=BY, at=AT)
    with pytest.raises(service.UnableToAllocateNothing):
        service.add_allocations(one.pk, [], by=BY, at=AT)


def test_two_currencies_are_refused(one: Company) -> None:
    dollars = ("dollars.csv", b"client;nom;facture;date;montant;devise\n"
               b"C1;Alpha;F9;05/01/2026;100,00;USD\n")  # fmt: skip
    imported(one, [dollars])
    with pytest.raises(service.UnableToCrossCurrencies) as refusal:
        add(one, pair("F9", "P1"))
    assert "F9 is in USD, P1 in EUR" in refusal.value.text("en")


def test_an_item_that_an_import_corrected_is_refused(one: Company) -> None:
    old = item("F1")
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;90,00", name="b.csv")])
    with pytest.raises(service.UnableToFindItem):
        add(one, Wanted(old, item("P1")))


def test_another_companys_item_is_not_there(one: Company) -> None:
    other = company("other")
    imported(other, [invoices("C1;Alpha;X1;05/01/2026;04/02/2026;100,00")])
    theirs = item("X1")
    with seeing(one.pk):
        mine = item("P1")
    with pytest.raises(service.UnableToFindItem):
        service.add_allocations(one.pk, [Wanted(theirs, mine)], by=BY, at=AT)


def test_a_selection_is_settled_oldest_first(one: Company) -> None:
    chosen = [item(name) for name in ("F2", "P2", "F1", "P1")]
    service.settle_selection(one.pk, chosen, by=BY, at=AT)
    rows = Allocation.objects.order_by("pk").values_list(
        "debit__document", "credit__document", "amount_minor"
    )
    assert list(rows) == [("F1", "P1", 10_000), ("F2", "P1", 8_000), ("F2", "P2", 2_000)]
    assert left(one) == {"F1": 0, "F2": 5_000, "P1": 0, "P2": 0}


def test_an_allocation_undone_leaves_no_trace_but_the_journals(one: Company) -> None:
    add(one, pair("F1", "P1"), pair("F2", "P2"))
    first = Allocation.objects.order_by("pk").first()
    event = service.undo_allocations(one.pk, [first.pk], by=BY, at=AT + timedelta(days=31))
    assert left(one) == {"F1": 10_000, "F2": 13_000, "P1": -18_000, "P2": 0}
    assert event.before["allocations"][0]["documents"] == ["F1", "P1"]
    assert verify_journal(one.pk).breaks == ()
    with pytest.raises(service.UnableToUndoAllocation):
        service.undo_allocations(one.pk, [first.pk], by=BY, at=AT + timedelta(days=32))
    with pytest.raises(service.UnableToUndoAllocation):
        service.undo_allocations(one.pk, [], by=BY, at=AT + timedelta(days=32))


def test_what_was_undone_can_be_put_back_as_long_as_there_is_room(one: Company) -> None:
    add(one, pair("F1", "P1"))
    held = [row.pk for row in Allocation.objects.all()]
    event = service.undo_allocations(one.pk, held, by=BY, at=AT + timedelta(days=31))
    service.restore_allocations(one.pk, event.pk, by=BY, at=AT + timedelta(days=32))
    assert left(one)["F1"] == 0
    with pytest.raises(service.UnableToGoBeyond):
        service.restore_allocations(one.pk, event.pk, by=BY, at=AT + timedelta(days=33))
    with pytest.raises(service.UnableToUndoAllocation):
        service.restore_allocations(one.pk, event.pk + 999, by=BY, at=AT + timedelta(days=33))
    assert verify_journal(one.pk).breaks == ()


def matched() -> Company:
    """An invoice that the books themselves match with its payment."""
    found = company("matched")
    imported(found, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00"),
                     payments("C1;F1;10/02/2026;100,00")])  # fmt: skip
    return found


def live() -> list[tuple[str, str, int]]:
    rows = Allocation.objects.filter(reversed_at=None).order_by("pk")
    return list(rows.values_list("debit__document", "origin", "amount_minor"))


@pytest.mark.usefixtures("db")
def test_the_books_do_not_put_back_what_a_person_took_apart() -> None:
    one = matched()
    assert live() == [("F1", "books", 10_000)]
    held = Allocation.objects.get()
    event = service.undo_allocations(one.pk, [held.pk], by=BY, at=AT + timedelta(days=1))
    later = invoices("C1;Alpha;F2;06/01/2026;05/02/2026;50,00", name="b.csv")
    imported(one, [later], at=AT + timedelta(days=2))
    assert live() == []
    corrected = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;120,00", name="c.csv")
    imported(one, [corrected], at=AT + timedelta(days=3))
    assert live() == []  # the corrected invoice is another row, with the same natural key
    with pytest.raises(service.UnableToFindItem):
        service.restore_allocations(one.pk, event.pk, by=BY, at=AT + timedelta(days=4))


@pytest.mark.usefixtures("db")
def test_the_books_hold_again_what_a_person_put_back() -> None:
    one = matched()
    held = Allocation.objects.get()
    event = service.undo_allocations(one.pk, [held.pk], by=BY, at=AT + timedelta(days=1))
    service.restore_allocations(one.pk, event.pk, by=BY, at=AT + timedelta(days=2))
    corrected = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;120,00", name="c.csv")
    imported(one, [corrected], at=AT + timedelta(days=3))
    assert live() == [("F1", "books", 10_000)]
    assert verify_journal(one.pk).breaks == ()


def test_two_people_at_once_never_settle_twice(fresh_db: str) -> None:
    from django.db import connection, transaction

    with transaction.atomic():
        one = company()
        imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00"),
                       payments("C1;P1;10/02/2026;80,00", "C1;P2;10/02/2026;80,00")])  # fmt: skip
        wanted = [pair("F1", "P1", 8_000), pair("F1", "P2", 8_000)]

    def settle(one_pair: Wanted) -> str:
        connection.settings_dict["NAME"] = fresh_db
        try:
            service.add_allocations(one.pk, [one_pair], by=BY, at=AT)
            return "done"
        except service.UnableToGoBeyond:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(settle, wanted)) == ["done", "refused"]
    with seeing(one.pk):
        assert verify_journal(one.pk).breaks == ()
