"""Key figures of collection as a report, each with its formula, and their monthly series."""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.kpis import concentration, kpi_series, lateness
from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Chart, Column, Figure, Kind, Report, Series

TITLE = Phrase("Indicateurs de recouvrement", "Collection key figures")
EXPLANATION = Phrase(
    "Sur douze mois glissants, TVA comprise ; hors douteux (416), acomptes (4191) et factures à "
    "établir (418).",
    "Over twelve rolling months, VAT included; doubtful customers (416), advances (4191) and "
    "invoices to issue (418) left out.",
)
NOT_ENOUGH = Phrase(
    "Pas assez de mouvements dans les livres pour le calculer.",
    "Not enough movements in the books to compute it.",
)
DEFINITIONS: tuple[tuple[str, Phrase, Kind, Phrase], ...] = (
    ("dso_period", Phrase("DSO (période)", "DSO (period)"), "days",
     Phrase("créances TTC ÷ ventes TTC de la période × jours de la période",
            "receivables incl. VAT ÷ sales incl. VAT of the period × days of the period")),
    ("dso_count_back", Phrase("DSO (épuisement)", "DSO (count-back)"), "days",
     Phrase("les ventes des derniers mois, du plus récent au plus ancien, jusqu'à épuiser les "
            "créances ; le dernier mois au prorata",
            "the sales of the last months, newest first, until the receivables are exhausted; "
            "the last month pro rata")),
    ("dso_lifetime", Phrase("DSO (depuis l'origine)", "DSO (lifetime)"), "days",
     Phrase("créances ÷ toutes les ventes des livres × jours depuis la première facture",
            "receivables ÷ all the sales of the books × days since the first invoice")),
    ("dso_best_possible", Phrase("Meilleur DSO possible", "Best possible DSO"), "days",
     Phrase("créances non échues ÷ ventes × jours", "receivables not yet due ÷ sales × days")),
    ("average_days_delinquent", Phrase("Retard moyen (ADD)", "Average days delinquent"), "days",
     Phrase("DSO de la période − meilleur DSO possible", "period DSO − best possible DSO")),
    ("days_to_collect", Phrase("Délai d'encaissement pondéré", "Weighted days to collect"), "days",
     Phrase("Σ (règlement × jours depuis la facture) ÷ Σ règlements",
            "Σ (payment × days since the invoice) ÷ Σ payments")),
    ("days_to_collect_mean", Phrase("Délai d'encaissement moyen", "Mean days to collect"), "days",
     Phrase("moyenne simple, de la facture à son dernier règlement, des factures soldées",
            "plain mean from invoice to last payment, of the invoices settled")),
    ("days_late", Phrase("Retard pondéré des règlements", "Weighted payment delay"), "days",
     Phrase("Σ (règlement × jours depuis l'échéance) ÷ Σ règlements",
            "Σ (payment × days since the due date) ÷ Σ payments")),
    ("collection_rate", Phrase("Taux d'encaissement", "Collection rate"), "percent",
     Phrase("encaissements ÷ (créances d'ouverture + ventes)",
            "receipts ÷ (opening receivables + sales)")),
    ("cei", Phrase("CEI (ventes de la période)", "CEI (sales of the period)"), "percent",
     Phrase("(ouverture + ventes − clôture) ÷ (ouverture + ventes − clôture non échue)",
            "(opening + sales − closing) ÷ (opening + sales − closing not yet due)")),
    ("cei_monthly_sales", Phrase("CEI (ventes d'un mois moyen)", "CEI (sales of a mean month)"),
     "percent",
     Phrase("la même formule, avec les ventes d'un mois moyen : l'autre usage publié",
            "the same formula with the sales of a mean month: the other published way")),
    ("overdue_rate", Phrase("Part échue", "Overdue rate"), "percent",
     Phrase("créances échues ÷ créances, hors douteux",
            "receivables past due ÷ receivables, without doubtful ones")),
    ("doubtful_rate", Phrase("Part douteuse", "Doubtful rate"), "percent",
     Phrase("créances au 416 ÷ toutes les créances", "claims on 416 ÷ all receivables")),
    ("concentration", Phrase("Dix premiers clients", "Ten largest customers"), "percent",
     Phrase("ce que doivent les dix plus gros débiteurs ÷ total dû",
            "what the ten largest debtors owe ÷ all that is owed")),
)  # fmt: skip
UNITS: dict[str, tuple[str, str]] = {"days": ("jours", "days"), "percent": ("%", "%")}
BASES = (
    Column("receivables_minor", Phrase("Créances", "Receivables"), "money"),
    Column("overdue_minor", Phrase("dont échues", "of which overdue"), "money"),
    Column("sales_minor", Phrase("Ventes 12 mois", "Sales 12 months"), "money"),
)


def kpis_report(book: Book, as_of: date, *, problems: pl.DataFrame) -> Report:
    """Each figure on a day, with its formula; parts: months, lateness and concentration."""
    series = kpi_series(book, as_of)
    currency = columns.main_currency(series, "sales_minor")
    mine = series.filter(pl.col("currency") == currency)
    figures = headline(mine)
    rows = pl.DataFrame(
        [
            (f.name, f.label.fr, f.label.en, f.value, *UNITS[f.kind], f.formula.fr, f.formula.en)
            for f in figures
        ],
        schema={
            "name": pl.String, "label_fr": pl.String, "label_en": pl.String, "value": pl.Float64,
            "unit_fr": pl.String, "unit_en": pl.String, "formula_fr": pl.String,
            "formula_en": pl.String,
        },
        orient="row",
    )  # fmt: skip
    return Report(
        name="kpis",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        columns=(
            Column("name", Phrase("Code", "Code")),
            Column("label", Phrase("Indicateur", "Figure"), "phrase"),
            Column("value", Phrase("Valeur", "Value"), "number"),
            Column("unit", Phrase("Unité", "Unit"), "phrase"),
            Column("formula", Phrase("Formule", "Formula"), "phrase"),
        ),
        rows=rows,
        figures=figures,
        notes=book.notes,
        problems=problems,
        parts=(
            days_report(mine, as_of, currency=currency),
            rates_report(mine, as_of, currency=currency),
            lateness_report(book, as_of, currency=currency),
            concentration_report(book, as_of, currency=currency),
        ),
    )


def headline(series: pl.DataFrame) -> tuple[Figure, ...]:
    """The figures of the last month of the series, in the order of the definitions."""
    now = series.tail(1).to_dicts()[0] if series.height else {}
    return tuple(
        Figure(
            name,
            label,
            None if now.get(name) is None else round(now[name], 2),
            kind,
            formula,
            comment=NOT_ENOUGH if now.get(name) is None else None,
        )
        for name, label, kind, formula in DEFINITIONS
    )


def days_report(series: pl.DataFrame, as_of: date, *, currency: str) -> Report:
    """The figures in days, month after month, DSO drawn against its best possible value."""
    drawn = ("dso_period", "dso_count_back", "dso_best_possible")
    title = Phrase("Délais, mois après mois", "Delays, month after month")
    chart = lines(series, drawn, title=Phrase("DSO en jours", "DSO in days"), currency=currency)
    return monthly("kpi-days", title, series=series, as_of=as_of, kind="days", chart=chart)


def rates_report(series: pl.DataFrame, as_of: date, *, currency: str) -> Report:
    """The figures in percent, month after month."""
    drawn = ("overdue_rate", "collection_rate", "cei")
    title = Phrase("Taux, mois après mois", "Rates, month after month")
    chart = lines(series, drawn, title=Phrase("En pourcentage", "In percent"), currency=currency)
    return monthly("kpi-rates", title, series=series, as_of=as_of, kind="percent", chart=chart)


def monthly(
    name: str, title: Phrase, *, series: pl.DataFrame, as_of: date, kind: Kind, chart: Chart
) -> Report:
    """The figures of one kind with the amounts they rest on, one row for each month."""
    shown = tuple(
        Column(figure, label, own, formula)
        for figure, label, own, formula in DEFINITIONS
        if own == kind
    )
    end = Column("month_end", Phrase("Fin de mois", "Month end"), "date")
    bases = BASES if kind == "days" else ()
    return Report(
        name=name,
        title=title,
        as_of=as_of,
        columns=(end, columns.CURRENCY, *bases, *shown),
        rows=series,
        chart=chart,
    )


def lines(series: pl.DataFrame, names: tuple[str, ...], *, title: Phrase, currency: str) -> Chart:
    """A line for each of some figures, month after month."""
    known = {name: (label, kind) for name, label, kind, _ in DEFINITIONS}
    drawn = tuple(Series(known[name][0], tuple(series[name].to_list())) for name in names)
    dates = tuple(series["month_end"].to_list())
    return Chart("lines", title, dates, drawn, known[names[0]][1], currency)


def overdue_chart(series: pl.DataFrame, currency: str) -> Chart:
    """Overdue and not yet due receivables, month after month."""
    overdue = series["overdue_minor"].to_list()
    rest = (series["receivables_minor"] - series["overdue_minor"]).to_list()
    return Chart(
        "stacked",
        Phrase("Créances échues et non échues", "Receivables past due and not yet due"),
        tuple(series["month_end"].to_list()),
        (
            Series(Phrase("Échu", "Past due"), tuple(overdue)),
            Series(Phrase("Non échu et avoirs", "Not yet due, less credits"), tuple(rest)),
        ),
        "money",
        currency,
    )


def range_label(first: int | None, last: int | None) -> Phrase:
    """A range of days late, in words."""
    if first is None:
        early = -(last or 0)
        return Phrase(f"{early} j d'avance ou plus", f"{early} d early or more")
    if last is None:
        return Phrase(f"> {first - 1} j", f"> {first - 1} d")
    if last < 0:
        return Phrase(f"{-last}–{-first} j d'avance", f"{-last}–{-first} d early")
    if first == last:
        return Phrase("à l'échéance", "on the day")
    return Phrase(f"{first}–{last} j", f"{first}–{last} d")


def lateness_report(book: Book, as_of: date, *, currency: str) -> Report:
    """How late payments came over twelve months, by range of days."""
    rows = lateness(book, as_of).filter(pl.col("currency") == currency)
    labels = [range_label(a, b) for a, b in rows.select("from_day", "to_day").iter_rows()]
    labelled = rows.with_columns(
        pl.Series("range_fr", [label.fr for label in labels], dtype=pl.String),
        pl.Series("range_en", [label.en for label in labels], dtype=pl.String),
    )
    bars = Series(Phrase("Réglé", "Paid"), tuple(rows["settled_minor"].to_list()))
    title = Phrase("Retard des règlements reçus", "How late payments came")
    return Report(
        name="payment-days",
        title=title,
        as_of=as_of,
        columns=(
            Column("range", Phrase("Retard", "Delay"), "phrase"),
            Column("from_day", Phrase("De (jours)", "From (days)"), "count"),
            Column("to_day", Phrase("À (jours)", "To (days)"), "count"),
            Column("count", Phrase("Règlements", "Payments"), "count"),
            columns.CURRENCY,
            Column("settled_minor", Phrase("Montant réglé", "Amount paid"), "money"),
        ),
        rows=labelled,
        totals=columns.totals(rows, "settled_minor"),
        chart=Chart("bars", title, tuple(labels), (bars,), "money", currency) if labels else None,
    )


def concentration_report(book: Book, as_of: date, *, currency: str) -> Report:
    """The ten largest debtors with their cumulated share (Pareto)."""
    rows = concentration(book, as_of).filter(pl.col("currency") == currency)
    names = tuple(Phrase(str(n), str(n)) for n in rows["name"].to_list())
    series = (
        Series(columns.BALANCE.label, tuple(rows["balance_minor"].to_list())),
        Series(
            Phrase("Part cumulée", "Cumulated share"), tuple(rows["cumulated_percent"].to_list())
        ),
    )
    title = Phrase("Concentration des créances", "Concentration of receivables")
    return Report(
        name="concentration",
        title=title,
        as_of=as_of,
        columns=(
            Column("rank", Phrase("Rang", "Rank"), "count"),
            columns.CUSTOMER, columns.NAME, columns.CURRENCY, columns.BALANCE,
            Column("share_percent", Phrase("Part", "Share"), "percent"),
            Column("cumulated_percent", Phrase("Part cumulée", "Cumulated share"), "percent"),
        ),
        rows=rows,
        chart=Chart("pareto", title, names, series, "money", currency) if rows.height else None,
    )  # fmt: skip
