"""Homes of servers, on the wheel's programs and on the distribution's.

`home` and `any_home` are copies of files made once a session, because most tests are not about
making them; `bare_home` and `any_bare_home` are not there yet.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.storage.homes import KINDS, new_home

from quittance.storage import embedded
from quittance.storage.home import Home, made

Files = Callable[[str], Path]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """PostgreSQL's files of a new home, with our roles and database, by kind of programs."""
    store = tmp_path_factory.mktemp("clusters")

    def of_kind(kind: str) -> Path:
        if not (store / kind).exists():
            with pytest.MonkeyPatch.context() as patch, new_home() as folder:
                patch.setenv("QUITTANCE_POSTGRES_BIN", str(KINDS[kind]))
                embedded.ensure_running(folder, is_durable=False)
                embedded.leave(folder)
                copied(folder / "postgresql", store / kind)
        return store / kind

    return of_kind


def copied(source: Path, target: Path) -> None:
    """Copy with owners and permissions."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def filled(folder: Path, source: Path) -> Path:
    """A home made of files that are there already."""
    made(folder, mode=0o711 if os.geteuid() == 0 else 0o700)
    copied(source, Home(folder).cluster)
    return folder


@pytest.fixture
def bare_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home not there yet, to be served by the wheel's programs."""
    yield from homes("wheel", monkeypatch)


@pytest.fixture(params=sorted(KINDS))
def any_bare_home(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A home not there yet, once for the wheel's programs and once for the distribution's."""
    yield from homes(request.param, monkeypatch)


@pytest.fixture
def home(bare_home: Path, files: Files) -> Path:
    """A home that was used before, served by the wheel's programs."""
    return filled(bare_home, files("wheel"))


@pytest.fixture
def any_home(any_bare_home: Path, files: Files, request: pytest.FixtureRequest) -> Path:
    """A home that was used before, once by the wheel's programs and once by the distribution's."""
    kind = request.node.callspec.params["any_bare_home"]
    return filled(any_bare_home, files(kind))


def homes(kind: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own, and the programs of a kind."""
    if not KINDS[kind].is_dir():
        pytest.skip(f"no PostgreSQL in {KINDS[kind]}")
    monkeypatch.setenv("QUITTANCE_POSTGRES_BIN", str(KINDS[kind]))
    monkeypatch.delenv("QUITTANCE_KEEP", raising=False)
    with new_home() as folder:
        yield folder


@pytest.fixture
def as_root() -> None:
    """For what only root meets."""
    if os.geteuid() != 0:
        pytest.skip("only root meets this")
