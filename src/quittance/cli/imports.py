"""`quittance import`: files into the record, after a look at what they would change."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, NoReturn

import typer

from quittance.cli import options as opt
from quittance.cli.record import CompanySlug, actor, company_of, opened, refused, waiting
from quittance.core.phrase import Phrase

if TYPE_CHECKING:
    from quittance.storage.models import Company, Import

imports_app = typer.Typer(help="Imports faits. / Imports done.", no_args_is_help=True)

ASK = Phrase("Appliquer ?", "Apply?")
LEFT = Phrase(
    "Rien n'est appliqué. L'import {number} attend : quittance imports apply {number}, "
    "ou quittance imports discard {number}.",
    "Nothing is applied. Import {number} waits: quittance imports apply {number}, "
    "or quittance imports discard {number}.",
)
ASK_UNDO = Phrase("Annuler cet import ?", "Undo this import?")
STAYS = Phrase("L'import {number} reste appliqué.", "Import {number} stays applied.")
TAKEN_UP = Phrase(
    "L'import {number}, qui attendait, est repris.", "Import {number}, which waited, is taken up."
)
CHANGED = Phrase(
    "Les comptes ont changé pendant ce temps : voici le nouvel aperçu.",
    "The books have changed meanwhile: here is the new preview.",
)
APPLIED = Phrase("Import {number} appliqué.", "Import {number} applied.")
UNDONE = Phrase("Import {number} annulé.", "Import {number} undone.")
DISCARDED = Phrase("Import {number} écarté.", "Import {number} discarded.")
NO_SUCH = Phrase("Il n'y a pas d'import {number}.", "There is no import {number}.")
UNREADABLE = Phrase("{path} : illisible ({cause}).", "{path}: cannot be read ({cause}).")
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Appliquer sans demander / Do not ask")]
Replaces = Annotated[
    bool,
    typer.Option(
        "--replaces",
        help="Ce que ces fichiers ne contiennent plus, dans leur période, a été supprimé / "
        "What these files no longer hold, within their period, was deleted",
    ),
]
Number = Annotated[int, typer.Argument(help="Numéro de l'import / Number of the import")]


def import_files(
    paths: opt.Paths,
    *,
    company: CompanySlug = "",
    columns: opt.Declared = [],  # noqa: B006  (typer copies it)
    replaces: Replaces = False,
    yes: Yes = False,
    lang: opt.Language = opt.Lang.fr,
) -> None:
    """Importer des fichiers : aperçu, puis application. / Import files: preview, then apply."""
    opened()
    from quittance.services import imports
    from quittance.services.refusals import UnableTo

    one, mapping = company_of(company, lang), opt.declared(columns)
    try:
        with waiting(", ".join(path.name for path in paths[:3])):
            number = received(one, paths, mapping=mapping, replaces=replaces, lang=lang)
            ready = imports.read_import(one.pk, number)
        finish(one, ready, is_sure=yes, lang=lang)
    except UnableTo as refusal:
        typer.echo(refusal.text(lang.value))
        is_done = refusal.code == "import-known" and not refusal.fields.get("waiting")
        raise typer.Exit(0 if is_done else 2) from None


def received(
    one: "Company", paths: list[Path], *, mapping: dict[str, str], replaces: bool, lang: opt.Lang
) -> int:
    """The number of the import of some files: a new one, or the one in which they all wait."""
    from quittance import clock
    from quittance.services.import_choices import take_up_again
    from quittance.services.import_files import UnableToImportAgain
    from quittance.services.imports import receive_files

    try:
        given = contents(paths, lang)
        found = receive_files(
            one.pk, given, by=actor(), at=clock.now(), mapping=mapping, replaces=replaces,
            is_whole=True,
        )  # fmt: skip
    except UnableToImportAgain as refusal:
        known = refusal.fields["waiting"]
        if not isinstance(known, list) or len(known) != 1 or refusal.fields["numbers"] != known:
            raise
        found = take_up_again(one.pk, known[0], mapping=mapping, replaces=replaces)
        typer.echo(TAKEN_UP.filled(number=found.pk).text(lang.value))
    return int(found.pk)


def contents(paths: list[Path], lang: opt.Lang) -> Iterator[tuple[str, IO[bytes]]]:
    """The files named, and those of the folders named, each open while it is read."""
    from quittance.cli.files import files

    try:
        for path, _ in files(paths):
            with path.open("rb") as stream:
                yield path.name, stream
    except OSError as fault:
        raise refused(UNREADABLE.filled(path=fault.filename, cause=fault.strerror), lang) from None


def finish(one: "Company", ready: "Import", *, is_sure: bool, lang: opt.Lang) -> None:
    """Show the preview of an import, ask, apply; once more where the books have changed."""
    from quittance import clock
    from quittance.reports.import_preview import preview_lines
    from quittance.services import imports

    for line in preview_lines(ready.summary, lang.value):
        typer.echo(line)
    if ready.state == "refused":
        imports.discard_import(one.pk, ready.pk, by=actor(), at=clock.now())
        raise typer.Exit(2)
    if not is_sure:
        ask_first(ready.pk, lang)
    with waiting("…"):
        found = imports.apply_import(one.pk, ready.pk, by=actor(), at=clock.now())
    if found.state == "ready":
        typer.echo(CHANGED.text(lang.value))
        finish(one, found, is_sure=is_sure, lang=lang)
    else:
        typer.echo(APPLIED.filled(number=ready.pk).text(lang.value))


def ask_first(number: int, lang: opt.Lang) -> None:
    """Ask whether to apply; a no and no answer at all leave the import waiting, and say so."""
    code = 0
    try:
        if typer.confirm(ASK.text(lang.value)):
            return
    except typer.Abort:  # the end of the input, or Ctrl-C
        typer.echo()
        code = 1
    typer.echo(LEFT.filled(number=number).text(lang.value))
    raise typer.Exit(code)


def ask_to_undo(number: int, lang: opt.Lang) -> None:
    """Ask whether to take an import back; a no and no answer at all leave it."""
    code = 0
    try:
        if typer.confirm(ASK_UNDO.text(lang.value)):
            return
    except typer.Abort:
        typer.echo()
        code = 1
    typer.echo(STAYS.filled(number=number).text(lang.value))
    raise typer.Exit(code)


@imports_app.command("list")
def list_imports(*, company: CompanySlug = "", lang: opt.Language = opt.Lang.fr) -> None:
    """Les imports d'une société. / A company's imports."""
    opened()
    from django.utils.timezone import localtime

    from quittance.reports.imports import STATES
    from quittance.services import imports

    form = "%d/%m/%Y %H:%M" if lang is opt.Lang.fr else "%Y-%m-%d %H:%M"
    for found in imports.imports_of(company_of(company, lang).pk):
        names = ", ".join(file.name for file in found.files.all())
        moment, state = localtime(found.received_at), STATES[found.state].text(lang.value)
        typer.echo(f"{found.pk:>5}  {moment:{form}}  {state}  {names}")


@imports_app.command("apply")
def apply(
    number: Number, *, company: CompanySlug = "", yes: Yes = False,
    lang: opt.Language = opt.Lang.fr,
) -> None:  # fmt: skip
    """Appliquer un import qui attend. / Apply an import that waits."""
    opened()
    from quittance.services import imports
    from quittance.services.refusals import UnableTo

    one = company_of(company, lang)
    try:
        finish(one, imports.read_import(one.pk, number), is_sure=yes, lang=lang)
    except (UnableTo, LookupError) as refusal:
        said_and_ended(refusal, number, lang=lang)


@imports_app.command("undo")
def undo(
    number: Number, *, company: CompanySlug = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Annuler sans demander / Do not ask")]
    = False,
    lang: opt.Language = opt.Lang.fr,
) -> None:  # fmt: skip
    """Annuler un import entier : aperçu, puis annulation. / Undo an import whole, after a look."""
    opened()
    from quittance import clock
    from quittance.reports.import_preview import preview_lines
    from quittance.services import imports
    from quittance.services.refusals import UnableTo

    one = company_of(company, lang)
    try:
        if not yes:
            for line in preview_lines(imports.preview_undo(one.pk, number), lang.value):
                typer.echo(line)
            ask_to_undo(number, lang)
        with waiting("…"):
            imports.undo_import(one.pk, number, by=actor(), at=clock.now())
    except (UnableTo, LookupError) as refusal:
        said_and_ended(refusal, number, lang=lang)
    typer.echo(UNDONE.filled(number=number).text(lang.value))


@imports_app.command("discard")
def discard(number: Number, *, company: CompanySlug = "", lang: opt.Language = opt.Lang.fr) -> None:
    """Écarter un import qui attend. / Discard an import that waits."""
    opened()
    from quittance import clock
    from quittance.services import imports
    from quittance.services.refusals import UnableTo

    one = company_of(company, lang)
    try:
        imports.discard_import(one.pk, number, by=actor(), at=clock.now())
    except (UnableTo, LookupError) as refusal:
        said_and_ended(refusal, number, lang=lang)
    typer.echo(DISCARDED.filled(number=number).text(lang.value))


def said_and_ended(refusal: Exception, number: int, *, lang: opt.Lang) -> NoReturn:
    """Say a service's refusal and end with the exit code of unusable input."""
    from quittance.services.refusals import UnableTo

    if isinstance(refusal, UnableTo):
        typer.echo(refusal.text(lang.value), err=True)
    else:
        typer.echo(NO_SUCH.filled(number=number).text(lang.value), err=True)
    raise typer.Exit(2)
