"""Invoices and payments, settled or not on a day, as reports."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from quittance.core.phrase import Phrase
from quittance.core.settlement import INVOICES, PAYMENTS
from quittance.reports import columns
from quittance.reports.report import Column, Report

INVOICES_TITLE = Phrase("Factures et avoirs", "Invoices and credit notes")
PAYMENTS_TITLE = Phrase("Règlements", "Payments")
STATES = {
    "overdue": Phrase("échue", "overdue"),
    "not_due": Phrase("non échue", "not due"),
    "settled": Phrase("soldée", "settled"),
    "unallocated": Phrase("à affecter", "to allocate"),
}
STATE = Column("state", Phrase("État", "State"), words=STATES)
SETTLED_DATE = Column(
    "settled_date",
    Phrase("Dernier lettrage", "Last settled"),
    "date",
    Phrase(
        "Le jour où la dernière partie a été soldée.", "The day on which its last part was settled."
    ),
)
SHOWN = (
    "item", "customer_id", "customer", "name", "document", "kind", "date", "issue_date", "due_date",
    "days_past_due", "currency", "amount_minor", "open_minor", "state", "settled_date",
)  # fmt: skip
PAYMENT_DATE = Column("date", Phrase("Date", "Date"), "date")
REFERENCE = Column("document", Phrase("Libellé", "Reference"))


def invoices_in_order(settled: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The invoices and credit notes of `core.settlement` with their customers, the latest first."""
    mine = named(settled, people, kinds=INVOICES)
    return mine.sort("days_past_due", "date", "item", descending=True, nulls_last=True)


def payments_in_order(settled: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The payments of `core.settlement`, received as positive amounts, the newest first."""
    mine = named(settled, people, kinds=PAYMENTS)
    received = mine.with_columns(-pl.col("amount_minor", "open_minor"))
    return received.sort("date", "item", descending=True)


def invoices_report(rows: pl.DataFrame, as_of: date) -> Report:
    """Some of the rows of `invoices_in_order`."""
    return Report(
        name="invoices",
        title=INVOICES_TITLE,
        as_of=as_of,
        columns=(
            columns.DOCUMENT, columns.NAME, columns.ITEM_KIND, columns.ISSUE_DATE,
            columns.DUE_DATE, columns.DAYS_PAST_DUE, columns.CURRENCY, columns.AMOUNT,
            columns.OPEN, STATE, SETTLED_DATE, columns.CUSTOMER,
        ),
        rows=rows,
        totals=columns.totals(rows, "amount_minor", "open_minor"),
    )  # fmt: skip


def payments_report(rows: pl.DataFrame, as_of: date) -> Report:
    """Some of the rows of `payments_in_order`."""
    return Report(
        name="payments",
        title=PAYMENTS_TITLE,
        as_of=as_of,
        columns=(
            REFERENCE, columns.NAME, columns.ITEM_KIND, PAYMENT_DATE, columns.CURRENCY,
            columns.AMOUNT, Column("open_minor", Phrase("Non affecté", "Unallocated"), "money"),
            SETTLED_DATE, columns.CUSTOMER,
        ),
        rows=rows,
        totals=columns.totals(rows, "amount_minor", "open_minor"),
    )  # fmt: skip


def named(settled: pl.DataFrame, people: pl.DataFrame, *, kinds: Sequence[str]) -> pl.DataFrame:
    """The rows of some kinds, with their customers' names and numbers."""
    names = people.select("customer", "name", "customer_id")
    mine = settled.filter(pl.col("kind").is_in(kinds))
    return mine.join(names, on="customer", how="left", maintain_order="left").select(SHOWN)
