"""Where the embedded server's files are, and under which account it runs.

Normally the server runs as the person who starts it, in a folder of theirs. PostgreSQL refuses to
run as root: there the folder is `/var/lib/quittance`, and the server runs as `nobody` in a part of
it that belongs to `nobody` alone. No folder above is ever changed, no account is ever added.
"""

import hashlib
import os
import pwd
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quittance.core.phrase import Phrase
from quittance.storage.refusal import UnableToServe

ROOT_HOME = Path("/var/lib/quittance")
ROOT_ACCOUNT = "nobody"
LONGEST_SOCKET = 99  # bytes of the path of a socket; the system's limit is 107, 103 on macOS
SOCKET_NAME = ".s.PGSQL.5432"

CLOSED_FOLDER = Phrase(
    "Le compte {account}, sous lequel tourne PostgreSQL quand root le lance, ne peut pas entrer "
    "dans {folder}.",
    "The account {account}, under which PostgreSQL runs when root starts it, cannot enter "
    "{folder}.",
)
OPEN_ELSEWHERE = Phrase(
    "Donnez par QUITTANCE_HOME un dossier que ce compte peut traverser, par exemple {home}, "
    "ou lancez Quittance sous un compte ordinaire.",
    "Name by QUITTANCE_HOME a folder that this account can pass through, for example {home}, "
    "or run Quittance under an ordinary account.",
)
FOREIGN_FOLDER = Phrase(
    "Le dossier {folder} appartient au compte {owner} : le compte {account} ne peut pas s'en "
    "servir.",
    "The folder {folder} belongs to the account {owner}: the account {account} cannot use it.",
)
USE_OWN_FOLDER = Phrase(
    "Lancez Quittance sous le compte {owner}, ou donnez un autre dossier par QUITTANCE_HOME.",
    "Run Quittance under the account {owner}, or name another folder by QUITTANCE_HOME.",
)


@dataclass(frozen=True)
class Account:
    """The account that the server runs under; None means the present one."""

    uid: int | None = None
    gid: int | None = None

    @property
    def name(self) -> str:
        """The account's name, or its number where it has none."""
        return account_name(os.geteuid() if self.uid is None else self.uid)

    def owns(self, path: Path) -> None:
        """Give a folder or file that we have just made to the account, and to it alone."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Home:
    """The paths of one data folder."""

    folder: Path

    @property
    def cluster(self) -> Path:
        """The folder that PostgreSQL keeps its files in."""
        return self.folder / "postgresql"

    @property
    def log(self) -> Path:
        """The server's log, in a folder that its account may write."""
        return self.folder / "log" / "postgresql.log"

    @property
    def guard(self) -> Path:
        """The file whose lock lets one process at a time start or stop the server."""
        return self.folder / "guard.lock"

    @property
    def users(self) -> Path:
        """The file that every process holds a shared lock on while it uses the server."""
        return self.folder / "users.lock"

    @property
    def kept(self) -> Path:
        """The file whose presence says that the server stays when its last user leaves."""
        return self.folder / "kept"

    @property
    def socket_folder(self) -> Path:
        """The folder of the server's socket; a short one elsewhere when the path is too long."""
        own = self.folder / "socket"
        if len(os.fsencode(own / SOCKET_NAME)) <= LONGEST_SOCKET:
            return own
        mark = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return short_folder() / f"quittance-{mark}"


def short_folder() -> Path:
    """A folder with a short path for what lives no longer than the machine is on."""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if os.geteuid() == 0 and Path("/run").is_dir():
        return Path("/run")
    if runtime.is_absolute() and runtime.is_dir() and len(os.fsencode(runtime)) < 50:
        return runtime
    temporary = Path(tempfile.gettempdir())
    return temporary if len(os.fsencode(temporary)) < 50 else Path("/tmp")  # noqa: S108


def home_of(environ: Mapping[str, str]) -> Path:
    """The data folder: QUITTANCE_HOME, else the system's for root, else the person's."""
    if environ.get("QUITTANCE_HOME"):
        return Path(environ["QUITTANCE_HOME"]).expanduser().absolute()
    if os.geteuid() == 0:
        return ROOT_HOME
    shared = Path(environ.get("XDG_DATA_HOME", ""))
    return (shared if shared.is_absolute() else Path.home() / ".local" / "share") / "quittance"


def account_of(home: Home) -> Account:
    """The account that the server of this home runs under, or a refusal."""
    owner = home.cluster.stat().st_uid if home.cluster.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise foreign(home.cluster)
        return Account()
    person = pwd.getpwuid(owner) if owner else pwd.getpwnam(ROOT_ACCOUNT)
    return Account(person.pw_uid, person.pw_gid)


def foreign(folder: Path) -> UnableToServe:
    """The refusal of a folder that belongs to another account."""
    facts = {
        "folder": folder,
        "owner": account_name(folder.stat().st_uid),
        "account": Account().name,
    }
    return UnableToServe(FOREIGN_FOLDER.filled(**facts), USE_OWN_FOLDER.filled(**facts))


def account_name(uid: int) -> str:
    """The name of an account, or its number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def opened(home: Home, account: Account) -> None:
    """Make the home where it is missing; refuse one that the server's account cannot enter."""
    made(home.folder, mode=0o700 if account.uid is None else 0o711)
    if account.uid is not None:
        passable(home.folder, account)
    elif not os.access(home.folder, os.W_OK | os.X_OK):
        raise foreign(home.folder)


def furnished(home: Home, account: Account) -> None:
    """Make the folders that belong to the server alone; refuse any that is another's."""
    for part in (home.log.parent, home.socket_folder):
        made(part, mode=0o700, owner=account)
        private(part, account)


def made(folder: Path, *, mode: int, owner: Account | None = None) -> None:
    """Make a folder that appears with exactly these permissions and this owner."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    draft.chmod(mode)
    (owner or Account()).owns(draft)
    try:
        draft.rename(folder)
    except OSError:
        draft.rmdir()
        if not folder.is_dir():  # else another process was faster
            raise


def private(folder: Path, account: Account) -> None:
    """Refuse a folder of the server that is a link, or belongs to or is open to others."""
    found = folder.lstat()
    expected = os.geteuid() if account.uid is None else account.uid
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != expected or found.st_mode & 0o077:
        raise foreign(folder)


def passable(folder: Path, account: Account) -> None:
    """Refuse a folder that the account cannot reach, naming the one that is closed to it."""
    for one in (*reversed(folder.parents), folder):
        if not may_enter(one.stat(), account):
            facts = {"account": account.name, "folder": one, "home": ROOT_HOME}
            raise UnableToServe(CLOSED_FOLDER.filled(**facts), OPEN_ELSEWHERE.filled(**facts))


def may_enter(found: os.stat_result, account: Account) -> bool:
    """Whether the permissions of a folder let an account pass through it."""
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
