"""The headings and first lines of a list, so that a person can say which column is which."""

from dataclasses import dataclass

from quittance.core.phrase import Phrase, same
from quittance.core.problems import UnusableInput
from quittance.readers import tabular
from quittance.readers.headings import HEADINGS, mapped
from quittance.readers.reader import Source

LOOKED_AT = 262_144  # bytes of a text file; a workbook is opened whole
SHOWN = 8
NAMES = {
    "customer": Phrase("Client (code)", "Customer (code)"),
    "key": Phrase("Identifiant de la ligne", "Key of the line"),
    "name": Phrase("Nom du client", "Customer's name"),
    "document": Phrase("Numéro de pièce", "Document number"),
    "issue_date": Phrase("Date de facture", "Invoice date"),
    "due_date": Phrase("Échéance", "Due date"),
    "amount": Phrase("Montant TTC (ou débit)", "Amount with tax (or debit)"),
    "credit": Phrase("Crédit", "Credit"),
    "open_amount": Phrase("Reste dû", "Amount still due"),
    "paid_amount": Phrase("Déjà réglé", "Already paid"),
    "currency": Phrase("Devise", "Currency"),
    "kind": Phrase("Nature de la pièce", "Kind of document"),
    "payment_date": Phrase("Date de règlement", "Payment date"),
    "invoice_key": Phrase("Facture réglée (identifiant)", "Invoice paid (key)"),
    "terms": Phrase("Conditions de règlement", "Payment terms"),
    "customer_kind": Phrase("Nature du client", "Kind of customer"),
    "siren": same("SIREN"),
    "siret": same("SIRET"),
    "vat": Phrase("N° de TVA", "VAT number"),
    "iban": same("IBAN"),
    "country": Phrase("Pays", "Country"),
    "language": Phrase("Langue", "Language"),
    "segment": same("Segment"),
    "group": Phrase("Groupe de clients", "Group of customers"),
    "collector": Phrase("Chargé de recouvrement", "Collector"),
    "salesperson": Phrase("Commercial", "Salesperson"),
    "contact_name": Phrase("Contact : nom", "Contact: name"),
    "contact_first_name": Phrase("Contact : prénom", "Contact: first name"),
    "contact_role": Phrase("Contact : fonction", "Contact: role"),
    "email": Phrase("Contact : adresse e-mail", "Contact: e-mail address"),
    "phone": Phrase("Contact : téléphone", "Contact: telephone"),
    "mobile": Phrase("Contact : mobile", "Contact: mobile"),
    "address": Phrase("Adresse", "Address"),
    "address_more": Phrase("Adresse : complément", "Address: second line"),
    "postcode": Phrase("Code postal", "Postal code"),
    "city": Phrase("Ville", "Town"),
}


@dataclass(frozen=True)
class Outline:
    """What a list looks like before it is understood, and what its headings say by themselves."""

    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    mapping: dict[str, str]  # field → heading, as far as headings are recognised


def outline(source: Source) -> Outline | None:
    """The outline of a list; None for what has no columns."""
    start = source if tabular.is_xlsx(source) else Source(source.name, beginning(source.content))
    try:
        table = tabular.table_of(start)
    except UnusableInput:
        return None
    headings = tuple(table.headings)
    if len(headings) < 2 or table.frame.is_empty():
        return None
    lines = tuple(table.frame.select(headings).head(SHOWN).iter_rows())
    known = mapped(headings, {}).columns
    return Outline(headings, lines, {field: known[field] for field in HEADINGS if field in known})


def beginning(content: bytes) -> bytes:
    """The first whole lines of a file."""
    if len(content) <= LOOKED_AT:
        return content
    return content[: content.rfind(b"\n", 0, LOOKED_AT) + 1] or content[:LOOKED_AT]
