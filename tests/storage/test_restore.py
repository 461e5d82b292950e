"""Putting a backup back: everything, on any server, or nothing at all."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from tests.storage.conftest import Files, filled
from tests.storage.homes import KINDS, new_home
from tests.storage.records import content, databases, fill, seen_by_application

from quittance.storage import backup_file, embedded, restore
from quittance.storage.address import Address, address_of_url
from quittance.storage.backup import back_up
from quittance.storage.backup_file import Manifest
from quittance.storage.refusal import UnableToServe
from quittance.storage.restore import Restored

pytestmark = pytest.mark.postgres
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture
def served(any_home: Path) -> Address:
    address = embedded.ensure_running(any_home, is_durable=False)
    fill(address)
    return address


@pytest.fixture
def saved(served: Address, tmp_path: Path) -> Path:
    back_up(served, tmp_path / "books", now=NOW, environ=os.environ)
    return tmp_path / "books"


@pytest.fixture(params=["wheel", "distribution"])
def elsewhere(
    request: pytest.FixtureRequest, files: Files, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Address]:
    """Another server without tables; every program of the machine may be used."""
    if not KINDS[request.param].is_dir():
        pytest.skip(f"no PostgreSQL in {KINDS[request.param]}")
    monkeypatch.delenv("QUITTANCE_POSTGRES_BIN")
    with new_home() as folder:
        yield embedded.ensure_running(filled(folder, files(request.param)), is_durable=False)


def put_back(address: Address, path: Path, *, replaces: bool = False) -> Restored:
    return restore.restore(address, path, now=NOW, environ=os.environ, replaces=replaces)


def test_a_record_is_restored_into_an_empty_place(
    served: Address, saved: Path, elsewhere: Address
) -> None:
    """Also from a newer release of PostgreSQL to an older: from our own server to production."""
    before = content(served)
    done = put_back(elsewhere, saved)
    assert done.kept_as is None
    assert content(elsewhere) == before
    assert seen_by_application(elsewhere, "1") == 50
    assert seen_by_application(elsewhere, "") == 0
    assert databases(elsewhere) == databases(served)
    with psycopg.connect(elsewhere.conninfo("owner")) as connection:
        connection.execute("SET quittance.companies = '1,2'")
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            connection.execute("DELETE FROM event")


def test_another_owner_gets_the_tables(saved: Path, elsewhere: Address) -> None:
    host = elsewhere.of("owner")["host"]
    with psycopg.connect(elsewhere.conninfo("setup"), autocommit=True) as connection:
        connection.execute("CREATE ROLE ada LOGIN CREATEDB")
        connection.execute("GRANT quittance_app TO ada")
    address = address_of_url(f"postgresql:///ledger?host={host}&port=5432&user=ada")
    put_back(address, saved)
    assert content(address)[2] == (True, True, "ada", True, False, "Journal")
    assert seen_by_application(address, "1,2") == 100
    with psycopg.connect(address.conninfo("owner")) as connection:
        connection.execute("CREATE TABLE later ()")
        question = "SELECT has_table_privilege('quittance_app', 'later', 'SELECT')"
        assert connection.execute(question).fetchone() == (True,)


def test_what_is_there_is_never_overwritten_unasked(served: Address, saved: Path) -> None:
    with pytest.raises(UnableToServe, match="is not empty: 2 tables") as refusal:
        put_back(served, saved)
    assert "--replace" in refusal.value.text("fr")


def test_what_is_replaced_is_kept_beside(served: Address, saved: Path) -> None:
    with psycopg.connect(served.conninfo("owner")) as connection:
        connection.execute("INSERT INTO company VALUES (3, 'Since')")
    done = put_back(served, saved, replaces=True)
    assert done.kept_as == "quittance_before_20261124_083000_000000"
    assert len(content(served)[0]) == 2  # type: ignore[arg-type]
    assert len(content(replace(served, database=done.kept_as))[0]) == 3  # type: ignore[arg-type]


def test_a_database_in_use_is_left_alone(served: Address, saved: Path) -> None:
    with (
        psycopg.connect(served.conninfo("app")),
        pytest.raises(UnableToServe, match="1 other connections"),
    ):
        put_back(served, saved, replaces=True)


@pytest.mark.parametrize("stage", ["fill", "prove", "swap"])
def test_a_failure_at_any_stage_changes_nothing(
    served: Address, saved: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, there = content(served), databases(served)
    really = getattr(restore, stage)

    def failing(*given: object, **named: object) -> None:
        if stage == "prove":
            really(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(restore, stage, failing)
    with pytest.raises(KeyboardInterrupt):
        put_back(served, saved, replaces=True)
    assert (content(served), databases(served)) == (before, there)


def test_what_a_killed_restoration_left_is_cleared(served: Address, saved: Path) -> None:
    with psycopg.connect(served.conninfo("setup", "postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE quittance_restoring")
    put_back(served, saved, replaces=True)
    assert "quittance_restoring" not in databases(served)


def edited(path: Path, **changes: object) -> Path:
    """The same dump under a manifest that says otherwise."""
    told = backup_file.read(path)

    def manifest(size: int, digest: str) -> Manifest:
        return replace(told, dump_bytes=size, dump_sha256=digest, **changes)  # type: ignore[arg-type]

    other = path.with_name("edited")
    backup_file.write(other, backup_file.dump_of(path), manifest=manifest)
    return other


def test_a_restored_database_must_have_every_row(served: Address, saved: Path) -> None:
    before = content(served)
    fewer = edited(saved, rows={"public.company": 2, "public.event": 101})
    with pytest.raises(UnableToServe, match=r"have not the rows .*: public\.event\.") as refusal:
        put_back(served, fewer, replaces=True)
    assert "quittance n'a pas été touchée" in refusal.value.text("fr")
    assert content(served) == before


def test_tables_of_a_later_version_are_refused(served: Address, saved: Path) -> None:
    later = edited(saved, migrations=["auth.0012_known", "storage.9999_from_the_future"])
    with pytest.raises(UnableToServe, match=r"changed the tables .*9999_from_the_future"):
        put_back(served, later, replaces=True)


def test_a_damaged_backup_is_refused_before_anything_is_done(served: Address, saved: Path) -> None:
    content_of_file = bytearray(saved.read_bytes())
    content_of_file[5000] ^= 255
    saved.write_bytes(bytes(content_of_file))
    there = databases(served)
    with pytest.raises(UnableToServe, match="is damaged"):
        put_back(served, saved, replaces=True)
    assert databases(served) == there


def test_a_dump_that_is_none_is_a_refusal(served: Address, tmp_path: Path, saved: Path) -> None:
    told = backup_file.read(saved)
    wrong = tmp_path / "wrong"
    backup_file.write(
        wrong, [b"hello"],
        manifest=lambda size, digest: replace(told, dump_bytes=size, dump_sha256=digest),
    )  # fmt: skip
    with pytest.raises(UnableToServe, match="The restoration failed"):
        put_back(served, wrong, replaces=True)


REFUSED_SETTING = (
    "pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "
    '"transaction_timeout"\nCommand was: SET transaction_timeout = 0;\n'
)
REFUSED_RIGHTS = (
    'pg_restore: error: could not execute query: ERROR:  must be member of role "a b"\n'
    'Command was: ALTER DEFAULT PRIVILEGES FOR ROLE "a b" GRANT SELECT ON TABLES TO app;\n'
)
GRANTED = "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app;"


@pytest.mark.parametrize(
    ("told", "again"),
    [
        (REFUSED_SETTING, []),
        (REFUSED_SETTING + REFUSED_RIGHTS, [GRANTED]),
        (REFUSED_SETTING + "pg_restore: error: could not write: disk full\n", None),
        (REFUSED_RIGHTS.replace("ALTER DEFAULT PRIVILEGES FOR ROLE", "GRANT x TO"), None),
        ("pg_restore: error: input file is too short\n", None),
        ("", None),
    ],
)
def test_only_what_is_expected_is_forgiven(told: str, again: list[str] | None) -> None:
    assert restore.repeatable(told) == again
