"""Working capital and the cash to gain, as a report (*FDR, BFR, trésorerie nette*)."""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.kpis import kpi_series
from quittance.core.phrase import Phrase
from quittance.core.working_capital import (
    CashToGain,
    WorkingCapital,
    cash_to_gain,
    collectable,
    sales_to_repay,
    working_capital,
)
from quittance.reports import columns
from quittance.reports.report import Chart, Column, Figure, Report, Series

TITLE = Phrase(
    "Besoin en fonds de roulement et trésorerie à gagner", "Working capital and cash to gain"
)
EXPLANATION = Phrase(
    "Ce que le recouvrement pèse dans la trésorerie, d'après la balance des mêmes livres.",
    "What collection weighs in the company's cash, from the trial balance of the same books.",
)
NO_LEDGER = Phrase(
    "Pas de balance générale (elle vient d'un FEC, pour toute la société et non pour quelques "
    "clients) : le BFR ne peut pas être calculé.",
    "No trial balance (it comes from a FEC, for the whole company and not for some customers): "
    "working capital cannot be computed.",
)
NO_OPENING = Phrase(
    "Pas d'à-nouveaux dans les fichiers : le bilan ne compte que les mouvements de la période.",
    "No opening entries in the files: the balance sheet only counts the period's movements.",
)
GROUPS = {
    "stable_resources": Phrase("Ressources stables", "Stable resources"),
    "stable_uses": Phrase("Emplois stables", "Stable uses"),
    "inventories": Phrase("Stocks", "Inventories"),
    "customers": Phrase("Clients", "Customers"),
    "operating_assets": Phrase("Autres créances d'exploitation", "Other operating receivables"),
    "other_assets": Phrase("Créances hors exploitation", "Non-operating receivables"),
    "suppliers": Phrase("Fournisseurs", "Suppliers"),
    "operating_liabilities": Phrase("Autres dettes d'exploitation", "Other operating debts"),
    "other_liabilities": Phrase("Dettes hors exploitation", "Non-operating debts"),
    "cash_assets": Phrase("Disponibilités", "Cash and securities"),
    "cash_liabilities": Phrase("Concours bancaires", "Bank overdrafts"),
}
DEFAULT_LOSS_MINOR = 1_000_000


def working_capital_report(
    book: Book, as_of: date, *, problems: pl.DataFrame, margin_percent: float = 5
) -> Report:
    """The functional balance sheet with its three sums, and what faster collection would bring."""
    picture = working_capital(book, as_of)
    series = kpi_series(book, as_of, months=1)
    currency = columns.main_currency(series, "sales_minor")
    now = series.filter(pl.col("currency") == currency).to_dicts()
    late = collectable(book, as_of).get(currency, 0)
    gain = cash_to_gain(now[0]["sales_minor"], now[0]["days"], overdue_minor=late) if now else None
    sums = balance_figures(picture, currency) if picture else ()
    gains = gain_figures(gain, currency, margin_percent=margin_percent) if gain else ()
    rows = [
        (name, label.fr, label.en, currency, picture.total(name) if picture else 0)
        for name, label in GROUPS.items()
    ]
    notes = [*book.notes]
    if not picture:
        notes.append(NO_LEDGER)
    elif not picture.has_opening:
        notes.append(NO_OPENING)
    return Report(
        name="working-capital",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        columns=(
            Column("group", Phrase("Code", "Code")),
            Column("label", Phrase("Poste", "Group"), "phrase"),
            columns.CURRENCY,
            columns.AMOUNT,
        ),
        rows=pl.DataFrame(
            rows if picture else [],
            schema={"group": pl.String, "label_fr": pl.String, "label_en": pl.String,
                    "currency": pl.String, "amount_minor": pl.Int64},
            orient="row",
        ),
        figures=(*sums, *gains),
        notes=tuple(notes),
        problems=problems,
        chart=chart(picture, currency) if picture else None,
    )  # fmt: skip


def balance_figures(picture: WorkingCapital, currency: str) -> tuple[Figure, ...]:
    """Working capital, need, cash, and the two ratios."""
    money = (
        ("frng_minor", Phrase("Fonds de roulement (FDR)", "Working capital (FDR)"),
         picture.frng_minor, Phrase("ressources stables − emplois stables",
                                    "stable resources − stable uses")),
        ("bfr_minor", Phrase("Besoin en fonds de roulement (BFR)", "Working-capital need (BFR)"),
         picture.bfr_minor, Phrase("stocks + clients + autres créances − dettes",
                                   "inventories + customers + other receivables − debts")),
        ("net_cash_minor", Phrase("Trésorerie nette", "Net cash"), picture.net_cash_minor,
         Phrase("FDR − BFR = disponibilités − concours bancaires",
                "FDR − BFR = cash − bank overdrafts")),
    )  # fmt: skip
    ratio, share = picture.current_ratio, picture.customers_share_percent
    return (
        *(
            Figure(name, label, value, "money", formula, currency)
            for name, label, value, formula in money
        ),
        Figure(
            "current_ratio",
            Phrase("Liquidité générale", "Current ratio"),
            None if ratio is None else round(ratio, 2),
            "number",
            Phrase(
                "actif circulant net ÷ dettes à court terme", "net current assets ÷ current debts"
            ),
        ),
        Figure(
            "customers_share_percent",
            Phrase("Poids des clients dans le BFR", "Customers' share of the need"),
            None if share is None else round(share, 1),
            "percent",
            Phrase("comptes clients ÷ BFR", "customers' accounts ÷ working-capital need"),
        ),
    )


def gain_figures(gain: CashToGain, currency: str, *, margin_percent: float) -> tuple[Figure, ...]:
    """What each day of DSO, and reaching the terms, would bring; what a bad debt costs in sales."""
    repay = sales_to_repay(DEFAULT_LOSS_MINOR, margin_percent)
    margin = f"{margin_percent:g}"
    return (
        Figure(
            "gain_per_day_minor",
            Phrase("Gain par jour de DSO", "Gain for each day of DSO"),
            gain.per_day_minor,
            "money",
            Phrase("ventes TTC de la période ÷ jours", "sales incl. VAT of the period ÷ days"),
            currency,
        ),
        Figure(
            "gain_at_terms_minor",
            Phrase("Gain si tous payaient à l'échéance", "Gain if all paid on the due date"),
            gain.at_terms_minor,
            "money",
            Phrase(
                "créances échues, moins ce que leur client a déjà réglé, hors douteux (416)",
                "receivables past due, less what their customer has paid, doubtful (416) left out",
            ),
            currency,
        ),
        Figure(
            "gain_at_terms_days",
            Phrase("soit, en jours de DSO", "which is, in days of DSO"),
            None if gain.days_at_terms is None else round(gain.days_at_terms, 1),
            "days",
            Phrase("gain ÷ gain par jour", "gain ÷ gain for each day"),
        ),
        Figure(
            "sales_to_repay_minor",
            Phrase("Ventes pour rattraper 10\u202f000 € perdus", "Sales to earn back €10,000 lost"),
            repay,
            "money",
            Phrase(f"perte ÷ marge nette de {margin} %", f"loss ÷ net margin of {margin} %"),
            currency,
        ),
    )


def chart(picture: WorkingCapital, currency: str) -> Chart:
    """FDR, BFR and net cash side by side."""
    bars = (
        (Phrase("FDR", "FDR"), picture.frng_minor),
        (Phrase("BFR", "BFR"), picture.bfr_minor),
        (Phrase("Clients", "Customers"), picture.total("customers")),
        (Phrase("Trésorerie nette", "Net cash"), picture.net_cash_minor),
    )
    labels = tuple(label for label, _ in bars)
    values = tuple(value for _, value in bars)
    title = Phrase("Fonds de roulement, besoin et trésorerie", "Working capital, need and cash")
    return Chart("bars", title, labels, (Series(columns.AMOUNT.label, values),), "money", currency)
