"""Everything that happened with a customer, in one list: the books' movements and people's acts.

Thousands of movements are ordered and cut as a frame; only the page shown is put into words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl

from quittance.core.book import Book
from quittance.core.open_items import up_to
from quittance.core.phrase import Phrase, day_words, same
from quittance.reports import columns
from quittance.reports.customer_words import CONTACT_FIELDS, changed_sentence, together

KINDS: Mapping[str, Phrase] = {
    "invoices": Phrase("Factures et avoirs", "Invoices and credit notes"),
    "payments": Phrase("Règlements", "Payments"),
    "allocations": Phrase("Lettrages", "Allocations"),
    "changes": Phrase("Fiche et contacts", "Card and contacts"),
    "notes": Phrase("Notes", "Notes"),
}
PAYMENT_KINDS = ("payment", "advance", "refund")
SIGNS = {
    "payment": ("payments", "ok"),
    "advance": ("payments", "ok"),
    "refund": ("warning", "warn"),
    "credit_note": ("invoices", "accent"),
    "write_off": ("warning", "warn"),
    "doubtful": ("warning", "bad"),
}
ACTS: Mapping[str, tuple[str, str, str, Phrase]] = {  # kind, sign, tone, title
    "customer.changed": ("changes", "edit", "", Phrase("Fiche modifiée", "Card changed")),
    "customer.changed_together": (
        "changes", "edit", "", Phrase("Fiche modifiée avec d'autres", "Card changed with others")),
    "customer.change_undone": (
        "changes", "undo", "", Phrase("Modification annulée", "Change undone")),
    "contact.added": ("changes", "user", "", Phrase("Contact ajouté", "Contact added")),
    "contact.changed": ("changes", "user", "", Phrase("Contact modifié", "Contact changed")),
    "contact.removed": ("changes", "user", "", Phrase("Contact retiré", "Contact removed")),
    "note.written": ("notes", "note", "accent", Phrase("Note", "Note")),
    "note.withdrawn": ("notes", "note", "", Phrase("Note retirée", "Note withdrawn")),
    "allocation.added": ("allocations", "link", "ok", Phrase("Lettrage", "Allocation")),
    "allocation.undone": ("allocations", "undo", "", Phrase("Délettrage", "Allocation undone")),
    "allocation.restored": (
        "allocations", "link", "ok", Phrase("Lettrage rétabli", "Allocation restored")),
}  # fmt: skip
ITEM_TITLE = Phrase("{kind} {document}", "{kind} {document}")
FOLLOWS = Phrase("Suit de nouveau les livres.", "Follows the books again.")
ALLOCATED = Phrase("{debit} par {credit} : {amount}", "{debit} by {credit}: {amount}")
AMOUNT_DUE = Phrase("{amount}, échéance {day}", "{amount}, due {day}")


@dataclass(frozen=True)
class Happened:
    """An event of the journal about a customer, as the timeline needs it."""

    id: int
    day: date  # in the time of the place
    at: datetime
    action: str
    who: str
    subject: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""  # of a note, while it is not withdrawn


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; `item` is the number of the movement it tells."""

    kind: str
    sign: str
    tone: str
    title: Phrase
    text: Phrase | None
    on: date
    at: datetime | None = None
    who: str = ""
    item: int | None = None
    item_kind: str = ""


@dataclass(frozen=True)
class Timeline:
    """One page of a customer's timeline, newest first, and how many lines of each kind."""

    entries: tuple[Entry, ...]
    count: int
    counts: Mapping[str, int]


def timeline(
    book: Book, as_of: date, *, events: Sequence[Happened], kinds: Sequence[str] = (),
    first: int = 0, size: int = 50,
) -> Timeline:  # fmt: skip
    """What happened with a customer: all kinds, or some.

    `as_of` is a day of the accounts and cuts the movements alone; what people did is in the time
    of the record, and whoever asks for what was known on a day passes those events alone.
    """
    items = up_to(book.items, as_of)
    every = pl.concat([placed_items(items), placed_events(events)])
    sums = every.group_by("kind").len()
    counts = {kind: int(count) for kind, count in sums.iter_rows()}
    kept = every.filter(pl.col("kind").is_in(list(kinds))) if kinds else every
    page = kept.sort("on", "rank", "place", descending=True).slice(first, size)
    rows = items[page.filter(pl.col("rank") == 0)["place"]].iter_rows(named=True)
    entries = [
        entry_of(events[place]) if rank else item_entry(next(rows))
        for place, rank in page.select("place", "rank").iter_rows()
    ]
    return Timeline(tuple(entries), kept.height, counts)


PLACED = {"on": pl.Date, "rank": pl.Int64, "place": pl.UInt32, "kind": pl.String}


def placed_items(items: pl.DataFrame) -> pl.DataFrame:
    """The movements with their place in the order of days."""
    kind = pl.when(pl.col("kind").is_in(PAYMENT_KINDS)).then(pl.lit("payments"))
    return items.with_row_index("place").select(
        pl.col("date").alias("on"),
        pl.lit(0, dtype=pl.Int64).alias("rank"),
        pl.col("place").cast(pl.UInt32),
        kind.otherwise(pl.lit("invoices")).alias("kind"),
    )


def placed_events(events: Sequence[Happened]) -> pl.DataFrame:
    """The events with their place in the order of days, newest last within a day.

    They come newest first; those of a day stand above its movements.
    """
    count = len(events)
    rows = [
        (one.day, count - place, place, kind_of(one.action)) for place, one in enumerate(events)
    ]
    return pl.DataFrame(rows, PLACED, orient="row")


def kind_of(action: str) -> str:
    """The kind of an event; one that no table knows is a change."""
    return ACTS[action][0] if action in ACTS else "changes"


def item_entry(row: Mapping[str, Any]) -> Entry:
    """A movement in words."""
    kind, currency = str(row["kind"]), str(row["currency"])
    sign, tone = SIGNS.get(kind, ("invoices", ""))
    word = columns.KINDS[kind]
    title = ITEM_TITLE.filled(
        kind=Phrase(capital(word.fr), capital(word.en)), document=row["document"]
    )
    amount = columns.amount_words(abs(int(row["amount_minor"])), currency)
    is_owed = int(row["amount_minor"]) > 0
    told = AMOUNT_DUE.filled(amount=amount, day=day_words(row["due_date"])) if is_owed else amount
    return Entry(
        "payments" if kind in PAYMENT_KINDS else "invoices", sign, tone, title, told, row["date"],
        item=int(row["item"]),
        item_kind=kind,
    )  # fmt: skip


def entry_of(event: Happened) -> Entry:
    """An event in words."""
    kind, sign, tone, title = ACTS.get(event.action, ("changes", "info", "", same(event.action)))
    return Entry(kind, sign, tone, title, event_text(event), event.day, event.at, event.who)


def event_text(event: Happened) -> Phrase | None:
    """What an event changed, in one sentence."""
    if event.text:
        return same(event.text)
    if event.action.startswith("customer."):
        told = changed_sentence(event.before, event.after)
        return told if told.fr else FOLLOWS
    if event.action == "contact.changed":
        changes = changed_sentence(event.before, event.after, labels=CONTACT_FIELDS)
        return Phrase(f"{event.subject} — {changes.fr}", f"{event.subject} — {changes.en}")
    if event.action.startswith("contact."):
        return same(event.subject)
    if event.action.startswith("allocation."):
        return allocated({**event.before, **event.after}.get("allocations", []))
    return None


def allocated(rows: Sequence[Mapping[str, Any]]) -> Phrase | None:
    """What was allocated to what, and how much."""
    told = [
        ALLOCATED.filled(
            debit=row["documents"][0], credit=row["documents"][1],
            amount=columns.amount_words(int(row["amount_minor"]), str(row["currency"])),
        )
        for row in rows
    ]  # fmt: skip
    return together(told, mark=" ; ") if told else None


def capital(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]
