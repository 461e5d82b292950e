"""`quittance company`: open companies, join them in a group, list them; `user` gives a way in."""

import secrets
import sys
from typing import Annotated

import typer

from quittance.cli import options as opt
from quittance.cli.record import actor, opened
from quittance.core.phrase import Phrase

company_app = typer.Typer(help="Sociétés et groupes. / Companies, groups.", no_args_is_help=True)

OPENED = Phrase("Société ouverte : {name} ({slug}).", "Company opened: {name} ({slug}).")
GROUPED = Phrase("Groupe formé : {name} ({slug}).", "Group formed: {name} ({slug}).")
NEW_PASSWORD = Phrase(
    "Mot de passe de {email}, montré cette seule fois : {password}",
    "Password of {email}, shown this once: {password}",
)
ASK_PASSWORD = Phrase("Mot de passe de {email}", "Password of {email}")
Slug = Annotated[str, typer.Argument(help="Nom court, dans les adresses / Short name")]
Name = Annotated[str, typer.Argument(help="Nom / Name")]
Owner = Annotated[str, typer.Option("--owner", help="Adresse du propriétaire / Owner's address")]
Siren = Annotated[str, typer.Option("--siren", help="SIREN")]
TermsOf = Annotated[str, typer.Option("--terms", help="Délai par défaut / Default terms")]
Members = Annotated[list[str], typer.Argument(help="Noms courts / Short names")]


@company_app.command("open")
def open_one(
    slug: Slug, name: Name, *, owner: Owner, siren: Siren = "", terms: TermsOf = "30",
    currency: opt.Currency = "EUR", lang: opt.Language = opt.Lang.fr,
) -> None:  # fmt: skip
    """Ouvrir une société et donner à son propriétaire une entrée. / Open a company."""
    opened()
    from django.db import transaction

    from quittance import clock
    from quittance.services import companies, members
    from quittance.services.refusals import UnableTo

    wanted = companies.Chosen(name=name, siren=siren, default_terms=terms)
    try:
        with transaction.atomic():
            user = members.user_of(owner)
            password = "" if user else asked_password(owner, lang)
            user = user or members.make_user(owner, password, now=clock.now())
            companies.open_company(
                slug, wanted, owner=user, by=actor(), now=clock.now(),
                currency=opt.currency(currency),
            )  # fmt: skip
    except UnableTo as refusal:
        typer.echo(refusal.text(lang.value), err=True)
        raise typer.Exit(2) from None
    typer.echo(OPENED.filled(name=name, slug=slug).text(lang.value))
    if password and not is_typed():
        typer.echo(NEW_PASSWORD.filled(email=owner, password=password).text(lang.value))


def is_typed() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty()


def asked_password(owner: str, lang: opt.Lang) -> str:
    """A password typed at a terminal; elsewhere one that is made, and shown once."""
    if not is_typed():
        return secrets.token_urlsafe(15)
    asked = ASK_PASSWORD.filled(email=owner).text(lang.value)
    return str(typer.prompt(asked, hide_input=True, confirmation_prompt=True))


@company_app.command("group")
def group(
    slug: Slug, name: Name, *, members: Members, lang: opt.Language = opt.Lang.fr
) -> None:  # fmt: skip
    """Réunir des sociétés dans une vue consolidée. / Join companies in a consolidated view."""
    opened()
    from quittance import clock
    from quittance.cli.record import company_of
    from quittance.services import companies
    from quittance.services.refusals import UnableTo

    numbers = [company_of(one, lang).pk for one in members]
    try:
        companies.form_group(slug, name, companies=numbers, by=actor(), now=clock.now())
    except UnableTo as refusal:
        typer.echo(refusal.text(lang.value), err=True)
        raise typer.Exit(2) from None
    typer.echo(GROUPED.filled(name=name, slug=slug).text(lang.value))


@company_app.command("list")
def list_companies() -> None:
    """Les sociétés de cette installation. / The companies of this installation."""
    opened()
    from quittance.storage.access import every_company

    for one in every_company():
        typer.echo(f"{one.slug:<24} {one.name:<40} {one.group or ''}")
