"""One invoice as reports: its due dates, and what its lateness costs, segment by segment."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.late_charges import Policy, late_charges
from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.documents import SETTLED_DATE, STATE
from quittance.reports.late_charges import (
    FORMULA,
    INDEMNITY_FORMULA,
    SEGMENT_COLUMNS,
    segments_report,
)
from quittance.reports.report import Figure, Report

INSTALMENTS = Phrase("Échéances", "Instalments")
CHARGES = Phrase("Pénalités, tranche par tranche", "Interest, segment by segment")


def instalments_report(rows: pl.DataFrame, as_of: date) -> Report:
    """The due dates of one document, from the rows of `core.settlement` that are its own."""
    ordered = rows.sort("due_date", "item")
    return Report(
        name="instalments",
        title=INSTALMENTS,
        as_of=as_of,
        columns=(
            columns.DUE_DATE, columns.DAYS_PAST_DUE, columns.CURRENCY, columns.AMOUNT,
            columns.OPEN, STATE, SETTLED_DATE,
        ),
        rows=ordered,
        totals=columns.totals(ordered, "amount_minor", "open_minor"),
    )  # fmt: skip


def charges_of_document(
    book: Book, as_of: date, *, items: Sequence[int], problems: pl.DataFrame, policy: Policy
) -> Report:
    """The segments of the charges of one document, with their sums as figures."""
    whole = segments_report(book, as_of, problems=problems, policy=policy)
    mine = whole.rows.filter(pl.col("debt").is_in(list(items)))
    sums = late_charges(book, as_of, policy=policy).filter(pl.col("item").is_in(list(items)))
    currency = columns.main_currency(sums, "amount_minor")
    return Report(
        name="document-charges",
        title=CHARGES,
        as_of=as_of,
        columns=(*SEGMENT_COLUMNS, columns.VERIFIED),
        rows=mine,
        totals=mine.group_by("currency").agg(pl.col("days").sum()),
        figures=(
            Figure(
                "interest_minor",
                Phrase("Pénalités de retard", "Late-payment interest"),
                int(sums["interest_minor"].sum()), "money", FORMULA, currency,
            ),
            Figure(
                "indemnity_minor",
                Phrase("Indemnité forfaitaire", "Fixed recovery indemnity"),
                int(sums["indemnity_minor"].sum()), "money", INDEMNITY_FORMULA, currency,
            ),
        ),
    )  # fmt: skip
