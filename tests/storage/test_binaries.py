"""PostgreSQL's programs: found, preferred, refused, copied."""

import shutil
from pathlib import Path

import pytest
from tests.storage.homes import DEBIAN, WHEEL

from quittance.storage import binaries, embedded
from quittance.storage.binaries import candidates, chosen, examined, installed
from quittance.storage.home import Home
from quittance.storage.refusal import UnableToServe


def pretended(folder: Path, version: str) -> Path:
    """Programs that only state a version."""
    folder.mkdir(parents=True)
    for name in binaries.NEEDED:
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without PostgreSQL, but for what a test puts under this folder."""
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", tmp_path)
    monkeypatch.setattr(binaries, "wheel_folder", lambda: None)
    return tmp_path


def test_the_wheel_comes_first_then_the_distributions_newest_then_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", tmp_path / "system")
    nine, sixteen = (tmp_path / "system" / name / "bin" for name in ("9", "16"))
    for folder in (nine, sixteen):
        folder.mkdir(parents=True)
    path = pretended(tmp_path / "on_path", "17.2")
    assert list(candidates({"PATH": str(path)})) == [WHEEL, sixteen, nine, path]


def test_a_version_is_what_the_program_states(only: Path) -> None:
    found = installed({"PATH": str(pretended(only / "a", "17.6 (Debian 17.6-1)"))})
    assert [(one.version, one.major) for one in found] == [("17.6", 17)]


def test_a_link_on_the_path_leads_to_the_programs(only: Path) -> None:
    real = pretended(only / "real", "16.3")
    (only / "links").mkdir()
    (only / "links" / "pg_ctl").symlink_to(real / "pg_ctl")
    assert [one.folder for one in installed({"PATH": str(only / "links")})] == [real]


@pytest.mark.parametrize("version", ["14.9", "9.6", "unknown"])
def test_an_old_server_is_as_none(only: Path, version: str) -> None:
    with pytest.raises(UnableToServe, match="No PostgreSQL server 15 or later") as refusal:
        installed({"PATH": str(pretended(only / "a", version))})
    assert "DATABASE_URL" in refusal.value.text("fr")


def test_a_folder_without_every_program_is_none(only: Path) -> None:
    folder = pretended(only / "a", "17.6")
    (folder / "initdb").unlink()
    assert examined(folder) is None


def test_a_named_folder_is_the_only_one(only: Path) -> None:
    named = pretended(only / "named", "16.1")
    pretended(only / "17" / "bin", "17.1")
    found = installed({"QUITTANCE_POSTGRES_BIN": str(named)})
    assert [one.folder for one in found] == [named]
    with pytest.raises(UnableToServe, match="QUITTANCE_POSTGRES_BIN names"):
        installed({"QUITTANCE_POSTGRES_BIN": str(only / "nothing")})


def test_a_data_folder_keeps_the_release_that_made_it(only: Path, tmp_path: Path) -> None:
    for major in (16, 17):
        pretended(only / str(major) / "bin", f"{major}.1")
    home = Home(tmp_path / "home")
    assert chosen(home, {}).major == 17
    home.cluster.mkdir(parents=True)
    (home.cluster / "PG_VERSION").write_text("16\n")
    assert chosen(home, {}).major == 16
    (home.cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(UnableToServe, match=r"made by PostgreSQL 15; .* only: 17.1, 16.1") as why:
        chosen(home, {})
    assert "quittance restore" in why.value.text("fr")


@pytest.mark.postgres
def test_data_of_another_release_are_refused_untouched(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not DEBIAN.is_dir():
        pytest.skip(f"no PostgreSQL in {DEBIAN}")
    embedded.ensure_running(home)
    embedded.leave(home)
    monkeypatch.setenv("QUITTANCE_POSTGRES_BIN", str(DEBIAN))
    with pytest.raises(UnableToServe, match="made by PostgreSQL 18"):
        embedded.ensure_running(home)
    monkeypatch.setenv("QUITTANCE_POSTGRES_BIN", str(WHEEL))
    embedded.ensure_running(home)
    assert embedded.status(home).state == "ready"


@pytest.mark.postgres
@pytest.mark.usefixtures("as_root")
def test_programs_that_only_root_enters_are_copied_into_the_home(
    bare_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    package = WHEEL.parents[1]
    for part in (package / "pginstall", package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, closed / part.relative_to(package.parent), symlinks=True)
    closed.chmod(0o700)
    inside = closed / WHEEL.relative_to(package.parent)
    monkeypatch.setenv("QUITTANCE_POSTGRES_BIN", str(inside))
    embedded.ensure_running(bare_home)
    process = embedded.status(bare_home).process
    known = examined(WHEEL)
    copy = bare_home / "pg" / (known.version if known else "")
    assert Path(f"/proc/{process}/exe").readlink().is_relative_to(copy)
    assert closed.stat().st_mode & 0o777 == 0o700
    assert not [one for one in copy.rglob("*") if one.name == "include" or one.suffix == ".a"]
    assert list((bare_home / "pg").iterdir()) == [copy]


@pytest.mark.usefixtures("as_root")
def test_other_programs_that_only_root_enters_are_refused(bare_home: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    folder = pretended(tmp_path / "own", "17.1")
    with pytest.raises(UnableToServe, match="nobody cannot run"):
        embedded.ensure_running(bare_home, {"QUITTANCE_POSTGRES_BIN": str(folder)})
