"""The server that Quittance starts and stops by itself, shared by every process that needs it.

A process counts itself among the users of the server by a shared lock that the kernel frees when
it dies, however it dies; a forked child shares its parent's lock, which holds until both are gone.
The first user starts the server; the last one to leave stops it.
"""

import atexit
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from quittance.core.phrase import Phrase
from quittance.storage import locks, server
from quittance.storage.address import DATABASE, Address, address_of_socket, address_of_url
from quittance.storage.binaries import chosen, cluster_major, reachable
from quittance.storage.home import Home, account_of, furnished, home_of, opened
from quittance.storage.refusal import UnableToServe
from quittance.storage.roles import ensure_database
from quittance.storage.server import Server, State

__all__ = [
    "Address", "Status", "address_of_environment", "ensure_running", "home_of", "leave",
    "start_again", "status", "stop",
]  # fmt: skip

IN_USE = Phrase(
    "D'autres processus se servent de la base de {folder}.",
    "Other processes use the database of {folder}.",
)
LET_THEM_END = Phrase(
    "Arrêtez-les d'abord (quittance serve, le worker), ou ajoutez --force.",
    "End them first (quittance serve, the worker), or add --force.",
)
UNUSABLE = Phrase(
    "Le dossier {folder} est inutilisable ({cause}).", "The folder {folder} is unusable ({cause})."
)
CHECK_FOLDER = Phrase(
    "Vérifiez ses droits et la place libre, ou donnez un autre dossier par QUITTANCE_HOME.",
    "Check its permissions and the free space, or name another folder by QUITTANCE_HOME.",
)
held: dict[Path, int] = {}  # the homes that this process uses, and its lock on each


@dataclass(frozen=True)
class Status:
    """What is known of the server of a home."""

    folder: Path
    socket_folder: Path
    log: Path
    state: State
    major: int | None
    process: int | None
    is_kept: bool
    is_used: bool


def address_of_environment(environ: Mapping[str, str]) -> Address:
    """The address of the record: a server of one's own by DATABASE_URL, else the embedded one.

    The embedded one is started if it is not running. Roles and database are made where they are
    missing; QUITTANCE_DATABASE names another database of the same server.
    """
    given = environ.get("DATABASE_URL", "")
    if given:
        address = address_of_url(given, environ.get("QUITTANCE_APP_DATABASE_URL", ""))
    else:
        address = ensure_running(home_of(environ), environ)
    named = replace(address, database=environ.get("QUITTANCE_DATABASE") or address.database)
    if given or named != address:
        ensure_database(named)
    return named


def ensure_running(
    folder: Path, environ: Mapping[str, str] | None = None, *, is_durable: bool = True
) -> Address:
    """Start the server of a home if nobody has, count ourselves among its users, give its address.

    `is_durable` false is for tests only: faster, and a crash of the machine loses everything.
    """
    home = Home(folder)
    address = address_of_socket(home.socket_folder)
    if home.folder in held:
        if server.state(home) == "ready":
            return address
    elif not held:
        atexit.register(leave_all)
    try:
        join(home, os.environ if environ is None else environ, is_durable=is_durable)
    except OSError as fault:
        cause = f"{fault.filename or home.folder}: {fault.strerror}"
        raise UnableToServe(UNUSABLE.filled(folder=folder, cause=cause), CHECK_FOLDER) from fault
    ensure_database(address, DATABASE)
    return address


def join(home: Home, environ: Mapping[str, str], *, is_durable: bool) -> None:
    """Be one of the users of a server that answers."""
    account = account_of(home)
    opened(home, account)
    with locks.alone(home.guard):
        furnished(home, account)
        if server.state(home) != "ready":
            programs = reachable(chosen(home, environ), account, home=home)
            made = Server(home, programs, account, is_durable)
            if not home.cluster.exists():
                server.initialise(made)
            server.start(made)
        if home.folder not in held:
            held[home.folder] = locks.shared(home.users)


def start_again(folder: Path) -> None:
    """Start a server that was killed under us; nothing where we left it meanwhile."""
    home = Home(folder)
    with locks.alone(home.guard):
        if home.folder in held and server.state(home) != "ready":
            server.start(server_of(home))


def leave(folder: Path) -> bool:
    """Count ourselves no longer among the users; the last one stops the server. Whether it was."""
    handle = held.pop(folder, None)
    home = Home(folder)
    if handle is None:
        return False
    if not home.guard.exists():  # the home is gone
        os.close(handle)
        return False
    with locks.alone(home.guard):
        os.close(handle)
        if "QUITTANCE_KEEP" in os.environ or home.kept.exists() or not locks.is_unused(home.users):
            return False
        server.halt(server_of(home))
    return True


def leave_all() -> None:
    """As the process ends: leave every home; what fails is told, since nobody can catch it."""
    for folder in list(held):
        try:
            leave(folder)
        except (UnableToServe, OSError) as fault:
            sys.stderr.write(f"quittance: {fault}\n")


def server_of(home: Home) -> Server:
    """The server of a home as it is installed now."""
    account = account_of(home)
    return Server(home, reachable(chosen(home, os.environ), account, home=home), account)


def keep(folder: Path) -> None:
    """Let the server stay when its last user leaves, until `stop`."""
    Home(folder).kept.touch(mode=0o600)


def stop(folder: Path, *, is_forced: bool = False) -> None:
    """Stop the server; refused while others use it, unless forced."""
    home = Home(folder)
    if not home.cluster.exists():
        return
    with locks.alone(home.guard):
        handle = held.pop(folder, None)
        if handle is not None:
            os.close(handle)
        if not is_forced and not locks.is_unused(home.users):
            raise UnableToServe(IN_USE.filled(folder=folder), LET_THEM_END)
        server.halt(server_of(home))
        home.kept.unlink(missing_ok=True)


def status(folder: Path) -> Status:
    """What is known of the server of a home; starts nothing, makes nothing."""
    home = Home(folder)
    return Status(
        folder=folder,
        socket_folder=home.socket_folder,
        log=home.log,
        state=server.state(home) if home.cluster.exists() else "absent",
        major=cluster_major(home),
        process=server.process_number(home) if server.is_running(home) else None,
        is_kept=home.kept.exists(),
        is_used=home.users.exists() and not locks.is_unused(home.users),
    )
