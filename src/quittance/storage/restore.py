"""Put a backup back: beside what is there, proved complete, then swapped in one step.

Whatever fails and whenever, the database keeps what it had. What was replaced stays on the server
under another name until someone drops it.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from psycopg import errors, sql

from quittance.core.phrase import Phrase, same
from quittance.storage import backup_file
from quittance.storage.address import Address
from quittance.storage.backup import password, row_counts, tables, target
from quittance.storage.backup_file import Manifest
from quittance.storage.binaries import client_for
from quittance.storage.process import ProgramFailed, feed
from quittance.storage.refusal import UnableToServe
from quittance.storage.roles import (
    LOCK,
    Connection,
    connected,
    ensure_database,
    make_database,
    maker,
)
from quittance.storage.secret_key import fingerprint, kept_key

MIGRATIONS = Path(__file__).parent / "migrations"
UNKNOWN_SETTING = 'unrecognized configuration parameter "transaction_timeout"'
FOR_OWNER = re.compile(r"ALTER DEFAULT PRIVILEGES FOR ROLE (\"[^\"]+\"|\S+) ")
REFUSED = re.compile(r"error: could not execute query: ERROR:  (.*)\nCommand was: ([^;]*;)")

NOT_EMPTY = Phrase(
    "La base {name} n'est pas vide : {count} tables.",
    "The database {name} is not empty: {count} tables.",
)
ASK_REPLACE = Phrase(
    "Ajoutez --replace : l'ancienne base est gardée à côté, sous un autre nom.",
    "Add --replace: the old database is kept beside it, under another name.",
)
LEAVING_TRIES, LEAVING_SECONDS = 20, 0.1
IN_USE = Phrase(
    "{count} autres connexions se servent de la base {name}.",
    "{count} other connections use the database {name}.",
)
END_THEM = Phrase(
    "Arrêtez quittance serve et le worker, puis recommencez ; rien n'a été changé.",
    "Stop quittance serve and the worker, then try again; nothing was changed.",
)
LATER_TABLES = Phrase(
    "{path} vient d'une version plus récente de Quittance, qui a changé les tables ({names}).",
    "{path} comes from a later version of Quittance, which changed the tables ({names}).",
)
UPDATE = Phrase(
    "Mettez Quittance à jour, puis recommencez ; rien n'a été changé.",
    "Update Quittance, then try again; nothing was changed.",
)
NOT_RESTORED = Phrase("La restauration a échoué : {cause}", "The restoration failed: {cause}")
UNCHANGED = Phrase("La base {name} n'a pas été touchée.", "The database {name} was not touched.")
NOT_ALL = Phrase(
    "après restauration, ces tables n'ont pas les lignes que dit le manifeste : {names}.",
    "once restored, these tables have not the rows that the manifest states: {names}.",
)


@dataclass(frozen=True)
class Restored:
    """What was put back, and the name under which what it replaced is kept."""

    manifest: Manifest
    kept_as: str | None

    def is_under_another_key(self, environ: Mapping[str, str], home: Path) -> bool:
        """Whether the key here is not the one that its sessions and second factors were made by."""
        here = fingerprint(kept_key(environ, home))
        return bool(self.manifest.key) and self.manifest.key != here


def restore(
    address: Address,
    path: Path,
    *,
    now: datetime,
    environ: Mapping[str, str],
    replaces: bool = False,
) -> Restored:
    """Put a backup in the database of an address."""
    manifest = backup_file.read(path)
    check_tables(path, manifest)
    backup_file.verify(path, manifest)
    ensure_database(address)
    name, beside = address.database, f"{address.database}_restoring"
    count = table_count(address)
    if count and not replaces:
        raise UnableToServe(NOT_EMPTY.filled(name=name, count=count), ASK_REPLACE)
    with maker(address) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        check_unused(connection, name)
        drop(connection, beside)
        make_database(connection, beside, owner=address.owner)
        try:
            fill(address, path, manifest=manifest, database=beside, environ=environ)
            prove(address, manifest, database=beside)
            kept = f"{name[:32]}_before_{now:%Y%m%d_%H%M%S_%f}"
            swap(connection, name, beside=beside, kept=kept)
        except BaseException:
            drop(connection, beside)
            raise
        if not count:
            drop(connection, kept)
    return Restored(manifest, kept if count else None)


def check_tables(path: Path, manifest: Manifest) -> None:
    """Refuse a backup whose tables a later version changed."""
    known = known_migrations()
    later = [one for one in manifest.migrations if one.startswith("storage.") and one not in known]
    if later:
        names = ", ".join(later)
        raise UnableToServe(LATER_TABLES.filled(path=path, names=names), UPDATE)


def known_migrations() -> set[str]:
    """The changes of tables that this version knows."""
    return {f"storage.{file.stem}" for file in MIGRATIONS.glob("[0-9]*.py")}


def table_count(address: Address) -> int:
    """How many tables the database has."""
    with connected(address, "setup") as connection:
        return len(tables(connection))


def check_unused(connection: Connection, name: str) -> None:
    """Refuse a database that others are connected to."""
    question = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = %s AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    for _ in range(LEAVING_TRIES):  # one that has just said goodbye takes a moment to go
        found = connection.execute(question, [name]).fetchone()
        if not found or not found[0]:
            return
        time.sleep(LEAVING_SECONDS)
    raise UnableToServe(IN_USE.filled(name=name, count=found[0] if found else 0), END_THEM)


def drop(connection: Connection, name: str) -> None:
    """Drop a database of ours that nobody may be using, if it is there."""
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def fill(
    address: Address,
    path: Path,
    *,
    manifest: Manifest,
    database: str,
    environ: Mapping[str, str],
) -> None:
    """Run pg_restore as the owner, so that tables are the owner's and rights are given again."""
    with connected(address, "owner", database=database) as connection:
        major = connection.info.server_version // 10000
    client = client_for(environ, max(major, int(manifest.client.split(".")[0])))
    arguments = ["--no-owner", *target(address, "owner", database=database)]
    try:
        feed(
            client.program("pg_restore"),
            arguments,
            pieces=backup_file.dump_of(path),
            extra=password(address, "owner"),
        )
    except ProgramFailed as failed:
        again = repeatable(failed.told)
        if again is None:
            cause = next((line for line in failed.told.splitlines() if "error:" in line), "")
            raise failure(address, same(cause or failed.told)) from failed
        with connected(address, "owner", database=database) as connection:
            for command in again:
                connection.execute(cast("sql.SQL", command))


def repeatable(told: str) -> list[str] | None:
    """The commands to give again when pg_restore met only what is expected, else None.

    A later release sets a parameter that an earlier one does not know. Rights on tables to come
    were those of another owner: they are given again as the present one's.
    """
    met = REFUSED.findall(told)
    others = [one for one in met if UNKNOWN_SETTING not in one[0]]
    again = [FOR_OWNER.sub("ALTER DEFAULT PRIVILEGES ", command) for _, command in others]
    is_expected = all(FOR_OWNER.match(command) for _, command in others)
    return again if met and is_expected and len(met) == told.count("error:") else None


def failure(address: Address, cause: Phrase) -> UnableToServe:
    """The refusal that follows a failed restoration."""
    return UnableToServe(NOT_RESTORED.filled(cause=cause), UNCHANGED.filled(name=address.database))


def prove(address: Address, manifest: Manifest, *, database: str) -> None:
    """Refuse a restored database that has not exactly the rows that were saved.

    Row-level security hides rows from the owner too; it is lifted within a transaction that is
    given up, in a database that nobody else knows yet.
    """
    with connected(address, "owner", database=database) as connection:
        connection.autocommit = False
        lift = sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY")
        for schema, name in tables(connection):
            connection.execute(lift.format(sql.Identifier(schema, name)))
        found = row_counts(connection)
        connection.rollback()
    different = sorted(
        name for name in {*found, *manifest.rows} if found.get(name) != manifest.rows.get(name)
    )
    if different:
        raise failure(address, NOT_ALL.filled(names=", ".join(different)))


def swap(connection: Connection, name: str, *, beside: str, kept: str) -> None:
    """Give the new database the name of the old one, in one transaction, or change nothing."""
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with connection.transaction():
            connection.execute(rename.format(sql.Identifier(name), sql.Identifier(kept)))
            connection.execute(rename.format(sql.Identifier(beside), sql.Identifier(name)))
    except (errors.ObjectInUse, errors.InsufficientPrivilege) as fault:
        raise UnableToServe(
            NOT_RESTORED.filled(cause=str(fault).splitlines()[0]), END_THEM
        ) from fault
