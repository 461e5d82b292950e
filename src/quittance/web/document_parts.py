"""What the screen of one invoice or payment shows, gathered from the books and the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
from django.urls import NoReverseMatch

from quittance.core.book import Book, of_customers
from quittance.core.matching_codes import matching_codes
from quittance.core.phrase import Phrase
from quittance.reports.columns import KINDS
from quittance.storage.documents import allocations_held, allocations_of, room_of
from quittance.web.amounts import typed
from quittance.web.desk import Desk

if TYPE_CHECKING:
    from quittance.storage.models import Allocation, LedgerItem

CANDIDATES = 200
FIELDS: Mapping[str, Phrase] = {
    "document": Phrase("Pièce", "Document"),
    "kind": Phrase("Nature", "Kind"),
    "date": Phrase("Date comptable", "Accounting date"),
    "issue_date": Phrase("Date de la pièce", "Document date"),
    "due_date": Phrase("Échéance indiquée", "Stated due date"),
    "amount_minor": Phrase("Montant", "Amount"),
    "customer_id": Phrase("Client", "Customer"),
    "currency": Phrase("Devise", "Currency"),
}


@dataclass(frozen=True)
class Settling:
    """An allocation seen from one of its sides; `id` is None for one that is only assumed."""

    id: int | None
    href: str
    document: str
    kind: Phrase
    date: date
    amount_minor: int
    origin: str  # books, person, assumed
    who: str
    at: datetime | None
    undone_by: str = ""
    undone_at: datetime | None = None
    books_code: str = ""  # under which the books settle it


@dataclass(frozen=True)
class Candidate:
    """An item that the one in view may be allocated with, and how much is proposed."""

    id: int
    href: str
    document: str
    kind: Phrase
    due_date: date | None
    amount_minor: int
    open_minor: int  # without its sign
    typed: str  # what its field holds: the amount proposed, or what was sent


@dataclass(frozen=True)
class Version:
    """One row that the item had: what it said, since when, until when, by whom."""

    at: datetime
    who: str
    what: str  # the import that brought it
    until: datetime | None
    changes: list[tuple[Phrase, Any, Any, str]]  # label, before, after, kind


def real_number(desk: Desk, item_id: int) -> int:
    """The number in the record of an item of the books: an instalment's is its invoice's."""
    books = desk.books
    if item_id <= books.largest_item:
        return item_id
    row = books.book.items.filter(pl.col("item") == item_id)
    if row.is_empty():
        return item_id
    whole = instalments(books.book.items, row.row(0, named=True), largest=None)
    return int(whole["item"].min())  # type: ignore[arg-type]


def instalments(
    items: pl.DataFrame, like: Mapping[str, Any], *, largest: int | None
) -> pl.DataFrame:
    """The due dates of one document; `largest` tells its own number from those without a row."""
    same = pl.all_horizontal(
        pl.col(name) == like[name] for name in ("customer", "document", "issue_date", "kind")
    )
    own = (pl.col("item") == like["item"]) | (pl.col("item") > largest) if largest else same
    return items.filter(same & own).sort("due_date", "item")


def book_around(desk: Desk, customer_id: int) -> Book:
    """The book of the customer of a document."""
    mine = desk.books.people.filter(pl.col("customer_id") == customer_id)
    return of_customers(desk.books.book, mine["customer"].to_list())


def address_of(desk: Desk, item_id: int, *, amount_minor: int) -> str:
    """The screen of an item: invoices and other debits, payments and other credits."""
    return desk.url("invoice" if amount_minor > 0 else "payment", item_id=item_id)


def customer_address(desk: Desk, customer_id: int) -> str:
    """The card of a customer."""
    try:
        return desk.url("customer", customer_id=customer_id)
    except NoReverseMatch:
        return desk.url("aging_items", customer_id=customer_id)


def settlings(
    desk: Desk, document: "LedgerItem", *, versions: "list[LedgerItem]"
) -> list[Settling]:
    """What the record allocates with a document, undone allocations last."""
    ids = {one.pk for one in versions}
    return [settling(desk, one, other=one.credit if one.debit_id in ids else one.debit)
            for one in allocations_of(versions)]  # fmt: skip


def settling(desk: Desk, one: "Allocation", *, other: "LedgerItem") -> Settling:
    """An allocation seen from the document that is not `other`."""
    undone = one.reversed_by
    return Settling(
        id=one.pk,
        href=address_of(desk, other.pk, amount_minor=other.amount_minor),
        document=other.document,
        kind=KINDS[other.kind],
        date=one.date,
        amount_minor=one.amount_minor,
        origin=one.origin,
        who=one.added_by.actor_name,
        at=one.recorded_at,
        undone_by=undone.actor_name if undone else "",
        undone_at=one.reversed_at,
        books_code=one.matching_code,
    )


def assumed(
    desk: Desk, book: Book, *, parts: pl.DataFrame, held: Iterable[Settling]
) -> list[Settling]:
    """Allocations of the books in view that the record does not hold: oldest first, assumed."""
    ours = parts["item"].implode()
    links = book.allocations.filter(
        (pl.col("debit_item").is_in(ours) | pl.col("credit_item").is_in(ours))
        & (pl.col("date") <= desk.day)
    )
    is_debit = pl.col("debit_item").is_in(ours)
    other = pl.when(is_debit).then("credit_item").otherwise("debit_item").alias("item")
    named = book.items.select("item", "document", "kind", whole="amount_minor")
    sums = links.group_by(other).agg(pl.col("amount_minor").sum(), pl.col("date").max())
    known = {one.href: 0 for one in held if one.undone_at is None}
    for one in held:
        known[one.href] = known.get(one.href, 0) + (
            one.amount_minor if one.undone_at is None else 0
        )
    found = []
    for row in sums.join(named, on="item").sort("date", "item").iter_rows(named=True):
        href = address_of(desk, real_number(desk, row["item"]), amount_minor=row["whole"])
        more = row["amount_minor"] - known.get(href, 0)
        known[href] = max(known.get(href, 0) - row["amount_minor"], 0)
        if more > 0:
            found.append(Settling(None, href, row["document"], KINDS[row["kind"]], row["date"],
                                  more, "assumed", "", None))  # fmt: skip
    return found


def candidates(
    desk: Desk, document: "LedgerItem", *, due: Mapping[int, date], sent: Mapping[str, str] | None
) -> tuple[int, list[Candidate]]:
    """What a document has left, and the open items of the other side, oldest first.

    As much as fits is proposed on the oldest, unless the form was sent with amounts.
    """
    room = room_of(document)
    own = room.filter(pl.col("item") == document.pk)
    left = abs(int(own["open_minor"].sum()))
    sign = -1 if document.amount_minor > 0 else 1
    others = room.filter(pl.col("open_minor") * sign > 0)
    amount = pl.col("open_minor").abs()
    share = (left - amount.cum_sum() + amount).clip(lower_bound=0)
    rows = others.with_columns(
        whole=pl.col("amount_minor"), open_minor=amount,
        proposed_minor=pl.min_horizontal(amount, share),
    ).head(CANDIDATES)  # fmt: skip
    return left, [
        Candidate(
            id=row["item"],
            href=address_of(desk, row["item"], amount_minor=row["whole"]),
            document=row["document"],
            kind=KINDS[row["kind"]],
            due_date=row["due_date"] or due.get(row["item"]) or row["date"],
            amount_minor=row["amount_minor"],
            open_minor=row["open_minor"],
            typed=typed(row["proposed_minor"], document.currency, lang=desk.lang)
            if sent is None
            else sent.get(str(row["item"]), ""),
        )
        for row in rows.iter_rows(named=True)
    ]


def code_of(document: "LedgerItem") -> tuple[str, bool]:
    """The matching code of a document and whether its whole group is settled; none: ""."""
    amounts, links = allocations_held(document)
    mine = matching_codes(amounts, links).filter(pl.col("item") == document.pk)
    return (mine["code"][0], bool(mine["is_full"][0])) if mine.height else ("", False)


def books_codes(codes: Iterable[str]) -> str:
    """The different matching codes of the books among some, in order of appearance."""
    return ", ".join(dict.fromkeys(one for one in codes if one))


def group_of(document: "LedgerItem") -> tuple[list[tuple[int, int]], list[dict[str, Any]]]:
    """The items that a document settles or is settled with, however far, with what each has left.

    Then the allocations among them, in order.
    """
    amounts, links = allocations_held(document)
    codes = matching_codes(amounts, links)
    own = codes.filter(pl.col("item") == document.pk)
    mine = codes.filter(pl.col("group") == own["group"][0]) if own.height else codes.clear()
    among = links.filter(pl.col("debit_item").is_in(mine["item"].implode()))
    rows = among.sort("date", "id").to_dicts()
    return list(mine.select("item", "open_minor").iter_rows()), rows


def history(rows: "list[LedgerItem]") -> list[Version]:
    """What a document was, newest first, each version with what it changed of the one before."""
    return [
        Version(
            at=one.recorded_at,
            who=one.added_by.actor_name,
            what=one.file.name if one.file else "",
            until=one.reversed_at,
            changes=differences(rows[place + 1] if place + 1 < len(rows) else None, one),
        )
        for place, one in enumerate(rows)
    ]


def differences(old: "LedgerItem | None", new: "LedgerItem") -> list[tuple[Phrase, Any, Any, str]]:
    """The fields that differ between two versions."""
    if old is None:
        return []
    return [
        (label, getattr(old, name), getattr(new, name), name)
        for name, label in FIELDS.items()
        if getattr(old, name) != getattr(new, name)
    ]
