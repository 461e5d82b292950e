"""Tests on a real record: Django set up on this worker's database, each test rolled back."""

from collections.abc import Iterator

import pytest
from tests import record

record.ready()


@pytest.fixture
def db() -> Iterator[None]:
    with record.rolled_back():
        yield


@pytest.fixture
def fresh_db() -> Iterator[str]:
    with record.fresh_database() as name:
        yield name
