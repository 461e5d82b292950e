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
INTEREST_AND_INDEMNITY = Phrase(
    "{interest} + {indemnity} d'indemnité", "{interest} + {indemnity} of indemnity"
)
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
    return Report(
        name="document-charges",
        title=CHARGES,
        as_of=as_of,
        columns=(*SEGMENT_COLUMNS, columns.VERIFIED),
        rows=mine,
        totals=mine.group_by("currency").agg(pl.col("days").sum()),
        figures=(claimable(sums, columns.main_currency(sums, "amount_minor")),),
    )  # fmt: skip


def claimable(sums: pl.DataFrame, currency: str) -> Figure:
    """Interest and indemnity of one document together, with what each comes to."""
    interest, indemnity = (int(sums[name].sum()) for name in ("interest_minor", "indemnity_minor"))
    parts = [columns.amount_words(one, currency) for one in (interest, indemnity)]
    return Figure(
        name="claimable_minor",
        label=Phrase("Pénalités réclamables", "Claimable interest"),
        value=interest + indemnity,
        kind="money",
        formula=Phrase(
            f"{FORMULA.fr} + {INDEMNITY_FORMULA.fr}", f"{FORMULA.en} + {INDEMNITY_FORMULA.en}"
        ),
        currency=currency,
        comment=INTEREST_AND_INDEMNITY.filled(interest=parts[0], indemnity=parts[1]),
    )
