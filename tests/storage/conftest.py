"""Homes of servers, on the wheel's programs and on the distribution's."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.storage.homes import KINDS, WHEEL, new_home


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new home, served by the wheel's programs."""
    monkeypatch.setenv("QUITTANCE_POSTGRES_BIN", str(WHEEL))
    monkeypatch.delenv("QUITTANCE_KEEP", raising=False)
    with new_home() as folder:
        yield folder


@pytest.fixture(params=sorted(KINDS))
def any_home(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new home, served once by the wheel's programs and once by the distribution's."""
    folder = KINDS[request.param]
    if not folder.is_dir():
        pytest.skip(f"no PostgreSQL in {folder}")
    monkeypatch.setenv("QUITTANCE_POSTGRES_BIN", str(folder))
    monkeypatch.delenv("QUITTANCE_KEEP", raising=False)
    with new_home() as place:
        yield place


@pytest.fixture
def as_root() -> None:
    """For what only root meets."""
    if os.geteuid() != 0:
        pytest.skip("only root meets this")
