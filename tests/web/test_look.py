"""How a page looks to a browser."""

from django.test import RequestFactory

from quittance.web.look import look_of


def test_a_look_is_what_the_cookies_say_and_nothing_else() -> None:
    request = RequestFactory().get("/")
    assert look_of(request) == {"theme": "", "density": "", "keys": ""}
    request.COOKIES = {"theme": "dark", "density": '"><script>', "keys": "off"}
    assert look_of(request) == {"theme": "dark", "density": "", "keys": "off"}
