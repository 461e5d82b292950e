"""Where a person is reached, as people type it: e-mail, telephone, country, postal code.

A function gives the address in its one normal form, or a `Refusal` that says what is wrong and what
to do. Nothing is asked of the network: that a mailbox or a line answers is learnt by using it.
See docs/algorithms/identifiers.md.
"""

import gettext
import re
from typing import Any

import phonenumbers
import pycountry
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from quittance.core.identifiers import EMPTY, LENGTH, Refusal, bare, letters, one_line, refused
from quittance.core.phrase import Phrase

KOSOVO = "XK"  # by the Union's code; ISO 3166 has none
COUNTRIES = frozenset(one.alpha_2 for one in pycountry.countries) | {KOSOVO}
OTHER_CODES = {"UK": "GB", "EL": "GR"}  # as people and the Union write them
FRENCH = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["fr"])
# As people call them, where ISO 3166 has a longer or another name.
ALSO_CALLED = {
    "CI": ("Ivory Coast",),
    "CZ": ("République tchèque", "Czech Republic"),
    "GB": ("Grande-Bretagne", "Angleterre", "Great Britain", "England"),
    "MU": ("Île Maurice",),
    "NL": ("Hollande", "Holland"),
    "RE": ("La Réunion",),
    "TR": ("Turkey",),
    "US": ("USA",),
    KOSOVO: ("Kosovo",),
}
# 9 is a figure, A a letter; the rest stands as it is. Countries without a row are taken as typed.
POSTAL_FORMS = {
    **dict.fromkeys(("FR", "GF", "GP", "MC", "MQ", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF"),
                    ("99999",)),
    **dict.fromkeys(("DE", "ES", "IT", "FI", "EE", "HR", "SM", "VA", "TR"), ("99999",)),
    **dict.fromkeys(("AT", "BE", "BG", "CH", "CY", "DK", "HU", "LI", "LU", "NO", "SI"), ("9999",)),
    **dict.fromkeys(("CZ", "GR", "SE", "SK"), ("999 99",)),
    "GB": ("A9 9AA", "A99 9AA", "A9A 9AA", "AA9 9AA", "AA99 9AA", "AA9A 9AA"),
    "NL": ("9999 AA",), "PL": ("99-999",), "PT": ("9999-999",), "RO": ("999999",),
    "US": ("99999", "99999-9999"), "CA": ("A9A 9A9",),
}  # fmt: skip
LONGEST_POSTAL_CODE = 12
PHONE_SIGNS = r"^(tel:)?\+?[0-9 ().\-/]+(?:;?\s*(?:ext|poste|x|#)[.=: ]*\d{1,6})?$"

EMAIL = Phrase("Adresse e-mail", "E-mail address")
PHONE = Phrase("Téléphone", "Telephone")
COUNTRY = Phrase("Pays", "Country")
POSTAL_CODE = Phrase("Code postal", "Postal code")
INCOMPLETE = Phrase(
    "Adresse e-mail {text} : il faut un nom, une arobase et un domaine ; écrivez nom@domaine.fr.",
    "E-mail address {text}: a name, an at sign and a domain are needed; write name@domain.com.",
)
SEVERAL = Phrase(
    "Adresse e-mail {text} : il y en a plusieurs ; saisissez-en une seule.",
    "E-mail address {text}: there are several; enter one only.",
)
EMAIL_DOMAIN = Phrase(
    "Adresse e-mail {text} : « {domain} » n'est pas un domaine qui reçoit du courrier ; vérifiez "
    "ce qui suit l'arobase.",
    "E-mail address {text}: '{domain}' is no domain that takes mail; check what follows the at "
    "sign.",
)
EMAIL_NAME = Phrase(
    "Adresse e-mail {text} : « {name} » ne peut pas précéder l'arobase ; vérifiez les espaces, les "
    "accents et les points.",
    "E-mail address {text}: '{name}' cannot stand before the at sign; check spaces, accents and "
    "dots.",
)
PHONE_CHARACTERS = Phrase(
    "Téléphone {text} : un seul numéro, en chiffres, « poste » et son numéro au besoin.",
    "Telephone {text}: one number only, in figures, then 'ext' and its number if need be.",
)
PHONE_COUNTRY = Phrase(
    "Téléphone {text} : l'indicatif n'est celui d'aucun pays ; écrivez +33 1 23 45 67 89.",
    "Telephone {text}: the prefix is of no country; write +33 1 23 45 67 89.",
)
PHONE_LENGTH = Phrase(
    "Téléphone {text} : trop court ou trop long ({country}) ; comptez les chiffres, ou commencez "
    "par l'indicatif du pays (+33).",
    "Telephone {text}: too short or too long ({country}); count the figures, or begin with the "
    "country's prefix (+33).",
)
PHONE_UNKNOWN = Phrase(
    "Téléphone {text} : aucun numéro n'a cette forme ({country}) ; comptez les chiffres, ou "
    "commencez par l'indicatif du pays (+33).",
    "Telephone {text}: no number has this form ({country}); count the figures, or begin with the "
    "country's prefix (+33).",
)
COUNTRY_UNKNOWN = Phrase(
    "Pays {text} : ce n'est pas un code de pays ; deux lettres (ISO 3166) : FR, BE, DE…",
    "Country {text}: no code of a country; two letters (ISO 3166): FR, BE, DE…",
)
POSTAL_FORM = Phrase(
    "Code postal {text} : un code postal ({country}) s'écrit {form} (9 : un chiffre, A : une "
    "lettre) ; CEDEX va avec la ville.",
    "Postal code {text}: a postal code ({country}) is written {form} (9: a figure, A: a letter); "
    "CEDEX goes with the town.",
)
POSTAL_LENGTH = Phrase("un code postal est court", "a postal code is short")


def email(text: str) -> str | Refusal:
    """An e-mail address: the domain in small letters, a name before it and `mailto:` left out.

    >>> email("Anaïs Morel <A.Morel@Exemple.FR>")
    'A.Morel@exemple.fr'
    >>> email("a.morel@exemple").fault
    'unknown'
    """
    address = re.sub(r"(?i)^mailto: *", "", re.sub(r"^[^<>@]*<([^<>]+)>$", r"\1", one_line(text)))
    name, _, domain = address.rpartition("@")
    if not address:
        return refused("empty", EMPTY, text=text, name=EMAIL)
    if not name or not domain:
        return refused("characters", INCOMPLETE, text=text)
    found = normal_email(address)
    if found:
        return found
    if "@" in name:
        return refused("characters", SEVERAL, text=text)
    if normal_email(f"a@{domain}"):
        return refused("characters", EMAIL_NAME, text=text, name=name)
    return refused("unknown", EMAIL_DOMAIN, text=text, domain=domain)


def normal_email(address: str) -> str | None:
    """The normal form of an address, or none."""
    try:
        return validate_email(address, check_deliverability=False, strict=True).normalized
    except EmailNotValidError:
        return None


def phone(text: str, country: str = "FR") -> str | Refusal:
    """A telephone number with its country's prefix (E.164); `country` is for those without one.

    >>> phone("01 23 45 67 89"), phone("+32 (0)2 555 12 12"), phone("01.23.45.67.89 poste 12")
    ('+33123456789', '+3225551212', '+33123456789;ext=12')
    """
    entered = one_line(text)
    if not entered:
        return refused("empty", EMPTY, text=text, name=PHONE)
    if not re.fullmatch(PHONE_SIGNS, entered, re.IGNORECASE | re.ASCII):
        return refused("characters", PHONE_CHARACTERS, text=text)
    try:
        number = phonenumbers.parse(re.sub(r"(?i)poste", "ext", entered), country)
    except NumberParseException as fault:
        is_country = fault.error_type == NumberParseException.INVALID_COUNTRY_CODE
        of_length = refused("length", PHONE_LENGTH, text=text, country=country)
        return refused("country", PHONE_COUNTRY, text=text) if is_country else of_length
    where = phonenumbers.region_code_for_country_code(number.country_code or 0)
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return refused("length", PHONE_LENGTH, text=text, country=where)
    if not phonenumbers.is_valid_number(number):
        return refused("unknown", PHONE_UNKNOWN, text=text, country=where)
    extension = f";ext={number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) + extension


def names_of(one: Any) -> set[str]:
    """What ISO 3166 calls a country in both languages, whole and without what follows a comma."""
    told = {one.name, getattr(one, "common_name", one.name)}
    whole = told | {FRENCH.gettext(name) for name in told}
    return whole | {name.partition(",")[0] for name in whole}


def codes_by_name() -> dict[str, str]:
    """The code of each country by its letters; a name that two of them share is nobody's."""
    called: dict[str, set[str]] = {}
    for one in pycountry.countries:
        for name in names_of(one):
            called.setdefault(letters(name), set()).add(one.alpha_2)
    also = {letters(name): code for code, names in ALSO_CALLED.items() for name in names}
    return {name: min(codes) for name, codes in called.items() if len(codes) == 1} | also


BY_NAME = codes_by_name()


def country(text: str) -> str | Refusal:
    """The code of a country in two capitals (ISO 3166), from a code or from a usual name.

    >>> country("fr"), country("UK"), country("Pays-Bas"), country("Spain")
    ('FR', 'GB', 'NL', 'ES')
    """
    code = OTHER_CODES.get(bare(text), BY_NAME.get(letters(text), bare(text)))
    if not code:
        return refused("empty", EMPTY, text=text, name=COUNTRY)
    return code if code in COUNTRIES else refused("unknown", COUNTRY_UNKNOWN, text=text)


def postal_code(text: str, country: str = "FR") -> str | Refusal:
    """A postal code as its country writes it; one of a country that has no row is kept as typed.

    >>> postal_code("F-69 002"), postal_code("sw1a1aa", "GB"), postal_code("1234ab", "NL")
    ('69002', 'SW1A 1AA', '1234 AB')
    """
    code = re.sub(rf"^(?:{re.escape(country)}|{re.escape(country[:1])})(?=[0-9])", "", bare(text))
    forms = POSTAL_FORMS.get(country)
    if not code:
        return refused("empty", EMPTY, text=text, name=POSTAL_CODE)
    if forms is None:
        typed = one_line(text).upper()
        facts = {"name": POSTAL_CODE, "count": len(typed), "expected": LONGEST_POSTAL_CODE}
        is_long = len(typed) > LONGEST_POSTAL_CODE
        return (
            refused("length", LENGTH, text=text, shape=POSTAL_LENGTH, **facts) if is_long else typed
        )
    shape = re.sub(r"[A-Z]", "A", re.sub(r"[0-9]", "9", code))
    for form in forms:
        if re.sub(r"[ -]", "", form) == shape:
            signs = iter(code)
            return "".join(one if one in " -" else next(signs) for one in form)
    written = Phrase(" ou ".join(forms), " or ".join(forms))
    return refused("characters", POSTAL_FORM, text=text, country=country, form=written)
