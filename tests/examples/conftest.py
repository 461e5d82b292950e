"""The invented books, read once."""

import pytest
from tests.examples.books import Fec, both_years


@pytest.fixture(scope="session")
def fecs() -> dict[int, Fec]:
    return both_years()
