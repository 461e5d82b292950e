"""Invoices whose payment terms the law does not allow, as a report (*délais de règlement*)."""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.calendar import add_months
from quittance.core.phrase import Phrase
from quittance.core.terms import beyond_ceiling
from quittance.reports import columns
from quittance.reports.report import Column, Report

TITLE = Phrase("Échéances au-delà du plafond légal", "Due dates beyond the legal ceiling")
EXPLANATION = Phrase(
    "Factures des douze derniers mois. L'amende peut atteindre 2 M€ pour une société (C. com. "
    "L441-16) ; le délai part ici de la date de facture.",
    "Invoices of the last twelve months. The fine may reach €2 M for a company (C. com. L441-16); "
    "the term is counted from the date of the invoice.",
)
PUBLIC = Phrase(
    "Acheteurs publics : 50 jours sont permis aux établissements de santé, 60 aux entreprises "
    "publiques (CCP R2192-11) ; les autres ont 30 jours.",
    "Public buyers: 50 days are allowed to health bodies, 60 to public undertakings (CCP "
    "R2192-11); the others have 30 days.",
)


def ceilings_report(book: Book, as_of: date, *, problems: pl.DataFrame, sector: str = "") -> Report:
    """Each invoice of twelve months that falls due later than the law allows, with the article.

    `sector` is a code of the table of ceilings, for a trade with its own (C. com. L441-11).
    """
    is_recent = pl.col("date").is_between(add_months(as_of, -12), as_of, closed="right")
    people = book.customers.select("customer", "name")
    rows = (
        beyond_ceiling(
            book.items.filter(is_recent),
            book.customers,
            ceilings=book.law.term_ceilings,
            sector=sector,
        )
        .join(people, on="customer", how="left")
        .sort("days_beyond", "customer", "document", descending=[True, False, False])
    )
    has_public = bool((rows["customer_kind"] == "public").any())
    return Report(
        name="ceilings",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        columns=(
            columns.CUSTOMER, columns.NAME, columns.DOCUMENT, columns.ISSUE_DATE, columns.DUE_DATE,
            Column("ceiling_date", Phrase("Plafond", "Ceiling"), "date"),
            Column("days_beyond", Phrase("Jours au-delà", "Days beyond"), "count"),
            columns.CURRENCY, columns.AMOUNT, columns.REFERENCE, columns.VERIFIED,
        ),
        rows=rows,
        notes=(*book.notes, PUBLIC) if has_public else book.notes,
        problems=problems,
    )  # fmt: skip
