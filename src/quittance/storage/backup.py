"""Save the whole record in one file: tables, rows, rights, rules, as at one instant.

The rows of each table are counted in the very snapshot that is saved, so that a restore can prove
that it has them all.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

import psycopg
from psycopg import sql

from quittance import __version__
from quittance.core.phrase import Phrase
from quittance.storage import backup_file
from quittance.storage.address import Address, Role, address_of_url
from quittance.storage.backup_file import Manifest
from quittance.storage.binaries import Binaries, client_for
from quittance.storage.embedded import home_of
from quittance.storage.process import ProgramFailed, read_from
from quittance.storage.refusal import UnableToServe
from quittance.storage.roles import Connection, connected, is_true
from quittance.storage.secret_key import fingerprint, kept_key

SUFFIX = ".quittance"
REMEMBERED = "last_backup.json"
NOT_SAVED = Phrase("La sauvegarde a échoué : {cause}", "The backup failed: {cause}")
NOTHING_LEFT = Phrase(
    "Aucun fichier n'est resté ; quittance doctor vérifie la base.",
    "No file was left; quittance doctor checks the database.",
)
SEES_NOT_ALL = Phrase(
    "Le compte {user} ne voit que les lignes de ses sociétés : sa sauvegarde serait incomplète.",
    "The user {user} sees only the rows of its companies: its backup would be incomplete.",
)
LET_IT_SEE = Phrase(
    'Faites faire par un administrateur : ALTER ROLE "{user}" BYPASSRLS, ou donnez dans '
    "QUITTANCE_BACKUP_URL l'adresse d'un compte qui a ce droit.",
    'Have an administrator do: ALTER ROLE "{user}" BYPASSRLS, or give in QUITTANCE_BACKUP_URL the '
    "address of a user who has this right.",
)
TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname NOT LIKE 'pg\\_t%' ORDER BY 1, 2
"""
WALLED = "SELECT EXISTS (SELECT FROM pg_class WHERE relforcerowsecurity)"
SEES_ALL = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


def back_up(address: Address, path: Path, *, now: datetime, environ: Mapping[str, str]) -> Manifest:
    """Save the database of an address in a file that is not there yet."""
    with connected(address, "setup") as connection:
        connection.autocommit = False  # one snapshot for the counts and for the dump
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        check_sight(connection)
        snapshot = cast("tuple[str]", one_row(connection, "SELECT pg_export_snapshot()"))[0]
        client = client_for(environ, connection.info.server_version // 10000)
        pieces = read_from(
            client.program("pg_dump"),
            ["--format=custom", f"--snapshot={snapshot}", *target(address, "setup")],
            extra=password(address, "setup"),
        )

        def manifest(size: int, digest: str) -> Manifest:
            key = fingerprint(kept_key(environ, home_of(environ)))
            return replace(described(connection, client, now=now, dump=(size, digest)), key=key)

        try:
            return backup_file.write(path, pieces, manifest=manifest)
        except ProgramFailed as failed:
            raise UnableToServe(NOT_SAVED.filled(cause=failed.told), NOTHING_LEFT) from failed


def source(address: Address, environ: Mapping[str, str]) -> Address:
    """The address that backups are made from: that of a user who sees all, if one is given."""
    given = environ.get("QUITTANCE_BACKUP_URL", "")
    return address_of_url(given, variable="QUITTANCE_BACKUP_URL") if given else address


def described(
    connection: Connection, client: Binaries, *, now: datetime, dump: tuple[int, str]
) -> Manifest:
    """The manifest of a dump, counted in the connection's snapshot."""
    version = connection.info.server_version
    return Manifest(
        quittance=__version__,
        made_at=now.isoformat(timespec="seconds"),
        database=connection.info.dbname,
        server=f"{version // 10000}.{version % 10000}",
        client=client.version,
        migrations=migrations(connection),
        rows=row_counts(connection),
        dump_bytes=dump[0],
        dump_sha256=dump[1],
    )


def check_sight(connection: Connection) -> None:
    """Refuse a user to whom row-level security hides rows."""
    if is_true(connection, WALLED) and not is_true(connection, SEES_ALL):
        user = connection.info.user
        raise UnableToServe(SEES_NOT_ALL.filled(user=user), LET_IT_SEE.filled(user=user))


def one_row(connection: Connection, question: str) -> tuple[object, ...]:
    """The one row of an answer."""
    return connection.execute(cast("sql.SQL", question)).fetchone() or ()


def tables(connection: Connection) -> list[tuple[str, str]]:
    """Every table of the database: schema and name."""
    found = connection.execute(TABLES).fetchall()
    return [(str(schema), str(name)) for schema, name in found]


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    for schema, name in tables(connection):
        text = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name))
        found = connection.execute(text).fetchone()
        counts[f"{schema}.{name}"] = cast("int", found[0]) if found else 0
    return counts


def migrations(connection: Connection) -> list[str]:
    """The applied changes of tables, none where there is no table yet."""
    if not is_true(connection, "SELECT to_regclass('django_migrations') IS NOT NULL"):
        return []
    found = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [str(row[0]) for row in found]


def target(address: Address, role: Role, *, database: str | None = None) -> list[str]:
    """The option that names a database to a program, without the password, which `ps` shows."""
    given = {key: value for key, value in address.of(role, database).items() if key != "password"}
    return [f"--dbname={psycopg.conninfo.make_conninfo(**given)}", "--no-password"]


def password(address: Address, role: Role) -> dict[str, str]:
    """The variable that hands a password to a program, if there is one."""
    secret = address.of(role).get("password")
    return {"PGPASSWORD": secret} if secret else {}


def place_of(path: Path, now: datetime) -> Path:
    """The file asked for; in a folder, one named after the instant."""
    return path / f"quittance-{now:%Y%m%dT%H%M%SZ}{SUFFIX}" if path.is_dir() else path


def remember(home: Path, path: Path, *, manifest: Manifest) -> None:
    """Note where and when the last backup was made, for `quittance doctor`."""
    told = {"path": str(path.absolute()), "made_at": manifest.made_at}
    home.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=home)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(told, file)
    Path(name).replace(home / REMEMBERED)


def remembered(home: Path) -> tuple[Path, datetime] | None:
    """Where and when the last backup was made, as far as is known."""
    try:
        told = json.loads((home / REMEMBERED).read_text(encoding="utf-8"))
        return Path(told["path"]), datetime.fromisoformat(told["made_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
