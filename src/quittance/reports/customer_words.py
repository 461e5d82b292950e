"""What is known of a customer, in words: the fields, their codes, and how a change is told."""

from collections.abc import Iterable, Mapping
from typing import Any

from quittance.core.dated_terms import stages
from quittance.core.phrase import Phrase, day_words, same

FIELDS: Mapping[str, Phrase] = {
    "name": Phrase("Nom", "Name"),
    "kind": Phrase("Nature", "Kind"),
    "group": Phrase("Groupe", "Group"),
    "siren": same("SIREN"),
    "siret": same("SIRET"),
    "vat": Phrase("N° de TVA", "VAT number"),
    "iban": same("IBAN"),
    "country": Phrase("Pays", "Country"),
    "language": Phrase("Langue", "Language"),
    "segment": Phrase("Segment", "Segment"),
    "terms": Phrase("Conditions", "Terms"),
    "collector": Phrase("Chargé de recouvrement", "Collector"),
    "salesperson": Phrase("Commercial", "Salesperson"),
}
CONTACT_FIELDS: Mapping[str, Phrase] = {
    "name": Phrase("Nom", "Name"),
    "role": Phrase("Fonction", "Role"),
    "email": Phrase("Adresse e-mail", "E-mail address"),
    "phone": Phrase("Téléphone", "Telephone"),
    "address": Phrase("Adresse postale", "Postal address"),
    "channels": Phrase("Joignable par", "Reached by"),
    "is_main": Phrase("Contact principal", "Main contact"),
}
KINDS: Mapping[str, Phrase] = {
    "business": Phrase("entreprise", "business"),
    "consumer": Phrase("particulier", "consumer"),
    "public": Phrase("organisme public", "public body"),
}
LANGUAGE_NAMES: Mapping[str, Phrase] = {
    "fr": Phrase("français", "French"),
    "en": Phrase("anglais", "English"),
}
CHANNELS: Mapping[str, Phrase] = {
    "email": Phrase("e-mail", "e-mail"),
    "phone": Phrase("téléphone", "telephone"),
    "post": Phrase("courrier", "post"),
    "sms": same("SMS"),
}
YES_NO = {True: Phrase("oui", "yes"), False: Phrase("non", "no")}
DAYS = Phrase("{days} jours", "{days} days")
SINCE = Phrase(
    "puis {terms} pour ce qui est émis à compter du {day}",
    "then {terms} for what is issued from {day} on",
)
NOTHING = Phrase("rien", "nothing")
CHANGED = Phrase("{field} : {before} → {after}", "{field}: {before} → {after}")
WORDS: Mapping[str, Mapping[Any, Phrase]] = {
    "kind": KINDS,
    "language": LANGUAGE_NAMES,
    "is_main": YES_NO,
}


def field_words(field: str, value: object) -> Phrase:
    """The value of a field as a reader sees it.

    >>> field_words("kind", "public").en, field_words("segment", "").fr
    ('public body', 'rien')
    >>> field_words("terms", "30").fr, field_words("terms", "45 EOM").fr
    ('30 jours', '45 EOM')
    >>> field_words("terms", "30 THEN 45 EOM FROM 2026-11-24").fr
    '30 jours, puis 45 EOM pour ce qui est émis à compter du 24/11/2026'
    """
    if isinstance(value, list):
        return together(CHANNELS.get(one, same(str(one))) for one in value) if value else NOTHING
    if field == "terms" and value:
        return terms_words(str(value))
    known = WORDS.get(field, {}).get(value)
    if known is not None:
        return known
    return same(str(value)) if value not in ("", None) else NOTHING


def terms_words(text: str) -> Phrase:
    """Terms as a reader sees them, with the day from which each counts."""
    told = []
    for day, terms in stages(text):
        words = DAYS.filled(days=terms) if terms.isdigit() else same(terms)
        told.append(words if day is None else SINCE.filled(terms=words, day=day_words(day)))
    return together(told)


def changes_words(
    before: Mapping[str, Any], after: Mapping[str, Any], *, labels: Mapping[str, Phrase] = FIELDS
) -> list[tuple[Phrase, Phrase, Phrase]]:
    """Each field that an event changed: its label, what was there, what is there now."""
    return [
        (label, field_words(field, before.get(field)), field_words(field, after.get(field)))
        for field, label in labels.items()
        if field in before or field in after
    ]


def changed_sentence(
    before: Mapping[str, Any], after: Mapping[str, Any], *, labels: Mapping[str, Phrase] = FIELDS
) -> Phrase:
    """A change on one line.

    >>> changed_sentence({"terms": "30"}, {"terms": "45 EOM"}).en
    'Terms: 30 days → 45 EOM'
    """
    found = changes_words(before, after, labels=labels)
    told = (CHANGED.filled(field=label, before=old, after=new) for label, old, new in found)
    return together(told, mark=" ; ")


def together(phrases: Iterable[Phrase], *, mark: str = ", ") -> Phrase:
    """Several phrases on one line."""
    listed = list(phrases)
    english = mark.replace(" ;", ";")
    return Phrase(mark.join(one.fr for one in listed), english.join(one.en for one in listed))
