"""`quittance database`: the embedded server by itself, up, down, and how it is."""

import os
import shlex

import typer

from quittance.cli import options as opt
from quittance.cli.backup import done
from quittance.core.phrase import Phrase

database_app = typer.Typer(
    help="Le serveur PostgreSQL de Quittance. / Quittance's own PostgreSQL server.",
    no_args_is_help=True,
)
GIVEN = Phrase(
    "DATABASE_URL est donné : ce serveur-là n'est pas démarré ni arrêté par Quittance.",
    "DATABASE_URL is given: that server is neither started nor stopped by Quittance.",
)
STARTED = Phrase(
    "PostgreSQL {major} répond et restera, jusqu'à quittance database stop. Données : {folder}",
    "PostgreSQL {major} answers and will stay until quittance database stop. Data: {folder}",
)
STOPPED = Phrase("PostgreSQL est arrêté.", "PostgreSQL is stopped.")
STATES = {
    "ready": Phrase("répond", "answers"),
    "starting": Phrase("démarre ou s'arrête", "is starting or stopping"),
    "absent": Phrase("ne tourne pas", "does not run"),
}
STATUS = Phrase(
    "PostgreSQL {major} {state}.\nDonnées : {folder}\nJournal : {log}\n"
    "Utilisé : {used} · reste quand personne ne s'en sert : {kept}\n{psql}",
    "PostgreSQL {major} {state}.\nData: {folder}\nLog: {log}\n"
    "Used: {used} · stays when nobody uses it: {kept}\n{psql}",
)
YES, NO = Phrase("oui", "yes"), Phrase("non", "no")


@database_app.command("start")
def start(*, lang: opt.Language = opt.Lang.fr) -> None:
    """Démarrer le serveur et le laisser. / Start the server and let it stay."""
    own_server(lang)
    from quittance.storage import embedded

    folder = embedded.home_of(os.environ)
    done(lambda: embedded.ensure_running(folder), lang=lang)
    embedded.keep(folder)
    told = STARTED.filled(major=embedded.status(folder).major, folder=folder)
    typer.echo(told.text(lang.value))


@database_app.command("stop")
def stop(
    *,
    force: bool = typer.Option(False, "--force", help="Même utilisé / Even while it is used"),
    lang: opt.Language = opt.Lang.fr,
) -> None:
    """Arrêter le serveur ; rien n'est perdu. / Stop the server; nothing is lost."""
    own_server(lang)
    from quittance.storage import embedded

    folder = embedded.home_of(os.environ)
    done(lambda: embedded.stop(folder, is_forced=force), lang=lang)
    typer.echo(STOPPED.text(lang.value))


@database_app.command("status")
def status(*, lang: opt.Language = opt.Lang.fr) -> None:
    """Dire comment va le serveur. / Say how the server is."""
    own_server(lang)
    from quittance.storage import embedded
    from quittance.storage.address import address_of_socket

    found = embedded.status(embedded.home_of(os.environ))
    enter = address_of_socket(found.socket_folder).conninfo("owner")
    told = STATUS.filled(
        major=found.major or "",
        state=STATES[found.state],
        folder=found.folder,
        log=found.log,
        used=YES if found.is_used else NO,
        kept=YES if found.is_kept else NO,
        psql=f"psql {shlex.quote(enter)}",
    )
    typer.echo(told.text(lang.value))


def own_server(lang: opt.Lang) -> None:
    """Refuse when the server is another's."""
    if os.environ.get("DATABASE_URL"):
        typer.echo(GIVEN.text(lang.value), err=True)
        raise typer.Exit(opt.EXIT_UNUSABLE)
