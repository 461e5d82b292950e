"""What may be entered about a customer, and the exact words of each refusal."""

import pytest
from tests.services.given import company_with_books
from tests.services.people import joined, user

from quittance.services.customer_fields import read_field, read_fields
from quittance.services.refusals import UnableTo

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("name", "  Élan   SARL ", "Élan SARL"),
        ("kind", "public", "public"),
        ("siren", "732 829 320", "732829320"),
        ("iban", "fr76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
        ("country", "be", "BE"),
        ("terms", "30 EOM 10", "30 EOM 10"),
        ("siren", " ", ""),
        ("terms", "", ""),
        ("segment", "Grands comptes", "Grands comptes"),
    ],
)
def test_a_value_is_read_in_its_normal_form(name: str, text: str, found: str) -> None:
    assert read_field(0, name, text=text) == found


@pytest.mark.parametrize(
    ("name", "text", "french", "english"),
    [
        ("name", " ", "Le nom du client est vide. Donnez le nom usuel.",
         "The customer's name is empty. Give the usual name."),
        ("segment", "x" * 61, "Segment : 61 caractères, au plus 60. Raccourcissez-le.",
         "Segment: 61 characters, at most 60. Shorten it."),
        ("kind", "friend", "Nature : « friend » n'est pas proposé. Choisissez dans la liste.",
         "Kind: 'friend' is not offered. Choose from the list."),
        ("siren", "732 829 321",
         "SIREN 732 829 321 : la clé de contrôle ne correspond pas ; vérifiez les neuf chiffres. "
         "Rien n'a été changé.",
         "SIREN 732 829 321: the check digit does not match; check the nine figures. Nothing was "
         "changed."),
        ("terms", "bientôt",
         "Conditions de règlement illisibles : « bientôt ». Écrivez par exemple 30, 45 EOM, "
         "EOM 45, 30 EOM 10 ou 30% 15 + 70% 45. Rien n'a été changé.",
         "Unreadable payment terms: 'bientôt'. Write for instance 30, 45 EOM, EOM 45, 30 EOM 10 "
         "or 30% 15 + 70% 45. Nothing was changed."),
        ("collector", "999999",
         "Chargé de recouvrement : cette personne n'est pas membre de la société. Invitez-la "
         "d'abord, ou choisissez quelqu'un d'autre.",
         "Collector: this person is not a member of the company. Invite them first, or choose "
         "somebody else."),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong_and_what_to_do(
    name: str, text: str, french: str, english: str
) -> None:
    with pytest.raises(UnableTo) as refusal:
        read_field(0, name, text=text)
    assert refusal.value.fields["field"] == name
    assert (refusal.value.text("fr"), refusal.value.text("en")) == (french, english)


def test_a_person_is_a_member_of_this_company() -> None:
    company = company_with_books()
    ines, stranger = joined(company, "collector"), user("stranger@example.org")
    found = read_fields(company.pk, {"collector": str(ines.pk), "salesperson": ""})
    assert found == {"collector": ines, "salesperson": None}
    with pytest.raises(UnableTo):
        read_field(company.pk, "collector", text=str(stranger.pk))


def test_an_unknown_field_is_nobodys() -> None:
    with pytest.raises(KeyError):
        read_field(0, "version", text="9")
