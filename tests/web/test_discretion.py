"""What the log says of people who come in, or fail to: nothing that lets somebody else in."""

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core import mail
from django.test import override_settings
from django.utils.module_loading import import_string
from tests.services.people import PASSWORD, opened, user
from tests.web.views.pages import browser, owned

from quittance.services.journal import Actor
from quittance.storage.models import Event

pytestmark = pytest.mark.usefixtures("db")
WRONG = "a wrong password that somebody typed"


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Every line of every logger, as our formatter writes it."""
    lines: list[str] = []
    formatter = import_string(settings.LOGGING["formatters"]["line"]["()"])("%(name)s %(message)s")

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(formatter.format(record))

    keeper, root = Keeper(logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(keeper)
    root.setLevel(level)


def test_a_failed_sign_in_is_not_told_with_its_password(log: list[str]) -> None:
    user("ann@x.example")
    client = browser()
    for password in (WRONG, PASSWORD):
        client.post("/account/login/", {"login": "ann@x.example", "password": password})
    client.post("/account/reauthenticate/", {"password": WRONG})
    said = "\n".join(log)
    assert WRONG not in said
    assert PASSWORD not in said


def test_an_invitation_that_fails_is_not_told_with_its_secret(log: list[str]) -> None:
    client, _company = owned()
    with override_settings(
        SENDS_MAIL=True,
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=9,
        EMAIL_HOST_PASSWORD="mailpassword",
    ):
        client.post("/c/lumiere/members/invite", {"email": "bob@x.example", "role": "sales"})
    page = client.get("/c/lumiere/members").content.decode()
    secret = page.split("/invitation/")[1].split('"')[0]
    visitor = browser()
    visitor.get(f"/invitation/{secret}x")
    visitor.post(f"/invitation/{secret}", {"name": "Bob", "password": "bref"})
    said = "\n".join(log)
    assert "Not Found: /invitation/…" in said
    for hidden in (secret, "bref", "mailpassword"):
        assert hidden not in said


def test_a_reset_that_fails_is_not_told_with_its_key(log: list[str]) -> None:
    mail.outbox = []
    user("ann@x.example")
    client = browser()
    client.post("/account/password/reset/", {"email": "ann@x.example"})
    key = mail.outbox[0].body.split("/reset/key/")[1].split("/")[0]
    client.delete(f"/account/password/reset/key/{key}/x")
    client.delete(f"/account/password/reset/key/{key}/")
    assert key.split("-", 1)[1] not in "\n".join(log)


def test_a_fault_is_told_without_what_was_sent(
    log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError("postgresql://ann:wonderland@db/books is gone")

    monkeypatch.setattr("allauth.account.forms.LoginForm.clean", broken)
    client = browser()
    client.raise_request_exception = False
    answer = client.post("/account/login/", {"login": "ann@x.example", "password": WRONG})
    assert answer.status_code == 500
    said = "\n".join(log)
    assert "RuntimeError" in said
    assert "wonderland" not in said
    assert WRONG not in said
    assert "RuntimeError" not in answer.content.decode()


def test_the_journal_names_who_and_where_from_but_no_secret() -> None:
    owner = user("ann@x.example", name="Ann")
    opened("lumiere", owner)
    client = browser(owner)
    client.post("/c/lumiere/members/invite", {"email": "bob@x.example", "role": "sales"})
    page = client.get("/c/lumiere/members").content.decode()
    secret = page.split("/invitation/")[1].split('"')[0]
    last = Event.objects.latest("position")
    assert Actor(last.actor_name, last.origin, last.actor_id) == Actor(
        "Ann", "web 127.0.0.1", owner.pk
    )
    assert secret not in str(list(Event.objects.values()))
