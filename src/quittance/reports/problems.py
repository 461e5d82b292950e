"""The problems met in the files, as a report."""

from dataclasses import replace
from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.phrase import Phrase
from quittance.core.problems import parts
from quittance.reports.report import Column, Report

TITLE = Phrase("Problèmes rencontrés dans les fichiers", "Problems met in the files")
EXPLANATION = Phrase(
    "Ce qui n'a pas pu être lu n'est jamais compté pour zéro : c'est écrit ici.",
    "What could not be read never counts as zero: it is written here.",
)
SEVERITIES = {
    "error": Phrase("erreur", "error"),
    "warning": Phrase("avertissement", "warning"),
}


def problems_report(book: Book, as_of: date, *, problems: pl.DataFrame) -> Report:
    """Each problem of the files of a book: where, what was found, the rule, the remedy."""
    return replace(problems_table(problems, as_of), notes=book.notes)


def problems_table(problems: pl.DataFrame, as_of: date) -> Report:
    """The same of problems alone."""
    rows = [row_of(row) for row in problems.iter_rows(named=True)]
    phrases = ("severity", "found", "rule", "remedy")
    texts = {f"{name}_{lang}": pl.String for name in phrases for lang in ("fr", "en")}
    return Report(
        name="problems",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        columns=(
            Column("place", Phrase("Où", "Where")),
            Column("code", Phrase("Code", "Code")),
            Column("severity", Phrase("Gravité", "Severity"), "phrase"),
            Column("found", Phrase("Constaté", "Found"), "phrase"),
            Column("rule", Phrase("Règle", "Rule"), "phrase"),
            Column("remedy", Phrase("Que faire", "What to do"), "phrase"),
        ),
        rows=pl.DataFrame(
            rows, schema={"place": pl.String, "code": pl.String, **texts}, orient="row"
        ),
        problems=problems,
    )


def row_of(row: dict[str, object]) -> dict[str, str]:
    """One problem with its words in both languages."""
    place, found, rule, remedy = parts(row)
    said = {"severity": SEVERITIES[str(row["severity"])], "found": found, "rule": rule}
    said["remedy"] = remedy
    texts = {f"{name}_{lang}": p.text(lang) for name, p in said.items() for lang in ("fr", "en")}
    return {"place": place, "code": str(row["code"]), **texts}
