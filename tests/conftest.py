"""What every test session begins and ends with."""

from collections.abc import Sequence

import pytest
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
