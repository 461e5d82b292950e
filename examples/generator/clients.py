"""What the company knows of its customers beside its books: `clients.csv`.

SIREN that begin with 001 were given to nobody; telephone numbers are of the range that ARCEP keeps
for fiction (01 99 00 …), and no mailbox is under `.example`.
"""

import csv
import io
import re
import unicodedata

from generator.customers import CUSTOMERS, Customer
from generator.identifiers import with_luhn_digit

OWNER, COLLECTOR = "camille.morel@lumiere.example", "nadia.benali@lumiere.example"
SALES = "Julien Ferrand"  # a list names people by mailbox or by name
SEGMENTS = {
    "Grands comptes": "C002 C003 C005 C010 C030",
    "Hôtellerie": "C001 C013 C015 C022 C034 C036 C045",
    "Commerce": "C006 C017 C019 C021 C024 C026 C027 C028 C032 C033 C035 C038 C040 C041 C046",
    "Public": "C008 C012 C018",
    "Culture": "C025 C037 C039",
    "Particuliers": "C042 C043 C044",
    "Artisans et concepteurs": "C004 C007 C009 C011 C014 C016 C020 C023 C029 C031 C047",
}
GROUPS = {
    "Bellecour Hospitalité": "C001 C034 C036",
    "Bistrots Réunis": "C013 C015 C045",
    "Confluence Immobilier": "C005 C010 C030",
}
FOLLOWED_BY = {  # artisans are followed by nobody yet
    **dict.fromkeys(("Grands comptes", "Public"), OWNER),
    **dict.fromkeys(("Hôtellerie", "Commerce", "Culture", "Particuliers"), COLLECTOR),
}
SOLD_TO = ("Grands comptes", "Hôtellerie", "Artisans et concepteurs")
IN_ENGLISH = ("C034", "C041")
FIRST = (
    "Anne", "Karim", "Sophie", "Marc", "Élodie", "Bruno", "Fatou", "Julie", "Antoine",
    "Leïla", "Pierre", "Inès", "Thomas", "Claire", "Hugo", "Yasmine", "Paul", "Mathilde",
    "Olivier", "Chloé", "Samir", "Nathalie", "Étienne", "Aïcha",
)  # fmt: skip
LAST = (
    "Roux", "Fayard", "Mercier", "Nguyen", "Bonnet", "Haddad", "Girard", "Perret", "Sanchez",
    "Blanc", "Chevalier", "Diallo", "Rey", "Marchand", "Lopez", "Faure", "Guichard", "Masson",
    "Brun", "Vidal", "Colin", "Renard", "Picard",
)  # fmt: skip
STREETS = (
    "rue des Acacias", "quai des Brumes", "avenue du Belvédère", "place du Puits-Neuf",
    "rue de la Verrerie", "chemin des Trois-Fontaines", "boulevard des Tilleuls",
    "impasse du Moulin", "rue du Vieux-Pressoir",
)  # fmt: skip
HEADING = (
    "Code client", "Nom", "Type client", "SIREN", "SIRET", "N° TVA", "IBAN", "Adresse",
    "Code postal", "Ville", "Pays", "Langue", "Segment", "Groupe", "Chargé de recouvrement",
    "Commercial", "Contact", "Fonction", "E-mail", "Téléphone",
)  # fmt: skip


def in_lists(lists: dict[str, str], code: str) -> str:
    """The list that holds a customer's code, or nothing.

    >>> in_lists(SEGMENTS, "C008"), in_lists(GROUPS, "C008")
    ('Public', '')
    """
    return next((name for name, codes in lists.items() if code in codes.split()), "")


def domain(name: str) -> str:
    """A domain that cannot exist.

    >>> domain('SARL "Le Petit Bouchon"')
    'le-petit-bouchon.example'
    """
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "Oe"))
    bare = plain.encode("ascii", "ignore").decode().lower().replace("sarl", "")
    return "-".join(re.findall(r"[a-z0-9]+", bare)) + ".example"


def contact(number: int, role: str, *, mailbox: str, at: str) -> list[str]:
    """Name, role, e-mail address and telephone of a contact."""
    name = f"{FIRST[number * 7 % len(FIRST)]} {LAST[number * 5 % len(LAST)]}"
    return [name, role, f"{mailbox}@{at}", f"01 99 00 {number // 100 + 10:02d} {number % 100:02d}"]


def rows_of(customer: Customer) -> list[list[str]]:
    """The lines of one customer: all that is known of it, then its second contact."""
    number, segment = int(customer.code[1:]), in_lists(SEGMENTS, customer.code)
    siren = with_luhn_digit(f"001{40_000 + number * 137:05d}")
    is_person = customer.kind == "particulier"
    street = f"{number * 3 % 88 + 1} {STREETS[number % len(STREETS)]}"
    known = [
        customer.code, customer.name, customer.kind,
        *(["", "", ""] if is_person else numbers(siren)), customer.iban,
        street, customer.postcode, customer.town, "France",
        "anglais" if customer.code in IN_ENGLISH else "français", segment,
        in_lists(GROUPS, customer.code), FOLLOWED_BY.get(segment, ""),
        SALES if segment in SOLD_TO else "",
    ]  # fmt: skip
    at = domain(customer.name)
    if is_person:
        return [[*known, *contact(number, "", mailbox="bonjour", at=at)]]
    role = "Service facturier" if customer.kind == "public" else "Comptabilité fournisseurs"
    first = [*known, *contact(number, role, mailbox="compta", at=at)]
    if customer.turnover < 100_000_00:
        return [first]
    head = contact(number + 100, "Direction financière", mailbox="direction", at=at)
    return [first, [customer.code, *[""] * (len(known) - 1), *head]]


def numbers(siren: str) -> list[str]:
    """The SIREN of a company, the SIRET of its head office and its VAT number, as people write."""
    key = (12 + 3 * (int(siren) % 97)) % 97
    parts = f"{siren[:3]} {siren[3:6]} {siren[6:]}"
    return [parts, with_luhn_digit(f"{siren}0001"), f"FR{key:02d}{siren}"]


def clients() -> str:
    """The whole list, as a spreadsheet saves it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(HEADING)
    for customer in CUSTOMERS.values():
        writer.writerows(rows_of(customer))
    return out.getvalue()
