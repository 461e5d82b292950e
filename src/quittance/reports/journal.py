"""The journal of a company, as a table."""

from datetime import date

import polars as pl

from quittance.core.phrase import Phrase, same
from quittance.reports.report import Column, Report

MOST_NAMES = 40  # beyond it, people are found by the filter field
ACTIONS = {
    "company.opened": Phrase("société ouverte", "company opened"),
    "company.changed": Phrase("société modifiée", "company changed"),
    "company.grouped": Phrase("groupe modifié", "group changed"),
    "member.invited": Phrase("invitation", "invitation"),
    "member.joined": Phrase("membre arrivé", "member joined"),
    "member.role_changed": Phrase("rôle changé", "role changed"),
    "member.removed": Phrase("accès retiré", "access removed"),
    "member.second_factor_forgotten": Phrase("second facteur oublié", "second factor forgotten"),
    "member.password_given": Phrase("mot de passe donné", "password given"),
    "invitation.withdrawn": Phrase("invitation retirée", "invitation withdrawn"),
    "file.received": Phrase("fichiers reçus", "files received"),
    "file.discarded": Phrase("fichiers écartés", "files discarded"),
    "import.applied": Phrase("import appliqué", "import applied"),
    "import.undone": Phrase("import annulé", "import undone"),
    "allocation.added": Phrase("lettrage", "allocation"),
    "allocation.undone": Phrase("délettrage", "allocation undone"),
    "allocation.restored": Phrase("lettrage rétabli", "allocation restored"),
    "customer.changed": Phrase("client modifié", "customer changed"),
    "customer.changed_together": Phrase("clients modifiés", "customers changed"),
    "customer.change_undone": Phrase("modification annulée", "change undone"),
    "contact.added": Phrase("contact ajouté", "contact added"),
    "contact.changed": Phrase("contact modifié", "contact changed"),
    "contact.removed": Phrase("contact retiré", "contact removed"),
    "note.written": Phrase("note écrite", "note written"),
    "note.withdrawn": Phrase("note retirée", "note withdrawn"),
}


def journal_report(events: pl.DataFrame, as_of: date) -> Report:
    """Each event: when, who, what, about what and whom, from where."""
    return Report(
        name="journal",
        title=Phrase("Journal", "Journal"),
        as_of=as_of,
        columns=(
            Column("position", Phrase("N°", "No."), "count"),
            Column("date", Phrase("Date", "Date"), "date"),
            Column("time", Phrase("Heure", "Time")),
            Column("actor", Phrase("Qui", "Who"), words=names_of(events)),
            Column("action", Phrase("Quoi", "What"), words=words_of(events)),
            Column("subject", Phrase("Sur quoi", "About what")),
            Column("customer", Phrase("Client", "Customer")),
            Column("origin", Phrase("D'où", "From where")),
            Column("hash", Phrase("Empreinte", "Hash")),
        ),
        rows=events,
    )


def words_of(events: pl.DataFrame) -> dict[str, Phrase]:
    """The words of the actions met; one without words is shown as it is named."""
    met = events["action"].unique().sort()
    return {action: ACTIONS.get(action, same(action)) for action in met}


def names_of(events: pl.DataFrame) -> dict[str, Phrase] | None:
    """The people met, to choose from; none where there are too many."""
    met = events["actor"].unique().sort()
    return {name: same(name) for name in met} if met.len() <= MOST_NAMES else None
