"""One PostgreSQL server of one home: make its data, start it, stop it, ask whether it answers.

Nothing here takes the guard's lock: `embedded.py` does. What the server itself answers is
believed, never what a process identifier or a file says: after a kill −9 both lie.
"""

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from psycopg.pq import PGconn, Ping

from quittance.core.phrase import Phrase
from quittance.storage import tuning
from quittance.storage.address import address_of_socket
from quittance.storage.binaries import Binaries
from quittance.storage.home import SOCKET_NAME, Account, Home
from quittance.storage.process import ran
from quittance.storage.refusal import UnableToServe

State = Literal["ready", "starting", "absent"]
NO_PROCESS = 2**31 - 1  # no system gives out this number
START_SECONDS = 600  # a crash recovery may be long
ORPHANS_SECONDS = 120  # a process of a killed server ends at its next wait
RETRY_SECONDS = 5
LONGEST_LOG = 10 * tuning.MEGABYTE
LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")
PASSING = ("still in use", "already exists")  # the processes of a killed server are ending

NOT_INITIALISED = Phrase(
    "PostgreSQL {version} n'a pas pu créer ses données dans {folder} : {cause}",
    "PostgreSQL {version} could not make its files in {folder}: {cause}",
)
NOT_STARTED = Phrase(
    "PostgreSQL {version} n'a pas démarré sur {folder} : {cause}",
    "PostgreSQL {version} did not start on {folder}: {cause}",
)
NOT_STOPPED = Phrase(
    "PostgreSQL {version} ne s'est pas arrêté sur {folder} : {cause}",
    "PostgreSQL {version} did not stop on {folder}: {cause}",
)
READ_LOG = Phrase(
    "Le journal {log} dit pourquoi ; quittance doctor vérifie le reste.",
    "The log {log} says why; quittance doctor checks the rest.",
)


@dataclass(frozen=True)
class Server:
    """The server of a home: its programs, and the account that it runs under."""

    home: Home
    binaries: Binaries
    account: Account
    is_durable: bool = True

    def refusal(self, found: Phrase, cause: str) -> UnableToServe:
        """A refusal that tells the version, the folder, the cause, and where to read more."""
        facts = {"version": self.binaries.version, "folder": self.home.cluster, "cause": cause}
        return UnableToServe(found.filled(**facts), READ_LOG.filled(log=self.home.log))

    def control(self, *arguments: str | Path) -> tuple[int, str]:
        """Run pg_ctl on the data; its exit code and what it said."""
        done = ran(
            self.binaries.program("pg_ctl"),
            ["-D", self.home.cluster, *arguments],
            account=self.account,
        )
        return done.returncode, done.stdout.strip()


def state(home: Home) -> State:
    """What the server of a home answers: ready, starting (or stopping), or nothing at all."""
    asked = address_of_socket(home.socket_folder).conninfo("setup", "postgres")
    answer = PGconn.ping(asked.encode())
    if answer == Ping.OK:
        return "ready"
    return "starting" if answer == Ping.REJECT else "absent"


def initialise(server: Server) -> None:
    """Make the data aside, then put them in place in one step: a crash leaves none or all."""
    home, account = server.home, server.account
    for left in home.folder.glob("postgresql.partial-*"):
        shutil.rmtree(left, ignore_errors=True)  # its initdb may still be dying
    partial = Path(tempfile.mkdtemp(prefix="postgresql.partial-", dir=home.folder))
    account.owns(partial)
    fill(server, partial)
    (partial / "pg_hba.conf").write_text(tuning.ACCESS, encoding="utf-8")
    (partial / "postgresql.conf").write_text(tuning.INCLUDED, encoding="utf-8")
    synced(partial)
    partial.rename(home.cluster)
    synced(home.folder)


def fill(server: Server, folder: Path) -> None:
    """Run initdb on an empty folder, in the first locale that the system knows."""
    told = ""
    for locale in LOCALES:
        arguments = how(server, folder, locale=locale)
        done = ran(server.binaries.program("initdb"), arguments, account=server.account)
        if done.returncode == 0:
            return
        told = " ".join(line for line in done.stdout.splitlines() if "error" in line.lower())
    shutil.rmtree(folder, ignore_errors=True)
    raise server.refusal(NOT_INITIALISED, told)


def how(server: Server, folder: Path, *, locale: str) -> list[str | Path]:
    """The arguments of initdb: UTF-8, plain order of characters, no password on the socket."""
    asked: list[str | Path] = ["-D", folder, "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    if server.binaries.major >= 17:
        asked += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if not server.is_durable:
        asked.append("--no-sync")
    return [*asked, f"--locale={locale}", "--text-search-config=simple"]


def synced(folder: Path) -> None:
    """Make sure that a folder's list of names is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def start(server: Server) -> None:
    """Start the server, or wait for the one that is starting, until it answers."""
    begun = time.monotonic()
    while (found := state(server.home)) != "ready":
        if found == "absent" and not is_running(server.home):
            launch(server, begun=begun)
        elif time.monotonic() - begun > START_SECONDS:
            raise server.refusal(NOT_STARTED, last_line(server.home.log))
        else:
            time.sleep(0.05)


def launch(server: Server, *, begun: float) -> None:
    """Start a server that is not there; what a killed one left behind is put out of the way."""
    home = server.home
    configure(server)
    forget_dead(home)
    if home.log.exists() and home.log.stat().st_size > LONGEST_LOG:
        home.log.replace(home.log.with_suffix(".log.1"))
    said_before = home.log.stat().st_size if home.log.exists() else 0
    code, told = server.control("-l", home.log, "-w", "-t", str(START_SECONDS), "start")
    if code == 0:
        return
    cause = last_line(home.log, since=said_before)
    if time.monotonic() - begun > patience(cause):
        raise server.refusal(NOT_STARTED, cause or told)
    time.sleep(0.1)


def patience(cause: str) -> int:
    """For how many seconds a start that failed is tried again.

    A server that says why it cannot start will say it again; one that says nothing was killed.
    """
    if any(word in cause for word in PASSING):
        return ORPHANS_SECONDS
    return 0 if "FATAL" in cause or "PANIC" in cause else RETRY_SECONDS


def configure(server: Server) -> None:
    """Write the settings of this version of Quittance and of this machine, whole at once.

    A server that a killed process was starting may be reading them.
    """
    chosen = tuning.settings(
        server.binaries.major,
        server.home.socket_folder,
        memory=tuning.memory_bytes(),
        is_durable=server.is_durable,
    )
    draft = server.home.cluster / "quittance.conf.draft"
    draft.touch(mode=0o600)
    server.account.owns(draft)
    draft.write_text(tuning.written(chosen), encoding="utf-8")
    draft.replace(draft.with_suffix(""))


def is_running(home: Home) -> bool:
    """Whether the process that the data's lock file names is really a server of these data."""
    number = process_number(home)
    if number is None:
        return False
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{number}/cwd").samefile(home.cluster)
        except OSError:  # gone, a zombie, or someone else's
            return False
    told = ran(Path("/bin/ps"), ["-o", "command=", "-p", str(number)]).stdout
    return str(home.cluster) in told


def process_number(home: Home) -> int | None:
    """The process that the data's lock file names."""
    try:
        first = (home.cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0]
    except FileNotFoundError:
        return None
    return int(first) if first.strip().isdigit() else None


def forget_dead(home: Home) -> None:
    """Let lock files name no process: the number may have gone to another, or to a zombie.

    The data's lock file stays, because the server checks by it that no process of the killed one
    still writes. An empty one, of a crash in the midst of a write, goes.
    """
    path = home.cluster / "postmaster.pid"
    number = process_number(home)
    if number is not None:
        rest = path.read_text(encoding="utf-8").split("\n", 1)[1:]
        path.write_text("\n".join([str(NO_PROCESS), *rest]), encoding="utf-8")
    else:
        path.unlink(missing_ok=True)
    (home.socket_folder / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def halt(server: Server) -> None:
    """Stop the server: sessions end, everything acknowledged is on the disk."""
    if state(server.home) == "absent" and not is_running(server.home):
        return
    code, told = server.control("-m", "fast", "-w", "-t", str(START_SECONDS), "stop")
    if code and (state(server.home) != "absent" or is_running(server.home)):
        raise server.refusal(NOT_STOPPED, told)


def last_line(log: Path, since: int = 0) -> str:
    """The line of the log that says why the server is not there, if there is one."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(since)
        lines = file.read().decode(errors="replace").splitlines()[-20:]
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line]
    return (telling or lines or [""])[-1]
