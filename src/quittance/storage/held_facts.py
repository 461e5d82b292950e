"""The facts of a company that hold now, kept by the process and brought up to date by differences.

Where they stand is a place in the company's journal and the hash of the event there: the same place
with another hash is another history, and everything is read again.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import polars as pl
from django.db import connection

from quittance.core import schema
from quittance.core.schema import Schema
from quittance.storage import snapshots
from quittance.storage.frames import frame_of

# the words of an index: storage/migrations/0005_last_event_of_books.py
ABOUT_BOOKS = "action ~ '^(import|allocation|customer|company)[.]'"
LAST = f"""SELECT position, hash FROM event WHERE company_id = %s AND {ABOUT_BOOKS}
  ORDER BY position DESC LIMIT 1"""  # noqa: S608
ITEMS: Schema = {"customer_id": pl.Int64, **{n: t for n, t in schema.ITEMS.items()
                                             if n != "customer"}}  # fmt: skip
ITEM_QUERY = """SELECT customer_id, id AS item, document, kind, date, issue_date, due_date,
  currency, amount_minor, recorded_date FROM ledger_item WHERE company_id = %s AND """
ALLOCATION_QUERY = """SELECT debit_id AS debit_item, credit_id AS credit_item, amount_minor, date,
  recorded_date, value_date, id FROM allocation WHERE company_id = %s AND """
MOVEMENT_QUERY = """SELECT account, date, debit_minor, credit_minor, is_opening, id
  FROM account_movement WHERE company_id = %s AND """
HOLDS = "reversed_at IS NULL"
SINCE = """{by} IN (SELECT id FROM event WHERE company_id = %s AND position > %s
  AND position <= %s)"""
KNOWN = "recorded_at <= %s AND (reversed_at IS NULL OR reversed_at > %s)"
NUMBERED = {"id": pl.Int64}
QUERIES: tuple[tuple[str, Schema], ...] = (
    (ITEM_QUERY, ITEMS),
    (ALLOCATION_QUERY, {**schema.ALLOCATIONS, **NUMBERED}),
    (MOVEMENT_QUERY, {**schema.LEDGER, **NUMBERED}),
)
MANY_CHUNKS = 16  # pieces of a frame, one more with each change, before they are put together
TRIES = 5


@dataclass(frozen=True)
class Head:
    """A place in a company's journal: the last event about its books, and its hash."""

    position: int
    hash: str


@dataclass(frozen=True)
class Facts:
    """The facts of one company that hold at a place of its journal."""

    head: Head
    items: pl.DataFrame
    allocations: pl.DataFrame
    movements: pl.DataFrame

    @property
    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """The three frames, in the order of QUERIES."""
        return self.items, self.allocations, self.movements


kept: dict[tuple[str, int], Facts] = {}
locks: defaultdict[tuple[str, int], Lock] = defaultdict(Lock)


def head_of(company_id: int) -> Head:
    """The place in the journal of the last event that touched the books."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [company_id])
        row = cursor.fetchone()
    return Head(int(row[0]), str(row[1])) if row else Head(0, "")


def is_past(company_id: int, head: Head) -> bool:
    """Whether a place belongs to the company's journal as it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM event WHERE company_id = %s AND position = %s "
            "AND hash = %s)",
            [company_id, head.position, head.hash],
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def current_facts(company_id: int, head: Head) -> Facts:
    """The facts that hold now: those kept from before, and what was added or reversed since."""
    place = (str(connection.settings_dict["NAME"]), company_id)
    with locks[place]:
        known = kept.get(place)
        if known is not None and (known.head == head or follows(company_id, head, new=known.head)):
            return known  # as asked for, or newer: another thread was there first
        if known is None or not follows(company_id, known.head, new=head):
            known = from_disk(place, head)
        kept[place] = facts = (
            all_facts(place, head) if known is None else since(known, place, head=head)
        )
        return facts


def follows(company_id: int, old: Head, *, new: Head) -> bool:
    """Whether one place comes before another in the journal as it is."""
    is_before = old.position < new.position
    return is_before and is_past(company_id, old) and is_past(company_id, new)


def from_disk(place: tuple[str, int], head: Head) -> Facts | None:
    """The facts that a process wrote aside, where they are of this history."""
    found = snapshots.latest(place, tuple(columns for _, columns in QUERIES))
    if found is None:
        return None
    past = Head(found.position, found.hash)
    is_ours = past == head or follows(place[1], past, new=head)
    return Facts(past, *found.frames) if is_ours else None


def all_facts(place: tuple[str, int], head: Head) -> Facts:
    """Every fact of a company, read while nothing changes, and written aside for the next process.

    Each query sees what was committed before it: where an event came in between, all is read again.
    """
    company_id = place[1]
    for _ in range(TRIES):
        frames = [
            frame_of(query + HOLDS + " ORDER BY id", [company_id], schema=columns)
            for query, columns in QUERIES
        ]
        after = head_of(company_id)
        if after == head:
            break
        head = after
    facts = Facts(head, *frames)
    snapshots.write_aside(place, snapshots.Snapshot(head.position, head.hash, facts.frames))
    return facts


def since(known: Facts, place: tuple[str, int], *, head: Head) -> Facts:
    """Known facts with what later events reversed taken out and what they added put in.

    As above: where an event came in between, its differences are read too, and none by halves.
    """
    for _ in range(TRIES):
        span = (place[1], known.head.position, head.position)
        frames = [
            brought_up(held, query, columns=columns, span=span)
            for held, (query, columns) in zip(known.frames, QUERIES, strict=True)
        ]
        found, head = Facts(head, *frames), head_of(place[1])
        if found.head == head:
            break
    return found


def brought_up(
    held: pl.DataFrame, query: str, *, columns: Schema, span: tuple[int, int, int]
) -> pl.DataFrame:
    """One frame of facts, brought up to date."""
    if span[1] == span[2]:
        return held
    company_id = span[0]
    number = "id" if "id" in columns else "item"
    table = query.partition("FROM ")[2].partition(" ")[0]
    gone = frame_of(
        f"SELECT id FROM {table} WHERE company_id = %s AND " + SINCE.format(by="reversed_by_id"),  # noqa: S608
        [company_id, *span],
        schema=NUMBERED,
    )
    new = frame_of(
        query + HOLDS + " AND " + SINCE.format(by="added_by_id") + " ORDER BY id",
        [company_id, *span],
        schema=columns,
    )
    if gone.is_empty() and new.is_empty():
        return held
    left = held.filter(~pl.col(number).is_in(gone["id"].implode())) if gone.height else held
    both = pl.concat([left, new])
    return both.rechunk() if both.n_chunks() > MANY_CHUNKS else both


def facts_at(company_id: int, instant: datetime) -> Facts:
    """The facts that the record held at an instant."""
    return Facts(Head(0, ""), *(
        frame_of(query + KNOWN + " ORDER BY id", [company_id, instant, instant], schema=columns)
        for query, columns in QUERIES
    ))  # fmt: skip
