"""What a customer's card lets change: the card itself, contacts, notes. Each sends one form."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext

from quittance.services import contacts, notes
from quittance.services.customers import UnableToOverwrite, change_customer, follow_books
from quittance.services.refusals import UnableTo
from quittance.storage.access import NotThereError, customer_of
from quittance.storage.customers import contact_of
from quittance.web.customer_forms import PARTS, ContactForm, on_version, version_in
from quittance.web.customer_parts import customer_form
from quittance.web.desk import Desk, screen
from quittance.web.terms_change import effect_to_show, sign_of, start_in
from quittance.web.views.customer_card import Card, card_of, summary_page

if TYPE_CHECKING:
    from quittance.storage.models import Contact

REFUSED = 422


@screen("customers.edit", methods=("POST",), in_group=False)
def change(desk: Desk, customer_id: int) -> HttpResponse:
    """Change a part of the card; what is refused comes back with the form as it was sent."""
    card = card_of(desk, customer_id)
    posted = desk.request.POST
    part = posted.get("part", "")
    part = part if part in PARTS else "identity"
    form = customer_form(desk, part, customer=card.customer, posted=posted)
    changes = form.entered()
    try:
        effect = effect_to_show(desk, [card.customer], changes=changes)
        if effect is not None:
            seen = sign_of(changes["terms"], posted)
            return summary_page(card, editing=part, form=form, effect=effect, seen=seen)
        done = change_customer(
            desk.access.company.pk, customer_id, changes=changes, version=version_in(posted),
            by=desk.actor, at=desk.now, terms_from=start_in(posted),
        )  # fmt: skip
    except UnableTo as refusal:
        return sent_back(card, part, refusal=refusal)
    if done.version != card.customer.version:
        desk.tell(gettext("La fiche est à jour."))
    return to_card(desk, customer_id, place=part)


@screen("customers.edit", methods=("POST",), in_group=False)
def follow(desk: Desk, customer_id: int) -> HttpResponse:
    """Let the books tell a field again."""
    customer_of(desk.access, customer_id)
    posted = desk.request.POST
    try:
        follow_books(
            desk.access.company.pk, customer_id, field=posted.get("field", ""),
            version=version_in(posted), by=desk.actor, at=desk.now,
        )  # fmt: skip
    except UnableTo as refusal:
        desk.refuse(refusal)
    else:
        desk.tell(gettext("Le prochain import reprendra ce que disent les livres."))
    return to_card(desk, customer_id, place=posted.get("part", "identity"))


def sent_back(card: Card, part: str, *, refusal: UnableTo) -> HttpResponse:
    """The card with the form as it was sent and why it was refused.

    Where somebody else was first, the form takes the present version: sent again, it is meant.
    """
    posted: QueryDict = card.desk.request.POST
    if isinstance(refusal, UnableToOverwrite):
        posted = on_version(posted, card.customer.version)
    form = customer_form(card.desk, part, customer=card.customer, posted=posted)
    say(form, refusal, desk=card.desk)
    return summary_page(card, status=REFUSED, editing=part, form=form)


def say(form: Form, refusal: UnableTo, *, desk: Desk) -> None:
    """A refusal beside its field, or above the form."""
    field = str(refusal.fields.get("field", ""))
    form.add_error(field if field in form.fields else None, refusal.text(desk.lang))


def to_card(desk: Desk, customer_id: int, *, place: str) -> HttpResponse:
    """Back to the card, where the change was made."""
    return HttpResponseRedirect(f"{desk.url('customer', customer_id=customer_id)}#{place}")


@screen("customers.edit", methods=("POST",), in_group=False)
def add_contact(desk: Desk, customer_id: int) -> HttpResponse:
    """A new contact."""
    card = card_of(desk, customer_id)
    form = ContactForm(None, lang=desk.lang, posted=desk.request.POST)
    try:
        contacts.add_contact(
            desk.access.company.pk, customer_id, entered=form.entered(), by=desk.actor, at=desk.now
        )
    except UnableTo as refusal:
        return contact_sent_back(card, None, refusal=refusal)
    desk.tell(gettext("Le contact est ajouté."))
    return to_card(desk, customer_id, place="contacts")


@screen("customers.edit", methods=("POST",), in_group=False)
def change_contact(desk: Desk, customer_id: int, *, contact_id: int) -> HttpResponse:
    """Another name, address or role for a contact."""
    card = card_of(desk, customer_id)
    contact = contact_of(card.customer, contact_id)
    if contact is None:
        raise NotThereError(str(contact_id))
    form = ContactForm(contact, lang=desk.lang, posted=desk.request.POST)
    try:
        contacts.change_contact(
            desk.access.company.pk, contact_id, entered=form.entered(),
            version=version_in(desk.request.POST), by=desk.actor, at=desk.now,
        )  # fmt: skip
    except UnableTo as refusal:
        return contact_sent_back(card, contact, refusal=refusal)
    desk.tell(gettext("Le contact est à jour."))
    return to_card(desk, customer_id, place="contacts")


def contact_sent_back(card: Card, contact: "Contact | None", *, refusal: UnableTo) -> HttpResponse:
    """The card with the contact's form as it was sent and why it was refused."""
    posted: QueryDict = card.desk.request.POST
    if contact and isinstance(refusal, contacts.UnableToOverwriteContact):
        posted = on_version(posted, contact.version)
    form = ContactForm(contact, lang=card.desk.lang, posted=posted)
    say(form, refusal, desk=card.desk)
    return summary_page(
        card, status=REFUSED, editing="contact", contact_form=form,
        editing_contact=contact.pk if contact else None,
    )  # fmt: skip


@screen("customers.edit", methods=("POST",), in_group=False)
def remove_contact(desk: Desk, customer_id: int, *, contact_id: int) -> HttpResponse:
    """A contact who is there no longer."""
    customer = customer_of(desk.access, customer_id)
    if contact_of(customer, contact_id) is None:
        raise NotThereError(str(contact_id))
    contacts.remove_contact(desk.access.company.pk, contact_id, by=desk.actor, at=desk.now)
    desk.tell(gettext("Le contact est retiré."))
    return to_card(desk, customer_id, place="contacts")


@screen("customers.comment", methods=("POST",), in_group=False)
def write_note(desk: Desk, customer_id: int) -> HttpResponse:
    """A note on the customer."""
    customer_of(desk.access, customer_id)
    text = desk.request.POST.get("text", "")
    try:
        note = notes.write_note(
            desk.access.company.pk, customer_id, text=text, by=desk.actor, at=desk.now
        )
    except UnableTo as refusal:
        card = card_of(desk, customer_id)
        refused = {"note_text": text, "note_error": refusal.text(desk.lang)}
        return summary_page(card, status=REFUSED, **refused)
    if left := notes.unheard(desk.access.company.pk, note):
        told = gettext("Ne voit pas ce client et n'a pas été prévenu : %(names)s.")
        messages.warning(desk.request, told % {"names": ", ".join(left)})
    return to_card(desk, customer_id, place="notes")


@screen("customers.comment", methods=("POST",), in_group=False)
def withdraw_note(desk: Desk, customer_id: int, *, note_id: int) -> HttpResponse:
    """Take one's own note back."""
    customer = customer_of(desk.access, customer_id)
    if not customer.notes.filter(pk=note_id).exists():
        raise NotThereError(str(note_id))
    try:
        notes.withdraw_note(desk.access.company.pk, note_id, by=desk.actor, at=desk.now)
    except UnableTo as refusal:
        messages.error(desk.request, refusal.text(desk.lang))
        return to_card(desk, customer_id, place="notes")
    desk.tell(gettext("La note est retirée."))
    return to_card(desk, customer_id, place="notes")
