"""`quittance import`: files into the record, after a look at what they would change."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quittance.cli import options as opt
from quittance.cli.record import CompanySlug, actor, company_of, opened, refused, waiting
from quittance.core.phrase import Phrase

if TYPE_CHECKING:
    from quittance.services.refusals import UnableTo
    from quittance.storage.models import Company, Import

imports_app = typer.Typer(help="Imports faits. / Imports done.", no_args_is_help=True)

ASK = Phrase("Appliquer ?", "Apply?")
LEFT = Phrase(
    "Rien n'est appliqué. L'import {number} attend : quittance imports apply {number}.",
    "Nothing is applied. Import {number} waits: quittance imports apply {number}.",
)
APPLIED = Phrase("Import {number} appliqué.", "Import {number} applied.")
UNDONE = Phrase("Import {number} annulé.", "Import {number} undone.")
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
    from quittance import clock
    from quittance.services import imports
    from quittance.services.refusals import UnableTo

    one = company_of(company, lang)
    try:
        with waiting(", ".join(path.name for path in paths[:3])):
            received = imports.receive_files(
                one.pk, contents(paths, lang), by=actor(), at=clock.now(),
                mapping=opt.declared(columns), replaces=replaces,
            )  # fmt: skip
            ready = imports.read_import(one.pk, received.pk)
        finish(one, ready, is_sure=yes, lang=lang)
    except UnableTo as refusal:
        typer.echo(refusal.text(lang.value))
        raise typer.Exit(0 if refusal.code == "import-known" else 2) from None


def contents(paths: list[Path], lang: opt.Lang) -> list[tuple[str, bytes]]:
    """The files named, and those of the folders named."""
    from quittance.cli.files import files

    try:
        return [(path.name, path.read_bytes()) for path, _ in files(paths)]
    except OSError as fault:
        raise refused(UNREADABLE.filled(path=fault.filename, cause=fault.strerror), lang) from None


def finish(one: "Company", ready: "Import", *, is_sure: bool, lang: opt.Lang) -> None:
    """Show the preview of an import, ask, apply."""
    from quittance import clock
    from quittance.reports.import_preview import preview_lines
    from quittance.services import imports

    for line in preview_lines(ready.summary, lang.value):
        typer.echo(line)
    if ready.state == "refused":
        raise typer.Exit(2)
    if not is_sure and not typer.confirm(ASK.text(lang.value)):
        typer.echo(LEFT.filled(number=ready.pk).text(lang.value))
        raise typer.Exit(0)
    with waiting("…"):
        imports.apply_import(one.pk, ready.pk, by=actor(), at=clock.now())
    typer.echo(APPLIED.filled(number=ready.pk).text(lang.value))


@imports_app.command("list")
def list_imports(*, company: CompanySlug = "", lang: opt.Language = opt.Lang.fr) -> None:
    """Les imports d'une société. / A company's imports."""
    opened()
    from quittance.services import imports

    for found in imports.imports_of(company_of(company, lang).pk):
        names = ", ".join(file.name for file in found.files.all())
        typer.echo(f"{found.pk:>5}  {found.received_at:%Y-%m-%d %H:%M}  {found.state}  {names}")


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
    except UnableTo as refusal:
        said_and_ended(refusal, lang)


@imports_app.command("undo")
def undo(number: Number, *, company: CompanySlug = "", lang: opt.Language = opt.Lang.fr) -> None:
    """Annuler un import entier. / Undo an import whole."""
    opened()
    from quittance import clock
    from quittance.services import imports
    from quittance.services.refusals import UnableTo

    one = company_of(company, lang)
    try:
        imports.undo_import(one.pk, number, by=actor(), at=clock.now())
    except UnableTo as refusal:
        said_and_ended(refusal, lang)
    typer.echo(UNDONE.filled(number=number).text(lang.value))


def said_and_ended(refusal: "UnableTo", lang: opt.Lang) -> None:
    """Say a service's refusal and end with the exit code of unusable input."""
    typer.echo(refusal.text(lang.value), err=True)
    raise typer.Exit(2)
