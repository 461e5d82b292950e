"""What every template may use."""

from django.test import RequestFactory

from quittance import clock
from quittance.web.context import page


def test_a_page_knows_the_day_the_language_and_the_look() -> None:
    request = RequestFactory().get("/")
    request.LANGUAGE_CODE = "en"
    request.COOKIES["theme"] = "dark"
    found = page(request)
    assert (found["today"], found["lang"], found["theme"]) == (clock.today(), "en", "dark")
