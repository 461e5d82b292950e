"""The examples of docstrings and of the pages of docs are true."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest
from tests import record

import quittance

record.ready()  # some modules are of the record

ROOT = Path(__file__).parent.parent
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(quittance.__path__, prefix="quittance.")
    if not module.name.endswith("__main__")
)
PAGES = sorted(
    page for page in (ROOT / "docs").rglob("*.md") if ">>>" in page.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), optionflags=OPTIONS).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_of_a_page(page: Path) -> None:
    result = doctest.testfile(str(page), module_relative=False, optionflags=OPTIONS)
    assert result.attempted
    assert result.failed == 0


def test_the_core_shows_examples() -> None:
    finder = doctest.DocTestFinder()
    core = [name for name in MODULES if name.startswith("quittance.core.")]
    shown = [test for name in core for test in finder.find(importlib.import_module(name))]
    assert sum(len(test.examples) for test in shown) > 10
