"""What a connection does that finds nobody; that it works for real is for tests/campaigns."""

from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from django.db.backends.postgresql import base as django_base
from tests import record

record.ready()

from quittance.storage.engine import base  # noqa: E402


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Connections asked for, of which the first finds nobody."""
    asked: list[int] = []

    def connect(_self: object, _parameters: dict[str, Any]) -> str:
        asked.append(len(asked))
        if len(asked) == 1:
            raise psycopg.OperationalError("connection refused")
        return "connected"

    monkeypatch.setattr(django_base.DatabaseWrapper, "get_new_connection", connect)
    return asked


def told(monkeypatch: pytest.MonkeyPatch, *, is_back: bool, is_ours: bool = True) -> Any:
    """A connection to a server that comes back or does not."""
    from django.conf import settings

    class Given:
        ADDRESS = type("Address", (), {"is_embedded": is_ours})
        HOME = settings.HOME

    monkeypatch.setattr(base, "settings", Given)
    monkeypatch.setattr(base, "is_brought_back", lambda folder: is_back)
    return base.DatabaseWrapper(connection.settings_dict, "default").get_new_connection({})


def test_the_application_connects_by_it() -> None:
    assert isinstance(connections["default"], base.DatabaseWrapper)


def test_a_connection_tries_once_more_on_a_server_that_is_back(
    monkeypatch: pytest.MonkeyPatch, tried: list[int]
) -> None:
    assert told(monkeypatch, is_back=True) == "connected"
    assert len(tried) == 2


def test_a_connection_gives_up_where_the_server_stays_away(
    monkeypatch: pytest.MonkeyPatch, tried: list[int]
) -> None:
    with pytest.raises(psycopg.OperationalError, match="refused"):
        told(monkeypatch, is_back=False)
    assert len(tried) == 1


def test_a_server_of_ones_own_is_for_others_to_start(
    monkeypatch: pytest.MonkeyPatch, tried: list[int]
) -> None:
    with pytest.raises(psycopg.OperationalError, match="refused"):
        told(monkeypatch, is_back=True, is_ours=False)
