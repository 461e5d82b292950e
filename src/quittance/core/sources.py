"""Everything that was given to a company, folded into its receivables.

The fold is pure: the same files give the same facts under the same natural keys, so what an import
changes is the difference of two folds, and undoing it is the fold without it.
See docs/algorithms/ledger.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from quittance.core.ledger import Receivables, receivables
from quittance.core.listing import (
    CUSTOMER_ROWS,
    INVOICE_ROWS,
    PAYMENT_ROWS,
    receivables_of_lists,
    told_of,
)
from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, UnusableInput, problem
from quittance.core.schema import CUSTOMERS, ENTRIES, Schema, checked, empty, shaped

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

    Raises UnusableInput when entries and lists of movements are mixed.
    """
    given = sorted(sources, key=lambda one: one.batch)
    entries = of_kind(given, "entries")
    invoices, payments = of_kind(given, "invoices", "open_items"), of_kind(given, "payments")
    lists = rows_of(of_kind(given, "customers"), CUSTOMER_ROWS)
    if entries and (invoices or payments):
        facts = (names(entries), names([*invoices, *payments]))
        raise UnusableInput(problem(TWO_SOURCES, *facts))
    if entries:
        found = receivables(rows_of(entries, ENTRIES), currency)
        return replace(found, customers=with_customer_lists(found.customers, lists))
    return receivables_of_lists(
        rows_of(invoices, INVOICE_ROWS), rows_of(payments, PAYMENT_ROWS), customers=lists
    )


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


@checked(customers=CUSTOMERS, lists=CUSTOMER_ROWS)
def with_customer_lists(customers: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Customers with the terms and kinds that lists of customers state; the last list decides."""
    joined = customers.join(told_of(lists), on="customer", how="left", maintain_order="left")
    return joined.with_columns(
        terms=pl.coalesce("told_terms", "terms"), kind=pl.coalesce("told_kind", "kind")
    ).select(customers.columns)
