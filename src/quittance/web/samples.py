"""Invented figures for the living page of components (`design`); nothing here is anybody's."""

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from django.http import QueryDict

from quittance.core.phrase import Language, Phrase, same
from quittance.reports import columns
from quittance.reports.aging import UNALLOCATED
from quittance.reports.report import Chart, Column, Figure, Report, Series
from quittance.web.charts import ages_bar
from quittance.web.table_views import Picture, Shape, Table
from quittance.web.tables import table_of

DAY = date(2026, 9, 30)
NAMES = (
    "Hôtels Bellecour", "Rhône Agencement & Décor", "Atelier Jouvence Architectes",
    "Promotion Confluence", "Entreprise Générale Montchat", "Élan Événements",
    "Boulangeries Fontanel", "École de danse Arabesque", "Clinique du Parc",
    "Société immobilière et de participations du Haut-Beaujolais et des Monts du Lyonnais",
    "Œnothèque Perrache", "Ville de Villeurbanne", "Zinguerie Faure", "M. et Mme Lagrange",
)  # fmt: skip
BUCKETS = (
    Column("not_due_minor", Phrase("Non échu", "Not due"), "money"),
    Column("days_1_30_minor", Phrase("1–30 j", "1–30 d"), "money"),
    Column("days_31_60_minor", Phrase("31–60 j", "31–60 d"), "money"),
    Column("days_61_90_minor", Phrase("61–90 j", "61–90 d"), "money"),
    Column("days_over_90_minor", Phrase("> 90 j", "> 90 d"), "money"),
)
AGES = tuple(column.name for column in BUCKETS)


def aged_balance() -> Report:
    """An aged balance of forty-two customers in two currencies."""
    rows = [balance_row(place) for place in range(42)]
    frame = pl.DataFrame(rows)
    amounts = [*BUCKETS, UNALLOCATED, columns.BALANCE]
    return Report(
        name="sample",
        title=Phrase("Balance âgée", "Aged balance"),
        as_of=DAY,
        columns=(columns.CUSTOMER, columns.NAME, columns.CURRENCY, *amounts),
        rows=frame,
        totals=columns.totals(frame, *(column.name for column in amounts)),
    )


def balance_row(place: int) -> dict[str, Any]:
    """One customer, always the same for the same place."""
    sizes = [(place * 7919 + k * 104_729) % 97 for k in range(6)]
    amounts = [size * 15_731 if size > 41 - 6 * (k == 0) else 0 for k, size in enumerate(sizes)]
    unallocated = -amounts[5] // 9
    return {
        "customer": f"C{place + 1:03d}",
        "name": NAMES[place % len(NAMES)] + ("" if place < len(NAMES) else f" {place}"),
        "currency": "CHF" if place % 13 == 5 else "EUR",
        **dict(zip(AGES, amounts, strict=False)),
        "unallocated_minor": unallocated,
        "balance_minor": sum(amounts[:5]) + unallocated,
    }


def open_invoices() -> Report:
    """A few open invoices, with a kind of code and days past due."""
    kinds = ("invoice", "invoice", "credit_note", "bill", "invoice")
    days = (-12, 8, 45, 75, 132)
    frame = pl.DataFrame(
        {
            "document": [f"FA-2026-{1041 + 7 * k}" for k in range(5)],
            "kind": kinds,
            "due_date": [date(2026, 9, 30 - k) for k in range(5)],
            "days_past_due": days,
            "currency": ["EUR"] * 5,
            "amount_minor": [120_000, 845_050, -32_000, 1_200_000, 99_900],
            "open_minor": [120_000, 445_050, -32_000, 1_200_000, 0],
        }
    )
    return Report(
        name="sample-items",
        title=Phrase("Postes ouverts", "Open items"),
        as_of=DAY,
        columns=(
            columns.DOCUMENT, columns.ITEM_KIND, columns.DUE_DATE, columns.DAYS_PAST_DUE,
            columns.AMOUNT, columns.OPEN,
        ),
        rows=frame,
        totals=columns.totals(frame, "amount_minor", "open_minor"),
    )  # fmt: skip


def tables(query: QueryDict, lang: Language) -> dict[str, Table]:
    """Each state of a table: plain and ticked, small, empty, filtered to nothing."""
    whole, none = aged_balance(), QueryDict("none.q=zzzz")
    largest = max(sum(row[name] for name in AGES) for row in whole.rows.to_dicts())
    picture = Picture(
        "ages",
        Phrase("Âges", "Ages"),
        lambda row: ages_bar([row[n] for n in AGES], str(row["name"]), largest=largest),
        before="not_due_minor",
    )
    empty = Report("empty", whole.title, DAY, whole.columns, whole.rows.clear())
    return {
        "balance": table_of(
            whole, query, lang=lang, row_link=lambda row: f"?customer={row['customer']}",
            page_size=20, shape=Shape(key="customer", pictures=(picture,)),
        ),
        "items": table_of(open_invoices(), query, lang=lang, prefix="items.",
                          row_link=lambda row: f"?document={row['document']}"),
        "empty": table_of(empty, query, lang=lang, prefix="empty."),
        "none": table_of(whole, none, lang=lang, prefix="none."),
    }  # fmt: skip


def figures() -> list[dict[str, Any]]:
    """Key figures: plain, with trend, negative, long, not computable."""
    formula = Phrase("créances échues ÷ créances", "receivables past due ÷ receivables")
    return [
        {"figure": Figure("due", Phrase("À encaisser sous 30 jours", "Due within 30 days"),
                          41_729_627, "money", formula, "EUR"), "href": "#tables",
         "trend": [3, 4, 3.5, 5, 4.2, 5.5, 6]},
        {"figure": Figure("dso", Phrase("DSO (épuisement)", "DSO (count-back)"), 44.3, "days",
                          formula), "trend": [51, 50, 52, 48, 47, 46, 44.3],
         "change": Phrase("−1,7 j depuis août", "−1.7 d since August"), "tone": "ok"},
        {"figure": Figure("rate", Phrase("Part échue", "Overdue rate"), 53.96, "percent", formula),
         "href": "#tables", "trend": [41, 44, 43, 47, 49, 52, 54],
         "change": Phrase("+2,1 points depuis août", "+2.1 points since August"), "tone": "bad"},
        {"figure": Figure("free", Phrase("Non affecté", "Unallocated"), -3_306_191, "money",
                          formula, "EUR")},
        {"figure": Figure("cei", Phrase("Indice d'efficacité", "Collection index"), None, "percent",
                          formula, comment=Phrase("Pas assez de mouvements pour le calculer.",
                                                  "Not enough movements to compute it."))},
    ]  # fmt: skip


def chart() -> Chart:
    """Receivables by age, month after month."""
    months = tuple(date(2026, month, 28) for month in range(4, 10))
    due = Series(Phrase("Échu", "Past due"), (310, 342, 380, 402, 431, 450))
    rest = Series(Phrase("Non échu", "Not yet due"), (420, 400, 415, 390, 402, 384))
    thousands = tuple(
        Series(s.label, tuple((v or 0) * 100_000 for v in s.values)) for s in (due, rest)
    )
    title = Phrase("Créances échues et non échues", "Receivables past due and not yet due")
    return Chart("stacked", title, months, thousands, "money", "EUR")


def events(lang: Language) -> list[dict[str, Any]]:
    """A short history of a customer."""
    told = (
        ("mail", "accent", Phrase("Relance envoyée", "Reminder sent"), "Inès Morel",
         Phrase("FA-2026-1041 et 2 autres, 9 654,50 €", "FA-2026-1041 and 2 more, €9,654.50")),
        ("phone", "", Phrase("Appel : promesse au 15 octobre", "Call: promise for 15 October"),
         "Inès Morel", None),
        ("payments", "ok", Phrase("Règlement reçu, 4 000,00 €", "Payment received, €4,000.00"),
         "", None),
        ("warning", "warn", Phrase("Litige ouvert", "Dispute opened"), "Karim Benali",
         Phrase("Quantité livrée contestée", "Delivered quantity contested")),
    )  # fmt: skip
    return [
        {"sign": sign, "tone": tone, "title": title.text(lang), "who": who,
         "text": text.text(lang) if text else "",
         "at": datetime(2026, 9, 28 - k, 14, 5, tzinfo=UTC)}
        for k, (sign, tone, title, who, text) in enumerate(told)
    ]  # fmt: skip


def facts(lang: Language) -> list[tuple[str, str]]:
    """Facts of a customer."""
    told = (
        (same("SIREN"), same("732 829 320")),
        (Phrase("Conditions", "Terms"), Phrase("45 jours fin de mois", "45 days end of month")),
        (Phrase("Chargée de recouvrement", "Collector"), same("Inès Morel")),
        (Phrase("Plafond", "Limit"), Phrase("50 000,00 €", "€50,000.00")),
    )
    return [(label.text(lang), value.text(lang)) for label, value in told]


def changes(lang: Language) -> list[tuple[str, str | None, str | None]]:
    """What a correction changed."""
    told: tuple[tuple[Phrase, str | None, str | None], ...] = (
        (Phrase("Conditions", "Terms"), "30", "45 FDM"),
        (Phrase("Segment", "Segment"), None, "A"),
        (Phrase("Langue", "Language"), "fr", "fr"),
        (Phrase("Courriel", "E-mail"), "compta@exemple.fr", None),
    )
    return [(label.text(lang), before, after) for label, before, after in told]
