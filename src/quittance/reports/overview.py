"""The whole picture: a report of reports, the one a credit manager opens first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from quittance.core.aging import DEFAULT_EDGES
from quittance.core.book import Book
from quittance.core.late_charges import Policy
from quittance.core.open_items import balance_minor
from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.aging import aging_report
from quittance.reports.ceilings import ceilings_report
from quittance.reports.kpis import kpis_report, overdue_chart
from quittance.reports.late_charges import late_charges_report
from quittance.reports.limitation import limitation_report
from quittance.reports.problems import problems_report
from quittance.reports.report import Figure, Report
from quittance.reports.working_capital import working_capital_report
from quittance.reports.worklist import worklist_report

TITLE = Phrase("Rapport du poste clients", "Receivables report")
EXPLANATION = Phrase(
    "Qui doit quoi, depuis quand, ce que cela coûte, et ce que la trésorerie y gagnerait.",
    "Who owes what, since when, what it costs, and what the company's cash would gain.",
)


def overview(
    book: Book,
    as_of: date,
    *,
    problems: pl.DataFrame,
    policy: Policy,
    edges: Sequence[int] = DEFAULT_EDGES,
    margin_percent: float = 5,
) -> Report:
    """Every part of the picture on a day, with the figures to read first on top."""
    aged = aging_report(book, as_of, problems=problems, edges=edges)
    key = kpis_report(book, as_of, problems=problems)
    claims = late_charges_report(book, as_of, problems=problems, policy=policy)
    capital = working_capital_report(book, as_of, problems=problems, margin_percent=margin_percent)
    lapses = limitation_report(book, as_of, problems=problems)
    parts = [
        worklist_report(book, as_of, problems=problems),
        aged,
        replace(key, parts=(), columns=(), rows=pl.DataFrame()),
        *with_overdue_series(key.parts, columns.main_currency(aged.rows, "balance_minor")),
        claims,
        lapses,
        capital,
    ]
    if (ceilings := ceilings_report(book, as_of, problems=problems)).rows.height:
        parts.append(ceilings)
    if problems.height:
        parts.append(problems_report(book, as_of, problems=problems))
    return Report(
        name="overview",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        figures=first_figures(book, as_of, key=key, claims=claims, capital=capital),
        notes=book.notes,
        problems=problems,
        parts=tuple(replace(part, notes=own_notes(part, book)) for part in parts),
    )


def with_overdue_series(parts: tuple[Report, ...], currency: str) -> list[Report]:
    """The parts of the key figures, the overdue series drawn before the table of months."""
    series = parts[0]
    drawn = Report(
        name="overdue-series",
        title=Phrase("Échu et non échu", "Past due and not yet due"),
        as_of=series.as_of,
        chart=overdue_chart(series.rows, currency) if series.rows.height else None,
    )
    return [series, *parts[1:2], drawn, *parts[2:]]


def own_notes(part: Report, book: Book) -> tuple[Phrase, ...]:
    """The notes of a part that the whole does not already show."""
    return tuple(note for note in part.notes if note not in book.notes)


def first_figures(
    book: Book, as_of: date, *, key: Report, claims: Report, capital: Report
) -> tuple[Figure, ...]:
    """The figures to read first: what is owed, how late, what it costs, what is to gain."""
    owed = balance_minor(book, as_of)
    currency = max(sorted(owed), key=lambda code: owed[code], default="EUR")
    balance = Figure(
        "balance_minor",
        Phrase("Total des comptes clients", "Customers' accounts in total"),
        owed.get(currency, 0),
        "money",
        Phrase("somme des comptes 411, 413, 416 et 4191", "sum of accounts 411, 413, 416 and 4191"),
        currency,
    )
    totals = claims.totals.filter(pl.col("currency") == currency).to_dicts()
    costs = totals[0] if totals else {"interest_minor": 0, "indemnity_minor": 0}
    claim = Figure(
        "claimable_minor",
        Phrase("Pénalités et indemnités réclamables", "Interest and indemnities claimable"),
        costs["interest_minor"] + costs["indemnity_minor"],
        "money",
        Phrase("pénalités de retard + 40 € par facture (C. com. L441-10)",
               "late-payment interest + €40 per invoice (C. com. L441-10)"),
        currency,
    )  # fmt: skip
    by_name = {figure.name: figure for figure in (*key.figures, *capital.figures)}
    chosen = ("gain_at_terms_minor", "overdue_rate", "dso_period", "dso_best_possible", "days_late")
    first = [by_name[name] for name in chosen if name in by_name]
    gain = [by_name[name] for name in ("gain_per_day_minor",) if name in by_name]
    return (balance, *first, *gain, claim)
