import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from quittance.web.language import COOKIE, language_of, speak


@pytest.mark.parametrize(
    ("cookie", "accepted", "expected"),
    [
        ("", "", "fr"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "de-DE,en;q=0.5", "fr"),
        ("fr", "en", "fr"),
        ("en", "fr", "en"),
        ("xx", "en", "en"),
    ],
)
def test_the_choice_wins_over_the_browser_and_french_over_nothing(
    cookie: str, accepted: str, expected: str
) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": accepted})
    request.COOKIES[COOKIE] = cookie
    assert language_of(request) == expected


def test_an_answer_keeps_a_known_language_and_no_other() -> None:
    kept = speak(HttpResponse(), "en", is_secure=True).cookies[COOKIE]
    assert (kept.value, kept["secure"], kept["samesite"], kept["httponly"]) == (
        "en", True, "Lax", True,
    )  # fmt: skip
    assert COOKIE not in speak(HttpResponse(), "de", is_secure=True).cookies
