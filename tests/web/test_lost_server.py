"""The database goes away in the midst of a page."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import OperationalError
from tests.services.people import user
from tests.web.views.pages import browser

from quittance.storage.access import memberships_of
from quittance.web.views import home

pytestmark = pytest.mark.usefixtures("fresh_db")
Breaks = Callable[..., list[int]]


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Breaks:
    """Have a page, or a form that is sent, meet a database that is away so many times."""

    def broken(times: int, fault: Exception) -> list[int]:
        tried: list[int] = []

        def asked(*given: object) -> object:
            tried.append(len(tried))
            if len(tried) <= times:
                raise OperationalError("gone") from fault
            return memberships_of(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(home, "memberships_of", asked)
        monkeypatch.setattr(home, "change_own_language", asked)
        return tried

    return broken


GONE = psycopg.OperationalError("server closed the connection unexpectedly")


def test_a_page_is_read_again(breaks: Breaks, caplog: pytest.LogCaptureFixture) -> None:
    client = browser(user("ann@x.example"))
    client.raise_request_exception = False
    tried = breaks(1, GONE)
    assert client.get("/").status_code == 200
    assert len(tried) == 2
    assert [one.levelname for one in caplog.records] == ["WARNING"]
    assert "Traceback" not in caplog.text


def test_a_page_that_cannot_be_read_says_so_and_comes_back(breaks: Breaks) -> None:
    client = browser(user("ann@x.example"))
    client.raise_request_exception = False
    tried = breaks(9, GONE)
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["Refresh"] == answer.headers["Retry-After"] == "2"
    assert "Content-Security-Policy" in answer.headers
    assert "La page revient d’elle-même" in answer.content.decode()
    assert len(tried) == 2


def test_what_is_sent_is_never_sent_twice(breaks: Breaks) -> None:
    client = browser(user("ann@x.example"))
    client.raise_request_exception = False
    tried = breaks(1, GONE)
    answer = client.post("/language/", {"language": "fr"})
    assert answer.status_code == 503
    assert "Refresh" not in answer.headers
    assert "avant de l’envoyer de nouveau" in answer.content.decode()
    assert len(tried) == 1


def test_a_fault_of_another_kind_stays_one(
    breaks: Breaks, caplog: pytest.LogCaptureFixture
) -> None:
    client = browser(user("ann@x.example"))
    client.raise_request_exception = False
    tried = breaks(1, psycopg.errors.DiskFull("no room"))
    assert client.get("/").status_code == 500
    assert len(tried) == 1
    assert "Traceback" in caplog.text
