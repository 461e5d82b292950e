"""E-mail, telephone, country and postal code as people type them."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quittance.core.addresses import COUNTRIES, country, email, phone, postal_code
from quittance.core.identifiers import Refusal

MANY = settings(max_examples=150, derandomize=True, deadline=None)


def told(found: str | Refusal) -> str:
    assert isinstance(found, Refusal), found
    assert found.phrase.en[-1] in ".…"
    return f"{found.fault}: {found.phrase.fr}"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Jean.Dupont@Exemple.FR ", "Jean.Dupont@exemple.fr"),
        ("Anaïs Morel <compta@morel.fr>", "compta@morel.fr"),
        ('"Morel, Anaïs" <compta@morel.fr>', "compta@morel.fr"),
        ("mailto:compta@morel.fr", "compta@morel.fr"),
        ("\u200bcompta@morel.fr\u00a0", "compta@morel.fr"),  # copied from a page
        ("compta+relance@morel.fr", "compta+relance@morel.fr"),
        ("compta@étoile.fr", "compta@étoile.fr"),
        ("compta@xn--toile-9ra.fr", "compta@étoile.fr"),
    ],
)
def test_an_address_is_kept_without_what_surrounds_it(text: str, normal: str) -> None:
    assert email(text) == normal


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("compta.morel.fr", "characters: Adresse e-mail compta.morel.fr : il faut un nom, une "
         "arobase et un domaine ; écrivez nom@domaine.fr."),
        ("compta@", "characters: Adresse e-mail compta@ : il faut un nom, une arobase et un "
         "domaine ; écrivez nom@domaine.fr."),
        ("a@morel.fr; b@morel.fr", "characters: Adresse e-mail a@morel.fr; b@morel.fr : il y en a "
         "plusieurs ; saisissez-en une seule."),
        ("compta@morel", "unknown: Adresse e-mail compta@morel : « morel » n'est pas un domaine "
         "qui reçoit du courrier ; vérifiez ce qui suit l'arobase."),
        ("compta@morel,fr", "unknown: Adresse e-mail compta@morel,fr : « morel,fr » n'est pas un "
         "domaine qui reçoit du courrier ; vérifiez ce qui suit l'arobase."),
        ("jean dupont@morel.fr", "characters: Adresse e-mail jean dupont@morel.fr : « jean dupont "
         "» ne peut pas précéder l'arobase ; vérifiez les espaces, les accents et les points."),
        ("", "empty: Adresse e-mail : rien n'est saisi."),
    ],
)  # fmt: skip
def test_a_wrong_address_is_refused_with_why(text: str, french: str) -> None:
    assert told(email(text)) == french


@pytest.mark.parametrize(
    "text",
    [
        "a@b.fr\nBcc: c@d.fr", "a@b.fr\r\nSubject: x", "a@localhost", "a@b.test", "a@[127.0.0.1]",
        "a@-b.fr", "a.@b.fr", "a" * 65 + "@b.fr", "J <a@b.fr", "a@b.fr>",
    ],
)  # fmt: skip
def test_what_could_not_be_written_to_is_refused(text: str) -> None:
    assert isinstance(email(text), Refusal)


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)
    assert email("compta@nulle-part.example.org") == "compta@nulle-part.example.org"
    assert phone("01 23 45 67 89") == "+33123456789"


@pytest.mark.parametrize(
    ("text", "home", "normal"),
    [
        ("01 23 45 67 89", "FR", "+33123456789"),
        ("01\u00a023\u202f45.67-89", "FR", "+33123456789"),
        ("+33 (0)1 23 45 67 89", "BE", "+33123456789"),
        ("0033 1 23 45 67 89", "FR", "+33123456789"),
        ("\u202a+33 6 12 34 56 78\u202c", "FR", "+33612345678"),  # copied from a telephone
        ("tel:+33612345678", "FR", "+33612345678"),
        ("01 23 45 67 89 poste 12", "FR", "+33123456789;ext=12"),
        ("01.23.45.67.89 ext. 12", "FR", "+33123456789;ext=12"),
        ("+33123456789;ext=12", "FR", "+33123456789;ext=12"),
        ("0262 12 34 56", "RE", "+262262123456"),
        ("02 555 12 12", "BE", "+3225551212"),
        ("+352 26 12 34", "FR", "+352261234"),
    ],
)
def test_a_number_is_kept_with_its_countrys_prefix(text: str, home: str, normal: str) -> None:
    assert phone(text, home) == normal


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("06 12 34 56 78 ou 01 23 45 67 89", "characters: Téléphone 06 12 34 56 78 ou 01 23 45 67 "
         "89 : un seul numéro, en chiffres, « poste » et son numéro au besoin."),
        ("+999 12345", "country: Téléphone +999 12345 : l'indicatif n'est celui d'aucun pays ; "
         "écrivez +33 1 23 45 67 89."),
        ("01 23 45", "length: Téléphone 01 23 45 : trop court ou trop long (FR) ; comptez les "
         "chiffres, ou commencez par l'indicatif du pays (+33)."),
        ("00 00 00 00 00", "unknown: Téléphone 00 00 00 00 00 : aucun numéro n'a cette forme (FR) "
         "; comptez les chiffres, ou commencez par l'indicatif du pays (+33)."),
        (" ", "empty: Téléphone : rien n'est saisi."),
    ],
)  # fmt: skip
def test_a_wrong_number_is_refused_with_why(text: str, french: str) -> None:
    assert told(phone(text)) == french


def test_a_country_is_a_code_of_two_letters() -> None:
    assert [country(text) for text in ("fr", " BE", "UK", "EL", "XK")] == [
        "FR", "BE", "GB", "GR", "XK",
    ]  # fmt: skip
    assert len(COUNTRIES) == 250
    assert told(country("Frankreich")) == (
        "unknown: Pays Frankreich : ce n'est pas un code de pays ; deux lettres (ISO 3166) : FR, "
        "BE, DE…"
    )
    assert [country(text) for text in ("FRANCE", "Royaume Uni", "Etats-Unis", "IN")] == [
        "FR", "GB", "US", "IN",
    ]  # fmt: skip
    assert told(country("")) == "empty: Pays : rien n'est saisi."


@pytest.mark.parametrize(
    ("text", "home", "normal"),
    [
        ("75 001", "FR", "75001"),
        ("F-75001", "FR", "75001"),
        ("L-1234", "LU", "1234"),
        ("b1000", "BE", "1000"),
        ("12345", "PL", "12-345"),
        ("w1a0ax", "GB", "W1A 0AX"),
        ("EC1A 1BB", "GB", "EC1A 1BB"),
        ("1234ab", "NL", "1234 AB"),
        ("SE-123 45", "SE", "123 45"),
        ("d04  x285", "IE", "D04 X285"),  # no form is known: kept as typed
    ],
)
def test_a_postal_code_is_written_as_its_country_does(text: str, home: str, normal: str) -> None:
    assert postal_code(text, home) == normal


def test_a_wrong_postal_code_is_refused_with_the_form_it_has() -> None:
    assert told(postal_code("7500")) == (
        "characters: Code postal 7500 : un code postal (FR) s'écrit 99999 (9 : un chiffre, A : une "
        "lettre) ; CEDEX va avec la ville."
    )
    assert "s'écrit A9 9AA ou A99 9AA ou" in told(postal_code("75001", "GB"))
    assert told(postal_code("75009 CEDEX 09")).startswith("characters: Code postal 75009 CEDEX 09")
    assert told(postal_code("x" * 20, "IE")).startswith("length: Code postal")
    assert told(postal_code("")) == "empty: Code postal : rien n'est saisi."


@MANY
@given(
    st.sampled_from([email, phone, country, postal_code]),
    st.one_of(
        st.text(max_size=24),
        st.emails(),
        st.from_regex(r"(\+33|0|\+32|\+49 )[0-9 .]{6,14}", fullmatch=True),
        st.from_regex(r"[0-9]{5}", fullmatch=True),
    ),
)
def test_any_text_is_refused_in_two_languages_or_normal_at_once(check, text: str) -> None:  # type: ignore[no-untyped-def]
    found = check(text)
    if isinstance(found, Refusal):
        assert found.phrase.fr[-1] in ".…"
        assert found.phrase.en[-1] in ".…"
    else:
        assert check(found) == found


@MANY
@given(st.text(max_size=15), st.sampled_from(["GB", "NL", "PL", "PT", "IE", "SE", "", "ZZ", "("]))
def test_any_postal_code_of_any_country_is_normal_at_once(text: str, home: str) -> None:
    found = postal_code(text, home)
    assert isinstance(found, Refusal) or postal_code(found, home) == found
