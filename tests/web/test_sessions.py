from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from tests.services.people import user

from quittance import clock


@pytest.mark.usefixtures("db")
def test_a_session_is_noted_at_most_once_a_minute_and_when_it_moves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user("ann@x.example"))

    def noted(**headers: Any) -> datetime:
        client.get("/account/", **headers)
        found: datetime = UserSession.objects.get().last_seen_at
        return found

    first = noted()
    assert noted() == first
    assert noted(REMOTE_ADDR="192.0.2.9") > first
    assert UserSession.objects.get().ip == "192.0.2.9"
    second = noted(REMOTE_ADDR="192.0.2.9")
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert noted(REMOTE_ADDR="192.0.2.9") > second


@pytest.mark.usefixtures("db")
def test_a_stranger_is_not_noted() -> None:
    Client(SERVER_NAME="localhost").get("/account/login/")
    assert not UserSession.objects.exists()
