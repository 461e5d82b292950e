"""A browser of somebody who is signed in, for the tests of pages."""

from typing import Any

from django.test import Client
from tests.services.people import opened, user

from quittance.storage.models import Company, User


def browser(one: User | None = None) -> Client:
    """A browser, signed in as somebody."""
    client = Client(SERVER_NAME="localhost")
    if one is not None:
        client.force_login(one, backend="allauth.account.auth_backends.AuthenticationBackend")
        confirmed(client, one)
    return client


def confirmed(client: Client, one: User) -> None:
    """The password was given a moment ago."""
    session = client.session
    session["account_authentication_methods_user"] = str(one.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": 9_999_999_999, "reauthenticated": True}
    ]
    session.save()


def owned(slug: str = "lumiere", **chosen: Any) -> tuple[Client, Company]:
    """The browser of somebody who owns a company, and the company."""
    owner = user(f"owner@{slug}.example", name="Ann")
    company = opened(slug, owner, **chosen)
    return browser(owner), company


def text(client: Client, path: str) -> str:
    """A page as it is read, whatever its spaces and apostrophes."""
    answer = client.get(path)
    assert answer.status_code == 200, (answer.status_code, path)
    page = answer.content.decode()
    for typographic, plain in (("\xa0", " "), ("\u202f", " "), ("’", "'"), ("&#x27;", "'")):
        page = page.replace(typographic, plain)
    return page
