"""Two people, or twenty, at the same moment on the same books: real threads, real connections.

Whoever comes second waits, then reads again: one of them wins or both are right, nothing is
allocated beyond an item, the chain of the journal holds, and nobody sees a deadlock.
"""

import threading
from collections.abc import Callable, Sequence
from random import Random

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.campaigns.judge import judge
from tests.services.people import user
from tests.storage.opened import AT, BY, company, imported, invoices
from tests.web.views.pages import browser

from quittance.services import imports
from quittance.services.allocations import (
    UnableToAllocate,
    UnableToUndoAllocation,
    Wanted,
    add_allocations,
    undo_allocations,
)
from quittance.services.customers import change_customers
from quittance.services.notes import write_note
from quittance.services.refusals import UnableTo
from quittance.storage.models import Allocation, Company, Customer, Event, LedgerItem, Membership
from quittance.storage.scope import seeing

pytestmark = pytest.mark.usefixtures("fresh_db")
PAYMENTS = "client;facture;date de règlement;montant\n"
WITHIN_SECONDS = 60
Work = Callable[[], object]


def at_once(works: Sequence[Work]) -> list[object]:
    """What works give that begin at the same moment, each on a connection of its own."""
    begin = threading.Barrier(len(works))
    given: list[object] = [None] * len(works)

    def run(place: int, work: Work) -> None:
        begin.wait()
        try:
            given[place] = work()
        except Exception as fault:
            given[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WITHIN_SECONDS)
        assert not thread.is_alive(), "it waits for ever"
    return given


def faults(given: Sequence[object]) -> list[object]:
    """What went wrong, refusals left aside."""
    return [one for one in given if isinstance(one, Exception) and not isinstance(one, UnableTo)]


def listed(first: int, last: int, *, more: int = 0) -> tuple[str, bytes]:
    rows = [f"C{n % 5};Client {n % 5} {more};F{n};05/01/2026;04/02/2026;{100 + more},00"
            for n in range(first, last)]  # fmt: skip
    return invoices(*rows, name=f"factures-{first}-{last}-{more}.csv")


def ready(one: Company, *files: tuple[str, bytes]) -> int:
    """An import that waits to be applied."""
    received = imports.receive_files(one.pk, files, by=BY, at=AT)
    imports.read_import(one.pk, received.pk)
    return received.pk


def applied(one: Company, number: int) -> Work:
    return lambda: imports.apply_import(one.pk, number, by=BY, at=AT)


def taken_back(one: Company, number: int) -> Work:
    return lambda: imports.undo_import(one.pk, number, by=BY, at=AT)


def settled(one: Company, bill: int, *, receipt: int, amount: int) -> Work:
    wanted = [Wanted(bill, receipt, amount)]
    return lambda: add_allocations(one.pk, wanted, by=BY, at=AT)


def unsettled(one: Company, allocation: int) -> Work:
    return lambda: undo_allocations(one.pk, [allocation], by=BY, at=AT)


def changed(one: Company, customers: list[int], **changes: str) -> Work:
    return lambda: change_customers(one.pk, customers, changes=changes, by=BY, at=AT)


def noted(one: Company, customer: int) -> Work:
    return lambda: write_note(one.pk, customer, text="Rappeler", by=BY, at=AT)


def by_hand(one: Company) -> list[int]:
    """The allocations by a person that hold."""
    with seeing(one.pk):
        held = Allocation.objects.filter(reversed_at=None, origin="person")
        return list(held.values_list("pk", flat=True))


def paid(one: Company) -> tuple[int, list[int]]:
    """An invoice of 100 and three payments of 80, 80 and 80."""
    rows = "".join(f"C1;;1{n}/03/2026;80,00\n" for n in range(3))
    bill = invoices("C1;Alpha;B1;05/01/2026;04/02/2026;100,00")
    imported(one, [bill, ("reglements.csv", (PAYMENTS + rows).encode())])
    with seeing(one.pk):
        bill_id = LedgerItem.objects.get(kind="invoice").pk
        return bill_id, list(LedgerItem.objects.filter(kind="payment").values_list("pk", flat=True))


def states(one: Company) -> list[str]:
    with seeing(one.pk):
        return [found.state for found in imports.Import.objects.order_by("pk")]


def test_two_imports_that_do_not_meet_are_both_applied() -> None:
    one = company()
    imported(one, [listed(0, 5)])
    both = [ready(one, listed(0, 40)), ready(one, listed(60, 90))]
    given = at_once([applied(one, number) for number in both])
    assert faults(given) == []
    judge(one)
    assert states(one) == ["applied"] * 3
    with seeing(one.pk):
        assert LedgerItem.objects.filter(reversed_at=None).count() == 70
        assert sorted(imports.Import.objects.values_list("position", flat=True)) == [1, 2, 3]


def test_of_two_imports_that_contradict_each_other_the_second_is_shown_again() -> None:
    one = company()
    both = [ready(one, listed(0, 30)), ready(one, listed(0, 30, more=7))]
    assert faults(at_once([applied(one, number) for number in both])) == []
    judge(one)
    assert sorted(states(one)) == ["applied", "ready"]  # its preview had become another
    for number in both:
        if states(one)[both.index(number)] == "ready":
            imports.apply_import(one.pk, number, by=BY, at=AT)
    judge(one)
    assert states(one) == ["applied", "applied"]


def test_one_import_applied_twice_at_once_is_applied_once() -> None:
    one = company()
    number = ready(one, listed(0, 30))
    given = at_once([applied(one, number)] * 3)
    assert faults(given) == []
    assert sum(isinstance(found, imports.UnableToApply) for found in given) == 2
    judge(one)
    with seeing(one.pk):
        assert Event.objects.filter(action="import.applied").count() == 1


def test_one_invoice_is_never_settled_beyond_its_amount_by_several_at_once() -> None:
    one = company()
    bill, receipts = paid(one)
    for _ in range(4):
        given = at_once([settled(one, bill, receipt=pk, amount=6000) for pk in receipts])
        assert faults(given) == []
        assert sum(isinstance(found, Event) for found in given) == 1
        assert sum(isinstance(found, UnableToAllocate) for found in given) == 2
        judge(one)
        (held,) = by_hand(one)
        undone = at_once([unsettled(one, held)] * 2)
        assert faults(undone) == []
        assert sum(isinstance(found, UnableToUndoAllocation) for found in undone) == 1
    judge(one)


def test_two_people_who_allocate_at_once_on_the_screens_are_both_answered() -> None:
    one = company()
    bill, receipts = paid(one)
    people = [person(one, place) for place in range(3)]
    given = at_once(
        [
            lambda who=who, receipt=receipt: (
                who.post(
                    f"/c/{one.slug}/payments/{receipt}/allocate/", {f"amount-{bill}": "60,00"}
                ).status_code
            )
            for who, receipt in zip(people, receipts, strict=True)
        ]
    )
    assert sorted(map(str, given)) == ["302", "422", "422"]  # one is done, two are told why not
    assert len(by_hand(one)) == 1
    judge(one)


def person(one: Company, place: int) -> Client:
    """Somebody of the company, signed in, to whom a fault of the program is a page 500."""
    with transaction.atomic(), seeing(one.pk):
        somebody = user(f"{place}@{one.slug}.example", name=f"Personne {place}")
        Membership.objects.create(user=somebody, company=one, role="credit_manager")
        found = browser(somebody)
    found.raise_request_exception = False
    return found


def test_everything_at_once_holds() -> None:
    one = company()
    bill, receipts = paid(one)
    imported(one, [listed(0, 20)])
    with seeing(one.pk):
        people = list(Customer.objects.values_list("pk", flat=True))
    chance = Random(5)
    for turn in range(1, 5):
        number = ready(one, listed(0, 20 + turn, more=turn))
        works = [
            applied(one, number),
            applied(one, ready(one, listed(5, 15, more=turn + 50))),
            *(settled(one, bill, receipt=pk, amount=4000) for pk in receipts),
            noted(one, people[0]),
            changed(one, people, terms=f"{30 + turn}"),
            changed(one, people[::-1], segment=f"S{turn}"),
        ]
        chance.shuffle(works)
        assert faults(at_once(works)) == []
        judge(one)
        works = [taken_back(one, number), *(unsettled(one, pk) for pk in by_hand(one))]
        assert len(works) == 3
        assert faults(at_once(works)) == []
        judge(one)
