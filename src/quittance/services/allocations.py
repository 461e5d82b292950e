"""Allocations by a person (*lettrage à la main*): settle, undo, put back.

Three guards hold one another up: the books are locked and read again before anything is written,
the amounts are checked here, and the database refuses what goes beyond either item. What a person
undoes of the books' own matching stays undone: docs/algorithms/allocations.md tells how.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from django.db.models import Sum
from django.utils.timezone import localdate

from quittance.core.allocations import MEMBERS, oldest_first
from quittance.core.money import money_text
from quittance.core.phrase import Phrase
from quittance.services import journal
from quittance.services.journal import Actor, Draft, Subject
from quittance.services.refusals import UnableTo
from quittance.storage.models import Allocation, Event, LedgerItem
from quittance.storage.scope import seeing

LOOK_AGAIN = Phrase(
    "Relisez les postes ouverts et recommencez.", "Read the open items again and start over."
)


class UnableToAllocate(UnableTo):
    """An allocation that cannot be; each reason is a class of its own."""

    code = "allocation"
    remedy = LOOK_AGAIN


class UnableToGoBeyond(UnableToAllocate):
    """More than what an item has left."""

    code = "allocation-beyond"
    sentence = Phrase(
        "{document} n'a plus que {open} à lettrer ; {asked} demandés.",
        "{document} has only {open} left to allocate; {asked} asked for.",
    )


class UnableToAllocateNothing(UnableToAllocate):
    """An amount of nothing or less, or a side without anything open."""

    code = "allocation-nothing"
    sentence = Phrase(
        "Rien à lettrer : il faut un débit et un crédit ouverts, et un montant positif.",
        "Nothing to allocate: it takes an open debit, an open credit and a positive amount.",
    )


class UnableToCrossCurrencies(UnableToAllocate):
    """A debit and a credit in two currencies."""

    code = "allocation-currency"
    sentence = Phrase(
        "{debit} est en {debit_currency}, {credit} en {credit_currency}.",
        "{debit} is in {debit_currency}, {credit} in {credit_currency}.",
    )
    remedy = Phrase(
        "Comptabilisez d'abord l'écart de change, puis lettrez dans une seule devise.",
        "Book the exchange difference first, then allocate in one currency.",
    )


class UnableToCrossCustomers(UnableToAllocate):
    """Items of two customers: each account must stay equal to the ledger's."""

    code = "allocation-customers"
    sentence = Phrase(
        "Ces postes sont de plusieurs clients : {customers}.",
        "These items belong to several customers: {customers}.",
    )
    remedy = Phrase(
        "Passez une écriture de compte à compte, puis lettrez chez chacun.",
        "Book a transfer between the accounts, then allocate on each.",
    )


class UnableToFindItem(UnableToAllocate):
    """An item that a later import corrected or took back."""

    code = "allocation-reversed"
    sentence = Phrase(
        "Un de ces postes a été corrigé ou retiré depuis par un import.",
        "One of these items was since corrected or taken back by an import.",
    )


class UnableToUndoAllocation(UnableTo):
    """Allocations that somebody has already undone, or that an import replaced."""

    code = "allocation-gone"
    sentence = Phrase(
        "{count} de ces lettrages n'existent plus.", "{count} of these allocations are gone."
    )
    remedy = LOOK_AGAIN


@dataclass(frozen=True)
class Wanted:
    """A debit to be settled by a credit; without an amount, as much as fits."""

    debit_id: int
    credit_id: int
    amount_minor: int | None = None


@dataclass(frozen=True)
class Planned:
    """An allocation about to be written."""

    debit: LedgerItem
    credit: LedgerItem
    amount_minor: int


class Room:
    """Items as they are once the books are locked, and what each has left."""

    def __init__(self, company_id: int, ids: Iterable[int]) -> None:
        wanted = set(ids)
        found = LedgerItem.objects.filter(company_id=company_id, pk__in=wanted, reversed_at=None)
        self.items = {one.pk: one for one in found.select_related("customer")}
        if len(self.items) != len(wanted):
            raise UnableToFindItem()
        customers = {one.customer for one in self.items.values()}
        if len(customers) > 1:
            raise UnableToCrossCustomers(customers=", ".join(sorted(c.code for c in customers)))
        self.left = {pk: one.amount_minor for pk, one in self.items.items()}
        live = Allocation.objects.filter(reversed_at=None)
        for side, sign in (("debit_id", -1), ("credit_id", 1)):
            used = (
                live.filter(**{f"{side}__in": wanted})
                .values(side)
                .annotate(sum=Sum("amount_minor"))
            )
            for row in used:
                self.left[row[side]] += sign * row["sum"]

    def planned(self, wanted: Wanted) -> Planned:
        """What a wish comes to; its amount is then no longer left."""
        debit, credit = self.items[wanted.debit_id], self.items[wanted.credit_id]
        room = min(self.left[debit.pk], -self.left[credit.pk])
        amount = room if wanted.amount_minor is None else wanted.amount_minor
        if debit.currency != credit.currency:
            raise UnableToCrossCurrencies(
                debit=debit.document, debit_currency=debit.currency,
                credit=credit.document, credit_currency=credit.currency,
            )  # fmt: skip
        if amount <= 0 or debit.amount_minor < 0 or credit.amount_minor > 0:
            raise UnableToAllocateNothing()
        if amount > room:
            tightest = min((debit, credit), key=lambda one: abs(self.left[one.pk]))
            raise UnableToGoBeyond(
                document=tightest.document,
                open=in_words(abs(self.left[tightest.pk]), debit.currency),
                asked=in_words(amount, debit.currency),
            )
        self.left[debit.pk] -= amount
        self.left[credit.pk] += amount
        return Planned(debit, credit, amount)


def in_words(amount_minor: int, currency: str) -> Phrase:
    """An amount as a reader of each language writes it."""
    return Phrase(*(money_text(amount_minor, currency, lang=lang) for lang in ("fr", "en")))


def add_allocations(company_id: int, wanted: Sequence[Wanted], *, by: Actor, at: datetime) -> Event:
    """Settle debits by credits of one customer, all of them or none.

    Raises UnableToAllocate, with the reason, when one of them cannot be.
    """
    with seeing(company_id):
        journal.lock_books(company_id)
        room = Room(company_id, {pk for one in wanted for pk in (one.debit_id, one.credit_id)})
        planned = [room.planned(one) for one in wanted]
        if not planned:
            raise UnableToAllocateNothing()
        return written(planned, by=by, at=at)


def settle_selection(company_id: int, item_ids: Sequence[int], *, by: Actor, at: datetime) -> Event:
    """Settle the debits of a selection by its credits, the oldest of both sides first."""
    with seeing(company_id):
        journal.lock_books(company_id)
        room = Room(company_id, item_ids)
        pairs = [room.planned(one) for one in proposed(room)]
        if not pairs:
            raise UnableToAllocateNothing()
        return written(pairs, by=by, at=at)


def proposed(room: Room) -> list[Wanted]:
    """What settles what in a selection, currency by currency, oldest first."""
    currencies = sorted({one.currency for one in room.items.values()})
    members = pl.DataFrame(
        [
            (currencies.index(one.currency), pk, one.date, room.left[pk], None)
            for pk, one in room.items.items()
        ],
        schema=dict(MEMBERS),
        orient="row",
    )
    stretches = oldest_first(members).sort("debit_item", "credit_item")
    columns = ("debit_item", "credit_item", "amount_minor")
    return [Wanted(*row) for row in stretches.select(columns).iter_rows()]


def written(planned: Sequence[Planned], *, by: Actor, at: datetime) -> Event:
    """The facts of some allocations and their event."""
    customer = planned[0].debit.customer
    draft = journal.begin_event(customer.company_id, by=by, at=at)
    rows = Allocation.objects.bulk_create(
        fact(one, draft, made_on=localdate(at)) for one in planned
    )
    subject = Subject("customer", customer.pk, f"{customer.code} · {customer.name}", customer.pk)
    return journal.record_event(
        draft, "allocation.added", subject=subject, after={"allocations": told(rows)}
    )


def fact(planned: Planned, draft: Draft, *, made_on: Any) -> Allocation:
    """An allocation holds from the later of its items' dates; its value date is the credit's."""
    debit, credit = planned.debit, planned.credit
    since = max(debit.date, credit.date)
    return Allocation(
        company_id=draft.company_id,
        debit=debit,
        credit=credit,
        currency=debit.currency,
        amount_minor=planned.amount_minor,
        date=since,
        recorded_date=max(since, made_on),
        value_date=credit.date,
        origin="person",
        recorded_at=draft.at,
        added_by_id=draft.id,
    )


def undo_allocations(
    company_id: int, allocation_ids: Sequence[int], *, by: Actor, at: datetime
) -> Event:
    """Undo allocations, a person's or the books', all of them or none.

    Those of the books are then refused by a person: an import no longer puts them back. Raises
    UnableToUndoAllocation when one of them no longer holds.
    """
    with seeing(company_id):
        journal.lock_books(company_id)
        wanted = set(allocation_ids)
        live = Allocation.objects.filter(company_id=company_id, pk__in=wanted, reversed_at=None)
        rows = list(live.select_related("debit__customer", "credit").order_by("pk"))
        if len(rows) != len(wanted) or not rows:
            raise UnableToUndoAllocation(count=len(wanted) - len(rows))
        draft = journal.begin_event(company_id, by=by, at=at)
        live.update(reversed_at=at, reversed_by_id=draft.id)
        return journal.record_event(
            draft,
            "allocation.undone",
            subject=subject_of(rows),
            before={"allocations": told(rows)},
        )


def restore_allocations(company_id: int, event_id: int, *, by: Actor, at: datetime) -> Event:
    """Put back what an event undid, as it was, where its items still have room.

    Raises UnableToFindItem, UnableToGoBeyond, UnableToUndoAllocation.
    """
    with seeing(company_id):
        journal.lock_books(company_id)
        undone = Allocation.objects.filter(company_id=company_id, reversed_by_id=event_id)
        undone = undone.filter(reversed_by__action="allocation.undone")
        old = list(undone.select_related("debit__customer", "credit").order_by("pk"))
        if not old:
            raise UnableToUndoAllocation(count=0)
        room = Room(company_id, {pk for one in old for pk in (one.debit_id, one.credit_id)})
        for one in old:
            room.planned(Wanted(one.debit_id, one.credit_id, one.amount_minor))
        draft = journal.begin_event(company_id, by=by, at=at)
        rows = Allocation.objects.bulk_create(again(one, draft) for one in old)
        return journal.record_event(
            draft, "allocation.restored", subject=subject_of(old), after={"allocations": told(rows)}
        )


def again(old: Allocation, draft: Draft) -> Allocation:
    """A fact that was undone, to be added once more."""
    kept = ("company_id", "debit", "credit", "currency", "amount_minor", "date", "recorded_date",
            "value_date", "origin", "matching_code")  # fmt: skip
    fields = {name: getattr(old, name) for name in kept}
    return Allocation(**fields, recorded_at=draft.at, added_by_id=draft.id)


def subject_of(rows: Sequence[Allocation]) -> Subject:
    """The customer whose items some allocations are on."""
    customer = rows[0].debit.customer
    return Subject("customer", customer.pk, f"{customer.code} · {customer.name}", customer.pk)


def told(rows: Sequence[Allocation]) -> list[dict[str, Any]]:
    """Allocations as the journal tells them."""
    return [
        {
            "id": one.pk,
            "debit": one.debit_id,
            "credit": one.credit_id,
            "documents": [one.debit.document, one.credit.document],
            "amount_minor": one.amount_minor,
            "currency": one.currency,
            "origin": one.origin,
        }
        for one in rows
    ]
