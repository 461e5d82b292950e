"""An invented company to try everything on, with its books and somebody to sign in as."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from quittance.services import companies, imports
from quittance.services.journal import Actor
from quittance.storage.models import Company, User
from quittance.storage.scope import see_as_operator

EMAIL = "camille.morel@lumiere.example"
NAME = "Camille Morel"
SLUG = "lumiere"


def open_demo(examples: Path, *, by: Actor, at: datetime) -> tuple[str, str]:
    """Open the company once, give its user a new password each time: address and password."""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        see_as_operator()
        user = User.objects.filter(email=EMAIL).first()
        if user is None:
            user = User.objects.create_user(EMAIL, name=NAME, joined_at=at)
        user.set_password(password)
        user.save(update_fields=["password"])
        known = Company.objects.filter(slug=SLUG).first()
        company = known or companies.open_company(
            SLUG, companies.Chosen(name="Lumière SAS"), owner=user, by=by, now=at
        )
    if known is None:
        received = imports.receive_files(company.pk, books(examples / SLUG), by=by, at=at)
        imports.read_import(company.pk, received.pk)
        imports.apply_import(company.pk, received.pk, by=by, at=at)
    return EMAIL, password


def books(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The ledgers and the list of terms of an example company."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".txt", ".csv"):
            yield path.name, path.read_bytes()
