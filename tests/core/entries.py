"""Accounting entries as a table in the trade's words."""

from datetime import date

import polars as pl
from tests.tables import frame

from quittance.core.allocations import residuals
from quittance.core.ledger import Receivables, receivables
from quittance.core.schema import ENTRIES

JOURNALS = {"VE": "Ventes", "BQ": "Banque", "AN": "À nouveaux", "OD": "Opérations diverses"}


def entries(text: str, **given: object) -> pl.DataFrame:
    """`ENTRIES` of a table: `file journal entry date account customer piece debit credit code`.

    A file not given is `a.txt`; lines count within the file; the piece has the entry's date.
    """
    named = text.replace(" customer ", " auxiliary ").replace(" code", " matching_code", 1)
    rows = frame(named, ENTRIES, **{"file": "a.txt", "entry": "1", **given})
    key = pl.struct("file", "journal", "entry", "date").hash(0).reinterpret(signed=True)
    return rows.with_columns(
        pl.coalesce("piece_date", "date").alias("piece_date"),
        pl.coalesce("line", pl.int_range(2, pl.len() + 2).over("file")).alias("line"),
        pl.coalesce("journal_label", pl.col("journal").replace(JOURNALS)).alias("journal_label"),
        entry_id=key,
    ).with_columns(
        pl.col(pl.String).fill_null(""), pl.col("debit_minor", "credit_minor").fill_null(0)
    )


def open_now(found: Receivables, day: date | None = None) -> pl.DataFrame:
    """The items with what their allocations leave of them, in order of date and document."""
    done = found.allocations
    items = found.items
    if day:
        done, items = (one.filter(pl.col("date") <= day) for one in (done, items))
    return residuals(items, done).sort("date", "customer", "document", "amount_minor")


def owed(text: str, **given: object) -> pl.DataFrame:
    """The same, straight from a table of entries."""
    return open_now(receivables(entries(text, **given)))
