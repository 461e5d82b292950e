"""Roles and databases, on the embedded server and on one of another's."""

from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from quittance.storage import embedded, roles
from quittance.storage.address import Address, address_of_url
from quittance.storage.refusal import UnableToServe
from quittance.storage.roles import ensure_database

pytestmark = pytest.mark.postgres
ABOUT = "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = %s"


@pytest.fixture
def socket(any_home: Path) -> Path:
    """A server that stands for one of another's, without our roles."""
    address = embedded.ensure_running(any_home, is_durable=False)
    with psycopg.connect(address.conninfo("setup"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS nothing")
    with psycopg.connect(address.conninfo("setup", "postgres"), autocommit=True) as connection:
        for text in (
            "DROP DATABASE quittance", "DROP ROLE quittance_app", "DROP ROLE quittance_owner",
            "CREATE ROLE maker LOGIN CREATEDB CREATEROLE", "CREATE ROLE poor LOGIN",
            "CREATE ROLE chief LOGIN SUPERUSER",
        ):  # fmt: skip
            connection.execute(text)
    return Path(address.of("setup")["host"])


def at(socket: Path, user: str, database: str = "books") -> Address:
    return address_of_url(f"postgresql:///{database}?host={socket}&user={user}&port=5432")


def asked(address: Address, text: str, role: str = "setup") -> tuple[object, ...] | None:
    with psycopg.connect(address.conninfo(role, "postgres"), autocommit=True) as one:  # type: ignore[arg-type]
        done = one.execute(text)  # type: ignore[arg-type]
        return done.fetchone() if done.description else None


@pytest.fixture
def own(any_home: Path) -> Address:
    """The embedded server."""
    return embedded.ensure_running(any_home, is_durable=False)


def test_neither_role_of_ours_has_any_power(own: Address) -> None:
    with psycopg.connect(own.conninfo("setup")) as connection:
        for role in ("quittance_owner", "quittance_app"):
            assert connection.execute(ABOUT, [role]).fetchone() == (False,) * 4


def test_the_application_can_neither_make_tables_nor_take_another_role(own: Address) -> None:
    with psycopg.connect(own.conninfo("app"), autocommit=True) as connection:
        for text in ("CREATE TABLE t ()", "SET ROLE quittance_owner", "CREATE DATABASE x"):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(text)  # type: ignore[arg-type]


def test_nobody_else_may_enter_the_database(own: Address) -> None:
    with psycopg.connect(own.conninfo("setup"), autocommit=True) as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(host=own.of("app")["host"], user="stranger", dbname="quittance")


def test_making_a_database_twice_changes_nothing(own: Address) -> None:
    for _ in range(2):
        ensure_database(own, "second")
    with psycopg.connect(own.conninfo("owner", "second")) as connection:
        connection.execute("CREATE TABLE t ()")
        collation = "SELECT datcollate, encoding FROM pg_database WHERE datname = 'second'"
        assert connection.execute(collation).fetchone() == ("C.UTF-8", 6)


@pytest.mark.parametrize("user", ["maker", "chief"])
def test_a_user_who_may_makes_the_role_and_the_database(socket: Path, user: str) -> None:
    address = at(socket, user)
    ensure_database(address)
    ensure_database(address)
    with psycopg.connect(address.conninfo("owner")) as connection:
        connection.execute("CREATE TABLE t ()")
    with psycopg.connect(address.conninfo("app")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("quittance_app",)
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("SELECT FROM t")


def test_a_user_who_may_not_is_told_what_to_have_done(socket: Path) -> None:
    address = at(socket, "poor")
    with pytest.raises(UnableToServe, match='GRANT quittance_app TO "poor"'):
        ensure_database(address)
    chief = at(socket, "chief")
    asked(chief, "CREATE ROLE quittance_app NOLOGIN")
    with pytest.raises(UnableToServe, match="cannot take the role"):
        ensure_database(address)
    asked(chief, "GRANT quittance_app TO poor")
    with pytest.raises(UnableToServe, match='CREATE DATABASE "books" OWNER "poor"'):
        ensure_database(address)
    asked(chief, "CREATE DATABASE books OWNER poor")
    ensure_database(address)


@pytest.mark.parametrize("power", ["SUPERUSER", "BYPASSRLS"])
def test_an_application_that_could_look_over_the_wall_is_refused(socket: Path, power: str) -> None:
    asked(at(socket, "chief"), f"CREATE ROLE quittance_app {power}")
    with pytest.raises(UnableToServe, match="ALTER ROLE quittance_app NOSUPERUSER NOBYPASSRLS"):
        ensure_database(at(socket, "chief"))


def test_an_old_server_is_refused(own: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "OLDEST_MAJOR", 99)
    with pytest.raises(UnableToServe, match="99 or later is needed"):
        ensure_database(own)


def test_a_server_that_does_not_answer_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(UnableToServe, match="does not answer") as refusal:
        ensure_database(at(tmp_path, "maker"))
    assert "DATABASE_URL" in refusal.value.text("fr")
