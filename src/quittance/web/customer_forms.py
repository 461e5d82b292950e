"""The forms of a customer's card: identity, follow-up, contact, note."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from quittance.core.phrase import Language, Phrase
from quittance.core.schema import CUSTOMER_KINDS
from quittance.reports.customer_words import CHANNELS, CONTACT_FIELDS, FIELDS, KINDS, LANGUAGE_NAMES
from quittance.storage.customers import Person

if TYPE_CHECKING:
    from quittance.storage.models import Contact, Customer

PARTS: Mapping[str, tuple[str, ...]] = {
    "identity": ("name", "kind", "siren", "siret", "vat", "iban", "country", "language"),
    "follow": ("terms", "collector", "salesperson", "segment", "group"),
}
HINTS = {
    "terms": _("30, 45 EOM, EOM 45, 30 EOM 10, 30% 15 + 70% 45… Vide : celles de la société."),
    "from": _("Si les conditions changent : pour les factures émises dès ce jour. Vide : toutes."),
    "segment": _("Un mot à vous : Grands comptes, Export…"),
    "group": _("Le nom du groupe auquel le client appartient."),
    "country": _("Deux lettres : FR, BE, DE…"),
}
LONGEST = {"name": 300, "group": 200, "segment": 60, "terms": 100}


class CustomerForm(forms.Form):
    """One part of a customer's card, as it is or as it was sent back."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, part: str, customer: "Customer", *, people: list[Person], lang: Language,
        may_assign: bool, today: date, posted: QueryDict | None = None,
    ) -> None:  # fmt: skip
        self.part, self.posted = part, posted or QueryDict()
        initial = {name: stored(customer, name) for name in PARTS[part]}
        super().__init__(posted, initial={**initial, "version": customer.version})
        choices = {
            "kind": worded(KINDS, CUSTOMER_KINDS, lang=lang),
            "language": worded(LANGUAGE_NAMES, tuple(LANGUAGE_NAMES), lang=lang),
        }
        nobody = [("", "–"), *((str(one.id), one.name) for one in people)]
        for name in PARTS[part]:
            is_person = name in ("collector", "salesperson")
            options = nobody if is_person else choices.get(name)
            self.fields[name] = field_of(name, options, lang=lang)
            self.fields[name].disabled = is_person and not may_assign
            if name == "terms" and customer.terms:
                self.fields["terms_from"] = day_field(today)

    def entered(self) -> dict[str, str]:
        """What was sent for the fields that may be changed, as it was written."""
        return {
            name: str(self.posted[name])
            for name in PARTS[self.part]
            if name in self.posted and not self.fields[name].disabled
        }


def stored(customer: "Customer", name: str) -> str:
    """A field of a customer as a form shows it."""
    if name in ("collector", "salesperson"):
        number = getattr(customer, f"{name}_id")
        return str(number) if number else ""
    value = getattr(customer, name)
    return str(value) if value is not None else ""


def worded(
    words: Mapping[str, Phrase], codes: tuple[str, ...], *, lang: Language
) -> list[tuple[str, str]]:
    """Codes with their words, for a choice."""
    return [(code, words[code].text(lang)) for code in codes]


def field_of(name: str, options: list[tuple[str, str]] | None, *, lang: Language) -> forms.Field:
    """A field of the card; it checks nothing, for services/customer_fields does."""
    label, hint = FIELDS[name].text(lang), HINTS.get(name, "")
    if options is not None:
        return forms.ChoiceField(label=label, choices=options, required=False, help_text=hint)
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    length = LONGEST.get(name, 60)
    return forms.CharField(
        label=label, required=name == "name", max_length=length, widget=widget, help_text=hint
    )


def day_field(today: date) -> forms.Field:
    """From which day of issue other terms count."""
    return forms.CharField(
        label=_("À compter du"), required=False, initial=today.isoformat(), help_text=HINTS["from"],
        widget=forms.TextInput(attrs={"type": "date"}),
    )  # fmt: skip


class ContactForm(forms.Form):
    """A contact, new or as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, contact: "Contact | None", *, lang: Language, posted: QueryDict | None = None
    ) -> None:
        self.posted = posted or QueryDict()
        initial = {name: getattr(contact, name) for name in CONTACT_FIELDS} if contact else {}
        if contact:
            initial["version"] = contact.version
        super().__init__(posted, initial=initial, auto_id="contact-%s")
        label = {name: words.text(lang) for name, words in CONTACT_FIELDS.items()}
        self.fields["name"] = forms.CharField(label=label["name"], max_length=200)
        self.fields["role"] = forms.CharField(label=label["role"], max_length=60, required=False)
        self.fields["email"] = forms.CharField(
            label=label["email"], max_length=254, required=False,
            widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
        )  # fmt: skip
        self.fields["phone"] = forms.CharField(
            label=label["phone"], max_length=60, required=False,
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        )  # fmt: skip
        self.fields["address"] = forms.CharField(
            label=label["address"], max_length=1000, required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip
        self.fields["channels"] = forms.MultipleChoiceField(
            label=label["channels"], required=False, widget=forms.CheckboxSelectMultiple,
            choices=worded(CHANNELS, tuple(CHANNELS), lang=lang),
        )  # fmt: skip
        self.fields["is_main"] = forms.BooleanField(label=label["is_main"], required=False)

    def entered(self) -> dict[str, Any]:
        """What was sent, as it was written."""
        texts = ("name", "role", "email", "phone", "address")
        return {
            **{name: str(self.posted.get(name, "")) for name in texts},
            "channels": self.posted.getlist("channels"),
            "is_main": bool(self.posted.get("is_main")),
        }


def on_version(posted: QueryDict, version: int) -> QueryDict:
    """What was sent, as if it had been written on another version."""
    again = posted.copy()
    again["version"] = str(version)
    return again


def version_in(posted: QueryDict) -> int:
    """The version that a form was made of; 0 for none, which is nobody's."""
    text = str(posted.get("version", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else 0
