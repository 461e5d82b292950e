"""`quittance journal`: verify the chain of events, here or in an exported file, and export it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quittance.cli import options as opt
from quittance.cli.record import CompanySlug, company_of, opened, refused
from quittance.core.phrase import Phrase

if TYPE_CHECKING:
    from quittance.core.chain import Verdict

journal_app = typer.Typer(help="Journal des événements. / Journal of events.", no_args_is_help=True)

SOUND = Phrase(
    "Journal de {company} : {events} événements, chaîne intacte. Dernier : {head}",
    "Journal of {company}: {events} events, the chain holds. Last: {head}",
)
BROKEN = Phrase(
    "Journal de {company} : {count} rupture(s) sur {events} événements.",
    "Journal of {company}: {count} break(s) in {events} events.",
)
UNREADABLE = Phrase("{path} : illisible ({cause}).", "{path}: cannot be read ({cause}).")
Head = Annotated[
    str,
    typer.Option("--head", help="Empreinte notée ailleurs / Hash that was noted elsewhere"),
]
Exported = Annotated[
    Path | None,
    typer.Option("--file", help="Un export, vérifié sans la base / An export, without the record"),
]


@journal_app.command()
def verify(
    *,
    company: CompanySlug = "",
    head: Head = "",
    file: Exported = None,
    lang: opt.Language = opt.Lang.fr,
) -> None:
    """Vérifier qu'aucun événement n'a été modifié, retiré ou déplacé. / Verify the chain."""
    if file is not None:
        verdict = of_file(file, head, lang=lang)
        tell(str(file), verdict, lang=lang)
    opened()
    from quittance.services.journal_proof import verify_journal
    from quittance.storage.scope import seeing

    one = company_of(company, lang)
    with seeing(one.pk):
        verdict = verify_journal(one.pk, head=head)
    tell(one.name, verdict, lang=lang)


def of_file(path: Path, head: str, *, lang: opt.Lang) -> "Verdict":
    """What the walk of an exported file finds, anywhere: no server, no record."""
    from quittance.core.chain import event_of, walk

    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            return walk((event_of(line) for line in lines if line.strip()), head=head)
    except OSError as fault:
        raise refused(UNREADABLE.filled(path=path, cause=fault.strerror), lang) from None


def tell(name: str, verdict: "Verdict", *, lang: opt.Lang) -> None:
    """Say what was found, and end: 1 when the proof does not hold."""
    told = BROKEN if verdict.breaks else SOUND
    facts = {"company": name, "events": verdict.events, "head": verdict.head}
    typer.echo(told.filled(count=len(verdict.breaks), **facts).text(lang.value))
    for found in verdict.breaks:
        typer.echo("  " + found.phrase.text(lang.value))
    raise typer.Exit(1 if verdict.breaks else 0)


@journal_app.command()
def export(*, company: CompanySlug = "", lang: opt.Language = opt.Lang.fr) -> None:
    """Tous les événements, une ligne JSON chacun. / Every event, one JSON line each."""
    opened()
    from quittance.services.journal_proof import exported
    from quittance.storage.scope import seeing

    one = company_of(company, lang)
    with seeing(one.pk):
        sys.stdout.writelines(exported(one.pk))
