"""The journal: who did what, when, what was before and after, from where.

Each event carries the hash of the one before, so that one altered, removed or moved shows; one
that adds or reverses facts carries their fingerprint, so that a fact altered shows too. See
services/journal_proof.py for the proof, docs/operations/security.md for what it is worth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from quittance.core.chain import NOTHING_BEFORE, hash_of
from quittance.storage.fingerprints import fingerprints_of
from quittance.storage.models import Event

BOOKS_LOCK, CHAIN_LOCK = 7301, 7302


@dataclass(frozen=True)
class Actor:
    """Who acts, and from where: `web 192.0.2.7`, `cli root@host`, `worker`."""

    name: str
    origin: str
    user_id: int | None = None


@dataclass(frozen=True)
class Draft:
    """An event that has begun: facts may already name its `id`."""

    id: int
    company_id: int
    actor: Actor
    at: datetime


@dataclass(frozen=True)
class Subject:
    """What an event is about."""

    kind: str
    id: int | None = None
    name: str = ""
    customer_id: int | None = None


def lock_books(company_id: int) -> None:
    """Wait until nobody else writes the books of a company; held to the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [BOOKS_LOCK, company_id])


def begin_event(company_id: int, *, by: Actor, at: datetime) -> Draft:
    """Take the number of an event, at the beginning of a transaction that adds facts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('event', 'id'))")
        (number,) = cursor.fetchone()
    return Draft(number, company_id, by, at)


def record_event(
    draft: Draft,
    action: str,
    *,
    subject: Subject,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Append an event to its company's chain: the last thing that a transaction does.

    The fingerprint of the facts that name it, if any do, joins what it says as `facts`.
    """
    facts = fingerprints_of(draft.id)
    said = {**(after or {}), "facts": facts} if facts else after
    return appended(draft, action, subject=subject, before=before, after=said)


def appended(
    draft: Draft,
    action: str,
    *,
    subject: Subject,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> Event:
    """The event at the end of its chain, which nobody else lengthens until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CHAIN_LOCK, draft.company_id])
    last = Event.objects.filter(company_id=draft.company_id).order_by("-position").first()
    event = Event(
        id=draft.id,
        company_id=draft.company_id,
        position=last.position + 1 if last else 1,
        at=draft.at,
        actor_id=draft.actor.user_id,
        actor_name=draft.actor.name,
        origin=draft.actor.origin,
        action=action,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject=subject.name[:300],
        customer_id=subject.customer_id,
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
        previous_hash=last.hash if last else NOTHING_BEFORE,
    )
    event.hash = hash_of(vars(event))
    event.save(force_insert=True)
    return event


def journal(
    company_id: int,
    action: str,
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """An event that adds no facts, begun and recorded at once."""
    draft = begin_event(company_id, by=by, at=at)
    return appended(draft, action, subject=subject, before=before, after=after)
