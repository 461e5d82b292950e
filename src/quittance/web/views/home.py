"""The door: which company to enter, which language to speak, whether the service is well."""

from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from quittance.services.members import change_own_language
from quittance.storage.access import memberships_of
from quittance.web.language import KNOWN, speak

if TYPE_CHECKING:
    from quittance.storage.models import User


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Straight into the only company of a user, else a choice."""
    memberships = memberships_of(cast("User", request.user))
    if len(memberships) == 1:
        return redirect("dashboard", where="c", slug=memberships[0].company.slug)
    groups = {one.company.group for one in memberships if one.company.group is not None}
    return render(
        request,
        "web/home.html",
        {"memberships": memberships, "groups": sorted(groups, key=lambda group: group.name)},
    )


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, here and wherever the user signs in."""
    chosen = request.POST.get("language", "fr")
    back = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    answer = HttpResponseRedirect(back if is_ours else "/")
    if request.user.is_authenticated and chosen in KNOWN:
        change_own_language(request.user, chosen)
    return speak(answer, chosen, is_secure=request.is_secure())


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether the service answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
