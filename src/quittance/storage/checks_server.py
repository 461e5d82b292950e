"""What the server must be: recent, reachable, durable, and walled between companies."""

from datetime import date, datetime
from typing import cast

from psycopg import sql

from quittance.core.phrase import Phrase, day_words, same
from quittance.storage.address import APP, Address
from quittance.storage.backup import migrations
from quittance.storage.finding import Check, Finding
from quittance.storage.refusal import UnableToServe
from quittance.storage.releases import outdated_since
from quittance.storage.restore import known_migrations
from quittance.storage.roles import Connection, check_version, connected, has_role, is_true
from quittance.storage.tuning import GIGABYTE, MEGABYTE

SERVER = Check("server", Phrase("Serveur", "Server"))
APP_ROLE = Check("app_role", Phrase("Rôle de l'application", "Application's role"))
WALL = Check("wall", Phrase("Mur entre sociétés", "Wall between companies"))
DURABILITY = Check("durability", Phrase("Écritures sur le disque", "Writes to the disk"))
ENCODING = Check("encoding", Phrase("Codage des caractères", "Character encoding"))
TABLES = Check("tables", Phrase("Tables", "Tables"))
LEFT = Check("left_databases", Phrase("Bases laissées", "Databases left"))
SERVER_CLOCK = Check("server_clock", Phrase("Horloge du serveur", "Server's clock"))
CLOCK_SECONDS = 30

ANSWERS = Phrase("PostgreSQL {version}, {size}.", "PostgreSQL {version}, {size}.")
OUTDATED = Phrase(
    "PostgreSQL {version} ; une version corrective plus récente existe depuis le {day}.",
    "PostgreSQL {version}; a later minor release has been out since {day}.",
)
UPGRADE = Phrase(
    "Mettez le serveur à jour, puis redémarrez-le.", "Upgrade the server, then restart it."
)
NO_APP = Phrase("Le rôle {app} n'existe pas.", "The role {app} does not exist.")
MAKE_APP = Phrase(
    "Il est créé au premier import ou par quittance serve.",
    "It is made at the first import or by quittance serve.",
)
POWERFUL = Phrase("{app} a des droits de trop : {what}.", "{app} has rights too many: {what}.")
WEAKEN = Phrase("Faites : {command}", "Do: {command}")
APP_FINE = Phrase("{app} ne voit que ce qui lui est permis.", "{app} sees only what it is allowed.")
NO_WALL = Phrase(
    "Sans règle par ligne imposée : {names}.", "Without forced row-level security: {names}."
)
BUILD_WALL = Phrase(
    "N'ouvrez pas Quittance à plusieurs sociétés avant d'avoir fait : {command}",
    "Do not open Quittance to several companies before you have done: {command}",
)
WALLED = Phrase("{count} tables derrière le mur.", "{count} tables behind the wall.")
NO_TABLES = Phrase("Aucune table encore.", "No table yet.")
UNSAFE = Phrase(
    "{names} : une panne de courant perdrait des écritures confirmées.",
    "{names}: a power cut would lose acknowledged writes.",
)
TURN_ON = Phrase("Remettez ces réglages sur on.", "Turn these settings on again.")
SAFE = Phrase("Rien de confirmé ne se perd.", "Nothing acknowledged is lost.")
WRONG_ENCODING = Phrase(
    "La base est en {name}, non en UTF-8.", "The database is in {name}, not in UTF-8."
)
RECREATE = Phrase(
    "Sauvegardez, puis restaurez par --replace : la nouvelle base sera en UTF-8.",
    "Save, then restore with --replace: the new database will be in UTF-8.",
)
BEHIND = Phrase("Changements à appliquer : {names}.", "Changes to apply: {names}.")
BRING_UP = Phrase(
    "Sauvegardez, puis lancez quittance serve, qui les applique.",
    "Save, then run quittance serve, which applies them.",
)
AHEAD = Phrase(
    "Une version plus récente de Quittance a changé les tables : {names}.",
    "A later version of Quittance changed the tables: {names}.",
)
UPDATE = Phrase("Mettez Quittance à jour.", "Update Quittance.")
UP_TO_DATE = Phrase("À jour.", "Up to date.")
REMAINS = Phrase("{names} ({size}).", "{names} ({size}).")
DROP = Phrase(
    "Restes de restaurations : une fois vérifié, DROP DATABASE.",
    "Left by restorations: once checked, DROP DATABASE.",
)
NONE_LEFT = Phrase("Aucune.", "None.")
APART = Phrase(
    "Le serveur et cette machine diffèrent de {seconds} s.",
    "The server and this machine differ by {seconds} s.",
)
SET_CLOCKS = Phrase(
    "Mettez les deux à l'heure (timedatectl set-ntp true).",
    "Set both clocks (timedatectl set-ntp true).",
)

COMPANY_TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  AND (c.relname = 'company' OR EXISTS (
    SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'company_id'
    AND NOT a.attisdropped)) ORDER BY 1
"""
POWERS = (
    ("rolsuper", "SUPERUSER"), ("rolbypassrls", "BYPASSRLS"), ("rolcreaterole", "CREATEROLE"),
)  # fmt: skip
POWER = "SELECT (to_jsonb(r) ->> %s)::boolean FROM pg_roles r WHERE rolname = %s"
OWNS = """
SELECT EXISTS (SELECT FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
WHERE r.rolname = %s AND c.relnamespace = 'public'::regnamespace)
"""


def examine_server(address: Address, *, now: datetime) -> list[Finding]:
    """Every check of the database of an address."""
    try:
        with connected(address, "owner") as connection:
            check_version(connection)
            return [
                server(connection, today=now.date()),
                server_clock(connection, now),
                durability(connection),
                encoding(connection),
                app_role(connection),
                wall(connection),
                tables(connection),
                left_databases(connection, address.database),
            ]
    except UnableToServe as refusal:
        return [SERVER.refused(refusal)]


def value(connection: Connection, question: str, *facts: object) -> object:
    """The one value of an answer."""
    row = connection.execute(cast("sql.SQL", question), facts or None).fetchone()
    return row[0] if row else None


def column(connection: Connection, question: str, *facts: object) -> list[str]:
    """The first column of an answer."""
    rows = connection.execute(cast("sql.SQL", question), facts or None)
    return [str(row[0]) for row in rows]


def size_words(size: object) -> Phrase:
    """A size in bytes, for people."""
    count = int(str(size or 0))
    if count < GIGABYTE:
        return Phrase(f"{count / MEGABYTE:.0f} Mo", f"{count / MEGABYTE:.0f} MB")
    return Phrase(f"{count / GIGABYTE:.1f} Go", f"{count / GIGABYTE:.1f} GB")


def server(connection: Connection, *, today: date) -> Finding:
    """The server's version and its age."""
    number = connection.info.server_version
    version = f"{number // 10000}.{number % 10000}"
    since = outdated_since(version, today)
    if since:
        return SERVER.warning(OUTDATED.filled(version=version, day=day_words(since)), UPGRADE)
    size = size_words(value(connection, "SELECT pg_database_size(current_database())"))
    return SERVER.fine(ANSWERS.filled(version=version, size=size))


def server_clock(connection: Connection, now: datetime) -> Finding:
    """Whether the server and this machine agree on the time."""
    told = cast("datetime", value(connection, "SELECT clock_timestamp()"))
    seconds = abs(int((told - now).total_seconds()))
    if seconds > CLOCK_SECONDS:
        return SERVER_CLOCK.warning(APART.filled(seconds=seconds), SET_CLOCKS)
    return SERVER_CLOCK.fine(same(f"± {seconds} s"))


def durability(connection: Connection) -> Finding:
    """Whether an acknowledged write survives a power cut."""
    names = ("fsync", "full_page_writes", "synchronous_commit")
    off = [name for name in names if value(connection, f"SHOW {name}") == "off"]
    if off:
        return DURABILITY.error(UNSAFE.filled(names=", ".join(off)), TURN_ON)
    return DURABILITY.fine(SAFE)


def encoding(connection: Connection) -> Finding:
    """Whether every character can be kept."""
    name = str(value(connection, "SHOW server_encoding"))
    if name != "UTF8":
        return ENCODING.error(WRONG_ENCODING.filled(name=name), RECREATE)
    return ENCODING.fine(same("UTF-8"))


def app_role(connection: Connection) -> Finding:
    """Whether the application's role can do no more than its work."""
    if not has_role(connection, APP):
        return APP_ROLE.error(NO_APP.filled(app=APP), MAKE_APP)
    held = [
        (word, f"ALTER ROLE {APP} NO{word};")
        for attribute, word in POWERS
        if is_true(connection, POWER, attribute, APP)
    ]
    if is_true(connection, OWNS, APP):
        held.append(("OWNER", f"REASSIGN OWNED BY {APP} TO {connection.info.user};"))
    if is_true(connection, "SELECT has_schema_privilege(%s, 'public', 'CREATE')", APP):
        held.append(("CREATE", "REVOKE CREATE ON SCHEMA public FROM PUBLIC;"))
    if held:
        what, commands = zip(*held, strict=True)
        told = POWERFUL.filled(app=APP, what=", ".join(what))
        return APP_ROLE.error(told, WEAKEN.filled(command=" ".join(commands)))
    return APP_ROLE.fine(APP_FINE.filled(app=APP))


def wall(connection: Connection) -> Finding:
    """Whether each table of companies' rows shows them to their companies only."""
    found = connection.execute(cast("sql.SQL", COMPANY_TABLES)).fetchall()
    bare = [str(name) for name, is_walled in found if not is_walled]
    if bare:
        forced = "ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
        command = " ".join(f"ALTER TABLE {name} {forced};" for name in bare)
        told = NO_WALL.filled(names=", ".join(bare))
        return WALL.error(told, BUILD_WALL.filled(command=command))
    return WALL.fine(WALLED.filled(count=len(found)) if found else NO_TABLES)


def tables(connection: Connection) -> Finding:
    """Whether the tables are those of this version."""
    applied = {one for one in migrations(connection) if one.startswith("storage.")}
    known = known_migrations()
    later, missing = sorted(applied - known), sorted(known - applied)
    if later:
        return TABLES.error(AHEAD.filled(names=", ".join(later)), UPDATE)
    if not applied:
        return TABLES.fine(NO_TABLES)
    if missing:
        return TABLES.warning(BEHIND.filled(names=", ".join(missing)), BRING_UP)
    return TABLES.fine(UP_TO_DATE)


def left_databases(connection: Connection, name: str) -> Finding:
    """Databases that restorations replaced, or left when they were killed."""
    pattern = f"^{name}_(before_[0-9]+(_[0-9]+)+|restoring)$"
    question = "SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY 1"
    names = column(connection, question, pattern)
    if not names:
        return LEFT.fine(NONE_LEFT)
    size = "SELECT sum(pg_database_size(datname)) FROM pg_database WHERE datname = ANY (%s)"
    facts = {"names": ", ".join(names), "size": size_words(value(connection, size, names))}
    return LEFT.warning(REMAINS.filled(**facts), DROP)
