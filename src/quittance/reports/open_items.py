"""The open items as a report (*postes ouverts*)."""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.open_items import open_items
from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Report

TITLE = Phrase("Postes ouverts", "Open items")
EXPLANATION = Phrase(
    "Chaque facture qui n'est pas soldée, la plus en retard d'abord, puis les avoirs et règlements "
    "qui restent à affecter.",
    "Each invoice with something left, the latest first, then the credit notes and payments still "
    "to allocate.",
)


def open_items_report(book: Book, as_of: date, *, problems: pl.DataFrame) -> Report:
    """Every item with something left on a day, credits negative."""
    people = book.customers.select("customer", "name")
    rows = (
        open_items(book, as_of)
        .join(people, on="customer", how="left")
        .sort(pl.col("amount_minor") < 0, -pl.col("days_past_due"), "customer", "document", "item")
    )
    return Report(
        name="open-items",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        columns=(
            columns.CUSTOMER, columns.NAME, columns.DOCUMENT, columns.ITEM_KIND, columns.ISSUE_DATE,
            columns.DUE_DATE, columns.DAYS_PAST_DUE, columns.CURRENCY, columns.AMOUNT, columns.OPEN,
        ),
        rows=rows,
        totals=columns.totals(rows, "amount_minor", "open_minor"),
        notes=book.notes,
        problems=problems,
    )  # fmt: skip
