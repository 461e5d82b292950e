"""What every test session begins and ends with."""

from collections.abc import Iterator, Sequence

import pytest
from tests import record
from tests.storage import served


def pytest_configure() -> None:
    """Name the session before its workers start, so that they share one server."""
    served.name_session()


def pytest_unconfigure() -> None:
    """Leave the session's server; the last worker to do so stops it."""
    served.close()


def pytest_pycollect_makeitem(obj: object) -> Sequence[pytest.Item] | None:
    """`served.test_server` is no test, whatever its name says where it is imported."""
    return [] if obj is served.test_server else None


@pytest.fixture
def db() -> Iterator[None]:
    """The record of this worker, as the application; what the test writes is rolled back."""
    record.ready()
    with record.rolled_back():
        yield


@pytest.fixture
def fresh_db() -> Iterator[str]:
    """A database of the test's own: for what commits, kills or changes tables."""
    record.ready()
    with record.fresh_database() as name:
        yield name
