"""The usual headings of lists, in French and in English."""

import pytest

from quittance.readers.headings import (
    HEADINGS,
    KNOWN,
    bare,
    fields_of,
    mapped,
    score,
    unrecognised,
)

USUAL = """
key            id | ID
customer       N° client | Code client | Code tiers | Compte auxiliaire | Customer number | Client
               Customer ID | customerID | Account | Tiers | Compte client | Réf. client
name           Raison sociale | Nom du client | Nom | Customer name | Company | Intitulé | Name
               Raison soc.
document       N° facture | Numéro de facture | Facture | No. facture | Invoice number | Invoice
               Invoice no. | N° de facture | N° pièce | Pièce | Document | Reference | invnumber
               Document No.
issue_date     Date facture | Date de facture | Date d'émission | Invoice date | Date | Issue date
               Posting Date | Date pièce | InvoiceDate | Emise le | Émis le | Facturé le
due_date       Échéance | Date d'échéance | ECHEANCE | Due date | DueDate | Due
               A payer le | À régler le
amount         Montant TTC | Montant EUR | Montant TTC (€) | TTC | Total TTC | Montant | Amount
               Total | Invoice amount | Amount incl. VAT | Net à payer | amount_cents
               Montant (centimes)
open_amount    Reste à payer | Reste dû | Solde dû | Solde | Outstanding | Balance due | Restant
               Amount due | Encours | Open balance | Restant dû
paid_amount    Déjà réglé | Déjà payé | Montant réglé | Paid amount | Amount paid
currency       Devise | Currency | Curr.
kind           Type | Nature | Document type | Type de pièce
payment_date   Date de règlement | Date règlement | Date de paiement | Payment date | SettledDate
               pay_date | Réglé le | Date d'encaissement
invoice_key    invoice_id | Facture ID
terms          Conditions de règlement | Conditions | Payment terms | Terms | Délai de paiement
customer_kind  Type de client | Customer type
siren          SIREN | N° SIREN
siret          N° Siret | SIRET
vat            N° TVA | Numéro de TVA | TVA intracommunautaire | VAT Number | Tax ID
               N° TVA intracommunautaire
iban           IBAN
country        Pays | Country | Code pays | Code Pays (facturation)
language       Langue | Language | Code langue
segment        Segment | Catégorie | Famille clients | Category
group          Groupe | Group | Maison mère
collector      Chargé de recouvrement | Collector | Credit controller
salesperson    Commercial | Représentant | Salesperson | Vendeur | Commerciaux
contact_name   Contact | Nom du contact | Interlocuteur | Contact person
contact_first_name  Prénom du contact | First name
contact_role   Fonction | Fonction du contact | Job title | Poste/Fonction
email          E-mail | Adresse e-mail | Courriel | Email | E-mail (contact) (facturation) | Emails
phone          Téléphone | Tél. | Phone | N° téléphone
mobile         Portable | Mobile | Tél. portable
address        Adresse | Adresse 1 (facturation) | Street | Address | Adresse de facturation
address_more   Complément d'adresse | Adresse 2 | Street2
postcode       Code postal | CP | Zip | Postal code | Code postal (facturation)
city           Ville | City | Ville (facturation)
"""


def usual() -> list[tuple[str, str]]:
    pairs, field = [], ""
    for line in USUAL.strip().splitlines():
        field = line[:20].split("  ")[0].strip() or field
        pairs += [(heading.strip(), field) for heading in line.removeprefix(field).split("|")]
    return pairs


@pytest.mark.parametrize(("heading", "field"), usual())
def test_a_usual_heading_is_recognised(heading: str, field: str) -> None:
    assert fields_of([heading]) == {field}
    assert mapped([heading], {}).columns == {field: heading}


def test_every_field_has_its_usual_headings() -> None:
    assert {field for _, field in usual()} == set(HEADINGS) - {"credit"}


def test_what_no_field_takes_and_what_a_better_heading_took_are_told_apart() -> None:
    headings = ["N° pièce", "Couleur", "TTC", "Montant"]
    assert unrecognised(headings, mapped(headings, {})) == ["Couleur"]
    assert unrecognised(headings, mapped(headings, {"kind": "Couleur"})) == []


def test_a_credit_column_counts_beside_a_debit_one_only() -> None:
    beside = mapped(["Client", "Débit", "Crédit", "Solde"], {}).columns
    assert beside == {"customer": "Client", "amount": "Débit", "credit": "Crédit"}
    alone = mapped(["Client", "Montant", "Crédit", "Solde"], {}).columns
    assert alone == {"customer": "Client", "amount": "Montant", "open_amount": "Solde"}


def test_a_heading_has_one_meaning() -> None:
    """Two fields that claim one heading would depend on the order of the table."""
    words = [word for ranks in HEADINGS.values() for rank in ranks for word in rank.split()]
    assert sorted(words) == sorted(KNOWN)
    assert all(bare(word) == word for word in words)


def test_case_accents_spaces_and_punctuation_do_not_count() -> None:
    assert bare(" N° de  Facture ") == "ndefacture"
    assert bare("DATE D’ÉCHÉANCE") == bare("date_d-echeance") == "datedecheance"


def test_the_more_precise_heading_is_taken() -> None:
    found = mapped(["Montant", "Montant TTC", "Code client", "Client"], {})
    assert found.columns == {"amount": "Montant TTC", "customer": "Code client"}
    assert found.ambiguous == {}


def test_two_equal_headings_are_an_ambiguity() -> None:
    found = mapped(["Montant", "Total"], {})
    assert found.ambiguous == {"amount": ("Montant", "Total")}


def test_a_contact_name_is_the_customers_only_where_no_other_column_is() -> None:
    alone = mapped(["Code", "ContactName"], {}).columns
    assert alone == {"customer": "Code", "name": "ContactName"}
    beside = mapped(["Code", "Nom", "Contact name"], {}).columns
    assert beside == {"customer": "Code", "name": "Nom", "contact_name": "Contact name"}


def test_what_a_person_declares_comes_first() -> None:
    found = mapped(["Montant", "Total", "Truc"], {"amount": "Truc"})
    assert found.columns["amount"] == "Truc"
    assert found.ambiguous == {}


def test_a_declared_column_serves_no_other_field() -> None:
    found = mapped(["Date", "Échéance"], {"due_date": "Date"})
    assert found.columns == {"due_date": "Date"}


def test_a_heading_may_state_its_unit() -> None:
    assert mapped(["amount_cents"], {}).minor == {"amount"}
    assert mapped(["Montant (centimes)"], {}).minor == {"amount"}
    assert mapped(["amount"], {}).minor == frozenset()


def test_the_score_counts_different_fields() -> None:
    assert score(["Client", "Code client", "Montant", "Blabla"]) == 2
    assert score([]) == 0
