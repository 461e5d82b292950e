"""Several people at once on the same customers: nobody overwrites, nobody waits in a circle."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from tests.services.given import AT, company_with_books, customer
from tests.services.people import BY

from quittance.services.customers import UnableToOverwrite, change_customer, change_customers
from quittance.services.journal_proof import verify_journal
from quittance.storage.models import Company, Customer, Event
from quittance.storage.scope import seeing

PEOPLE, ROUNDS = 4, 5


def together(deeds: list[Callable[[], object]]) -> list[object]:
    """What each deed gives or raises, all begun at the same moment on connections of their own."""
    start, found = Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            found.append(deed())
        except Exception as fault:
            found.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return found


def opened() -> tuple[Company, list[int]]:
    with transaction.atomic():
        company = company_with_books()
        return company, [customer(f"C{number}", company).pk for number in (1, 2, 3)]


@pytest.mark.usefixtures("fresh_db")
def test_of_several_who_read_the_same_version_one_writes_and_the_others_are_told() -> None:
    company, (pk, *_) = opened()
    for version in range(1, ROUNDS + 1):
        deeds = [
            lambda text=f"{version}-{person}", read=version: change_customer(
                company.pk, pk, changes={"segment": text}, version=read, by=BY, at=AT
            )
            for person in range(PEOPLE)
        ]
        found = together(deeds)
        assert sum(isinstance(one, Customer) for one in found) == 1
        assert sum(isinstance(one, UnableToOverwrite) for one in found) == PEOPLE - 1
    with seeing(company.pk):
        assert Customer.objects.get(pk=pk).version == ROUNDS + 1
        assert verify_journal(company.pk).breaks == ()


@pytest.mark.usefixtures("fresh_db")
def test_changes_in_number_in_any_order_end_all() -> None:
    company, ids = opened()
    deeds = [
        lambda text=str(person), these=ids if person % 2 else ids[::-1]: change_customers(
            company.pk, these, changes={"segment": text}, by=BY, at=AT
        )
        for person in range(PEOPLE)
    ]
    found = together(deeds)
    assert not [one for one in found if isinstance(one, Exception)]
    with seeing(company.pk):
        assert len(set(Customer.objects.values_list("segment", flat=True))) == 1
        done = Event.objects.filter(action="customer.changed_together").count()
        assert done == PEOPLE
        assert verify_journal(company.pk).breaks == ()
