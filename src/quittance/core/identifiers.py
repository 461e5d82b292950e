"""Identifiers of companies as people type them: SIREN, SIRET, VAT numbers, RNA (*identifiants*).

Spaces, dots, dashes and small letters are tolerated; what is kept has none. A function gives the
identifier in its one normal form, or a `Refusal` that says what is wrong and what to do. Only the
number itself is checked: whether the company exists is known to INSEE and to VIES, not to it.
See docs/algorithms/identifiers.md.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from stdnum import luhn
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.fr import siret as fr_siret
from stdnum.fr import tva as fr_vat

from quittance.core.phrase import Phrase

Fault = Literal[
    "empty",
    "characters",  # letters where figures belong, or the reverse
    "length",
    "check_digit",  # a figure was mistyped
    "country",  # unknown, or not one of those asked for
    "unknown",  # well formed, but nobody can have it
    "contradiction",  # with another identifier
]
LA_POSTE = "356000000"  # its establishments do not follow the usual key
MONACO = "000"  # where a French VAT number has no SIREN
MEMBER_STATES = {code.upper() for code in eu_vat.MEMBER_STATES} - {"GR"} | {"EL"}
LONGEST_SHOWN = 40

EMPTY = Phrase("{name} : rien n'est saisi.", "{name}: nothing was entered.")
CHARACTERS = Phrase(
    "{name} {text} : « {wrong} » n'y a pas sa place ; {shape}.",
    "{name} {text}: '{wrong}' does not belong there; {shape}.",
)
LENGTH = Phrase(
    "{name} {text} : {count} caractère(s) au lieu de {expected} ; {shape}.",
    "{name} {text}: {count} character(s) instead of {expected}; {shape}.",
)
SIREN_SHAPE = Phrase("un SIREN a neuf chiffres", "a SIREN has nine figures")
SIRET_SHAPE = Phrase(
    "un SIRET a quatorze chiffres, le SIREN puis les cinq de l'établissement",
    "a SIRET has fourteen figures, the SIREN then the five of the establishment",
)
SIREN_KEY = Phrase(
    "SIREN {text} : la clé de contrôle ne correspond pas ; vérifiez les neuf chiffres.",
    "SIREN {text}: the check digit does not match; check the nine figures.",
)
SIREN_IS_SIRET = Phrase(
    "SIREN {text} : c'est un SIRET ; le SIREN en est les neuf premiers chiffres, {siren}.",
    "SIREN {text}: this is a SIRET; the SIREN is its first nine figures, {siren}.",
)
SIRET_IS_SIREN = Phrase(
    "SIRET {text} : c'est un SIREN ; ajoutez les cinq chiffres de l'établissement.",
    "SIRET {text}: this is a SIREN; add the five figures of the establishment.",
)
SIRET_KEY = Phrase(
    "SIRET {text} : la clé de contrôle ne correspond pas ; vérifiez les cinq derniers chiffres.",
    "SIRET {text}: the check digit does not match; check the last five figures.",
)
SIRET_LA_POSTE = Phrase(
    "SIRET {text} : la somme des chiffres d'un établissement de La Poste est un multiple de 5 ; "
    "vérifiez les cinq derniers.",
    "SIRET {text}: the figures of an establishment of La Poste sum up to a multiple of 5; check "
    "the last five.",
)
SIRET_OF_NO_SIREN = Phrase(
    "SIRET {text} : ses neuf premiers chiffres ne sont pas un SIREN ; vérifiez-les.",
    "SIRET {text}: its first nine figures are no SIREN; check them.",
)
VAT_NAME = Phrase("N° de TVA", "VAT number")
VAT_COUNTRY = Phrase(
    "N° de TVA {text} : « {country} » n'est le code d'aucun État membre ; commencez par celui du "
    "pays : FR, BE, DE, EL (Grèce), XI (Irlande du Nord)…",
    "VAT number {text}: '{country}' is the code of no member state; begin with the country's: "
    "FR, BE, DE, EL (Greece), XI (Northern Ireland)…",
)
VAT_UNPREFIXED = Phrase(
    "N° de TVA {text} : le code du pays manque ; écrivez FR{number}.",
    "VAT number {text}: the country code is missing; write FR{number}.",
)
VAT_FORM = Phrase(
    "N° de TVA {text} : ce n'est pas la forme d'un numéro {country} ; recopiez-le en entier.",
    "VAT number {text}: not the form of a number of {country}; copy the whole of it.",
)
VAT_LENGTH = Phrase(
    "N° de TVA {text} : trop court ou trop long pour {country} ; recopiez-le en entier.",
    "VAT number {text}: too short or too long for {country}; copy the whole of it.",
)
VAT_KEY = Phrase(
    "N° de TVA {text} : la clé de contrôle ne correspond pas ; vérifiez chaque chiffre.",
    "VAT number {text}: the check digit does not match; check every figure.",
)
VAT_FR_SHAPE = Phrase(
    "un numéro français est FR, deux caractères de clé et les neuf chiffres du SIREN",
    "a French number is FR, two characters of key and the nine figures of the SIREN",
)
VAT_OF_NO_SIREN = Phrase(
    "N° de TVA {text} : ses neuf derniers chiffres ne sont pas un SIREN ; vérifiez-les.",
    "VAT number {text}: its last nine figures are no SIREN; check them.",
)
VAT_FR_KEY = Phrase(
    "N° de TVA {text} : la clé {key} ne correspond pas au SIREN {siren} ; vérifiez l'une et "
    "l'autre (la clé usuelle est {usual}).",
    "VAT number {text}: the key {key} does not match the SIREN {siren}; check both (the usual key "
    "is {usual}).",
)
NOTHING_BUT_ZEROS = Phrase(
    "{name} {text} : que des zéros ; saisissez le vrai numéro, ou rien.",
    "{name} {text}: nothing but zeros; enter the true number, or nothing.",
)
RNA_SHAPE = Phrase(
    "un numéro RNA est W suivi de neuf caractères : W751004076",
    "an RNA number is W and nine characters: W751004076",
)
OF_ANOTHER = Phrase(
    "{name} {text} : il est du SIREN {found}, pas du {siren} ; vérifiez lequel est le bon.",
    "{name} {text}: it is of the SIREN {found}, not of {siren}; check which is right.",
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not the identifier asked for: `fault` for programs, `phrase` for people."""

    fault: Fault
    phrase: Phrase


def siren(text: str) -> str | Refusal:
    """The nine figures of a French company.

    >>> siren("732 829 320")
    '732829320'
    >>> siren("732 829 321").phrase.en
    'SIREN 732 829 321: the check digit does not match; check the nine figures.'
    """
    number = bare(text)
    is_siret = re.fullmatch(r"[0-9]{14}", number) and not isinstance(siret(number), Refusal)
    if is_siret:
        return refused("length", SIREN_IS_SIRET, text=text, siren=number[:9])
    wrong = figures(number, 9, text=text, name="SIREN", shape=SIREN_SHAPE)
    if wrong or luhn.is_valid(number):
        return wrong or number
    return refused("check_digit", SIREN_KEY, text=text)


def siret(text: str) -> str | Refusal:
    """The fourteen figures of an establishment; those of La Poste follow a rule of their own.

    >>> siret("732 829 320 00074"), siret("356 000 000 49837")
    ('73282932000074', '35600000049837')
    """
    number = bare(text)
    if re.fullmatch(r"[0-9]{9}", number) and luhn.is_valid(number):
        return refused("length", SIRET_IS_SIREN, text=text)
    wrong = figures(number, 14, text=text, name="SIRET", shape=SIRET_SHAPE)
    if wrong or fr_siret.is_valid(number):
        return wrong or number
    if not luhn.is_valid(number[:9]):
        return refused("check_digit", SIRET_OF_NO_SIREN, text=text)
    is_la_poste = number.startswith(LA_POSTE)
    return refused("check_digit", SIRET_LA_POSTE if is_la_poste else SIRET_KEY, text=text)


def vat(text: str) -> str | Refusal:
    """A VAT number of a member state, its country code before it (EL for Greece).

    >>> vat("fr 40 303 265 045"), vat("BE 0428.759.497")
    ('FR40303265045', 'BE0428759497')
    >>> vat("FR41303265045").fault
    'check_digit'
    """
    number = bare(text)
    country = "EL" if number.startswith("GR") else number[:2]
    if not number:
        return refused("empty", EMPTY, text=text, name=VAT_NAME)
    if country not in MEMBER_STATES:
        is_french = re.fullmatch(r"[A-Z0-9]{2}[0-9]{9}", number) and fr_vat.is_valid(number)
        missing = VAT_UNPREFIXED if is_french else VAT_COUNTRY
        return refused("country", missing, text=text, country=country, number=number)
    if country == "FR":
        return french_vat(number, text)
    try:
        found = str(eu_vat.validate(number))
    except InvalidLength:
        return refused("length", VAT_LENGTH, text=text, country=country)
    except InvalidChecksum:
        return refused("check_digit", VAT_KEY, text=text)
    except ValidationError:
        return refused("characters", VAT_FORM, text=text, country=country)
    return country + found[2:]


def french_vat(number: str, text: str) -> str | Refusal:
    """A French VAT number: its key and its SIREN are told apart, so that the fault is found."""
    key, of_siren = number[2:4], number[4:]
    if len(number) != 13:
        facts = {"name": VAT_NAME, "count": len(number), "expected": 13, "shape": VAT_FR_SHAPE}
        return refused("length", LENGTH, text=text, **facts)
    wrong = re.sub(r"[0-9A-HJ-NP-Z]", "", key) + re.sub(r"[0-9]", "", of_siren)
    if wrong:
        facts = {"name": VAT_NAME, "wrong": wrong, "shape": VAT_FR_SHAPE}
        return refused("characters", CHARACTERS, text=text, **facts)
    if fr_vat.is_valid(number):
        return number
    if not of_siren.startswith(MONACO) and not luhn.is_valid(of_siren):
        return refused("check_digit", VAT_OF_NO_SIREN, text=text)
    usual = f"{int(of_siren + '12') % 97:02d}"
    return refused("check_digit", VAT_FR_KEY, text=text, key=key, siren=of_siren, usual=usual)


def rna(text: str) -> str | Refusal:
    """The number of a French association in the national register (RNA).

    >>> rna("w751004076")
    'W751004076'
    """
    number = bare(text)
    if not number:
        return refused("empty", EMPTY, text=text, name="RNA")
    if re.fullmatch(r"W[0-9][0-9A-Z][0-9]{7}", number):
        return number
    facts = {"name": "RNA", "count": len(number), "expected": 10, "shape": RNA_SHAPE}
    if len(number) != 10:
        return refused("length", LENGTH, text=text, **facts)
    return refused("characters", CHARACTERS, text=text, **facts, wrong=number)


def contradictions(*, siren: str = "", siret: str = "", vat: str = "") -> tuple[Refusal, ...]:
    """Where the normal forms of one company's identifiers belong to two companies.

    Nothing is compared with what is not given. A VAT number of another country, or of Monaco, has
    no SIREN to compare.

    >>> [found] = contradictions(siren="732829320", vat="FR40303265045")
    >>> print(found.phrase.en)
    VAT number FR40303265045: it is of the SIREN 303265045, not of 732829320; check which is right.
    """
    of_siret = siret[:9]
    is_french = vat.startswith("FR") and not vat[4:].startswith(MONACO)
    of_vat = vat[4:] if is_french else ""
    reference = siren or of_siret
    compared = (("SIRET", siret, of_siret), (VAT_NAME, vat, of_vat))
    return tuple(
        refused("contradiction", OF_ANOTHER, text=text, name=name, found=found, siren=reference)
        for name, text, found in compared
        if found and reference and found != reference
    )


def bare(text: str) -> str:
    r"""A text in capitals, without the signs that people set between groups of figures.

    >>> bare("fr\u00a040 303.265-045")
    'FR40303265045'
    """
    kept = (one for one in one_line(text) if unicodedata.category(one) != "Pd")
    return re.sub(r"[\s./_·]", "", "".join(kept)).upper()


def letters(text: str) -> str:
    """The letters of a name, without accents, in capitals.

    >>> letters("Pays-Bas"), letters("Français (France)")
    ('PAYSBAS', 'FRANCAISFRANCE')
    """
    return re.sub(r"[^A-Z]", "", unicodedata.normalize("NFKD", text).upper())


def one_line(text: str) -> str:
    r"""A text with plain spaces only, and without the signs that nobody sees.

    >>> one_line("01\u202f23\u00a045 \u200b67\t89\n")
    '01 23 45 67 89'
    """
    spaced = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", unicodedata.normalize("NFKC", text))
    seen = (one for one in spaced if unicodedata.category(one) != "Cf")
    return re.sub(r" +", " ", "".join(seen)).strip()


def figures(number: str, count: int, *, text: str, name: str, shape: Phrase) -> Refusal | None:
    """The refusal of a text that is not so many figures, or none."""
    wrong = re.sub(r"[0-9]", "", number)
    if not number:
        return refused("empty", EMPTY, text=text, name=name)
    if wrong:
        return refused("characters", CHARACTERS, text=text, name=name, wrong=wrong, shape=shape)
    if len(number) != count:
        facts = {"name": name, "count": len(number), "expected": count, "shape": shape}
        return refused("length", LENGTH, text=text, **facts)
    if not number.strip("0"):
        return refused("unknown", NOTHING_BUT_ZEROS, text=text, name=name)
    return None


def refused(fault: Fault, phrase: Phrase, *, text: str, **facts: object) -> Refusal:
    """A refusal that shows the text as it was entered, on one line and not without end."""
    shown = {name: short(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return Refusal(fault, phrase.filled(text=short(text), **shown))


def short(text: str) -> str:
    """A text as it is shown in a sentence."""
    line = one_line(text)
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"
