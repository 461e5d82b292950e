"""What may be entered about a customer: each field read, checked, in its one normal form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from quittance.core import addresses, bank_identifiers, identifiers
from quittance.core.identifiers import Refusal
from quittance.core.phrase import LANGUAGES, Phrase
from quittance.core.schema import CUSTOMER_KINDS
from quittance.core.terms import UnreadableTerms, readable
from quittance.reports.customer_words import FIELDS
from quittance.services.refusals import UnableTo
from quittance.storage.models import Customer, CustomerGroup, Membership, User

IN_NUMBER = ("collector", "salesperson", "segment", "group", "terms")
PEOPLE = ("collector", "salesperson")
LONGEST = {"name": 300, "group": 200, "segment": 60, "terms": 100}
IDENTIFIERS: Mapping[str, Callable[[str], str | Refusal]] = {
    "siren": identifiers.siren,
    "siret": identifiers.siret,
    "vat": identifiers.vat,
    "iban": bank_identifiers.iban,
    "country": addresses.country,
}
CHOICES = {"kind": CUSTOMER_KINDS, "language": LANGUAGES}
NOTHING_CHANGED = Phrase("Rien n'a été changé.", "Nothing was changed.")


class UnableToReadField(UnableTo):
    """A value that cannot be what its field says; `field` names it, `cause` says why."""

    code = "customer-field"
    sentence = Phrase("{cause}", "{cause}")
    remedy = NOTHING_CHANGED


class UnableToName(UnableTo):
    """A customer without a name."""

    code = "customer-name"
    sentence = Phrase("Le nom du client est vide.", "The customer's name is empty.")
    remedy = Phrase("Donnez le nom usuel.", "Give the usual name.")


class UnableToShorten(UnableTo):
    """A text longer than its field."""

    code = "customer-field-length"
    sentence = Phrase(
        "{label} : {count} caractères, au plus {most}.",
        "{label}: {count} characters, at most {most}.",
    )
    remedy = Phrase("Raccourcissez-le.", "Shorten it.")


class UnableToChoose(UnableTo):
    """A code that the field does not know."""

    code = "customer-field-choice"
    sentence = Phrase(
        "{label} : « {value} » n'est pas proposé.", "{label}: '{value}' is not offered."
    )
    remedy = Phrase("Choisissez dans la liste.", "Choose from the list.")


class UnableToEntrust(UnableTo):
    """A person who is no member of the company."""

    code = "customer-person"
    sentence = Phrase(
        "{label} : cette personne n'est pas membre de la société.",
        "{label}: this person is not a member of the company.",
    )
    remedy = Phrase("Invitez-la d'abord, ou choisissez quelqu'un d'autre.",
                    "Invite them first, or choose somebody else.")  # fmt: skip


def read_fields(company_id: int, entered: Mapping[str, str]) -> dict[str, Any]:
    """What was entered, each value in its normal form; the first that cannot be read is refused.

    People come as a number in a text and are given back as `User`; nobody is None.
    """
    return {name: read_field(company_id, name, text=text) for name, text in entered.items()}


def read_field(company_id: int, name: str, *, text: str) -> str | User | None:
    """One value in its normal form."""
    if name not in FIELDS:
        raise KeyError(name)
    if name in PEOPLE:
        return member(company_id, text, field=name)
    plain = " ".join(text.split())
    refuse_long(name, plain)
    if name == "name" and not plain:
        raise UnableToName(field=name)
    if name in CHOICES and plain not in CHOICES[name]:
        raise UnableToChoose(field=name, label=FIELDS[name], value=plain)
    if plain and name == "terms":
        return terms(plain)
    return identifier(name, plain) if plain and name in IDENTIFIERS else plain


def refuse_long(name: str, text: str) -> None:
    """Refuse a text longer than its field."""
    most = LONGEST.get(name, 100)
    if len(text) > most:
        raise UnableToShorten(field=name, label=FIELDS[name], count=len(text), most=most)


def identifier(name: str, text: str) -> str:
    """An identifier in its normal form."""
    found = IDENTIFIERS[name](text)
    if isinstance(found, Refusal):
        raise UnableToReadField(field=name, cause=found.phrase)
    return found


def terms(text: str) -> str:
    """Payment terms that can be read, as they were entered."""
    try:
        readable(text)
    except UnreadableTerms as fault:
        cause = Phrase(sentence_of(fault.phrase.fr), sentence_of(fault.phrase.en))
        raise UnableToReadField(field="terms", cause=cause) from None
    return text


def sentence_of(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def member(company_id: int, text: str, *, field: str) -> User | None:
    """A member of the company, by number; nobody for an empty text."""
    if not text.strip():
        return None
    number = int(text) if text.strip().isdecimal() else 0
    found = Membership.objects.select_related("user").filter(company=company_id, user=number)
    one = found.first()
    if one is None:
        raise UnableToEntrust(field=field, label=FIELDS[field])
    return one.user


def check_together(siren: str, siret: str, *, vat: str) -> None:
    """Refuse identifiers that belong to two companies."""
    for found in identifiers.contradictions(siren=siren, siret=siret, vat=vat):
        raise UnableToReadField(field="siren", cause=found.phrase)


def group_named(company_id: int, name: str) -> CustomerGroup | None:
    """The group of a name, made if there is none."""
    if not name:
        return None
    return CustomerGroup.objects.get_or_create(company_id=company_id, name=name)[0]


def stated(customer: Customer, names: Iterable[str]) -> dict[str, Any]:
    """Fields of a customer as the journal holds them: people by name and by number."""
    told: dict[str, Any] = {}
    for name in names:
        value = getattr(customer, name)
        told[name] = str(value) if value is not None else ""
        if name in PEOPLE:
            told[f"{name}_id"] = value.pk if value is not None else None
    return told


def restored(company_id: int, told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Fields as the journal holds them, as values to set again; whoever left is nobody."""
    numbers = {one[f"{name}_id"] for one in told for name in PEOPLE if name in one}
    people = {user.pk: user for user in User.objects.filter(pk__in=numbers - {None})}
    names = {one["group"] for one in told if "group" in one}
    groups = {name: group_named(company_id, name) for name in names}
    return [
        {
            name: people.get(one[f"{name}_id"]) if name in PEOPLE
            else groups[one[name]] if name == "group" else one[name]
            for name in FIELDS
            if name in one
        }
        for one in told
    ]  # fmt: skip
