from datetime import date

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from quittance.web.desk import Desk, day_in, origin_of, screen


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("as_of=2026-09-30", date(2026, 9, 30)),
        ("as_of=soon", None),
        ("", None),
        ("as_of=", None),
        ("as_of=0001-01-01", None),
        ("as_of=9999-12-31", None),
    ],
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


def test_an_origin_says_which_door_and_from_where() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    assert origin_of(request) == "web 192.0.2.1"
