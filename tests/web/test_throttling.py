"""Guesses are counted whatever becomes of the request, and for all processes together."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.signals import user_login_failed
from django.db import connection, connections, transaction
from django.test import Client
from tests.services.people import PASSWORD, opened, user

from quittance.storage.models import User

ROOT = Path(__file__).parents[2]
EMAIL = "ann@x.example"
GUESSES = """
import django; django.setup()
from django.conf import settings
from django.test import Client
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"]["BACKEND"] = plain
for _ in range({count}):
    page = Client(SERVER_NAME="localhost").post(
        "/account/login/", {{"login": "{email}", "password": "wrong"}}
    )
    print(page.status_code, "Trop de tentatives" in page.content.decode())
"""
pytestmark = pytest.mark.usefixtures("fresh_db")


@pytest.fixture(autouse=True)
def ann(fresh_db: str) -> User:
    with transaction.atomic():
        one = user(EMAIL, name="Ann")
        opened("lumiere", one)
    return one


def tried(password: str, *, client: Client | None = None) -> Any:
    given = client or Client(SERVER_NAME="localhost", raise_request_exception=False)
    return given.post("/account/login/", {"login": EMAIL, "password": password})


def must_wait() -> bool:
    """Whether the right password waits too."""
    return "Trop de tentatives" in tried(PASSWORD).content.decode()


@contextmanager
def failing() -> Iterator[None]:
    """Every failed sign-in ends in a fault, which takes back what the request wrote."""

    def fault(**_about: Any) -> None:
        raise ZeroDivisionError

    user_login_failed.connect(fault)
    try:
        yield
    finally:
        user_login_failed.disconnect(fault)


def test_a_guess_whose_request_fails_is_counted() -> None:
    with failing():
        assert [tried("wrong").status_code for _ in range(5)] == [500] * 5
    assert must_wait()


def test_four_guesses_do_not_close_the_door() -> None:
    """So that the test above can fail."""
    with failing():
        for _ in range(4):
            tried("wrong")
    assert not must_wait()


def test_guesses_of_several_processes_are_counted_together() -> None:
    environ = {**os.environ, "QUITTANCE_DATABASE": str(connection.settings_dict["NAME"])}
    done = [
        subprocess.run(
            [sys.executable, "-c", GUESSES.format(count=count, email=EMAIL)],
            cwd=ROOT, env=environ, capture_output=True, text=True, check=True,
        ).stdout.split()
        for count in (3, 3)
    ]  # fmt: skip
    assert done == [["200", "False"] * 3, ["200", "False"] * 2 + ["200", "True"]]
    assert must_wait()


def test_guesses_made_at_once_are_no_more_than_those_made_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked = []
    really = User.check_password

    def counted(one: User, raw: str) -> bool:
        checked.append(raw)
        return really(one, raw)

    monkeypatch.setattr(User, "check_password", counted)

    def guess(number: int) -> None:
        try:
            tried(f"wrong {number}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(guess, range(12)))
    assert len(checked) <= 5
