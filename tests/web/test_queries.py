"""Whatever an address asks for, no page breaks and none repeats it unescaped.

The names of parameters are those that the sources read; the values are what people and programs
send when they try doors.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests import record
from tests.web.addresses import Address
from tests.web.test_matrix import SCREENS, filled, words
from tests.web.world import World, built

SOURCES = Path(__file__).parents[2] / "src" / "quittance" / "web"
READ = re.compile(r'(?:GET|POST|query|asked|params)\.(?:get|getlist|pop)\(\s*"(\w+)"')
NAMES = sorted(
    {name for path in SOURCES.rglob("*.py") for name in READ.findall(path.read_text("utf-8"))}
    | {"q", "sort", "page", "as_of"}
)
MARK = "<script>zq</script>"
VALUES = (
    "", "\x00", "x" * 3000, "-1", "0", "99999999999999999999", "1.5", "' OR 1=1 --", MARK,
    f'"{MARK}', "2026-13-45", "0001-01-01", "9999-12-31", "../../etc/passwd", "é\u202e😀", "[]",
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with record.rolled_back():
        yield built()


@pytest.mark.parametrize("address", [one for one in SCREENS if "GET" in one.methods], ids=str)
def test_no_query_breaks_a_page(world: World, address: Address) -> None:
    for value in VALUES:
        query = urlencode(dict.fromkeys(NAMES, value))
        answer = world.asked("owner", "GET", f"{filled(world, address, 'c')}?{query}")
        assert answer.status_code < 500, value
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert MARK not in words(answer), f"{address} repeats {value}"


@pytest.mark.parametrize("address", [one for one in SCREENS if "POST" in one.methods], ids=str)
def test_nothing_sent_breaks_a_page(world: World, address: Address) -> None:
    for value in VALUES:
        body = urlencode(dict.fromkeys((*NAMES, *fields(address)), value))
        answer = world.asked(
            "owner", "POST", filled(world, address, "c"), data=body,
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
        assert answer.status_code < 500, value
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert MARK not in words(answer), f"{address} repeats {value}"


def fields(address: Address) -> list[str]:
    """The names of the fields of every form of the module of a view."""
    from django import forms

    module = __import__(address.view.__module__, fromlist=["_"])
    found = [one for one in vars(module).values() if isinstance(one, type)]
    kinds = [one for one in found if issubclass(one, forms.Form)]
    return [name for kind in kinds for name in kind.base_fields]
