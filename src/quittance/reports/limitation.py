"""Claims about to lapse as a report (*prescription*)."""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.limitation import limitation
from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Column, Report

TITLE = Phrase("Créances bientôt prescrites", "Claims about to lapse")
EXPLANATION = Phrase(
    "Agir avant la date : une relance, même recommandée, n'interrompt pas la prescription "
    "(Cass. com., 18 mai 2022, n° 20-23.204).",
    "Act before the date: a reminder, even registered, does not interrupt the limitation period "
    "(Cass. com., 18 May 2022, no. 20-23.204).",
)
HORIZON_DAYS = 180


def limitation_report(
    book: Book,
    as_of: date,
    *,
    problems: pl.DataFrame,
    within_days: int = HORIZON_DAYS,
    regime: str = "",
) -> Report:
    """What lapses within some days of a day, or has already, on the earliest safe reading.

    `regime` is a code of the table of limitation periods, for every business customer.
    """
    rows = limitation(book, as_of, regime=regime).filter(pl.col("days_left") <= within_days)
    return Report(
        name="limitation",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        columns=(
            columns.CUSTOMER, columns.NAME, columns.DOCUMENT, columns.DUE_DATE, columns.CURRENCY,
            columns.OPEN,
            Column("lapses_date", Phrase("Prescrite le", "Lapses on"), "date"),
            Column("days_left", Phrase("Jours restants", "Days left"), "count"),
            Column("possible_date", Phrase("Peut-être le", "Perhaps on"), "date", Phrase(
                "Si un règlement partiel vaut reconnaissance (C. civ. 2240), ce qui n'est pas "
                "tranché entre professionnels.",
                "If a part payment is an acknowledgment (C. civ. 2240), which is not settled "
                "between professionals.",
            )),
            columns.REFERENCE,
            columns.VERIFIED,
        ),
        rows=rows,
        totals=columns.totals(rows, "open_minor"),
        notes=book.notes,
        problems=problems,
    )  # fmt: skip
