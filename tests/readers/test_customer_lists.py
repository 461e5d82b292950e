"""What a list of customers says beside code, name, terms and kind, and what it cannot say."""

from typing import Any

import pytest

from quittance.core.problems import sentences, set_aside
from quittance.readers import tabular
from quittance.readers.customer_lists import language_of
from quittance.readers.reader import Reading, Source

FIELDS = ("siren", "siret", "vat", "iban", "country", "language", "segment", "group")


def read(heading: str, *lines: str) -> Reading:
    found = tabular.read(
        Source("clients.csv", "\n".join([f"code client;{heading}", *lines]).encode())
    )
    assert found.kind == "customers"
    assert found.rows.height == found.lines
    assert set_aside(found.problems) == 0
    return found


def one(heading: str, line: str) -> dict[str, Any]:
    found = read(heading, f"C1;{line}")
    assert sentences(found.problems, "en") == []
    return {k: v for k, v in found.rows.row(0, named=True).items() if v is not None}


def told(heading: str, line: str) -> list[str]:
    return sentences(read(heading, f"C1;{line}").problems, "en")


def test_identifiers_come_in_the_form_that_the_screens_keep() -> None:
    found = one(
        "SIREN;N° Siret;N° TVA intracommunautaire;IBAN;Pays;Langue",
        "732 829 320;73282932000074;fr 44 732829320;FR76 3000 6000 0112 3456 7890 189;France;"
        "Français",
    )
    assert {name: found[name] for name in FIELDS if name in found} == {
        "siren": "732829320",
        "siret": "73282932000074",
        "vat": "FR44732829320",
        "iban": "FR7630006000011234567890189",
        "country": "FR",
        "language": "fr",
    }


def test_a_siret_tells_the_siren() -> None:
    assert one("SIRET", "732 829 320 00074")["siren"] == "732829320"


@pytest.mark.parametrize(
    ("heading", "text", "problem"),
    [
        ("SIREN", "732 829 321", "SIREN 732 829 321: the check digit does not match; check the "
         "nine figures."),
        ("SIRET", "73282932000075", "SIRET 73282932000075: the check digit does not match; check "
         "the last five figures."),
        ("IBAN", "FR7630006000011234567890188", "IBAN FR7630006000011234567890188: the check "
         "digits 76 do not match; check every character."),
        ("E-mail", "anne@", "E-mail address anne@: a name, an at sign and a domain are needed; "
         "write name@domain.com."),
        ("Téléphone", "12", "Telephone 12: too short or too long (FR); count the figures, or "
         "begin with the country's prefix (+33)."),
        ("Pays", "Syldavie", "Country Syldavie: no code of a country; two letters (ISO 3166): FR, "
         "BE, DE…"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_line_and_the_rest_is_kept(
    heading: str, text: str, problem: str
) -> None:
    found = read(f"nom;{heading};segment", f"C1;Alpha;{text};Commerce")
    assert sentences(found.problems, "en") == [
        f"clients.csv:2: {problem} Identifiers and addresses are checked as they are on the "
        "screens. This value is not read, the rest of the line is; mend it, here or on the "
        "customer's card."
    ]
    row = found.rows.row(0, named=True)
    assert (row["name"], row["segment"]) == ("Alpha", "Commerce")
    kept = ("siren", "siret", "iban", "email", "phone", "country")
    assert [row[name] for name in kept] == [None] * 6


def test_identifiers_of_two_companies_are_told_and_the_siren_kept() -> None:
    found = read("siren;n° tva", "C1;732829320;FR40303265045")
    assert sentences(found.problems, "fr") == [
        "clients.csv:2: N° de TVA FR40303265045 : il est du SIREN 303265045, pas du 732829320 ; "
        "vérifiez lequel est le bon. Le SIREN, le SIRET et le n° de TVA d'un client sont ceux "
        "d'une même entreprise. Le SIREN est gardé, l'autre numéro non ; corrigez la ligne."
    ]
    assert found.rows.select("siren", "vat").row(0) == ("732829320", None)


def test_each_problem_of_a_line_is_told() -> None:
    found = told("siren;email;langue", "1;2;deutsch")
    assert len(found) == 3
    assert found[2] == (
        "clients.csv:2: langue: 'deutsch' is not offered. The languages are: fr, en. This value "
        "is not read, the rest of the line is; mend it, here or on the customer's card."
    )


def test_a_text_longer_than_its_field_is_told() -> None:
    found = read("segment;nom", f"C1;{'x' * 61};Alpha")
    assert sentences(found.problems, "en")[0].startswith(
        "clients.csv:2: segment: 61 characters, at most 60. Each field has a length."
    )
    assert found.rows.select("segment", "name").row(0) == (None, "Alpha")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["Particuliers", "entreprise", "Collectivités"], "customer_kind"),
        (["b2b", "", "B2C"], "customer_kind"),
        (["Public", "Travaux publics"], "segment"),
        (["Hôtellerie", "Particuliers"], "segment"),
    ],
)
def test_a_category_is_the_kind_where_all_its_words_are_kinds(words: list[str], field: str) -> None:
    rows = read("catégorie", *(f"C{place};{word}" for place, word in enumerate(words))).rows
    other = {"customer_kind": "segment", "segment": "customer_kind"}[field]
    assert rows[field].to_list() == [word or None for word in words]
    assert rows[other].null_count() == len(words)


def test_a_column_of_kinds_leaves_the_category_to_the_segment() -> None:
    found = one("type;catégorie", "public;Particuliers")
    assert (found["customer_kind"], found["segment"]) == ("public", "Particuliers")


def test_a_contact_has_a_name_a_role_and_where_it_is_reached() -> None:
    found = one(
        "Prénom contact;Contact;Fonction;E-mail;Téléphone;Portable",
        "Anne; Le  Roux ;Comptable;A.Roux@Alpha.EXAMPLE;01 99 00 12 34;06 12 34 56 78",
    )
    assert found["contact_name"] == "Anne Le Roux"
    assert (found["contact_role"], found["email"]) == ("Comptable", "A.Roux@alpha.example")
    assert found["phone"] == "+33199001234"


def test_a_mobile_stands_in_for_a_telephone_dialled_in_the_country() -> None:
    assert one("email;portable", "a@b.example;06 12 34 56 78")["phone"] == "+33612345678"
    assert one("pays;tél", "Belgique;02 555 12 12")["phone"] == "+3225551212"


def test_an_address_is_one_text_of_several_lines() -> None:
    found = one("Adresse 1 (facturation);Adresse 2;CP;Ville;Pays", "1 rue X;Bât. B;69 002;Lyon;FR")
    assert found["address"] == "1 rue X\nBât. B\n69002 Lyon"


def test_a_strange_postal_code_is_told_and_kept() -> None:
    found = read("adresse;cp;ville", "C1;1 rue X;1000;Bourg")
    assert found.rows["address"][0] == "1 rue X\n1000 Bourg"
    assert found.problems["severity"].to_list() == ["warning"]


def test_a_blank_cell_states_nothing() -> None:
    row = read("nom;conditions;type;siren;contact;adresse;cp", "C1;;;;;;;").rows.row(0, named=True)
    assert {k for k, v in row.items() if v is not None} == {"file", "line", "customer"}


def test_a_customer_called_total_is_no_line_of_totals() -> None:
    assert one("nom", "Total Énergies")["name"] == "Total Énergies"


@pytest.mark.parametrize("word", ["siren", "e-mail", "segment", "commercial"])
def test_a_code_and_one_thing_about_the_customer_make_a_list(word: str) -> None:
    text = f"client;{word}\nC1;\n"
    assert tabular.identify(Source("a.csv", text.encode()))


def test_the_words_for_a_language() -> None:
    words = ("fr", "fr_FR", "Français", "French", "EN", "English (UK)", "anglais", "Deutsch")
    assert [language_of(word) for word in words] == ["fr"] * 4 + ["en"] * 3 + [None]
