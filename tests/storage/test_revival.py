"""A server that was killed under a process that uses it."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from tests.storage.homes import STAY, User

from quittance.core.phrase import same
from quittance.storage import embedded, revival
from quittance.storage.embedded import ensure_running, status
from quittance.storage.refusal import UnableToServe
from quittance.storage.revival import is_brought_back, is_lost


def killed(home: Path) -> int:
    """Kill the server of a home; its process."""
    number = status(home).process
    assert number
    os.kill(number, signal.SIGKILL)
    return number


@pytest.mark.postgres
def test_a_killed_server_is_started_once_however_many_miss_it(home: Path) -> None:
    address = ensure_running(home)
    other = User(home, STAY)
    other.says()
    first = killed(home)
    with ThreadPoolExecutor(6) as many:
        assert all(many.map(lambda _: is_brought_back(home, seconds=60), range(6)))
    second = status(home).process
    assert second not in (None, first)
    with psycopg.connect(address.conninfo("app")) as one:
        assert one.execute("SELECT 1").fetchone() == (1,)
    assert is_brought_back(home)
    assert status(home).process == second
    other.ends()


@pytest.mark.postgres
def test_who_has_left_starts_nothing(home: Path) -> None:
    ensure_running(home)
    embedded.leave(home)
    assert not is_brought_back(home)
    embedded.start_again(home)
    assert status(home).state == "absent"


@pytest.mark.postgres
def test_a_request_waits_a_moment_and_the_start_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_running(home)
    killed(home)
    may_start = threading.Event()
    start = embedded.start_again

    def slow(folder: Path) -> None:
        may_start.wait(30)
        start(folder)

    monkeypatch.setattr(embedded, "start_again", slow)
    assert not is_brought_back(home, seconds=0.05)
    may_start.set()
    assert is_brought_back(home, seconds=60)


@pytest.mark.postgres
def test_why_it_does_not_start_is_logged(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(folder: Path) -> None:
        raise UnableToServe(same("no room on the disk"), same("make some"))

    ensure_running(home)
    killed(home)
    monkeypatch.setattr(embedded, "start_again", refused)
    assert not is_brought_back(home)
    assert "no room on the disk" in caplog.text
    assert not revival.under_way[home].is_alive()


@pytest.mark.parametrize(
    ("fault", "lost"),
    [
        (psycopg.OperationalError("connection refused"), True),
        (psycopg.InterfaceError("the connection is closed"), True),
        (errors.AdminShutdown("told to end"), True),
        (errors.CrashShutdown("another process crashed"), True),
        (errors.CannotConnectNow("starting up"), True),
        (errors.ConnectionFailure("gone"), True),
        (errors.QueryCanceled("too long"), False),
        (errors.DeadlockDetected("two at once"), False),
        (errors.DiskFull("no room"), False),
        (errors.UniqueViolation("twice"), False),
        (ValueError("a fault of ours"), False),
        (None, False),
    ],
)
def test_a_server_that_went_away_is_told_from_one_that_refuses(
    fault: Exception | None, lost: bool
) -> None:
    assert is_lost(fault) is lost
    above = RuntimeError("Django's own")
    above.__cause__ = fault
    assert is_lost(above) is lost
