"""The invented company of examples/, read once."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from quittance.cli.books import Settings, load
from quittance.core.book import Book
from quittance.core.problems import no_problems

LUMIERE = Path(__file__).parent.parent.parent / "examples" / "lumiere"


@pytest.fixture(scope="session")
def lumiere() -> Book:
    return load([LUMIERE], Settings()).book


@pytest.fixture
def as_of() -> date:
    return date(2026, 9, 30)


@pytest.fixture
def none() -> pl.DataFrame:
    return no_problems()
