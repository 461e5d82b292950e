"""What is wrong with a server is told with its remedy."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from tests.storage import served
from tests.storage.records import fill

from quittance.storage import checks_server as checks
from quittance.storage.address import Address
from quittance.storage.finding import Finding
from quittance.storage.roles import Connection, connected, ensure_database

pytestmark = pytest.mark.postgres
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture
def address() -> Iterator[Address]:
    """A database of the test's own on the session's server."""
    found = served.test_server()
    if not found.is_embedded:
        pytest.skip("what a superuser spoils is spoilt on our own server only")
    name = f"checked_{datetime.now(UTC).timestamp():.0f}_{id(found)}"  # noqa: TID251
    ensure_database(found, name)
    yield replace(found, database=name)
    with connected(found, "setup", database="postgres") as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.fixture
def owner(address: Address) -> Iterator[Connection]:
    with connected(address, "owner") as connection:
        yield connection


def done(connection: Connection, *commands: str) -> None:
    for text in commands:
        connection.execute(text)  # type: ignore[arg-type]


def found(address: Address) -> dict[str, Finding]:
    return {one.code: one for one in checks.examine_server(address, now=NOW)}


def test_a_new_database_has_nothing_wrong_but_the_tests_haste(address: Address) -> None:
    wrong = {code for code, one in found(address).items() if one.severity == "error"}
    assert wrong == {"durability"}  # the tests' server does not wait for the disk


def test_a_server_that_does_not_answer_is_the_only_finding(address: Address) -> None:
    assert set(found(replace(address, database="nothing"))) == {"server"}


def test_settings_that_lose_writes_are_wrong(owner: Connection) -> None:
    assert checks.durability(owner).found.en.startswith("fsync, full_page_writes")


def test_a_company_table_without_its_wall_is_wrong(address: Address, owner: Connection) -> None:
    assert checks.wall(owner).found == checks.NO_TABLES
    fill(address)
    finding = checks.wall(owner)
    assert (finding.severity, finding.found.en) == (
        "error", "Without forced row-level security: company.",
    )  # fmt: skip
    assert finding.remedy
    done(owner, finding.remedy.en.split(": ", 1)[1])
    assert checks.wall(owner).found.en == "2 tables behind the wall."
    done(owner, "ALTER TABLE event NO FORCE ROW LEVEL SECURITY")
    assert checks.wall(owner).found.en == "Without forced row-level security: event."


def test_an_application_with_rights_too_many_is_wrong(address: Address, owner: Connection) -> None:
    assert checks.app_role(owner).severity == "fine"
    with connected(address, "setup") as chief:
        done(chief, "GRANT CREATE ON SCHEMA public TO quittance_app")
        assert "CREATE" in checks.app_role(owner).found.en
        done(chief, "CREATE TABLE t ()", "ALTER TABLE t OWNER TO quittance_app")
        assert "OWNER" in checks.app_role(owner).found.en


def test_powers_of_the_application_are_named(
    owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "APP", "postgres")
    finding = checks.app_role(owner)
    assert "SUPERUSER, BYPASSRLS, CREATEROLE" in finding.found.en
    monkeypatch.setattr(checks, "APP", "nobody_at_all")
    assert checks.app_role(owner).found.en == "The role nobody_at_all does not exist."


def test_tables_behind_and_ahead_of_the_program_are_told(
    owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "known_migrations", lambda: {"storage.0001_a", "storage.0002_b"})
    assert checks.tables(owner).found == checks.NO_TABLES
    done(owner, "CREATE TABLE django_migrations (app text, name text)")
    done(owner, "INSERT INTO django_migrations VALUES ('auth', '0009'), ('storage', '0001_a')")
    assert checks.tables(owner).found.en == "Changes to apply: storage.0002_b."
    done(owner, "INSERT INTO django_migrations VALUES ('storage', '0002_b')")
    assert checks.tables(owner).severity == "fine"
    done(owner, "INSERT INTO django_migrations VALUES ('storage', '0003_c')")
    assert (checks.tables(owner).severity, checks.tables(owner).found.en) == (
        "error", "A later version of Quittance changed the tables: storage.0003_c.",
    )  # fmt: skip


@pytest.mark.parametrize("instant", ["20261124_083000", "20261124_083000_01"])
def test_databases_left_by_restorations_are_told(
    instant: str, address: Address, owner: Connection
) -> None:
    left = f"{address.database}_before_{instant}"
    assert checks.left_databases(owner, address.database).severity == "fine"
    ensure_database(address, left)
    try:
        assert left in checks.left_databases(owner, address.database).found.en
    finally:
        with connected(address, "setup", database="postgres") as connection:
            done(connection, f"DROP DATABASE {left}")


def test_clocks_apart_are_told(owner: Connection) -> None:
    told = owner.execute("SELECT clock_timestamp()").fetchone()
    assert told
    now = told[0]
    assert isinstance(now, datetime)
    assert checks.server_clock(owner, now).severity == "fine"
    apart = checks.server_clock(owner, now - timedelta(minutes=5))
    assert (apart.severity, "differ by 300 s" in apart.found.en) == ("warning", True)


def test_an_old_server_is_told(owner: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "outdated_since", lambda *_: date(2026, 11, 12))
    assert checks.server(owner, today=date(2026, 11, 24)).severity == "warning"
    monkeypatch.setattr(checks, "outdated_since", lambda *_: None)
    assert checks.server(owner, today=date(2026, 11, 24)).severity == "fine"


def test_another_encoding_is_wrong(address: Address) -> None:
    name = f"{address.database}_latin"
    with connected(address, "setup", database="postgres") as chief:
        done(chief, f"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0 "
             "LOCALE_PROVIDER libc")  # fmt: skip
        with psycopg.connect(address.conninfo("setup", name)) as one:
            assert "LATIN1" in checks.encoding(one).found.en
        done(chief, f"DROP DATABASE {name}")


@pytest.mark.parametrize(
    ("size", "words"), [(None, "0 MB"), (5 * 1024**2, "5 MB"), (3 * 1024**3, "3.0 GB")]
)
def test_a_size_is_written_for_people(size: int | None, words: str) -> None:
    assert checks.size_words(size).en == words
