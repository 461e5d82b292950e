"""What a backup holds, and who may make one."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from tests.storage.homes import DEBIAN, WHEEL
from tests.storage.records import fill

from quittance.storage import backup, embedded
from quittance.storage.address import Address, address_of_url
from quittance.storage.backup import back_up, place_of, remember, remembered, source
from quittance.storage.backup_file import read, verify
from quittance.storage.binaries import client_for
from quittance.storage.refusal import UnableToServe

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture
def served(any_home: Path) -> Address:
    address = embedded.ensure_running(any_home, is_durable=False)
    fill(address)
    return address


def saved(address: Address, path: Path) -> Path:
    back_up(address, path, now=NOW, environ=os.environ)
    return path


@pytest.mark.postgres
def test_a_manifest_says_what_was_saved(served: Address, tmp_path: Path) -> None:
    path = saved(served, tmp_path / "books")
    found = read(path)
    verify(path, found)
    assert found.rows == {"public.company": 2, "public.event": 100}
    assert (found.made_at, found.database) == ("2026-11-24T08:30:00+00:00", "quittance")
    assert found.server.split(".")[0] == found.client.split(".")[0]


@pytest.mark.postgres
def test_applied_migrations_are_named(served: Address, tmp_path: Path) -> None:
    with psycopg.connect(served.conninfo("owner")) as connection:
        connection.execute("CREATE TABLE django_migrations (app text, name text)")
        connection.execute("INSERT INTO django_migrations VALUES ('storage', '0001_first')")
    assert read(saved(served, tmp_path / "books")).migrations == ["storage.0001_first"]


@pytest.mark.postgres
def test_counts_and_dump_are_of_one_instant(
    served: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that arrive while the dump runs are neither in it nor counted."""
    really = backup.row_counts

    def late(connection: backup.Connection) -> dict[str, int]:
        with psycopg.connect(served.conninfo("owner")) as other:
            other.execute("INSERT INTO company VALUES (3, 'Late')")
        return really(connection)

    monkeypatch.setattr(backup, "row_counts", late)
    assert read(saved(served, tmp_path / "books")).rows["public.company"] == 2


@pytest.mark.postgres
def test_a_user_to_whom_rows_are_hidden_is_refused(served: Address, tmp_path: Path) -> None:
    host = served.of("owner")["host"]
    as_owner = f"postgresql:///quittance?host={host}&port=5432&user="
    address = address_of_url(f"{as_owner}quittance_owner")
    with pytest.raises(UnableToServe, match="sees only the rows of its companies"):
        saved(address, tmp_path / "books")
    assert not list(tmp_path.iterdir())
    better = {"QUITTANCE_BACKUP_URL": f"{as_owner}postgres"}
    assert read(saved(source(address, better), tmp_path / "books")).rows["public.event"] == 100


@pytest.mark.postgres
def test_a_failed_dump_is_a_refusal_and_leaves_no_file(
    served: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "target", lambda *_, **__: ["--dbname=nothing", "--no-such-option"])
    with pytest.raises(UnableToServe, match=r"The backup failed: .*no-such-option"):
        saved(served, tmp_path / "books")
    assert not list(tmp_path.iterdir())


def test_a_password_is_never_an_argument() -> None:
    address = address_of_url("postgresql://ada:s3cret@db/books")
    assert "s3cret" not in " ".join(backup.target(address, "owner"))
    assert backup.password(address, "owner") == {"PGPASSWORD": "s3cret"}
    assert backup.password(address_of_url("postgresql://db/books"), "owner") == {}


def test_programs_older_than_the_server_are_refused() -> None:
    with pytest.raises(UnableToServe, match="pg_dump 99 or later is needed"):
        client_for(os.environ, 99)
    if DEBIAN.is_dir():
        assert client_for({"PATH": ""}, 15).folder == DEBIAN
    assert client_for({"PATH": ""}, 16).folder == WHEEL


def test_a_folder_gets_a_file_named_after_the_instant(tmp_path: Path) -> None:
    assert place_of(tmp_path, NOW) == tmp_path / "quittance-20261124T083000Z.quittance"
    assert place_of(tmp_path / "books", NOW) == tmp_path / "books"


def test_the_last_backup_is_remembered(tmp_path: Path) -> None:
    assert remembered(tmp_path) is None
    manifest = backup.Manifest("1", NOW.isoformat(), "d", "18.6", "18.6", [], {})
    remember(tmp_path / "home", tmp_path / "books", manifest=manifest)
    assert remembered(tmp_path / "home") == (tmp_path / "books", NOW)
    assert stat.S_IMODE((tmp_path / "home" / backup.REMEMBERED).stat().st_mode) == 0o600
    (tmp_path / "home" / backup.REMEMBERED).write_text("{")
    assert remembered(tmp_path / "home") is None
