"""Columns that several reports share, so that one word names one thing everywhere."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from quittance.core.money import money_text
from quittance.core.phrase import Phrase
from quittance.reports.report import Column

ACCOUNTING = "EUR"
CUSTOMER = Column("customer", Phrase("Client", "Customer"))
NAME = Column("name", Phrase("Nom", "Name"))
DOCUMENT = Column("document", Phrase("Pièce", "Document"))
ISSUE_DATE = Column("issue_date", Phrase("Date", "Date"), "date")
DUE_DATE = Column("due_date", Phrase("Échéance", "Due date"), "date")
DAYS_PAST_DUE = Column("days_past_due", Phrase("Jours de retard", "Days past due"), "count")
CURRENCY = Column("currency", Phrase("Devise", "Currency"))
AMOUNT = Column("amount_minor", Phrase("Montant", "Amount"), "money")
OPEN = Column("open_minor", Phrase("Reste dû", "Open"), "money")
BALANCE = Column("balance_minor", Phrase("Solde", "Balance"), "money")
RECEIVED = Phrase("{amount} reçus", "{amount} received")
CREDIT_NOTES = Phrase("{amount} d'avoirs", "{amount} of credit notes")
OTHER_CREDITS = Phrase("{amount} d'autres crédits", "{amount} of other credits")
REFERENCE = Column("reference", Phrase("Référence", "Reference"), is_prose=True)

VERIFIED = Column(
    "verified",
    Phrase("Vérifié", "Verified"),
    "flag",
    Phrase(
        "Non : la règle repose sur une source qui n'a pas été vérifiée.",
        "No: the rule rests on a source that was not verified.",
    ),
)

KINDS: Mapping[str, Phrase] = {
    "invoice": Phrase("facture", "invoice"),
    "bill": Phrase("effet", "bill"),
    "doubtful": Phrase("douteux", "doubtful"),
    "opening": Phrase("à-nouveau", "opening"),
    "refund": Phrase("remboursement ou impayé", "refund or bounced payment"),
    "credit_note": Phrase("avoir", "credit note"),
    "payment": Phrase("règlement", "payment"),
    "advance": Phrase("acompte", "advance"),
    "write_off": Phrase("passage en perte", "write-off"),
    "other": Phrase("autre", "other"),
}


ITEM_KIND = Column("kind", Phrase("Nature", "Kind"), words=KINDS)


def totals(rows: pl.DataFrame, *names: str) -> pl.DataFrame:
    """One row of sums per currency."""
    if rows.is_empty():
        return pl.DataFrame(schema={"currency": pl.String, **dict.fromkeys(names, pl.Int64)})
    return rows.group_by("currency").agg(pl.col(*names).sum()).sort("currency")


def amount_words(minor: int, currency: str) -> Phrase:
    """An amount as a reader of each language writes it."""
    return Phrase(money_text(minor, currency, lang="fr"), money_text(minor, currency, lang="en"))


def unallocated_words(row: Mapping[str, Any], currency: str) -> Phrase:
    """What is left of a customer's credits, in words: what was received apart from credit notes."""
    received, notes = -row["received_minor"], -row["credit_notes_minor"]
    rest = -row["unallocated_minor"] - received - notes
    parts = ((RECEIVED, received), (CREDIT_NOTES, notes), (OTHER_CREDITS, rest))
    told = [words.filled(amount=amount_words(minor, currency)) for words, minor in parts if minor]
    return Phrase(", ".join(one.fr for one in told), ", ".join(one.en for one in told))


def main_currency(rows: pl.DataFrame, amount: str) -> str:
    """The euro where any is there, for figures that need a single currency; else the largest sum.

    Books under French law are kept in euros (C. com. art. L123-22), whatever is sold in dollars.
    """
    sums = totals(rows, amount).sort(amount, "currency", descending=[True, False])
    found = sums["currency"].to_list()
    return str(found[0]) if found and ACCOUNTING not in found else ACCOUNTING
