"""IBAN and BIC as people type them: kept in one form, or refused with why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schwifty import IBAN

from quittance.core.bank_identifiers import bank_contradictions, bank_of, bic, iban
from quittance.core.identifiers import Refusal, bare

KNOWN = (
    "FR1420041010050500013M02606", "FR7630006000011234567890189", "DE89370400440532013000",
    "BE68539007547034", "ES9121000418450200051332", "IT60X0542811101000000123456",
    "GB82WEST12345698765432", "PT50000201231234567890154", "MC5811222000010123456789030",
    "LU280019400644750000", "CH9300762011623852957", "NL91ABNA0417164300",
)  # fmt: skip


def told(found: str | Refusal) -> str:
    assert isinstance(found, Refusal), found
    assert found.phrase.en
    return f"{found.fault}: {found.phrase.fr}"


@pytest.mark.parametrize("number", KNOWN)
def test_a_true_iban_is_kept_however_it_is_grouped(number: str) -> None:
    grouped = " ".join(number[place : place + 4] for place in range(0, len(number), 4))
    for text in (number, grouped, grouped.lower(), f"IBAN : {grouped}", f"iban{number}"):
        assert iban(text) == number


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("FR76 3000 6000 0112 3456 7890 188", "check_digit: IBAN FR76 3000 6000 0112 3456 7890 188 "
         ": la clé de contrôle 76 ne correspond pas ; vérifiez chaque caractère."),
        ("FR0630006000011234567890188", "check_digit: IBAN FR0630006000011234567890188 : la clé "
         "nationale du compte (la clé RIB en France) ne correspond pas ; demandez un RIB."),
        ("FR763000600001123456789018", "length: IBAN FR763000600001123456789018 : 26 caractère(s) "
         "au lieu de 27 ; recopiez l'IBAN en entier, tel qu'au RIB."),
        ("FR14 2OO4 1010 0505 0001 3M02 606", "characters: IBAN FR14 2OO4 1010 0505 0001 3M02 606 "
         ": des lettres où FR veut des chiffres, ou l'inverse ; ne confondez pas la lettre O et le "
         "zéro."),
        ("ZZ89370400440532013000", "country: IBAN ZZ89370400440532013000 : « ZZ » n'est le code "
         "d'aucun pays de l'IBAN ; il commence par celui de la banque : FR, BE, DE…"),
        ("30006 00001 12345678901 89", "country: IBAN 30006 00001 12345678901 89 : « 30 » n'est le "
         "code d'aucun pays de l'IBAN ; il commence par celui de la banque : FR, BE, DE…"),
        ("", "empty: IBAN : rien n'est saisi."),
    ],
)  # fmt: skip
def test_a_wrong_iban_is_refused_with_why(text: str, french: str) -> None:
    assert told(iban(text)) == french


def test_the_bank_of_an_iban_is_named_where_its_register_is_known() -> None:
    bank = bank_of("FR1420041010050500013M02606")
    assert bank == ("LA BANQUE POSTALE", "PSSTFRPP")
    assert bank_of("GB82WEST12345698765432") is None


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("BNPAFRPP", "BNPAFRPP"),
        ("bnpa fr pp xxx", "BNPAFRPP"),  # the main office needs no branch
        ("AGRIFRPP839", "AGRIFRPP839"),
        ("CMCI-FR-2A", "CMCIFR2A"),
    ],
)
def test_a_bic_is_kept_without_its_spaces(text: str, normal: str) -> None:
    assert bic(text) == normal


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("BNPAFRP", "length: BIC BNPAFRP : 7 caractère(s) au lieu de 8 ou 11 ; un BIC a 8 ou 11 "
         "caractères : BNPAFRPP, BNPAFRPPXXX."),
        ("BNPAXXPP", "country: BIC BNPAXXPP : « XX », en cinquième et sixième place, n'est le code "
         "d'aucun pays ; recopiez-le."),
        ("BNPA1RPP", "characters: BIC BNPA1RPP : ce n'est pas la forme d'un BIC ; un BIC a 8 ou 11 "
         "caractères : BNPAFRPP, BNPAFRPPXXX."),
        ("", "empty: BIC : rien n'est saisi."),
    ],
)  # fmt: skip
def test_a_wrong_bic_is_refused_with_why(text: str, french: str) -> None:
    assert told(bic(text)) == french


def test_an_iban_and_a_bic_of_two_countries_contradict() -> None:
    (found,) = bank_contradictions(iban="DE89370400440532013000", bic="BNPAFRPP")
    assert found.phrase.fr == (
        "BIC BNPAFRPP : il est d'une banque de FR, l'IBAN est de DE ; vérifiez lequel est le bon."
    )


@pytest.mark.parametrize(
    ("account", "bank"),
    [
        ("FR7630006000011234567890189", "AGRIFRPP"),
        ("FR7630006000011234567890189", "BNPARERX"),  # Réunion: accounts are French
        ("GB82WEST12345698765432", "BARCJESH"),  # Jersey
        ("FR7630006000011234567890189", ""),
        ("", "BNPAFRPP"),
    ],
)
def test_one_country_or_one_of_the_two_only_does_not_contradict(account: str, bank: str) -> None:
    assert bank_contradictions(iban=account, bic=bank) == ()


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.sampled_from(KNOWN), st.integers(4, 40), st.characters(codec="ascii", categories=["Nd"]))
def test_one_mistyped_figure_is_always_seen(number: str, place: int, figure: str) -> None:
    at = place % len(number)
    mistyped = number[:at] + figure + number[at + 1 :]
    assert mistyped == number or isinstance(iban(mistyped), Refusal)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.sampled_from([iban, bic]),
    st.one_of(st.text(max_size=34), st.from_regex(r"[A-Z]{2}[0-9A-Z]{6,32}", fullmatch=True)),
)
def test_any_text_is_refused_in_two_languages_or_normal_at_once(check, text: str) -> None:  # type: ignore[no-untyped-def]
    found = check(text)
    if isinstance(found, Refusal):
        assert found.phrase.fr[-1] in ".…"
        assert found.phrase.en[-1] in ".…"
    else:
        assert check(found) == found == bare(found)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.integers(0, 99_999), st.integers(0, 99_999), st.integers(0, 10**11 - 1))
def test_any_french_account_with_its_two_keys_is_kept(bank: int, branch: int, account: int) -> None:
    key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    body = f"{bank:05d}{branch:05d}{account:011d}{key:02d}"
    number = str(IBAN.from_bban("FR", body, allow_invalid=True))
    assert iban(number) == number
