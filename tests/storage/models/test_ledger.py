"""What the database itself refuses, whatever a service forgets."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from tests.storage.models.drafts import allocation, close, item, recorded, with_customer
from tests.storage.opened import AT

from quittance.storage.models import AccountMovement, Allocation, LedgerItem

pytestmark = pytest.mark.usefixtures("db")


@contextmanager
def refused(reason: str) -> Iterator[None]:
    with pytest.raises(DatabaseError, match=reason), transaction.atomic():
        yield


def test_an_allocation_stays_within_both_its_sides() -> None:
    _, customer, draft = with_customer()
    invoice, payment = item(customer, draft, 10_000), item(customer, draft, -6_000)
    with refused("allocation beyond the item"):
        allocation(invoice, payment, 6_001)
    allocation(invoice, payment, 6_000)
    other = item(customer, draft, -9_000)
    with refused("allocation beyond the item"):
        allocation(invoice, other, 4_001)
    allocation(invoice, other, 4_000)


def test_a_credit_is_not_settled_by_a_debit() -> None:
    _, customer, draft = with_customer()
    invoice, payment = item(customer, draft, 10_000), item(customer, draft, -10_000)
    with refused("allocation beyond the item"):
        allocation(payment, invoice, 5_000)


def test_an_allocation_is_in_the_currency_of_both() -> None:
    _, customer, draft = with_customer()
    euros = item(customer, draft, 10_000)
    dollars = item(customer, draft, -10_000, currency="USD")
    for currency in ("EUR", "USD"):
        with refused("same_currency"):
            allocation(euros, dollars, 100, currency=currency)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("amount_minor", [0, -5])
def test_an_allocation_is_positive(amount_minor: int) -> None:
    _, customer, draft = with_customer()
    with refused("allocation_positive|beyond the item"):
        allocation(item(customer, draft, 100), item(customer, draft, -100), amount_minor)


def test_a_natural_key_holds_once_at_a_time() -> None:
    _, customer, draft = with_customer()
    first = item(customer, draft, 100, key="F1")
    with refused("ledger_item_key_once"):
        item(customer, draft, 200, key="F1")
    close(first, draft)
    item(customer, draft, 200, key="F1")


def test_an_item_is_reversed_after_its_allocations() -> None:
    _, customer, draft = with_customer()
    invoice, payment = item(customer, draft, 100), item(customer, draft, -100)
    settled = allocation(invoice, payment, 100)
    with refused("reversed after its allocations"):
        close(invoice, draft)
    close(settled, draft)
    close(invoice, draft)
    with refused("allocation beyond the item"):
        allocation(invoice, payment, 100)


def test_a_fact_is_never_changed_nor_deleted_not_even_by_the_owner() -> None:
    _, customer, draft = with_customer()
    fact = item(customer, draft, 100)
    with refused("permission denied|never changed"):
        LedgerItem.objects.update(amount_minor=200)
    with refused("permission denied|never deleted"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_item")
    close(fact, draft)
    with refused("never changed"):
        close(fact, draft)


def test_a_reversal_names_its_event_and_comes_after() -> None:
    _, customer, draft = with_customer()
    item(customer, draft, 100)
    with refused("never changed"):
        LedgerItem.objects.update(reversed_at=AT)


def test_an_amount_is_whole_and_never_zero() -> None:
    _, customer, draft = with_customer()
    with refused("not_zero"):
        item(customer, draft, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE column_name LIKE %s AND data_type <> 'bigint'",
            ["%amount_minor"],
        )
        assert cursor.fetchall() == []


def test_a_fact_has_a_customer_of_its_company_and_an_event() -> None:
    _, customer, draft = with_customer("un")
    _, stranger, _ = with_customer("deux")
    with refused("customer_of_company|row-level security"):
        item(stranger, draft, 100)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert customer.company_id != stranger.company_id


def test_an_event_must_follow_the_facts_that_name_it() -> None:
    _, customer, draft = with_customer()
    item(customer, draft, 100)
    with refused("event"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    recorded(draft)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_kind_and_an_origin_are_known_ones() -> None:
    _, customer, draft = with_customer()
    with refused("kind_known"):
        item(customer, draft, 100, kind="gift")
    with refused("origin_known"):
        allocation(item(customer, draft, 9), item(customer, draft, -9), 9, origin="robot")
    assert not Allocation.objects.exists()


def test_a_movement_holds_once_per_account_day_and_nature() -> None:
    one, _, draft = with_customer()
    told = {
        "company": one, "account": "411000", "date": "2026-01-05", "is_opening": False,
        "debit_minor": 5, "credit_minor": 0, "recorded_at": AT, "added_by_id": draft.id,
    }  # fmt: skip
    AccountMovement.objects.create(**told)
    with refused("account_movement_once"):
        AccountMovement.objects.create(**told)
