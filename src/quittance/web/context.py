"""What every template may use."""

from typing import Any

from django.http import HttpRequest

from quittance import clock


def page(request: HttpRequest) -> dict[str, Any]:
    """The present day and the language, for the frame of the page."""
    return {"today": clock.today(), "lang": getattr(request, "LANGUAGE_CODE", "fr")}
