"""The imports of a company, as a table."""

from datetime import date

import polars as pl

from quittance.core.phrase import Phrase
from quittance.reports.report import Column, Report

TITLE = Phrase("Imports", "Imports")
STATES = {
    "received": Phrase("reçu", "received"),
    "reading": Phrase("en lecture", "being read"),
    "ready": Phrase("à appliquer", "to apply"),
    "refused": Phrase("à reprendre", "to mend"),
    "applying": Phrase("en cours d'application", "being applied"),
    "applied": Phrase("appliqué", "applied"),
    "undoing": Phrase("en cours d'annulation", "being undone"),
    "undone": Phrase("annulé", "undone"),
    "discarded": Phrase("écarté", "discarded"),
    "failed": Phrase("en panne", "failed"),
}
COLUMNS = (
    Column("files", Phrase("Fichiers", "Files")),
    Column("id", Phrase("Import", "Import"), "count"),
    Column("date", Phrase("Donné le", "Given on"), "date"),
    Column("by", Phrase("Par", "By")),
    Column("state", Phrase("État", "State"), words=STATES),
    Column("new", Phrase("Nouvelles pièces", "New documents"), "count"),
    Column("changed", Phrase("Corrigées", "Corrected"), "count"),
    Column("vanished", Phrase("Disparues", "Vanished"), "count"),
)


def imports_report(listed: pl.DataFrame, as_of: date) -> Report:
    """Each import: its files, who gave it and when, what it changed or would change."""
    return Report(name="imports", title=TITLE, as_of=as_of, columns=COLUMNS, rows=listed)
