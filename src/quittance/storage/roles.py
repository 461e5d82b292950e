"""The roles and the database of the record, made where they are missing and checked where not."""

from typing import cast

import psycopg
from psycopg import sql

from quittance.core.phrase import Phrase
from quittance.storage.address import APP, OWNER, Address, Role
from quittance.storage.binaries import OLDEST_MAJOR
from quittance.storage.refusal import UnableToServe

LOCK = 0x71756974  # one process at a time makes roles
TOO_OLD = Phrase(
    "Le serveur est PostgreSQL {version} ; il faut {oldest} ou plus récent.",
    "The server is PostgreSQL {version}; {oldest} or later is needed.",
)
UPGRADE = Phrase("Mettez le serveur à niveau.", "Upgrade the server.")
NOT_ANSWERING = Phrase(
    "La base ne répond pas à l'adresse donnée : {cause}.",
    "The database does not answer at the given address: {cause}.",
)
CHECK_ADDRESS = Phrase(
    "Vérifiez DATABASE_URL et que le serveur tourne.",
    "Check DATABASE_URL and that the server runs.",
)
NO_APP_ROLE = Phrase(
    "Le compte {user} ne peut pas prendre le rôle {app}, sous lequel l'application voit les "
    "seules lignes de ses sociétés.",
    "The user {user} cannot take the role {app}, under which the application sees only the rows "
    "of its companies.",
)
MAKE_APP_ROLE = Phrase(
    "Faites faire par un administrateur du serveur : CREATE ROLE {app} NOLOGIN; "
    'GRANT {app} TO "{user}";',
    'Have an administrator of the server do: CREATE ROLE {app} NOLOGIN; GRANT {app} TO "{user}";',
)
NO_DATABASE = Phrase(
    "La base {name} n'existe pas et le compte {user} ne peut pas la créer.",
    "The database {name} does not exist and the user {user} cannot create it.",
)
MAKE_DATABASE = Phrase(
    'Faites faire par un administrateur du serveur : CREATE DATABASE "{name}" OWNER "{user}" '
    "ENCODING 'UTF8' TEMPLATE template0;",
    'Have an administrator of the server do: CREATE DATABASE "{name}" OWNER "{user}" '
    "ENCODING 'UTF8' TEMPLATE template0;",
)
WEAK_APP_ROLE = Phrase(
    "Le rôle {app} est superutilisateur ou passe outre les règles par ligne : le mur entre "
    "sociétés ne tiendrait pas.",
    "The role {app} is a superuser or bypasses row-level security: the wall between companies "
    "would not hold.",
)
WEAKEN_APP_ROLE = Phrase(
    "Faites faire : ALTER ROLE {app} NOSUPERUSER NOBYPASSRLS;",
    "Have done: ALTER ROLE {app} NOSUPERUSER NOBYPASSRLS;",
)
Connection = psycopg.Connection[tuple[object, ...]]


def ensure_database(address: Address, name: str | None = None) -> None:
    """Make the two roles and the database where they are missing, or refuse with the remedy."""
    wanted = name or address.database
    with maker(address) as connection:
        check_version(connection)
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if address.is_embedded:
            make_own_roles(connection)
        else:
            make_app_role(connection, takes=address.of("owner") == address.of("setup"))
        check_app_role(connection)
        if not exists(connection, wanted):
            make_database(connection, wanted, owner=address.owner)


def maker(address: Address) -> Connection:
    """A connection that can make databases: to the one every server has, else to our own."""
    try:
        return connected(address, "setup", database="postgres")
    except UnableToServe:
        return connected(address, "setup")


def connected(address: Address, role: Role, *, database: str | None = None) -> Connection:
    """A connection to a database in a role, or the refusal that says why there is none."""
    try:
        return psycopg.connect(address.conninfo(role, database), autocommit=True)
    except psycopg.OperationalError as fault:
        cause = str(fault).strip().splitlines()[-1]
        raise UnableToServe(NOT_ANSWERING.filled(cause=cause), CHECK_ADDRESS) from fault


def check_version(connection: Connection) -> None:
    """Refuse a server that is too old."""
    version = connection.info.server_version
    if version < OLDEST_MAJOR * 10000:
        told = f"{version // 10000}.{version % 10000}"
        raise UnableToServe(TOO_OLD.filled(version=told, oldest=OLDEST_MAJOR), UPGRADE)


def has_role(connection: Connection, role: str) -> bool:
    """Whether the server knows a role."""
    return is_true(connection, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", role)


def exists(connection: Connection, database: str) -> bool:
    """Whether the server has a database."""
    return is_true(
        connection, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", database
    )


def is_true(connection: Connection, question: str, *facts: object) -> bool:
    """The answer to a yes-or-no question."""
    row = connection.execute(cast("sql.SQL", question), facts).fetchone()
    return bool(row and row[0])


def make_own_roles(connection: Connection) -> None:
    """On the embedded server: an owner and an application, each a user of the socket."""
    for role in (OWNER, APP):
        if not has_role(connection, role):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))


def make_app_role(connection: Connection, *, takes: bool) -> None:
    """On another server: the application's role, which the user of the address may take."""
    user = str(connection.info.user)
    may_create = is_true(
        connection, "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
    )
    app, me = sql.Identifier(APP), sql.Identifier(user)
    if may_create and not has_role(connection, APP):
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(app))
        connection.execute(sql.SQL("GRANT {} TO {}").format(app, me))
    kind = "SET" if connection.info.server_version >= 160000 else "MEMBER"
    known = has_role(connection, APP)
    if not known or (takes and not is_true(connection, "SELECT pg_has_role(%s, %s)", APP, kind)):
        facts = {"user": user, "app": APP}
        raise UnableToServe(NO_APP_ROLE.filled(**facts), MAKE_APP_ROLE.filled(**facts))


def check_app_role(connection: Connection) -> None:
    """Refuse an application's role that could look over the wall between companies."""
    if is_true(connection, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", APP):
        raise UnableToServe(WEAK_APP_ROLE.filled(app=APP), WEAKEN_APP_ROLE.filled(app=APP))


def make_database(connection: Connection, name: str, *, owner: str) -> None:
    """Make the database of an owner: only its two roles may enter."""
    user = str(connection.info.user)
    may_create = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    if not is_true(connection, may_create):
        facts = {"name": name, "user": user}
        raise UnableToServe(NO_DATABASE.filled(**facts), MAKE_DATABASE.filled(**facts))
    names = {"name": sql.Identifier(name), "owner": sql.Identifier(owner)}
    text = "CREATE DATABASE {name} OWNER {owner} ENCODING 'UTF8' TEMPLATE template0"
    connection.execute(sql.SQL(text).format(**names))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
    allowed = sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {app}")
    connection.execute(allowed.format(**names, app=sql.Identifier(APP)))
