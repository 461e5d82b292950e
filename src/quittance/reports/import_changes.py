"""What an import changes, or would: its preview as tables of sums, of documents, of absences."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from quittance.core.phrase import Phrase, same
from quittance.reports.columns import AMOUNT, CURRENCY, DOCUMENT, DUE_DATE, ISSUE_DATE, KINDS
from quittance.reports.customer_words import FIELDS as CUSTOMER_FIELDS
from quittance.reports.customer_words import field_words
from quittance.reports.report import Column, Report

Summary = Mapping[str, Any]
SORTS = {
    "new": Phrase("nouveau", "new"),
    "changed": Phrase("corrigé", "corrected"),
    "vanished": Phrase("disparu", "vanished"),
}
SORT = Column("sort", Phrase("Changement", "Change"), words=SORTS)
KIND = Column("kind", Phrase("Nature", "Kind"), words=KINDS)
CHANGES = {
    "kind": pl.String, "sort": pl.String, "count": pl.Int64, "currency": pl.String,
    "was_minor": pl.Int64, "amount_minor": pl.Int64,
}  # fmt: skip
ROWS = {
    "customer": pl.String, "document": pl.String, "sort": pl.String, "kind": pl.String,
    "issue_date": pl.String, "due_date": pl.String, "currency": pl.String,
    "was_minor": pl.Int64, "amount_minor": pl.Int64, "was_fr": pl.String, "was_en": pl.String,
}  # fmt: skip
ABSENT = {
    "customer": pl.String, "document": pl.String, "date": pl.String, "currency": pl.String,
    "amount_minor": pl.Int64, "file": pl.String, "covering": pl.String,
}  # fmt: skip
CUSTOMER_ROWS = dict.fromkeys(
    ("customer", "sort", "field_fr", "field_en", "before_fr", "before_en", "after_fr", "after_en"),
    pl.String,
)
CONTACT = same("Contact")
WAS = Column("was_minor", Phrase("Avant", "Before"), "money")
FIELDS = {
    "kind": Phrase("nature {old}", "kind {old}"),
    "document": Phrase("pièce {old}", "document {old}"),
    "date": Phrase("comptabilisé le {old}", "booked on {old}"),
    "issue_date": Phrase("datée du {old}", "dated {old}"),
    "due_date": Phrase("échéance {old}", "due {old}"),
    "currency": Phrase("en {old}", "in {old}"),
}
ORDER = {kind: place for place, kind in enumerate(KINDS)}
NONE = Phrase("aucune", "none")


def changes_report(summary: Summary, as_of: date) -> Report:
    """By kind: how many documents are new, corrected (before and after), vanished."""
    rows = pl.DataFrame(list(change_rows(summary)), schema=CHANGES, orient="row")
    return Report(
        name="import_changes",
        title=Phrase("Ce qui change", "What changes"),
        as_of=as_of,
        columns=(
            KIND, SORT, Column("count", Phrase("Pièces", "Documents"), "count"), CURRENCY, WAS,
            AMOUNT,
        ),
        rows=rows,
    )  # fmt: skip


def change_rows(summary: Summary) -> Iterator[tuple[Any, ...]]:
    """One row for each sort of change, kind and currency."""
    was = {(one["kind"], one["currency"]): one["amount_minor"] for one in summary["changed_from"]}
    for sort in SORTS:
        for one in sorted(summary[sort], key=lambda one: ORDER[one["kind"]]):
            place = (one["kind"], one["currency"])
            before = was.get(place) if sort == "changed" else None
            yield one["kind"], sort, one["count"], one["currency"], before, one["amount_minor"]


def documents_report(summary: Summary, as_of: date) -> Report:
    """The first documents of each sort of change; a corrected one with what it said before."""
    rows = pl.DataFrame(list(document_rows(summary)), schema=ROWS, orient="row")
    return Report(
        name="import_documents",
        title=Phrase("Les pièces", "The documents"),
        as_of=as_of,
        columns=(
            DOCUMENT, SORT, Column("customer", Phrase("Client", "Customer")), KIND, ISSUE_DATE,
            DUE_DATE, CURRENCY, WAS, AMOUNT,
            Column("was", Phrase("Autres changements", "Other changes"), "phrase", is_prose=True),
        ),
        rows=days(rows, "issue_date", "due_date"),
    )  # fmt: skip


def document_rows(summary: Summary) -> Iterator[dict[str, Any]]:
    """The examples of a preview, sort by sort."""
    for sort in SORTS:
        for one in summary["examples"][sort]:
            was = one.get("was", {})
            told = said(was)
            yield {
                **{name: one.get(name) for name in ROWS},
                "sort": sort,
                "was_minor": was.get("amount_minor"),
                "was_fr": told.fr,
                "was_en": told.en,
            }


def said(was: Mapping[str, Any]) -> Phrase:
    """What a corrected document said before, but for its amount."""
    parts = [
        phrase.filled(old=KINDS[old] if name == "kind" else NONE if old is None else old)
        for name, phrase in FIELDS.items()
        if name in was
        for old in [was[name]]
    ]
    return Phrase(", ".join(one.fr for one in parts), ", ".join(one.en for one in parts))


def customers_report(summary: Summary, as_of: date) -> Report:
    """The first fields of customers and contacts that change, before and after."""
    rows = pl.DataFrame(list(customer_rows(summary)), schema=CUSTOMER_ROWS, orient="row")
    return Report(
        name="import_customers",
        title=Phrase("Les clients", "The customers"),
        as_of=as_of,
        columns=(
            Column("customer", Phrase("Client", "Customer")), SORT,
            Column("field", Phrase("Champ", "Field"), "phrase"),
            Column("before", Phrase("Avant", "Before"), "phrase"),
            Column("after", Phrase("Après", "After"), "phrase"),
        ),
        rows=rows,
    )  # fmt: skip


def customer_rows(summary: Summary) -> Iterator[tuple[str, ...]]:
    """One row for each field of a customer that changes, and for each contact."""
    examples = summary["examples"]
    for one in examples.get("customers_changed", []):
        for name, (before, after) in one["fields"].items():
            told = (CUSTOMER_FIELDS[name], field_words(name, before), field_words(name, after))
            yield one["customer"], "changed", *in_both(*told)
    for one in examples.get("contacts", []):
        told = (CONTACT, same(one["before"]), same(one["after"]))
        yield one["customer"], one["sort"], *in_both(*told)


def in_both(*phrases: Phrase) -> Iterator[str]:
    """Each phrase in French, then in English."""
    for phrase in phrases:
        yield phrase.fr
        yield phrase.en


def absent_report(summary: Summary, as_of: date) -> Report:
    """What older files hold in the period of these files, and these files do not."""
    rows = pl.DataFrame(list(summary["absent"]["examples"]), schema=ABSENT, orient="row")
    return Report(
        name="import_absent",
        title=Phrase("Absent de ces fichiers", "Absent from these files"),
        as_of=as_of,
        columns=(
            DOCUMENT, Column("customer", Phrase("Client", "Customer")),
            Column("date", Phrase("Date", "Date"), "date"), CURRENCY, AMOUNT,
            Column("file", Phrase("Fichier qui le contient", "File that holds it")),
            Column("covering", Phrase("Fichier qui devrait", "File that should")),
        ),
        rows=days(rows, "date"),
    )  # fmt: skip


def days(rows: pl.DataFrame, *names: str) -> pl.DataFrame:
    """Columns of days that JSON holds as texts."""
    return rows.with_columns(pl.col(name).str.to_date("%Y-%m-%d") for name in names)
