"""What people do in the stories: give files, apply them, press a button, read a figure."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.storage.opened import BY
from tests.web.views.pages import text

from quittance import clock
from quittance.services import imports
from quittance.storage.models import Company, Import
from quittance.storage.scope import see_companies

HOME = "/c/lumiere/"


def given(client: Client, company: Company, *files: tuple[str, bytes]) -> str:
    """The page of an import whose files were dropped and read; nothing is applied yet."""
    dropped = [SimpleUploadedFile(name, content) for name, content in files]
    answer = client.post(f"{HOME}imports/give", {"files": dropped})
    assert answer.status_code == 302, answer.content
    worked(company)
    return str(answer.headers["Location"])


def applied(client: Client, company: Company, *files: tuple[str, bytes]) -> str:
    """The page of an import that was looked at, then applied."""
    page = given(client, company, *files)
    assert "Ce qui changera" in text(client, page)
    pressed(client, f"{page}apply")
    worked(company)
    assert "Ce qui a changé" in text(client, page)
    return page


def worked(company: Company) -> None:
    """What the worker does with the import that was touched last."""
    see_companies([company.pk])
    found = Import.objects.filter(state__in=("reading", "applying", "undoing")).last()
    if found is None:
        return
    if found.state == "reading":
        imports.read_import(company.pk, found.pk)
    elif found.state == "applying":
        imports.apply_import(company.pk, found.pk, by=BY, at=clock.now())
    else:
        imports.undo_import(company.pk, found.pk, by=BY, at=clock.now())
    see_companies([company.pk])


def pressed(client: Client, path: str, **fields: object) -> str:
    """The address that a button leads to."""
    answer = client.post(path, fields)
    assert answer.status_code == 302, answer.content.decode()[:800]
    return str(answer.headers["Location"])


def figure(client: Client, path: str, label: str) -> str:
    """A key figure of a page, by what is written above it."""
    page = text(client, path)
    found = re.search(
        rf'<div class="label">(?:<a [^>]*>)?{re.escape(label)}(?:</a>)?</div>\s*'
        r'<div class="value[^"]*">([^<]*)</div>',
        page,
    )
    assert found, f"no figure {label} on {path}"
    return found[1].strip()
