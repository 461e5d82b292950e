"""A person's own account: name and language; the rest is allauth's pages."""

from typing import TYPE_CHECKING, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from quittance.services.members import change_own_language, change_own_name
from quittance.web.language import speak

if TYPE_CHECKING:
    from quittance.storage.models import User


class Profile(forms.Form):
    """What a person says of themselves."""

    name = forms.CharField(label=_("Nom"), max_length=150, required=False)
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name and language of whoever is signed in."""
    user = cast("User", request.user)
    if request.method != "POST":
        form = Profile(initial={"name": user.name, "language": user.language})
        return render(request, "web/account.html", {"form": form})
    form = Profile(request.POST)
    if not form.is_valid():
        return render(request, "web/account.html", {"form": form}, status=422)
    change_own_name(user, form.cleaned_data["name"])
    change_own_language(user, form.cleaned_data["language"])
    messages.success(request, gettext("Votre compte est à jour."))
    return speak(redirect("account"), user.language, is_secure=request.is_secure())


def nowhere(request: HttpRequest) -> HttpResponse:
    """No such page: nobody signs up without an invitation."""
    raise Http404
