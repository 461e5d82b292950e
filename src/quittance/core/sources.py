"""Everything that was given to a company, folded into its receivables.

The fold is pure: the same files give the same facts under the same natural keys, so what an import
changes is the difference of two folds, and undoing it is the fold without it.
See docs/algorithms/ledger.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from quittance.core.customer_lists import (
    CUSTOMER_ROWS,
    LISTED,
    codes_of,
    contacts_of,
    details_of,
    told_of,
)
from quittance.core.ledger import RECEIVABLES, Receivables, customer_code, receivables
from quittance.core.listing import (
    INVOICE_ROWS,
    PAYMENT_ROWS,
    invoice_lines,
    payment_lines,
    receivables_of_lists,
)
from quittance.core.natural_keys import entry_number, key_text
from quittance.core.overlaps import absent_rows, entry_natural, line_natural
from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, UnusableInput, problem
from quittance.core.schema import (
    ABSENT,
    CUSTOMERS,
    ENTRIES,
    FILES,
    Schema,
    checked,
    empty,
    shaped,
)

Kind = Literal["entries", "invoices", "payments", "open_items", "customers"]

TWO_SOURCES = Rule(
    "file-two-sources",
    "error",
    ("ledger", "lists"),
    Phrase(
        "FEC ({ledger}) et liste de factures ou de règlements ({lists}) ensemble.",
        "a FEC ({ledger}) and a list of invoices or payments ({lists}) together.",
    ),
    Phrase(
        "Les mêmes mouvements seraient comptés deux fois.",
        "The same movements would be counted twice.",
    ),
    Phrase("Donnez l'un ou l'autre.", "Give one or the other."),
)


@dataclass(frozen=True)
class Given:
    """A file that was given: its rows, and with which import.

    `file` names it and no other file of the company. Files of one `batch` were given together; a
    later batch was given later. `replaces` says that what older batches hold in this file's period,
    and is absent here, was deleted.
    """

    file: str
    kind: Kind
    rows: pl.DataFrame
    batch: int = 0
    replaces: bool = False


def gathered(sources: Sequence[Given], currency: str = "EUR") -> Receivables:
    """The receivables that all files together state, whatever their order.

    A list of open amounts says what is open on its day: those of the newest import that has any
    take the place of the older ones. Raises UnusableInput when entries and lists of movements are
    mixed.
    """
    given = in_order(sources)
    files = files_of(given)
    entries, payments = of_kind(given, "entries"), of_kind(given, "payments")
    invoices = newest_snapshot(of_kind(given, "invoices", "open_items"))
    lists = listed(given)
    if entries and (invoices or payments):
        facts = (names(entries), names([*invoices, *payments]))
        raise UnusableInput(problem(TWO_SOURCES, *facts))
    if entries:
        found = receivables(rows_of(entries, ENTRIES), currency, files=files)
        found = replace(found, customers=with_customer_lists(found.customers, lists))
    else:
        bills, receipts = rows_of(invoices, INVOICE_ROWS), rows_of(payments, PAYMENT_ROWS)
        found = receivables_of_lists(bills, receipts, customers=lists, files=files)
    return replace(
        found,
        details=details_of(lists, found.customers),
        contacts=contacts_of(lists, found.customers),
    )


def covered_and_absent(
    sources: Sequence[Given], batch: int, *, currency: str = "EUR"
) -> pl.DataFrame:
    """What older batches hold in the period of a file of a batch, and that batch does not.

    `ABSENT`, one row for each accounting entry or line of a list: what `replaces` would drop. A
    list of open amounts replaces the older ones by itself and is left out here.
    """
    given = [one for one in in_order(sources) if not is_snapshot(one)]
    files = files_of(given)
    codes = codes_of(listed(given))
    entries = rows_of(of_kind(given, "entries"), ENTRIES).with_columns(natural=entry_natural())
    invoices = invoice_lines(rows_of(of_kind(given, "invoices"), INVOICE_ROWS), codes)
    payments = payment_lines(rows_of(of_kind(given, "payments"), PAYMENT_ROWS), codes)
    received = payments.with_columns(amount_minor=-pl.col("amount_minor"))
    lines = [one.with_columns(natural=line_natural()) for one in (invoices, received)]
    absent = [absent_rows(one, files, batch=batch, day="date") for one in (entries, *lines)]
    told = [entries_told(absent[0], currency), *(lines_told(one) for one in absent[1:])]
    return pl.concat(told).unique("key", keep="first", maintain_order=True)


def entries_told(lines: pl.DataFrame, currency: str) -> pl.DataFrame:
    """`ABSENT` of the lines of accounting entries, one row for each entry."""
    entry = key_text(pl.lit("entry"), pl.col("journal"), pl.col("date"), entry_number())
    is_mine = pl.col("account").str.contains(RECEIVABLES)
    net = pl.col("debit_minor") - pl.col("credit_minor")
    found = (
        lines.with_columns(key=entry, owner=pl.when(is_mine).then(customer_code()))
        .group_by("key", "file", "covering", "date", maintain_order=True)
        .agg(
            customer=pl.col("owner").drop_nulls().first(),
            document=pl.col("piece").first(),
            currency=pl.lit(currency).first(),
            amount_minor=net.filter(is_mine).sum(),
        )
    )
    return shaped(found, ABSENT)


def lines_told(lines: pl.DataFrame) -> pl.DataFrame:
    """`ABSENT` of the lines of a list."""
    return shaped(lines.with_columns(key="natural_key"), ABSENT)


def in_order(sources: Sequence[Given]) -> list[Given]:
    """Files in the order of their imports, those of one import as they were given."""
    return sorted(sources, key=lambda one: one.batch)


def files_of(given: Sequence[Given]) -> pl.DataFrame:
    """`FILES` of some files."""
    rows = [(one.file, one.batch, place, one.replaces) for place, one in enumerate(given)]
    return pl.DataFrame(rows, schema=dict(FILES), orient="row")


def is_snapshot(one: Given) -> bool:
    """Whether a file is a list of open amounts."""
    has_open = one.kind == "invoices" and "open_minor" in one.rows.columns
    return one.kind == "open_items" or (has_open and bool(one.rows["open_minor"].count()))


def newest_snapshot(given: Sequence[Given]) -> list[Given]:
    """Lists of invoices without the lists of open amounts that a later import replaced."""
    newest = max((one.batch for one in given if is_snapshot(one)), default=0)
    return [one for one in given if one.batch == newest or not is_snapshot(one)]


def of_kind(given: Sequence[Given], *kinds: Kind) -> list[Given]:
    """The files whose rows are of some kinds."""
    return [one for one in given if one.kind in kinds]


def names(given: Sequence[Given]) -> str:
    """Some files, for a sentence."""
    return ", ".join(one.file for one in given)


def rows_of(given: Sequence[Given], schema: Schema) -> pl.DataFrame:
    """The rows of some files together, each under its file's name where the schema has one."""
    rows = [shaped(one.rows.with_columns(file=pl.lit(one.file)), schema) for one in given]
    return pl.concat(rows) if rows else empty(schema)


def listed(given: Sequence[Given]) -> pl.DataFrame:
    """The rows of the lists of customers; one read before a field was known does not have it."""
    rows = [
        replace(one, rows=one.rows.with_columns(absent(one.rows, LISTED)))
        for one in of_kind(given, "customers")
    ]
    return rows_of(rows, LISTED)


def absent(rows: pl.DataFrame, schema: Schema) -> list[pl.Expr]:
    """The columns of a schema that rows lack, as nulls."""
    return [pl.lit(None, kind).alias(name) for name, kind in schema.items()
            if name not in rows.columns]  # fmt: skip


@checked(customers=CUSTOMERS, lists=CUSTOMER_ROWS)
def with_customer_lists(customers: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Customers with the terms and kinds that lists of customers state; the last list decides."""
    joined = customers.join(told_of(lists), on="customer", how="left", maintain_order="left")
    return joined.with_columns(
        terms=pl.coalesce("told_terms", "terms"), kind=pl.coalesce("told_kind", "kind")
    ).select(customers.columns)
