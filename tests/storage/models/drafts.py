"""Facts written by hand, as a service would write them."""

from datetime import date, datetime
from typing import Any

from tests.storage.opened import AT, BY, company

from quittance.services.journal import Draft, Subject, begin_event, record_event
from quittance.storage.models import Allocation, Company, Customer, LedgerItem


def with_customer(slug: str = "essai") -> tuple[Company, Customer, Draft]:
    one = company(slug)
    customer = Customer.objects.create(company=one, code="C1", name="Alpha")
    draft = begin_event(one.pk, by=BY, at=AT)
    return one, customer, draft


def item(customer: Customer, draft: Draft, amount_minor: int, **fields: Any) -> LedgerItem:
    day = date(2026, 1, 5)
    told = {
        "key": f"k{LedgerItem.objects.count()}", "kind": "invoice" if amount_minor > 0 else
        "payment", "document": "F1", "date": day, "issue_date": day, "currency": "EUR",
        "recorded_date": day, "recorded_at": AT,
    }  # fmt: skip
    return LedgerItem.objects.create(
        company_id=draft.company_id, customer=customer, amount_minor=amount_minor,
        added_by_id=draft.id, **{**told, **fields},
    )  # fmt: skip


def allocation(
    debit: LedgerItem, credit: LedgerItem, amount_minor: int, **fields: Any
) -> Allocation:
    day = date(2026, 1, 5)
    return Allocation.objects.create(
        company_id=debit.company_id, debit=debit, credit=credit, amount_minor=amount_minor,
        added_by_id=debit.added_by_id, recorded_at=AT, date=day, recorded_date=day, value_date=day,
        **{"currency": "EUR", **fields},
    )  # fmt: skip


def close(fact: Any, draft: Draft, at: datetime = AT) -> None:
    type(fact).objects.filter(pk=fact.pk).update(reversed_at=at, reversed_by_id=draft.id)


def recorded(draft: Draft) -> None:
    record_event(draft, "test.done", subject=Subject("test"))
