"""The record, opened for a command: its server started, its tables up to date, a company chosen."""

import getpass
import os
import socket
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from quittance.cli.options import EXIT_UNUSABLE, Lang
from quittance.core.phrase import Phrase

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from quittance.services.journal import Actor
    from quittance.storage.models import Company

NO_COMPANY = Phrase(
    "Aucune société : ouvrez-en une avec quittance company open, ou essayez make demo.",
    "No company yet: open one with quittance company open, or try make demo.",
)
WHICH_COMPANY = Phrase(
    "Dites laquelle avec --company : {slugs}.", "Say which with --company: {slugs}."
)
CompanySlug = Annotated[
    str, typer.Option("--company", help="Société (son nom court) / Company (its short name)")
]


def opened() -> None:
    """Set Django up on the record of this installation, its tables brought up to date."""
    from quittance.storage.refusal import UnableToServe

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quittance.config.settings")
    try:
        import django

        django.setup()
        from quittance.storage.ownership import bring_up_to_date, is_up_to_date

        if not is_up_to_date():
            bring_up_to_date()
    except UnableToServe as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(EXIT_UNUSABLE) from None


def company_of(slug: str, lang: Lang) -> "Company":
    """The company named, or the only one there is; refuses otherwise, with the choice."""
    from quittance.storage.access import every_company

    found = every_company()
    mine = [one for one in found if one.slug == slug] if slug else found
    if len(mine) == 1:
        return mine[0]
    if not found:
        raise refused(NO_COMPANY, lang)
    raise refused(WHICH_COMPANY.filled(slugs=", ".join(one.slug for one in found)), lang)


def actor() -> "Actor":
    """Who runs the command, for the journal."""
    from quittance.services.journal import Actor

    name = getpass.getuser()
    return Actor(name, f"cli {name}@{socket.gethostname()}"[:100])


def refused(phrase: Phrase, lang: Lang) -> typer.Exit:
    """Say why nothing was done; what to raise to end there."""
    typer.echo(phrase.text(lang.value), err=True)
    return typer.Exit(EXIT_UNUSABLE)


def waiting(text: str) -> "AbstractContextManager[object]":
    """A sign of life on a terminal while something long runs."""
    from rich.console import Console

    console = Console(stderr=True)
    return console.status(text) if console.is_terminal else nullcontext()
