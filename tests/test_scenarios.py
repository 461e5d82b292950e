"""Life stories, each a page whose headings alone tell the rule; the page runs."""

import doctest
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parent / "scenarios").glob("*.md"))
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def test_there_are_stories() -> None:
    assert PAGES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_story_is_true(page: Path) -> None:
    result = doctest.testfile(str(page), module_relative=False, optionflags=OPTIONS)
    assert result.attempted > 5
    assert result.failed == 0
