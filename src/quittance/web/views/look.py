"""Choose how pages look; kept in cookies, so that the first byte of a page is already right."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from quittance.web.look import CHOICES

YEAR = 365 * 86_400


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Light or dark (`theme`), roomy or compact (`density`), `keys` on or off, from now on."""
    back = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    answer = HttpResponseRedirect(back if is_ours else "/")
    for kind, choices in CHOICES.items():
        if request.POST.get(kind) in choices:
            answer.set_cookie(
                kind, request.POST[kind], max_age=YEAR, samesite="Lax",
                secure=request.is_secure(), httponly=True,
            )  # fmt: skip
    return answer
