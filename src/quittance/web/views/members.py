"""The people of a company: who they are, what they may do, and who is invited."""

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings as configured
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quittance.services import invitations, members
from quittance.services.invitation_mail import mail_invitation
from quittance.services.refusals import UnableTo
from quittance.storage.members import invitations_of, members_of
from quittance.storage.permissions import ROLE_NAMES, TABLE
from quittance.web.desk import Desk, screen

if TYPE_CHECKING:
    from quittance.services.invitations import Link

SHOWN_ONCE = "invitation_shown_once"
REFUSED_ONCE = "invitation_refused_once"


class InvitationForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Rôle"))
    is_own = forms.BooleanField(
        label=_("Seulement ses propres clients"),
        required=False,
        help_text=_("Pour un chargé de recouvrement ou un commercial."),
    )

    def __init__(self, *given: object, desk: Desk, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        roles = [(code, phrase.text(desk.lang)) for code, phrase in ROLE_NAMES.items()]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["role"].initial = "collector"


@screen("settings.read", in_group=False)
def people(desk: Desk) -> HttpResponse:
    """Members and open invitations."""
    refused = desk.request.session.pop(REFUSED_ONCE, None)
    if refused is None:
        return page(desk, InvitationForm(desk=desk))
    form = InvitationForm(refused["sent"], desk=desk)
    form.is_valid()
    if refused["why"]:
        form.add_error(None, refused["why"])
    return page(desk, form)


def page(desk: Desk, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    """The page of members, with the form to invite as it stands."""
    said = {
        "desk": desk,
        "members": members_of(desk.access),
        "invitations": invitations_of(desk.access, desk.now),
        "roles": ROLE_NAMES,
        "form": form,
        "link": desk.request.session.pop(SHOWN_ONCE, None),
    }
    return render(desk.request, "web/members.html", said, status=status)


@screen("members.write", methods=("POST",), in_group=False, is_sensitive=True)
def invite(desk: Desk) -> HttpResponse:
    """Keep a place for somebody; the link is mailed, and shown once."""
    form = InvitationForm(desk.request.POST, desk=desk)
    if not form.is_valid():
        return sent_back(desk, form)
    said = form.cleaned_data
    try:
        link = invitations.invite_member(
            desk.access.company.pk,
            said["email"],
            role=said["role"],
            scope="own" if said["is_own"] else "all",
            by=desk.actor,
            now=desk.now,
        )
    except UnableTo as refusal:
        return sent_back(desk, form, why=refusal.text(desk.lang))
    tell_of(desk, link)
    return back(desk)


def sent_back(desk: Desk, form: InvitationForm, *, why: str = "") -> HttpResponse:
    """The form with why it is refused; on its own page where a password was asked in between.

    That page is another one, and to load it again would send the password again.
    """
    place = desk.request.resolver_match
    if place is not None and place.url_name != "settings_invite":
        desk.request.session[REFUSED_ONCE] = {"sent": desk.request.POST.dict(), "why": why}
        return back(desk)
    if why:
        form.add_error(None, why)
    return page(desk, form, status=422)


def tell_of(desk: Desk, link: "Link") -> None:
    """Mail the link if mail leaves from here; show it once on the next page."""
    invited = link.invitation
    is_sent = configured.SENDS_MAIL and mail_invitation(
        invited,
        address_of(link.mailed),
        by=desk.user,
        lang=desk.lang,
    )
    if is_sent:
        desk.tell(gettext("Un message est parti à %(email)s.") % {"email": invited.email})
    desk.request.session[SHOWN_ONCE] = {"email": invited.email, "address": address_of(link.secret)}


def address_of(secret: str) -> str:
    """The public address of an invitation."""
    return f"{configured.PUBLIC_URL}{reverse('invitation', kwargs={'secret': secret})}"


@screen("members.write", methods=("POST",), in_group=False)
def withdraw(desk: Desk, invitation_id: int) -> HttpResponse:
    """Close an invitation."""
    try:
        invitations.withdraw_invitation(
            desk.access.company.pk, invitation_id, by=desk.actor, now=desk.now
        )
        desk.tell(gettext("L'invitation est retirée."))
    except UnableTo as refusal:
        desk.refuse(refusal)
    return back(desk)


@screen("members.write", methods=("POST",), in_group=False, is_sensitive=True)
def change_role(desk: Desk, user_id: int) -> HttpResponse:
    """Another role or scope for a member."""
    said = desk.request.POST
    try:
        members.change_role(
            desk.access.company.pk,
            user_id,
            role=said.get("role", ""),
            scope="own" if said.get("is_own") else "all",
            by=desk.actor,
            now=desk.now,
        )
        desk.tell(gettext("Le rôle est changé."))
    except UnableTo as refusal:
        desk.refuse(refusal)
    return back(desk)


@screen("members.write", methods=("POST",), in_group=False, is_sensitive=True)
def remove(desk: Desk, user_id: int) -> HttpResponse:
    """End a member's access."""
    try:
        members.remove_member(desk.access.company.pk, user_id, by=desk.actor, now=desk.now)
    except UnableTo as refusal:
        desk.refuse(refusal)
        return back(desk)
    desk.tell(gettext("L'accès est retiré."))
    return redirect("home") if user_id == desk.user.pk else back(desk)


@screen("settings.read", in_group=False)
def permissions(desk: Desk) -> HttpResponse:
    """Who may do what: the table that the program itself asks."""
    said = {"desk": desk, "table": TABLE, "roles": ROLE_NAMES}
    return render(desk.request, "web/permissions.html", said)


def back(desk: Desk) -> HttpResponse:
    """To the page of members."""
    return redirect("settings_members", where="c", slug=desk.access.company.slug)
