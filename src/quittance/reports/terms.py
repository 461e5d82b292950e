"""Due dates under given terms, with the other reading and the legal ceilings, as a report."""

from datetime import date

import polars as pl

from quittance.core.book import Law
from quittance.core.phrase import Phrase, day_words
from quittance.core.terms import Term, due_date, limit_date, parsed
from quittance.reports import columns
from quittance.reports.report import Column, Report

TITLE = Phrase("Échéances selon les conditions de règlement", "Due dates under payment terms")
READINGS = Phrase(
    "« 45 jours fin de mois » se lit de deux façons : jours puis fin de mois (45 EOM), ou fin de "
    "mois puis jours (EOM 45). Le contrat choisit ; la loi admet la plus tardive.",
    "'45 days end of month' has two readings: days then month end (45 EOM), or month end then days "
    "(EOM 45). The contract chooses; the law admits the later one.",
)
WITHIN = Phrase("dans la limite légale ({day})", "within the legal ceiling ({day})")
BEYOND = Phrase(
    "dépasse de {days} jour(s) le plafond légal ({day})",
    "{days} day(s) beyond the legal ceiling ({day})",
)


def terms_report(law: Law, invoice_date: date, *, terms: str) -> Report:
    """Each instalment with its due date, the other reading of an end of month, and the ceiling.

    Raises UnreadableTerms.
    """
    ceiling, article = business_ceiling(law, invoice_date)
    rows = []
    for rank, term in enumerate(parsed(terms), start=1):
        due = due_date(term, invoice_date)
        days = (due - ceiling).days
        verdict = (WITHIN if days <= 0 else BEYOND).filled(days=days, day=day_words(ceiling))
        rows.append(
            (
                rank,
                share(term),
                due,
                other_reading(term, invoice_date),
                ceiling,
                max(days, 0),
                verdict.fr,
                verdict.en,
                article,
            )
        )
    schema = {
        "rank": pl.Int64, "share_percent": pl.Float64, "due_date": pl.Date,
        "other_reading_date": pl.Date, "ceiling_date": pl.Date, "days_beyond": pl.Int64,
        "verdict_fr": pl.String, "verdict_en": pl.String,
        "reference": pl.String,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return Report(
        name="terms",
        title=TITLE,
        as_of=invoice_date,
        columns=(
            Column("rank", Phrase("Échéance n°", "Instalment"), "count"),
            Column("share_percent", Phrase("Part", "Share"), "percent"),
            columns.DUE_DATE,
            Column("other_reading_date", Phrase("Autre lecture", "Other reading"), "date"),
            Column("ceiling_date", Phrase("Plafond légal", "Legal ceiling"), "date"),
            Column("days_beyond", Phrase("Jours au-delà", "Days beyond"), "count"),
            Column("verdict", Phrase("Verdict", "Verdict"), "phrase"),
            columns.REFERENCE,
        ),
        rows=frame,
        notes=(READINGS,) if frame["other_reading_date"].count() else (),
    )


def share(term: Term) -> float:
    """An instalment's share in percent."""
    return int(term.share * 10_000) / 100


def other_reading(term: Term, start: date) -> date | None:
    """The due date under the other reading of "days end of month"; None without end of month."""
    if not term.eom:
        return None
    swapped = {"after": "before", "before": "after"}[term.eom]
    other = Term(term.share, term.count, term.unit, swapped, term.days, term.is_next_month)
    return due_date(other, start)


def business_ceiling(law: Law, start: date) -> tuple[date, str]:
    """The latest due date between professionals for an invoice of a day, and its article."""
    rows = law.term_ceilings.filter(pl.col("code").is_in(["AGREED_60", "AGREED_45_EOM"])).to_dicts()
    limits = [limit_date(row["days"], row["end_of_month"]) for row in rows]
    day = pl.DataFrame({"issue_date": [start]}).select(pl.max_horizontal(*limits)).item()
    return day, " · ".join(row["reference"] for row in rows)
