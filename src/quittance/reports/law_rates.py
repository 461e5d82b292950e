"""The legal rates in force on a day, with their sources, and the fixed indemnity, as a report."""

from datetime import date

import polars as pl

from quittance.core.book import Law
from quittance.core.legal_values import SERIES, holds_on
from quittance.core.phrase import Phrase, day_words, same
from quittance.reports import columns
from quittance.reports.report import Column, Figure, Report

TITLE = Phrase("Taux légaux en vigueur", "Legal rates in force")
AMOUNTS = {
    "fixed_indemnity": Phrase("Indemnité forfaitaire", "Fixed recovery indemnity"),
    "fixed_indemnity_public": Phrase(
        "Indemnité forfaitaire, acheteurs publics", "Fixed recovery indemnity, public buyers"
    ),
}
ABSENT = Phrase(
    "Pas de valeur au {day} pour : {names}. Ce qui en dépend n'est pas calculé ce jour-là ; la "
    "prochaine mise à jour de Quittance l'apportera.",
    "No value on {day} for: {names}. What depends on it is not computed for that day; the next "
    "update of Quittance will bring it.",
)
NOT_VERIFIED = Phrase(
    "Valeur non vérifiée auprès d'une source officielle : {names}.",
    "Value not verified against an official source: {names}.",
)


def law_rates_report(law: Law, day: date) -> Report:
    """Each series of rates with its value on a day; what the tables lack is said, never guessed."""
    rates = law.rates.filter(holds_on(day))
    labels = [SERIES.get(name, same(name)) for name in rates["series"]]
    rows = rates.with_columns(
        pl.Series("label_fr", [label.fr for label in labels], dtype=pl.String),
        pl.Series("label_en", [label.en for label in labels], dtype=pl.String),
        rate_percent=(pl.col("rate_ppm") / 10_000).round(4),
    )
    absent = [label for name, label in SERIES.items() if name not in set(rates["series"])]
    doubtful = [
        SERIES.get(name, same(name)) for name in rates.filter(~pl.col("verified"))["series"]
    ]
    notes = [ABSENT.filled(day=day_words(day), names=listed(absent))] if absent else []
    if doubtful:
        notes.append(NOT_VERIFIED.filled(names=listed(doubtful)))
    return Report(
        name="law-rates",
        title=TITLE,
        as_of=day,
        columns=(
            Column("series", Phrase("Série", "Series")),
            Column("label", Phrase("Taux", "Rate"), "phrase"),
            Column("rate_percent", Phrase("Valeur", "Value"), "percent"),
            Column("valid_from", Phrase("Depuis le", "From"), "date"),
            Column("valid_until", Phrase("Jusqu'au (exclu)", "Until (excluded)"), "date"),
            columns.REFERENCE,
            Column("verified", Phrase("Vérifié", "Verified"), "flag"),
            Column("source", Phrase("Source", "Source"), is_prose=True),
        ),
        rows=rows,
        figures=indemnities(law, day),
        notes=tuple(notes),
    )


def listed(labels: list[Phrase]) -> Phrase:
    """Several names, one after another."""
    return Phrase("; ".join(one.fr for one in labels), "; ".join(one.en for one in labels))


def indemnities(law: Law, day: date) -> tuple[Figure, ...]:
    """The fixed amounts in force on a day, each with its article."""
    rows = law.amounts.filter(holds_on(day)).sort("name").to_dicts()
    return tuple(
        Figure(
            f"{row['name']}_minor",
            AMOUNTS.get(row["name"], same(row["name"])),
            row["amount_minor"],
            "money",
            same(row["reference"]),
            row["currency"],
        )
        for row in rows
    )
