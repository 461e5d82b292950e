"""Late-payment interest in the countries of the European Union, as a report."""

from datetime import date

import polars as pl

from quittance.core.phrase import Phrase
from quittance.reports.report import Column, Report

TITLE = Phrase("Intérêts de retard dans l'Union européenne", "Late-payment interest in the EU")
EXPLANATION = Phrase(
    "Directive 2011/7/UE : taux de référence + 8 points au moins, 40 €, 30 jours.",
    "Directive 2011/7/EU: reference rate + 8 points at least, €40, 30 days.",
)
GRADES = {
    "A": Phrase("A, texte officiel", "A, official text"),
    "B": Phrase("B, source secondaire", "B, secondary source"),
    "C": Phrase("C, non vérifié", "C, not verified"),
}
NOT_VERIFIED = Phrase(
    "{count} ligne(s) sur {total} n'ont pas de source vérifiée : n'appliquez aucune d'elles avant "
    "de l'avoir confirmée.",
    "{count} row(s) of {total} have no verified source: apply none of them before confirming it.",
)

FRENCH = {
    "Austria": "Autriche", "Belgium": "Belgique", "Bulgaria": "Bulgarie", "Croatia": "Croatie",
    "Cyprus": "Chypre", "Czechia": "Tchéquie", "Denmark": "Danemark", "Estonia": "Estonie",
    "Finland": "Finlande", "France": "France", "Germany": "Allemagne", "Greece": "Grèce",
    "Hungary": "Hongrie", "Ireland": "Irlande", "Italy": "Italie", "Latvia": "Lettonie",
    "Lithuania": "Lituanie", "Luxembourg": "Luxembourg", "Malta": "Malte",
    "Netherlands": "Pays-Bas", "Poland": "Pologne", "Portugal": "Portugal", "Romania": "Roumanie",
    "Slovakia": "Slovaquie", "Slovenia": "Slovénie", "Spain": "Espagne", "Sweden": "Suède",
    "EU directive floor": "Minimum de la directive",
    "United Kingdom (non EU)": "Royaume-Uni (hors UE)",
}  # fmt: skip
COUNTRIES = {name: Phrase(french, name) for name, french in FRENCH.items()}
RESETS = {
    "1 Jan / 1 Jul": Phrase("1er janvier, 1er juillet", "1 Jan, 1 Jul"),
    "half-year": Phrase("chaque semestre", "each half-year"),
    "first day of default / half-year": Phrase(
        "premier jour du retard, puis chaque semestre", "first day of default, then each half-year"
    ),
}


def law_eu_report(table: pl.DataFrame, day: date) -> Report:
    """The table of `law.tables.eu_late_payment`, what is not verified shown as such.

    Columns used: iso2, country, reference_rate, margin (ppm), special, reset,
    fixed_compensation, grade, verified, source.
    """
    doubtful = table.filter(~pl.col("verified")).height
    rows = table.with_columns(margin_points=(pl.col("margin") / 10_000).round(4))
    return Report(
        name="law-eu",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=day,
        columns=(
            Column("iso2", Phrase("Code", "Code")),
            Column("country", Phrase("Pays", "Country"), words=COUNTRIES),
            Column("reference_rate", Phrase("Taux de référence", "Reference rate"), is_prose=True),
            Column("margin_points", Phrase("Points", "Points"), "number"),
            Column("fixed_compensation", Phrase("Indemnité", "Fixed amount"), is_prose=True),
            Column("reset", Phrase("Révision", "Reset"), words=RESETS),
            Column("grade", Phrase("Vérifié", "Verified"), words=GRADES),
            Column("special", Phrase("Particularités", "Special rules"), is_prose=True),
            Column("source", Phrase("Source", "Source"), is_prose=True),
        ),
        rows=rows,
        notes=(NOT_VERIFIED.filled(count=doubtful, total=rows.height),) if doubtful else (),
    )
