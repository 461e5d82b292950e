"""SIREN, SIRET, VAT and RNA numbers as people type them: kept in one form, or refused with why."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from quittance.core.identifiers import (
    Refusal,
    bare,
    contradictions,
    one_line,
    rna,
    siren,
    siret,
    vat,
)

MANY = settings(max_examples=150, derandomize=True, deadline=None)
AS_TYPED = st.sampled_from([" ", ".", "\u00a0", "\u202f", "-", "\u2011", "\u200b", "/", "\t", ""])


def told(found: str | Refusal) -> str:
    """What a refusal says in French, after its fault."""
    assert isinstance(found, Refusal), found
    assert found.phrase.en
    return f"{found.fault}: {found.phrase.fr}"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("732829320", "732829320"),
        ("732 829 320", "732829320"),
        (" 732.829.320\n", "732829320"),
        ("552\u00a0100\u202f554", "552100554"),
        ("７３２８２９３２０", "732829320"),  # typed on an East Asian keyboard
        ("356000000", "356000000"),
    ],
)
def test_a_siren_is_kept_without_its_spaces(text: str, normal: str) -> None:
    assert siren(text) == normal


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("123456789", "check_digit: SIREN 123456789 : la clé de contrôle ne correspond pas ; "
         "vérifiez les neuf chiffres."),
        ("12345678", "length: SIREN 12345678 : 8 caractère(s) au lieu de 9 ; un SIREN a neuf "
         "chiffres."),
        ("73282932O", "characters: SIREN 73282932O : « O » n'y a pas sa place ; un SIREN a neuf "
         "chiffres."),
        ("732 829 320 00074", "length: SIREN 732 829 320 00074 : c'est un SIRET ; le SIREN en est "
         "les neuf premiers chiffres, 732829320."),
        ("000000000", "unknown: SIREN 000000000 : que des zéros ; saisissez le vrai numéro, ou "
         "rien."),
        (" ", "empty: SIREN : rien n'est saisi."),
        ("٧٣٢٨٢٩٣٢٠", "characters: SIREN ٧٣٢٨٢٩٣٢٠ : « ٧٣٢٨٢٩٣٢٠ » n'y a pas sa place ; un SIREN a "
         "neuf chiffres."),
    ],
)  # fmt: skip
def test_a_wrong_siren_is_refused_with_why(text: str, french: str) -> None:
    assert told(siren(text)) == french


@pytest.mark.parametrize(
    "text",
    [
        "73282932000074",
        "732 829 320 00074",
        "35600000000048",  # La Poste, the head office: the usual key
        "35600000049837",  # La Poste, an establishment: the sum of its figures
        "35600000022223",
    ],
)
def test_a_siret_is_kept_and_la_poste_has_its_own_rule(text: str) -> None:
    assert siret(text) == bare(text)


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("73282932000075", "check_digit: SIRET 73282932000075 : la clé de contrôle ne correspond "
         "pas ; vérifiez les cinq derniers chiffres."),
        ("73282932100074", "check_digit: SIRET 73282932100074 : ses neuf premiers chiffres ne sont "
         "pas un SIREN ; vérifiez-les."),
        ("35600000049838", "check_digit: SIRET 35600000049838 : la somme des chiffres d'un "
         "établissement de La Poste est un multiple de 5 ; vérifiez les cinq derniers."),
        ("732829320", "length: SIRET 732829320 : c'est un SIREN ; ajoutez les cinq chiffres de "
         "l'établissement."),
        ("7328293200007", "length: SIRET 7328293200007 : 13 caractère(s) au lieu de 14 ; un SIRET "
         "a quatorze chiffres, le SIREN puis les cinq de l'établissement."),
    ],
)  # fmt: skip
def test_a_wrong_siret_is_refused_with_why(text: str, french: str) -> None:
    assert told(siret(text)) == french


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("FR 40 303 265 045", "FR40303265045"),
        ("fr40303265045", "FR40303265045"),
        ("FRK7399859412", "FRK7399859412"),  # a key with a letter
        ("FR 4Z 123456782", "FR4Z123456782"),
        ("FR 53 0000 04605", "FR53000004605"),  # Monaco: no SIREN behind the key
        ("BE 0428.759.497", "BE0428759497"),
        ("BE 428.759.497", "BE0428759497"),  # as it was before 2008
        ("DE 136,695 976".replace(",", " "), "DE136695976"),
        ("ESB-58378431", "ESB58378431"),
        ("IT 00743110157", "IT00743110157"),
        ("NL4495445B01", "NL004495445B01"),
        ("LU 15027442", "LU15027442"),
        ("EL 094259216", "EL094259216"),
        ("GR 094259216", "EL094259216"),  # the Union writes EL
        ("ATU13585627", "ATU13585627"),
        ("XI 980780684", "XI980780684"),
    ],
)
def test_a_vat_number_is_kept_with_its_country(text: str, normal: str) -> None:
    assert vat(text) == normal


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("FR41303265045", "check_digit: N° de TVA FR41303265045 : la clé 41 ne correspond pas au "
         "SIREN 303265045 ; vérifiez l'une et l'autre (la clé usuelle est 40)."),
        ("FR40303265046", "check_digit: N° de TVA FR40303265046 : ses neuf derniers chiffres ne "
         "sont pas un SIREN ; vérifiez-les."),
        ("FR4030326504", "length: N° de TVA FR4030326504 : 12 caractère(s) au lieu de 13 ; un "
         "numéro français est FR, deux caractères de clé et les neuf chiffres du SIREN."),
        ("FRIO334175221", "characters: N° de TVA FRIO334175221 : « IO » n'y a pas sa place ; un "
         "numéro français est FR, deux caractères de clé et les neuf chiffres du SIREN."),
        ("40 303 265 045", "country: N° de TVA 40 303 265 045 : le code du pays manque ; écrivez "
         "FR40303265045."),
        ("GB980780684", "country: N° de TVA GB980780684 : « GB » n'est le code d'aucun État membre "
         "; commencez par celui du pays : FR, BE, DE, EL (Grèce), XI (Irlande du Nord)…"),
        ("DE136695978", "check_digit: N° de TVA DE136695978 : la clé de contrôle ne correspond pas "
         "; vérifiez chaque chiffre."),
        ("DE1366959", "length: N° de TVA DE1366959 : trop court ou trop long pour DE ; recopiez-le "
         "en entier."),
        ("ATX13585627", "characters: N° de TVA ATX13585627 : ce n'est pas la forme d'un numéro AT "
         "; recopiez-le en entier."),
        ("", "empty: N° de TVA : rien n'est saisi."),
    ],
)  # fmt: skip
def test_a_wrong_vat_number_is_refused_with_why(text: str, french: str) -> None:
    assert told(vat(text)) == french


def test_an_association_has_its_own_number() -> None:
    assert rna("w 751 004 076") == "W751004076"
    assert rna("W2A1000278") == "W2A1000278"  # Corsica
    assert told(rna("751004076")).startswith("length: RNA 751004076 : 9 caractère(s) au lieu de 10")
    assert told(rna("W75100407A")).startswith("characters: RNA W75100407A")
    assert told(rna("")) == "empty: RNA : rien n'est saisi."


def test_identifiers_of_one_company_do_not_contradict() -> None:
    assert not contradictions()
    assert not contradictions(siren="303265045", siret="30326504500017", vat="FR40303265045")
    assert not contradictions(siren="303265045", vat="BE0428759497")
    assert not contradictions(siren="303265045", vat="FR53000004605")


def test_identifiers_of_two_companies_are_told() -> None:
    found = contradictions(siren="732829320", siret="30326504500017", vat="FR40303265045")
    assert [one.phrase.fr for one in found] == [
        "SIRET 30326504500017 : il est du SIREN 303265045, pas du 732829320 ; vérifiez lequel est "
        "le bon.",
        "N° de TVA FR40303265045 : il est du SIREN 303265045, pas du 732829320 ; vérifiez lequel "
        "est le bon.",
    ]
    (without_siren,) = contradictions(siret="73282932000074", vat="FR40303265045")
    assert without_siren.fault == "contradiction"
    assert "pas du 732829320" in without_siren.phrase.fr


def test_what_is_shown_of_a_text_is_one_short_line() -> None:
    found = siren("\x1b[2J" + "9" * 500 + "\n{siren}")
    assert isinstance(found, Refusal)
    assert "\x1b" not in found.phrase.fr
    assert "\n" not in found.phrase.fr
    assert len(found.phrase.fr) < 200
    assert one_line(" a\u00a0\u202f b\u200b\r\nc ") == "a b c"


@MANY
@given(st.integers(1, 99_999_999), st.lists(AS_TYPED, min_size=9, max_size=9))
def test_any_true_siren_is_kept_however_it_is_typed(base: int, signs: list[str]) -> None:
    number = f"{base:08d}"
    number += luhn.calc_check_digit(number)
    typed = "".join(f"{figure}{sign}" for figure, sign in zip(number, signs, strict=True))
    assert siren(typed) == siren(number) == number
    usual = f"FR{int(number + '12') % 97:02d}{number}"
    found = vat(f"fr {usual[2:4]} {typed}")
    assert found == usual
    assert not contradictions(siren=number, vat=usual)


@MANY
@given(st.integers(1, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_figure_is_always_seen(base: int, place: int, off: int) -> None:
    number = f"{base:08d}"
    number += luhn.calc_check_digit(number)
    mistyped = f"{number[:place]}{(int(number[place]) + off) % 10}{number[place + 1 :]}"
    assert isinstance(siren(mistyped), Refusal)


@MANY
@given(
    st.sampled_from([siren, siret, vat, rna]),
    st.one_of(
        st.text(max_size=20),
        st.text("0123456789FRBEDK .-W", max_size=18),
        st.from_regex(r"(FR|BE|NL|GR|IT|)[0-9]{8,14}", fullmatch=True),
    ),
)
def test_any_text_is_refused_in_two_languages_or_normal_at_once(check, text: str) -> None:  # type: ignore[no-untyped-def]
    found = check(text)
    if isinstance(found, Refusal):
        assert found.phrase.fr.endswith((".", "…"))
        assert found.phrase.en.endswith((".", "…"))
    else:
        assert check(found) == found
        assert found == bare(found)


def test_the_command_line_starts_without_the_libraries_of_identifiers() -> None:
    heavy = {"stdnum", "schwifty", "email_validator", "phonenumbers"}
    code = f"import quittance.cli.main, sys; print({heavy!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "set()\n"
