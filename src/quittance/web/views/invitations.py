"""The page behind an invitation's link: who invites, to what, and how to accept."""

from typing import TYPE_CHECKING, cast

from allauth.account.utils import perform_login
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from quittance import clock
from quittance.services.invitations import (
    Account,
    UnableToAcceptInvitation,
    UnableToChoosePassword,
    accept_invitation,
    accept_with_account,
    invitation_behind,
)
from quittance.services.refusals import UnableTo
from quittance.storage.permissions import ROLE_NAMES
from quittance.web.desk import origin_of, spoken
from quittance.web.sign_in import note_password

if TYPE_CHECKING:
    from quittance.storage.models import Invitation, User


class NewAccount(forms.Form):
    """What a new person says of themselves."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy(lambda: " ".join(password_validators_help_texts()), str)(),
    )


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an invitation; accept it, with the account of whoever is signed in or with a new one."""
    try:
        found = invitation_behind(secret, now=clock.now())
    except UnableToAcceptInvitation as refusal:
        return closed(request, refusal)
    if request.method != "POST":
        return shown(request, found, form=NewAccount())
    if request.user.is_authenticated:
        return accepted(request, secret, found=found)
    return joined(request, secret, found=found)


def accepted(request: HttpRequest, secret: str, *, found: "Invitation") -> HttpResponse:
    """Join with the account of whoever is signed in."""
    user = cast("User", request.user)
    try:
        accept_invitation(secret, user, origin=origin_of(request), now=clock.now())
    except UnableTo as refusal:
        return shown(request, found, form=NewAccount(), refusal=refusal)
    return redirect("dashboard", where="c", slug=found.company.slug)


def joined(request: HttpRequest, secret: str, *, found: "Invitation") -> HttpResponse:
    """Join with a new account, and be signed in with it."""
    form = NewAccount(request.POST)
    if not form.is_valid():
        return shown(request, found, form=form)
    said = Account(form.cleaned_data["name"], form.cleaned_data["password"], spoken())
    try:
        member = accept_with_account(secret, said, origin=origin_of(request), now=clock.now())
    except UnableToChoosePassword as refusal:
        form.add_error("password", refusal.text(spoken()))
        return shown(request, found, form=form)
    except UnableTo as refusal:
        return shown(request, found, form=form, refusal=refusal)
    note_password(request, member.user)
    entry = reverse("dashboard", kwargs={"where": "c", "slug": found.company.slug})
    return cast("HttpResponse", perform_login(request, member.user, redirect_url=entry))


def shown(
    request: HttpRequest, found: "Invitation", *, form: NewAccount, refusal: UnableTo | None = None
) -> HttpResponse:
    """The page of an open invitation."""
    said = {
        "company": found.company.name,
        "email": found.email,
        "role": ROLE_NAMES[found.role],
        "is_own": found.scope == "own",
        "expires_at": found.expires_at,
        "form": form,
        "refusal": refusal.text(spoken()) if refusal else "",
    }
    return render(
        request, "web/invitation.html", said, status=422 if refusal or form.errors else 200
    )


def closed(request: HttpRequest, refusal: UnableTo) -> HttpResponse:
    """The page of every link that leads nowhere."""
    said = {"refusal": refusal.text(spoken())}
    return render(request, "web/invitation_closed.html", said, status=404)
