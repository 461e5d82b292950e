"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from quittance import clock
from quittance.web.look import look_of


def page(request: HttpRequest) -> dict[str, Any]:
    """The present day, the language and the look, for the frame of the page."""
    lang = getattr(request, "LANGUAGE_CODE", "fr")
    return {
        "today": clock.today(),
        "lang": lang,
        "sends_mail": settings.SENDS_MAIL,
        **look_of(request),
    }
