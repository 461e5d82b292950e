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
PAYMENT_DATE = Column("date", Phrase("Date", "Date"), "date")
REFERENCE = Column("document", Phrase("Libellé", "Reference"))


def invoices_report(
    rows: pl.DataFrame, people: pl.DataFrame, *, as_of: date, states: Sequence[str]
) -> Report:
    """The invoices and credit notes of `core.settlement`, in some states, the latest first."""
    mine = chosen(rows, people, kinds=INVOICES, states=states)
    ordered = mine.sort("days_past_due", "date", "item", descending=True, nulls_last=True)
    return Report(
        name="invoices",
        title=INVOICES_TITLE,
        as_of=as_of,
        columns=(
            columns.DOCUMENT, columns.NAME, columns.ITEM_KIND, columns.ISSUE_DATE,
            columns.DUE_DATE, columns.DAYS_PAST_DUE, columns.CURRENCY, columns.AMOUNT,
            columns.OPEN, STATE, SETTLED_DATE, columns.CUSTOMER,
        ),
        rows=ordered,
        totals=columns.totals(ordered, "amount_minor", "open_minor"),
    )  # fmt: skip


def payments_report(
    rows: pl.DataFrame, people: pl.DataFrame, *, as_of: date, states: Sequence[str]
) -> Report:
    """The payments of `core.settlement`, received as positive amounts, the newest first."""
    mine = chosen(rows, people, kinds=PAYMENTS, states=states).with_columns(
        -pl.col("amount_minor", "open_minor")
    )
    ordered = mine.sort("date", "item", descending=True)
    return Report(
        name="payments",
        title=PAYMENTS_TITLE,
        as_of=as_of,
        columns=(
            REFERENCE, columns.NAME, columns.ITEM_KIND, PAYMENT_DATE, columns.CURRENCY,
            columns.AMOUNT, Column("open_minor", Phrase("Non affecté", "Unallocated"), "money"),
            SETTLED_DATE, columns.CUSTOMER,
        ),
        rows=ordered,
        totals=columns.totals(ordered, "amount_minor", "open_minor"),
    )  # fmt: skip


def chosen(
    rows: pl.DataFrame, people: pl.DataFrame, *, kinds: Sequence[str], states: Sequence[str]
) -> pl.DataFrame:
    """The rows of some kinds and states, with their customers' names."""
    mine = rows.filter(pl.col("kind").is_in(kinds))
    mine = mine.filter(pl.col("state").is_in(states)) if states else mine
    names = people.select("customer", "name", "customer_id")
    return mine.join(names, on="customer", how="left", maintain_order="left")
