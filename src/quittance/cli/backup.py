"""`quittance backup` and `restore`: the whole record in one file, and back."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from quittance.cli import options as opt
from quittance.core.phrase import Phrase

if TYPE_CHECKING:
    from quittance.storage.refusal import UnableToServe

Answer = TypeVar("Answer")
Target = Annotated[
    Path,
    typer.Argument(help="Fichier à créer, ou dossier existant / File to make, or a folder"),
]
Saved = Annotated[Path, typer.Argument(help="Fichier de quittance backup / File of a backup")]
Replace = Annotated[
    bool,
    typer.Option(
        "--replace",
        help="Remplacer la base présente, gardée à côté / Replace the database that is there, "
        "which is kept beside",
    ),
]
SAVED = Phrase(
    "→ {path} : {rows} lignes de {tables} tables, {size} Mo, empreinte {digest}…",
    "→ {path}: {rows} rows of {tables} tables, {size} MB, checksum {digest}…",
)
RESTORED = Phrase(
    "Restauré : {rows} lignes de {tables} tables, telles qu'au {day}.",
    "Restored: {rows} rows of {tables} tables, as they were on {day}.",
)
KEPT = Phrase(
    'L\'ancienne base est gardée sous le nom {name}. Une fois vérifié : DROP DATABASE "{name}";',
    'The old database is kept under the name {name}. Once checked: DROP DATABASE "{name}";',
)
OTHER_KEY = Phrase(
    "Attention : cette sauvegarde vient d'une installation dont la clé secrète n'est pas celle "
    "d'ici. Tout le monde devra se reconnecter, et les codes de second facteur ne seront plus "
    "reconnus. Remettez le fichier secret_key de cette installation-là à la place de {place} (ou "
    "donnez-le par QUITTANCE_SECRET) avant quittance serve ; s'il est perdu : "
    "quittance member reset-second-factor ADRESSE, pour chaque personne.",
    "Beware: this backup comes from an installation whose secret key is not the one here. "
    "Everybody will have to sign in again, and codes of second factors will not be recognised. "
    "Put that installation's file secret_key in the place of {place} (or give it by "
    "QUITTANCE_SECRET) before quittance serve; if it is lost: "
    "quittance member reset-second-factor ADDRESS, for each person.",
)


def backup(path: Target, *, lang: opt.Language = opt.Lang.fr) -> None:
    """Sauver toute la base dans un fichier. / Save the whole record in one file."""
    from quittance import clock
    from quittance.storage.backup import back_up, place_of, remember, source
    from quittance.storage.embedded import address_of_environment, home_of

    now = clock.now()
    place = place_of(path, now)

    def save() -> None:
        address = source(address_of_environment(os.environ), os.environ)
        made = back_up(address, place, now=now, environ=os.environ)
        remember(home_of(os.environ), place, manifest=made)
        told = SAVED.filled(
            path=place,
            rows=sum(made.rows.values()),
            tables=len(made.rows),
            size=f"{made.dump_bytes / 1e6:.1f}",
            digest=made.dump_sha256[:12],
        )
        typer.echo(told.text(lang.value))

    done(save, lang=lang)


def restore(path: Saved, *, replace: Replace = False, lang: opt.Language = opt.Lang.fr) -> None:
    """Remettre une sauvegarde, en entier ou pas du tout. / Put a backup back, whole or not."""
    from quittance import clock
    from quittance.core.phrase import day_words
    from quittance.storage import restore as storage
    from quittance.storage.embedded import address_of_environment, home_of
    from quittance.storage.secret_key import place_of_key

    def put_back() -> None:
        address = address_of_environment(os.environ)
        made = storage.restore(address, path, now=clock.now(), environ=os.environ, replaces=replace)
        rows = made.manifest.rows
        day = day_words(made.manifest.instant.date())
        told = RESTORED.filled(rows=sum(rows.values()), tables=len(rows), day=day)
        typer.echo(told.text(lang.value))
        if made.kept_as:
            typer.echo(KEPT.filled(name=made.kept_as).text(lang.value))
        home = home_of(os.environ)
        if made.is_under_another_key(os.environ, home):
            told = OTHER_KEY.filled(place=place_of_key(home))
            typer.echo(told.text(lang.value), err=True)

    done(put_back, lang=lang)


def done(work: Callable[[], Answer], *, lang: opt.Lang) -> Answer:
    """Do something with the database; a refusal is one sentence and exit code 2."""
    from quittance.storage.refusal import UnableToServe

    try:
        with waiting():
            return work()
    except UnableToServe as refusal:
        refuse(refusal, lang)


def refuse(refusal: "UnableToServe", lang: opt.Lang) -> NoReturn:
    """Say why nothing was done, and what to do."""
    typer.echo(refusal.text(lang.value), err=True)
    raise typer.Exit(opt.EXIT_UNUSABLE)


def waiting() -> AbstractContextManager[object]:
    """A sign of life on a terminal."""
    from quittance.cli.record import waiting as shown

    return shown("PostgreSQL…")
