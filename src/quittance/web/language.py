"""The language of a page: what the user chose, else the browser's, else French."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

COOKIE = "language"
KNOWN = ("fr", "en")


class LanguageMiddleware:
    """Speak the language of the cookie, which the sign-in sets to the user's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the request's language."""
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language() or "fr"
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def language_of(request: HttpRequest) -> str:
    """`fr` or `en`."""
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in KNOWN:
        return chosen
    accepted = request.headers.get("Accept-Language", "")
    first = accepted.split(",")[0].strip()[:2].lower()
    return first if first in KNOWN else "fr"


def speak(answer: HttpResponse, language: str, *, is_secure: bool) -> HttpResponse:
    """The answer, which has the browser ask for this language from now on."""
    if language in KNOWN:
        answer.set_cookie(
            COOKIE, language, max_age=365 * 86_400, samesite="Lax", secure=is_secure, httponly=True
        )
    return answer
