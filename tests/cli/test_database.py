"""`quittance database`: up, down, and how it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.commands import run
from tests.storage.homes import WHEEL, new_home

from quittance.storage import embedded

pytestmark = pytest.mark.postgres


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("QUITTANCE_POSTGRES_BIN", str(WHEEL))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with new_home() as folder:
        monkeypatch.setenv("QUITTANCE_HOME", str(folder))
        yield folder


def test_the_server_is_started_and_stays_until_it_is_stopped(home: Path) -> None:
    assert "ne tourne pas" in run("database", "status").stdout
    assert "18 répond" in run("database", "start").stdout
    assert not embedded.leave(home)
    told = run("database", "status", "--lang", "en").stdout
    assert "18 answers" in told
    assert "stays when nobody uses it: yes" in told
    assert "host=" in told
    assert run("database", "stop").stdout == "PostgreSQL est arrêté.\n"
    assert embedded.status(home).state == "absent"


def test_another_server_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///x")
    for command in ("start", "stop", "status"):
        told = run("database", command)
        assert told.exit_code == 2
        assert "DATABASE_URL" in told.stderr


def test_a_refusal_is_a_sentence_and_exit_code_2(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUITTANCE_POSTGRES_BIN", str(home))
    told = run("database", "start")
    assert told.exit_code == 2
    assert "QUITTANCE_POSTGRES_BIN" in told.stderr
