from datetime import date

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from quittance.web.desk import Desk, day_in, origin_of, screen


@pytest.mark.parametrize(
    ("query", "expected"),
    [("as_of=2026-09-30", date(2026, 9, 30)), ("as_of=soon", None), ("", None), ("as_of=", None)],
)
def test_the_day_is_the_one_asked_for_or_none(query: str, expected: date | None) -> None:
    assert day_in(RequestFactory().get(f"/?{query}"), "as_of") == expected


def test_a_view_with_an_unknown_permission_does_not_start() -> None:
    with pytest.raises(ValueError, match="unknown permission"):
        screen("everything")


def test_a_view_says_what_it_asks() -> None:
    @screen("settings.write", methods=("POST",), in_group=False)
    def view(desk: Desk) -> HttpResponse:
        return HttpResponse(desk.lang)

    assert view.permission == "settings.write"  # type: ignore[attr-defined]
    assert view.methods == ("POST",)  # type: ignore[attr-defined]
    assert not view.in_group  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("proxies", "told", "expected"),
    [
        (0, "203.0.113.9", "web 192.0.2.1"),  # nobody is believed
        (1, "203.0.113.9", "web 203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "web 203.0.113.9"),  # what the client made up comes first
    ],
)
def test_an_origin_is_the_address_that_known_proxies_saw(
    proxies: int, told: str, expected: str
) -> None:
    from django.test import override_settings

    request = RequestFactory().get("/", headers={"X-Forwarded-For": told}, REMOTE_ADDR="192.0.2.1")
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        assert origin_of(request) == expected
