"""`quittance journal`: verify the chain of events, export it."""

import json
import sys
from typing import Annotated

import typer

from quittance.cli import options as opt
from quittance.cli.record import CompanySlug, company_of, opened
from quittance.core.phrase import Phrase

journal_app = typer.Typer(help="Journal des événements. / Journal of events.", no_args_is_help=True)

SOUND = Phrase(
    "Journal de {company} : {events} événements, chaîne intacte. Dernier : {head}",
    "Journal of {company}: {events} events, the chain holds. Last: {head}",
)
BROKEN = Phrase(
    "Journal de {company} : {count} rupture(s) sur {events} événements.",
    "Journal of {company}: {count} break(s) in {events} events.",
)
REASONS = {
    "altered": Phrase("l'événement {position} a été modifié", "event {position} was altered"),
    "missing": Phrase(
        "il manque au moins un événement à la place {position}",
        "at least one event is missing at place {position}",
    ),
    "moved": Phrase(
        "l'événement {position} ne suit pas le précédent",
        "event {position} does not follow the one before",
    ),
    "facts": Phrase(
        "les écritures de l'événement {position} ne sont plus celles qu'il a enregistrées",
        "the facts of event {position} are no longer those that it recorded",
    ),
    "head": Phrase(
        "la chaîne ne contient pas l'empreinte attendue : des événements manquent à la fin",
        "the chain does not hold the expected hash: events are missing at its end",
    ),
}
Head = Annotated[
    str,
    typer.Option("--head", help="Empreinte notée ailleurs / Hash that was noted elsewhere"),
]


@journal_app.command()
def verify(*, company: CompanySlug = "", head: Head = "", lang: opt.Language = opt.Lang.fr) -> None:
    """Vérifier qu'aucun événement n'a été modifié, retiré ou déplacé. / Verify the chain."""
    opened()
    from quittance.services.journal import Break, holds_hash, verify_journal
    from quittance.storage.scope import seeing

    one = company_of(company, lang)
    with seeing(one.pk):
        verdict = verify_journal(one.pk)
        is_cut = bool(head) and not holds_hash(one.pk, head)
    breaks = (*verdict.breaks, *([Break(verdict.events, "head")] if is_cut else []))
    told = BROKEN if breaks else SOUND
    facts = {"company": one.name, "events": verdict.events, "head": verdict.head}
    typer.echo(told.filled(count=len(breaks), **facts).text(lang.value))
    for found in breaks:
        typer.echo("  " + REASONS[found.reason].filled(position=found.position).text(lang.value))
    raise typer.Exit(1 if breaks else 0)


@journal_app.command()
def export(*, company: CompanySlug = "", lang: opt.Language = opt.Lang.fr) -> None:
    """Tous les événements, une ligne JSON chacun. / Every event, one JSON line each."""
    opened()
    from quittance.services.journal import events_of, exported
    from quittance.storage.scope import seeing

    one = company_of(company, lang)
    with seeing(one.pk):
        for row in exported(events_of(one.pk)):
            sys.stdout.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
