"""One item of the record: where it comes from, what it was before, what it is allocated with."""

from collections.abc import Iterable

import polars as pl
from django.db.models import Q, QuerySet

from quittance.core.allocations import AMOUNTS
from quittance.core.schema import ALLOCATIONS, Schema
from quittance.storage.access import Access, NotThereError, customers_of
from quittance.storage.frames import frame_of
from quittance.storage.models import Allocation, LedgerItem

LARGEST_NUMBER = 2**63
ROOM: Schema = {
    "item": pl.Int64,
    "document": pl.String,
    "kind": pl.String,
    "date": pl.Date,
    "due_date": pl.Date,
    "amount_minor": pl.Int64,
    "open_minor": pl.Int64,  # same sign as the amount
}
ROOM_QUERY = """SELECT i.id AS item, i.document, i.kind, i.date, i.due_date, i.amount_minor,
  i.amount_minor - coalesce(settled.total, 0) AS open_minor
  FROM ledger_item i LEFT JOIN (
    SELECT id, sum(amount) AS total FROM (
      SELECT a.debit_id AS id, a.amount_minor AS amount FROM allocation a
        JOIN ledger_item d ON d.id = a.debit_id
        WHERE a.reversed_at IS NULL AND d.company_id = %s AND d.customer_id = %s
      UNION ALL
      SELECT a.credit_id, -a.amount_minor FROM allocation a
        JOIN ledger_item c ON c.id = a.credit_id
        WHERE a.reversed_at IS NULL AND c.company_id = %s AND c.customer_id = %s
    ) sides GROUP BY id
  ) settled ON settled.id = i.id
  WHERE i.company_id = %s AND i.customer_id = %s AND i.currency = %s AND i.reversed_at IS NULL
  ORDER BY coalesce(i.due_date, i.date), i.id"""
LINKS_QUERY = """SELECT a.debit_id AS debit_item, a.credit_id AS credit_item, a.amount_minor,
  a.date, a.recorded_date, a.value_date, a.id, a.matching_code FROM allocation a
  JOIN ledger_item d ON d.id = a.debit_id
  WHERE a.reversed_at IS NULL AND d.company_id = %s AND d.customer_id = %s"""


FOLLOWED = ("file", "added_by", "reversed_by")
HEAVY = (
    "file__rows", "file__problems", "file__facts", "added_by__before", "added_by__after",
    "reversed_by__before", "reversed_by__after",
)  # what a document's page never reads: megabytes of a whole import  # fmt: skip


def document_of(access: Access, item_id: int) -> LedgerItem:
    """An item of a customer that the user sees, as it holds now or held; NotThereError otherwise.

    Of an item that was corrected, the one that holds instead.
    """
    if not 0 < item_id < LARGEST_NUMBER:
        raise NotThereError(str(item_id))
    found = documents(access).filter(pk=item_id).first()
    if found is None:
        raise NotThereError(str(item_id))
    if found.reversed_at is None:
        return found
    heir = documents(access).filter(company_id=found.company_id, key=found.key, reversed_at=None)
    return heir.first() or found


def documents(access: Access) -> QuerySet[LedgerItem]:
    """The items of the customers that a user sees."""
    mine = LedgerItem.objects.filter(company_id__in=access.company_ids)
    if access.is_restricted:
        mine = mine.filter(customer__in=customers_of(access))
    return mine.select_related("customer", "company", *FOLLOWED).defer(*HEAVY)


def versions_of(document: LedgerItem) -> list[LedgerItem]:
    """Every row that an item had under its natural key, which names its customer; newest first."""
    same = LedgerItem.objects.filter(customer_id=document.customer_id, key=document.key)
    related = same.select_related("customer", *FOLLOWED).defer(*HEAVY)
    return list(related.order_by("-recorded_at", "-pk"))


def allocations_of(versions: Iterable[LedgerItem]) -> list[Allocation]:
    """The allocations of an item, those that hold first, then those undone; newest first."""
    ids = [one.pk for one in versions]
    found = Allocation.objects.filter(Q(debit__in=ids) | Q(credit__in=ids)).select_related(
        "debit", "credit", "added_by", "reversed_by"
    )
    found = found.defer(*(name for name in HEAVY if not name.startswith("file")))
    return sorted(found, key=lambda one: (one.reversed_at is None, one.date, one.pk), reverse=True)


def live_allocations(access: Access, ids: Iterable[int]) -> list[Allocation]:
    """Those of some allocations that hold; NotThereError when one is not for this user."""
    wanted = set(ids)
    found = Allocation.objects.filter(pk__in=wanted, company_id__in=access.company_ids)
    if access.is_restricted:
        found = found.filter(debit__customer__in=customers_of(access))
    rows = list(found.select_related("debit", "credit").order_by("pk"))
    if len(rows) != len(wanted):
        raise NotThereError(str(sorted(wanted)))
    return [one for one in rows if one.reversed_at is None]


def see_undone(access: Access, event_id: int) -> None:
    """NotThereError when an event undid allocations of customers that the user does not see."""
    if not access.is_restricted:
        return
    undone = Allocation.objects.filter(reversed_by_id=event_id, company_id__in=access.company_ids)
    if undone.exclude(debit__customer__in=customers_of(access)).exists():
        raise NotThereError(str(event_id))


def room_of(document: LedgerItem) -> pl.DataFrame:
    """The items of a customer in a currency, as `ROOM`, with what the record leaves of each."""
    whose = [document.company_id, document.customer_id]
    return frame_of(ROOM_QUERY, [*whose * 3, document.currency], schema=ROOM)


def allocations_held(document: LedgerItem) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The items of a customer as `AMOUNTS`, and the allocations among them as `ALLOCATIONS`."""
    links = frame_of(
        LINKS_QUERY,
        [document.company_id, document.customer_id],
        schema={**ALLOCATIONS, "id": pl.Int64, "matching_code": pl.String},
    )
    amounts = frame_of(
        "SELECT id AS item, amount_minor FROM ledger_item "
        "WHERE company_id = %s AND customer_id = %s AND reversed_at IS NULL",
        [document.company_id, document.customer_id],
        schema=AMOUNTS,
    )
    return amounts, links
