"""A chain of events: each bears the hash of the one before, so that one altered shows.

What a walk finds: an event altered, removed from within, moved or inserted. A chain alone cannot
show that its last events were removed, nor that all of it was written anew: a hash kept elsewhere
can. A file of events is walked with this module alone, without the record.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from quittance.core.phrase import Phrase

NOTHING_BEFORE = "0" * 64
HASHED = (
    "id", "company_id", "position", "at", "actor_id", "actor_name", "origin", "action",
    "subject_kind", "subject_id", "subject", "customer_id", "before", "after", "previous_hash",
)  # fmt: skip
Fields = Mapping[str, Any]
REASONS = {
    "altered": Phrase("l'événement {position} a été modifié", "event {position} was altered"),
    "missing": Phrase(
        "il manque au moins un événement à la place {position}",
        "at least one event is missing at place {position}",
    ),
    "moved": Phrase(
        "l'événement {position} ne suit pas le précédent",
        "event {position} does not follow the one before",
    ),
    "repeated": Phrase(
        "la place {position} est prise deux fois, ou l'ordre est changé",
        "place {position} is taken twice, or the order was changed",
    ),
    "unreadable": Phrase(
        "la ligne {position} n'est pas un événement", "line {position} is no event"
    ),
    "facts": Phrase(
        "les écritures de l'événement {position} ne sont plus celles qu'il a enregistrées",
        "the facts of event {position} are no longer those that it recorded",
    ),
    "orphans": Phrase(
        "des écritures nomment un événement qui n'existe pas",
        "facts name an event that does not exist",
    ),
    "head": Phrase(
        "la chaîne ne contient pas l'empreinte attendue : des événements manquent à la fin",
        "the chain does not hold the expected hash: events are missing at its end",
    ),
}


@dataclass(frozen=True)
class Break:
    """A place where the proof does not hold, and why: one of `REASONS`."""

    position: int
    reason: str

    @property
    def phrase(self) -> Phrase:
        """The break in words."""
        return REASONS[self.reason].filled(position=self.position)


@dataclass(frozen=True)
class Verdict:
    """What a verification found: how many events, the last hash, and where the proof breaks."""

    events: int
    head: str
    breaks: tuple[Break, ...]


def hash_of(fields: Fields) -> str:
    """SHA-256 of an event's fields, as JSON with sorted keys and instants in UTC."""
    stated = {name: plain(fields[name]) for name in HASHED}
    text = json.dumps(stated, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON holds it: an instant as whole microseconds since 1970."""
    if isinstance(value, datetime):
        return int(value.timestamp()) * 1_000_000 + value.microsecond
    return value


def written(fields: Fields) -> str:
    """An event as a line of JSON, for a file that is verified elsewhere."""
    row = {name: plain(fields[name]) for name in (*HASHED, "hash")}
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def event_of(line: str) -> Fields:
    """One line of an export; no field at all where it is none."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    is_event = isinstance(found, dict) and {*HASHED, "hash"} <= set(found)
    return found if is_event and isinstance(found["position"], int) else {}


def walk(events: Iterable[Fields], *, head: str = "") -> Verdict:
    """Follow a chain event by event."""
    breaks: list[Break] = []
    count, last, previous, is_held = 0, 0, NOTHING_BEFORE, False
    for count, fields in enumerate(events, 1):
        if not fields:
            breaks.append(Break(count, "unreadable"))
            continue
        breaks.extend(breaks_of(fields, last=last, previous=previous))
        last, previous = fields["position"], fields["hash"]
        is_held = is_held or previous == head
    if head and not is_held:
        breaks.append(Break(last, "head"))
    return Verdict(count, previous, tuple(breaks))


def breaks_of(fields: Fields, *, last: int, previous: str) -> Iterator[Break]:
    """What is wrong with one event, given the one before it."""
    position = fields["position"]
    if position <= last:
        yield Break(position, "repeated")
    elif position > last + 1:
        yield Break(last + 1, "missing")
    elif fields["previous_hash"] != previous:
        yield Break(position, "moved")
    if hash_of(fields) != fields["hash"]:
        yield Break(position, "altered")
