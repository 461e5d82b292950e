"""How one customer pays: the figures, the histogram of delays, and each settlement."""

from datetime import date

import polars as pl

from quittance.core.payment_behaviour import (
    BINS,
    RECENT_MONTHS,
    Bin,
    lateness_bins,
    payment_behaviour,
)
from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Chart, Column, Figure, Report, Series

TITLE = Phrase("Comportement de paiement", "Payment behaviour")
SETTLEMENTS = Phrase("Ce que chaque règlement a soldé", "What each payment settled")
NOTHING_PAID = Phrase(
    "Aucun règlement sur les douze derniers mois.", "No payment in the last twelve months."
)
LATE_DAYS = Phrase("Retard moyen", "Mean delay")
DAYS_TO_PAY = Phrase("Délai réel de paiement", "Days to pay")
LATE_SHARE = Phrase("Part réglée en retard", "Share paid late")
TREND = Phrase("Tendance", "Trend")
FORMULAS = {
    "late_days": Phrase(
        "Σ (date du règlement − échéance) × montant ÷ Σ montant, sur douze mois ; négatif : en "
        "avance",
        "Σ (date of payment − due date) × amount ÷ Σ amount, over twelve months; negative: early",
    ),
    "days_to_pay": Phrase(
        "Σ (date du règlement − date de la facture) × montant ÷ Σ montant, sur douze mois",
        "Σ (date of payment − date of invoice) × amount ÷ Σ amount, over twelve months",
    ),
    "late_percent": Phrase(
        "montant réglé après l'échéance ÷ montant réglé, sur douze mois",
        "amount paid after its due date ÷ amount paid, over twelve months",
    ),
    "trend_days": Phrase(
        f"retard moyen des {RECENT_MONTHS} derniers mois − retard moyen des mois d'avant ; positif "
        ": règle plus tard",
        f"mean delay of the last {RECENT_MONTHS} months − mean delay of the months before; "
        "positive: pays later",
    ),
}
WORSE = Phrase("Règle de plus en plus tard.", "Pays later and later.")
BETTER = Phrase("Règle de plus en plus tôt.", "Pays earlier and earlier.")
STEADY = Phrase("Régulier.", "Steady.")
MARKED = 3  # days of change that are worth a word


def behaviour_report(settled: pl.DataFrame, as_of: date, *, currency: str) -> Report:
    """Each settlement of a customer by a payment, newest first, with the figures of the year."""
    return Report(
        name="settlements",
        title=SETTLEMENTS,
        as_of=as_of,
        columns=(
            Column("value_date", Phrase("Réglé le", "Paid on"), "date"),
            columns.DOCUMENT, columns.DUE_DATE,
            Column("days_late", Phrase("Retard (j)", "Days late"), "count"),
            Column("days_to_pay", Phrase("Délai (j)", "Days to pay"), "count"),
            columns.CURRENCY,
            Column("amount_minor", Phrase("Montant réglé", "Amount paid"), "money"),
        ),
        rows=settled.reverse(),
        totals=columns.totals(settled, "amount_minor"),
        figures=figures(settled, as_of, currency=currency),
        chart=histogram(settled.filter(pl.col("currency") == currency), currency),
    )  # fmt: skip


def figures(settled: pl.DataFrame, as_of: date, *, currency: str) -> tuple[Figure, ...]:
    """How the customer paid over the year, in one currency."""
    rows = payment_behaviour(settled, as_of).filter(pl.col("currency") == currency)
    found = rows.row(0, named=True) if rows.height else {}
    absent = None if found else NOTHING_PAID
    late, trend = found.get("late_days"), found.get("trend_days")
    days = {"late_days": late, "days_to_pay": found.get("days_to_pay"), "trend_days": trend}
    whole = {name: None if value is None else round(value) for name, value in days.items()}
    return (
        Figure("late_days", LATE_DAYS, whole["late_days"], "days", FORMULAS["late_days"],
               comment=absent or tendency(trend)),
        Figure("days_to_pay", DAYS_TO_PAY, whole["days_to_pay"], "days", FORMULAS["days_to_pay"],
               comment=absent),
        Figure("late_percent", LATE_SHARE, found.get("late_percent"), "percent",
               FORMULAS["late_percent"], comment=absent),
        Figure("trend_days", TREND, whole["trend_days"], "days", FORMULAS["trend_days"],
               comment=absent or tendency(trend)),
    )  # fmt: skip


def tendency(trend: float | None) -> Phrase | None:
    """Better or worse, in words; nothing where it cannot be told."""
    if trend is None:
        return None
    if trend >= MARKED:
        return WORSE
    return BETTER if trend <= -MARKED else STEADY


def histogram(settled: pl.DataFrame, currency: str) -> Chart | None:
    """How much was paid how late, in one currency; nothing where nothing was paid."""
    if settled.is_empty():
        return None
    amounts = tuple(lateness_bins(settled)["amount_minor"].to_list())
    series = Series(Phrase("Montant réglé", "Amount paid"), amounts)
    title = Phrase("Montants réglés par retard, tous les règlements",
                   "Amounts paid by delay, every payment")  # fmt: skip
    labels = tuple(bin_label(one) for one in BINS)
    return Chart("bars", title, labels, (series,), "money", currency)


def bin_label(one: Bin) -> Phrase:
    """A range of days late in words."""
    if one.first is None:
        return Phrase("en avance", "early")
    if one.last is None:
        return Phrase(f"> {one.first - 1} j", f"> {one.first - 1} d")
    if one.first == one.last:
        return Phrase("le jour dit", "on the day")
    return Phrase(f"{one.first}–{one.last} j", f"{one.first}–{one.last} d")
