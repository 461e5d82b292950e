"""What the journal holds of customers, one by one and many at once."""

import pytest
from tests.services.given import AT, company_with_books, customer
from tests.services.people import BY

from quittance.services.customers import change_customer, change_customers
from quittance.storage.customer_events import events_of, touches_of, touches_since
from quittance.storage.models import Event

pytestmark = pytest.mark.usefixtures("db")


def test_a_change_in_number_is_told_for_each_of_its_customers() -> None:
    company = company_with_books()
    one, other = customer("C1", company), customer("C2", company)
    done = change_customers(company.pk, [one.pk, other.pk], changes={"segment": "A"}, by=BY, at=AT)
    event = Event.objects.get(pk=done.event.pk if done.event else 0)
    touches = list(touches_of(event))
    assert [touch.customer_id for touch in touches] == [one.pk, other.pk]
    assert touches[0].before == {"segment": ""}
    assert touches[0].after == {"segment": "A"}
    assert (touches[0].version, touches[0].held_before) == (2, [])


def test_only_what_came_after_a_version_is_told_oldest_first() -> None:
    company = company_with_books()
    pk = customer("C1", company).pk
    for version, segment in enumerate(("A", "B", "C"), 1):
        change_customer(company.pk, pk, changes={"segment": segment}, version=version, by=BY, at=AT)
    since = touches_since(company.pk, pk, version=2)
    assert [touch.after["segment"] for touch in since] == ["B", "C"]
    assert touches_since(company.pk, pk, version=4) == []


def test_the_events_of_one_customer_are_not_those_of_another_nor_of_another_company() -> None:
    other, company = company_with_books("autre"), company_with_books()
    pk = customer("C1", company).pk
    change_customer(company.pk, pk, changes={"segment": "A"}, version=1, by=BY, at=AT)
    assert events_of(company.pk, pk).count() == 1
    assert not events_of(company.pk, customer("C2", company).pk).exists()
    assert not events_of(other.pk, pk).exists()
