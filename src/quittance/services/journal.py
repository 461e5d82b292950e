"""The journal: who did what, when, what was before and after, from where.

Each event carries the hash of the one before, so that one altered, removed or moved shows. See
docs/operations/security.md for what this proves and what it does not.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection

from quittance.storage.models import Event

BOOKS_LOCK, CHAIN_LOCK = 7301, 7302
NOTHING_BEFORE = "0" * 64
HASHED = (
    "company_id", "position", "at", "actor_id", "actor_name", "origin", "action", "subject_kind",
    "subject_id", "subject", "customer_id", "before", "after", "previous_hash",
)  # fmt: skip


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


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: which event, and what is wrong with it."""

    position: int
    reason: str  # altered, missing, moved, facts


@dataclass(frozen=True)
class Verdict:
    """What a verification found: how many events, the last hash, and where the chain breaks."""

    events: int
    head: str
    breaks: tuple[Break, ...]


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
    """Append an event to its company's chain: the last thing that a transaction does."""
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
    event.hash = hash_of({name: getattr(event, name) for name in HASHED})
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
    return record_event(draft, action, subject=subject, before=before, after=after)


def hash_of(fields: Mapping[str, Any]) -> str:
    """SHA-256 of an event's fields, as JSON with sorted keys and instants in UTC."""
    stated = {name: plain(value) for name, value in fields.items()}
    text = json.dumps(stated, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON holds it: an instant as whole microseconds since 1970."""
    if isinstance(value, datetime):
        return int(value.timestamp()) * 1_000_000 + value.microsecond
    return value


def verify_journal(company_id: int) -> Verdict:
    """Walk a company's chain from its first event; never stops at the first break."""
    breaks: list[Break] = []
    expected, previous = 1, NOTHING_BEFORE
    events = Event.objects.filter(company_id=company_id).order_by("position")
    for fields in events.values(*HASHED, "hash").iterator(chunk_size=5_000):
        breaks.extend(breaks_of(fields, expected=expected, previous=previous))
        expected, previous = fields["position"] + 1, fields["hash"]
    return Verdict(expected - 1, previous, (*breaks, *facts_breaks(company_id)))


def breaks_of(fields: Mapping[str, Any], *, expected: int, previous: str) -> Iterator[Break]:
    """What is wrong with one event, given the one before it."""
    if fields["position"] != expected:
        yield Break(expected, "missing")
    elif fields["previous_hash"] != previous:
        yield Break(fields["position"], "moved")
    if hash_of({name: fields[name] for name in HASHED}) != fields["hash"]:
        yield Break(fields["position"], "altered")


FACT_COUNTS = """
SELECT e.position, e.after->'facts'->>'digest', f.digest FROM event e JOIN LATERAL (
  SELECT concat_ws(' ',
    (SELECT concat_ws('/', count(*), coalesce(sum(amount_minor), 0)) FROM ledger_item
      WHERE added_by_id = e.id),
    (SELECT concat_ws('/', count(*), coalesce(sum(amount_minor), 0)) FROM ledger_item
      WHERE reversed_by_id = e.id),
    (SELECT concat_ws('/', count(*), coalesce(sum(amount_minor), 0)) FROM allocation
      WHERE added_by_id = e.id),
    (SELECT concat_ws('/', count(*), coalesce(sum(amount_minor), 0)) FROM allocation
      WHERE reversed_by_id = e.id)) AS digest
) f ON true
WHERE e.company_id = %s AND e.after->'facts'->>'digest' IS NOT NULL
  AND e.after->'facts'->>'digest' <> f.digest
ORDER BY e.position
"""


def facts_breaks(company_id: int) -> list[Break]:
    """The events whose facts are no longer those that they recorded."""
    with connection.cursor() as cursor:
        cursor.execute(FACT_COUNTS, [company_id])
        return [Break(position, "facts") for position, *_ in cursor.fetchall()]


def exported(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    """Events as plain rows, for a file that can be verified elsewhere."""
    for event in events:
        yield {**{name: plain(getattr(event, name)) for name in HASHED}, "hash": event.hash}


def holds_hash(company_id: int, head: str) -> bool:
    """Whether an event of the chain has this hash: one noted elsewhere, that nobody here can mend.

    A chain alone cannot show that its last events were removed; a hash kept elsewhere can.
    """
    return Event.objects.filter(company_id=company_id, hash=head).exists()


def events_of(company_id: int) -> Iterator[Event]:
    """The events of a company, the first one first, read as they are asked for."""
    found = Event.objects.filter(company_id=company_id).order_by("position")
    return found.iterator(chunk_size=2_000)
