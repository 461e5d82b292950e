"""Words that people write on entries and on transfers, tidy or not."""

import unicodedata
from datetime import date
from random import Random

from generator.customers import Customer

PRODUCTS = (
    "suspensions laiton",
    "appliques murales",
    "spots encastrés",
    "rails & projecteurs",
    "réglettes LED",
    "balisage du parking",
    "lustre du hall d'entrée",
    "éclairage de vitrine",
    "blocs de secours",
    "lampadaires d'allée",
    "bandeaux LED",
    "liseuses de chambre",
)
SITES = (
    "PART-DIEU LOT 4",
    "CONFLUENCE ILOT B",
    "GERLAND",
    "QUAI DE L'INDUSTRIE",
    "MONPLAISIR",
    "HALLES NORD",
    "TECHLID BAT. C",
    "VAISE PHASE 2",
)
MONTHS = (
    "JANVIER", "FEVRIER", "MARS", "AVRIL", "MAI", "JUIN", "JUILLET", "AOUT",
    "SEPTEMBRE", "OCTOBRE", "NOVEMBRE", "DECEMBRE",
)  # fmt: skip
# How a customer fills in the free text of its transfers.
STYLES = ("numbers", "short", "structured", "month", "order", "range", "letter")
# Customers whose transfers come from another company of the group.
PAYERS = {"C021": "HOLDING VISION RHONE", "C006": "CEDRE SERVICES PARTAGES"}


def plain(text: str) -> str:
    """Capitals without accents, as banks write.

    >>> plain("Galerie Œil-de-Bœuf & Fils")
    'GALERIE OEIL-DE-BOEUF & FILS'
    """
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("€", "EUR")
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).upper()


def invoice_text(rng: Random, customer: Customer, number: str) -> str:
    """The label of a sales entry."""
    draw = rng.random()
    if draw < 0.55 or customer.kind == "particulier":
        return f"Facture {number} {customer.name}"
    if draw < 0.72:
        return f"{customer.name} - {rng.choice(PRODUCTS)}"
    if draw < 0.87:
        return f"{number} CHANTIER {rng.choice(SITES)} / {rng.choice(PRODUCTS)}"
    return f"{number} - v/cde {rng.randrange(4100, 9900)} du {rng.randrange(1, 29):02d}"


def style_of(customer: Customer) -> str:
    """The way in which a customer words its transfers, always the same one."""
    if customer.kind == "public":
        return "structured"
    return STYLES[int(customer.code[1:]) % len(STYLES)]


def remittance(rng: Random, customer: Customer, day: date, numbers: list[str]) -> tuple[str, str]:
    """The free text of a transfer, and its end-to-end reference."""
    serials = [number.rpartition("-")[2] for number in numbers]
    texts = {
        "numbers": "FACTURES " + " ".join(numbers),
        "short": f"FA{day:%y} " + " ".join(serial.lstrip("0") for serial in serials),
        "structured": "/INV/" + " /INV/".join(numbers),
        "month": f"REGLEMENT LUMIERE ET FILS {MONTHS[day.month - 1]} {day.year}",
        "order": f"VOS FACTURES N/REF {rng.randrange(10_000, 99_999)}",
        "range": f"FACT. {serials[0]}" + (f" A {serials[-1]}" if len(serials) > 1 else ""),
        "letter": f"Rglt {', '.join(numbers)} - suivant relevé du {day:%d/%m}",
    }
    style = style_of(customer)
    reference = f"PAY{day:%Y%m%d}-{rng.randrange(10**5):05d}"
    if style in {"numbers", "letter"} and len(numbers) == 1:
        reference = numbers[0]
    if style in {"month", "range"}:
        reference = "NOTPROVIDED"
    return texts[style][:140], reference


def receipt_text(customer: Customer, day: date, means: str) -> str:
    """The label that the bookkeeper gives to a payment received."""
    words = {
        0: f"Virement {customer.name}",
        1: f"VIR RECU {plain(customer.name)}",
        2: f"Règlement {customer.name} {day:%d/%m}",
    }
    if means == "CHQ":
        return f"Remise chèque {customer.name}"
    return words[int(customer.code[1:]) % 3]
