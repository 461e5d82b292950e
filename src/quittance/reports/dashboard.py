"""The first screen of the day: what is owed, past due, not yet allocated."""

import polars as pl

from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Figure


def dashboard_figures(aged: pl.DataFrame) -> tuple[Figure, ...]:
    """The figures of the day, in the currency most is owed in: receivables, past due, unallocated.

    `aged` is `core.aging.aging`.
    """
    currency = columns.main_currency(aged, "balance_minor")
    mine = aged.filter(pl.col("currency") == currency)
    late = [name for name in mine.columns if name.startswith("days_")]
    overdue = int(mine.select(pl.sum_horizontal(pl.col(*late).sum())).item() or 0) if late else 0
    unallocated, balance = (
        int(mine[name].sum()) for name in ("unallocated_minor", "balance_minor")
    )
    return (
        Figure(
            "balance_minor", Phrase("Comptes clients", "Receivables"), balance, "money",
            Phrase("somme des comptes clients à cette date",
                   "sum of customers' accounts on that day"), currency,
        ),
        Figure(
            "overdue_minor", Phrase("Échu", "Past due"), overdue, "money",
            Phrase("postes ouverts dont l'échéance est passée, avant règlements non affectés",
                   "open items past their due date, before unallocated payments"), currency,
            share_of(overdue, balance - unallocated),
        ),
        Figure(
            "unallocated_minor", Phrase("Non affecté", "Unallocated"), unallocated, "money",
            Phrase("règlements, avoirs et acomptes qui n'ont soldé aucune facture",
                   "payments, credit notes and advances that have settled no invoice"), currency,
        ),
    )  # fmt: skip


def share_of(part: int, whole: int) -> Phrase | None:
    """A part of what customers owe, in words."""
    if whole <= 0:
        return None
    percent = f"{100 * part / whole:.0f}"
    return Phrase(f"{percent} % de ce que doivent les clients", f"{percent}% of what is owed")
