"""Identifiers of bank accounts as people type them: IBAN and BIC (*coordonnées bancaires*).

Length, form and check digits are the country's own (SWIFT's register); the key that France,
Belgium, Spain, Italy, Portugal and Monaco put inside the account number is checked too. That an
account is open, and whose it is, no check digit says. See docs/algorithms/identifiers.md.
"""

import re
from typing import NamedTuple

from schwifty import BIC, IBAN, exceptions, registry

from quittance.core.identifiers import EMPTY, LENGTH, Refusal, bare, refused
from quittance.core.phrase import Phrase

MAIN_OFFICE = "X" * 3  # the branch of a BIC that needs none
WITH_A_KEY = {"BE", "ES", "FR", "IT", "MC", "PT"}  # countries whose account numbers hold a key
IBAN_SHAPE = Phrase("recopiez l'IBAN en entier, tel qu'au RIB", "copy the whole IBAN")
BIC_SHAPE = Phrase(
    "un BIC a 8 ou 11 caractères : BNPAFRPP, BNPAFRPPXXX",
    "a BIC has 8 or 11 characters: BNPAFRPP, BNPAFRPPXXX",
)
EIGHT_OR_ELEVEN = Phrase("8 ou 11", "8 or 11")
IBAN_COUNTRY = Phrase(
    "IBAN {text} : « {country} » n'est le code d'aucun pays de l'IBAN ; il commence par celui de "
    "la banque : FR, BE, DE…",
    "IBAN {text}: '{country}' is the code of no country with an IBAN; it begins with the bank's: "
    "FR, BE, DE…",
)
IBAN_CHARACTERS = Phrase(
    "IBAN {text} : des lettres où {country} veut des chiffres, ou l'inverse ; ne confondez pas la "
    "lettre O et le zéro.",
    "IBAN {text}: letters where {country} has figures, or the reverse; mind the letter O and the "
    "figure 0.",
)
IBAN_KEY = Phrase(
    "IBAN {text} : la clé de contrôle {key} ne correspond pas ; vérifiez chaque caractère.",
    "IBAN {text}: the check digits {key} do not match; check every character.",
)
IBAN_NATIONAL_KEY = Phrase(
    "IBAN {text} : la clé nationale du compte (la clé RIB en France) ne correspond pas ; demandez "
    "un RIB.",
    "IBAN {text}: the national key of the account (clé RIB in France) does not match; ask for "
    "the account's RIB.",
)
BIC_CHARACTERS = Phrase(
    "BIC {text} : ce n'est pas la forme d'un BIC ; {shape}.",
    "BIC {text}: not the form of a BIC; {shape}.",
)
BIC_COUNTRY = Phrase(
    "BIC {text} : « {country} », en cinquième et sixième place, n'est le code d'aucun pays ; "
    "recopiez-le.",
    "BIC {text}: '{country}', fifth and sixth, is the code of no country; copy it again.",
)
OF_ANOTHER_COUNTRY = Phrase(
    "BIC {text} : il est d'une banque de {found}, l'IBAN est de {country} ; vérifiez lequel est le "
    "bon.",
    "BIC {text}: it is of a bank in {found}, the IBAN is of {country}; check which is right.",
)
# Countries whose accounts have the IBAN of another one.
UNDER = {
    **dict.fromkeys(("GF", "GP", "MQ", "RE", "YT", "PM", "BL", "MF", "PF", "NC", "WF", "TF"), "FR"),
    **dict.fromkeys(("GG", "IM", "JE"), "GB"),
    "AX": "FI",
}


class Bank(NamedTuple):
    """A bank as the register of its country names it."""

    name: str
    bic: str  # empty where the register has none


def iban(text: str) -> str | Refusal:
    """An international bank account number, without its spaces.

    >>> iban("fr76 3000 6000 0112 3456 7890 189")
    'FR7630006000011234567890189'
    >>> iban("FR76 3000 6000 0112 3456 7890 188").fault
    'check_digit'
    """
    number = re.sub(r"^IBAN:?(?=[A-Z]{2}[0-9])", "", bare(text))
    country = number[:2]
    if not number:
        return refused("empty", EMPTY, text=text, name="IBAN")
    try:
        expected = registry.get_iban_spec(country).iban_length
        IBAN(number, validate_bban=country in WITH_A_KEY)
    except exceptions.InvalidCountryCode:
        return refused("country", IBAN_COUNTRY, text=text, country=country)
    except exceptions.InvalidChecksumDigits:
        return refused("check_digit", IBAN_KEY, text=text, key=number[2:4])
    except exceptions.InvalidBBANChecksum:
        return refused("check_digit", IBAN_NATIONAL_KEY, text=text)
    except exceptions.SchwiftyException:
        facts = {"name": "IBAN", "count": len(number), "expected": expected, "shape": IBAN_SHAPE}
        if len(number) != expected:
            return refused("length", LENGTH, text=text, **facts)
        return refused("characters", IBAN_CHARACTERS, text=text, country=country)
    return number


def bic(text: str) -> str | Refusal:
    """The code of a bank: eight characters, or eleven for a branch other than the main one.

    >>> bic("bnpa fr pp xxx"), bic("AGRIFRPP839")
    ('BNPAFRPP', 'AGRIFRPP839')
    """
    code = bare(text)
    if not code:
        return refused("empty", EMPTY, text=text, name="BIC")
    try:
        BIC(code)
    except exceptions.InvalidCountryCode:
        return refused("country", BIC_COUNTRY, text=text, country=code[4:6])
    except exceptions.InvalidLength:
        facts = {"name": "BIC", "count": len(code), "expected": EIGHT_OR_ELEVEN, "shape": BIC_SHAPE}
        return refused("length", LENGTH, text=text, **facts)
    except exceptions.SchwiftyException:
        return refused("characters", BIC_CHARACTERS, text=text, shape=BIC_SHAPE)
    return code.removesuffix(MAIN_OFFICE) if len(code) == 11 else code


def bank_of(iban: str) -> Bank | None:
    """The bank of an IBAN in its normal form; none where the registers do not know its code.

    >>> bank_of("DE89370400440532013000")
    Bank(name='Commerzbank', bic='COBADEFF')
    """
    found = IBAN(iban)
    if not found.bank_name:
        return None
    code = bic(str(found.bic or ""))
    return Bank(str(found.bank_name), "" if isinstance(code, Refusal) else code)


def bank_contradictions(*, iban: str, bic: str) -> tuple[Refusal, ...]:
    """Where an IBAN and a BIC, in their normal forms, are of banks in two countries.

    >>> bank_contradictions(iban="DE89370400440532013000", bic="BNPAFRPP")[0].fault
    'contradiction'
    """
    country, found = iban[:2], bic[4:6]
    if not country or not found or country in (found, UNDER.get(found)):
        return ()
    return (refused("contradiction", OF_ANOTHER_COUNTRY, text=bic, found=found, country=country),)
