"""Whatever the books, the files and people are called, no page runs it and no file obeys it.

Names come from files that customers, colleagues and banks have written; each page that shows them
is read as a browser does, and must have no element and no attribute that came out of a name.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from tests import record
from tests.services.people import BY, NOW
from tests.web import world as world_of
from tests.web.addresses import Address
from tests.web.test_matrix import SCREENS, filled, words
from tests.web.world import World, built

from quittance.services.contacts import add_contact
from quittance.services.imports import receive_files
from quittance.services.notes import write_note
from quittance.services.saved_views import save_view
from quittance.storage.models import Company, Customer, User
from quittance.storage.scope import see_companies

HTML = "\"'></td></script></title></textarea><zq onzq=zq()>{{zq}}"
QUIET = "'></td></script></title></textarea><zq onzq=zq()>"  # without the mark that quotes cells
PAGES = [one for one in SCREENS if "GET" in one.methods]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with record.rolled_back(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(world_of, "MINE", f"Alpha {QUIET}")
        patch.setattr(world_of, "THEIRS", f"Beta {QUIET}")
        found = built()
        named(found)
        yield found


def named(found: World) -> None:
    """A hostile name wherever a name may stand."""
    company, owner, number = found.company, found.users["owner"], found.ids["customer_id"]
    world_of.imported(company, f"C1;Alpha;{QUIET};2026-01-07;2026-02-06;10,00")
    receive_files(company.pk, [(f"{HTML}.csv", b"a;b\n1;2\n" + HTML.encode())], by=BY, at=NOW)
    see_companies([company.pk])
    add_contact(company.pk, number, entered={"name": HTML}, by=BY, at=NOW)
    write_note(company.pk, number, text=f"@{HTML} {HTML}", by=BY, at=NOW)
    save_view(company.pk, owner.pk, page="customers", name=HTML[:80], query=f"q={HTML}")
    Company.objects.filter(pk=company.pk).update(name=HTML)
    Customer.objects.filter(pk=number).update(segment=HTML[:60], terms="30")
    User.objects.filter(pk__in=[one.pk for one in found.users.values()]).update(name=HTML)


class Elements(HTMLParser):
    """The elements and the attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs)}


def escaped(world: World, path: str, who: str = "owner") -> str:
    """A page, once it is sure that no name became a part of it."""
    answer = world.asked(who, "GET", path)
    assert answer.status_code == 200, path
    text = words(answer)
    if answer.headers["Content-Type"].startswith("text/html"):
        page = Elements()
        page.feed(text)
        assert not page.found & {"zq", "onzq"}, path
    return text


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_no_name_becomes_a_part_of_a_page(world: World, address: Address) -> None:
    for where in "cg" if address.in_group else "c":
        path = filled(world, address, where)
        if world.asked("owner", "GET", path).status_code == 200:
            escaped(world, path)


def test_the_names_are_shown(world: World) -> None:
    """So that the test above can fail."""
    for path in ("customers/", f"customers/{world.ids['customer_id']}/", "members", "imports/"):
        assert "&lt;zq onzq=zq()&gt;" in escaped(world, f"/c/lumiere/{path}"), path
    assert "&lt;zq" in escaped(world, "/c/lumiere/invoices/")
    assert "&lt;zq" in escaped(world, f"/c/lumiere/search?q={QUIET[:12]}")
    page = Elements()
    page.feed(f"<p title='{QUIET}'>{QUIET}")
    assert {"zq", "onzq"} <= page.found


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("page", ["aging/", "customers/", "invoices/", "payments/", "imports/"])
def test_no_header_of_a_file_is_broken_by_a_name(world: World, page: str, form: str) -> None:
    answer = world.asked("owner", "GET", f"/c/lumiere/{page}?format={form}")
    name = answer.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="')
    assert name.endswith(f'.{form}"')
    assert name.count('"') == 2
