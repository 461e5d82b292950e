"""Who may open what: each address × each role × each method, against the table of permissions.

Addresses are found by themselves: one that is added is covered, or fails until it says who may
open it (`@screen`), and until `SAMPLES` knows its parameters.
"""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from tests import record
from tests.web.addresses import Address, every_address
from tests.web.world import FOREIGN, MINE, THEIRS, World, built

from quittance.storage.models.user import ROLES
from quittance.storage.permissions import BY_CODE, may

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
READS = (".read", ".export")
ADDRESSES = every_address()
SCREENS = [one for one in ADDRESSES if one.is_of_a_place]
OTHERS = [one for one in ADDRESSES if not one.is_of_a_place]

# Addresses outside companies: who may open them. Everybody's show nothing of any company.
EVERYBODY = {
    "language/", "look/", "health", "invitation/{secret}", "account/login/", "account/logout/",
    "account/signup/",
    "account/inactive/", "account/password/reset/", "account/password/reset/done/",
    "account/password/reset/key/{uidb36}-{key}/", "account/password/reset/key/done/",
    "account/2fa/authenticate/", "account/2fa/webauthn/login/",
}  # fmt: skip
SIGNED_IN = {
    "", "design", "account/", "account/reauthenticate/", "account/password/change/",
    "account/sessions/",
    "account/2fa/", "account/2fa/reauthenticate/", "account/2fa/totp/activate/",
    "account/2fa/totp/deactivate/", "account/2fa/recovery-codes/",
    "account/2fa/recovery-codes/generate/", "account/2fa/recovery-codes/download/",
    "account/2fa/webauthn/", "account/2fa/webauthn/add/", "account/2fa/webauthn/reauthenticate/",
    "account/2fa/webauthn/keys/{pk}/remove/", "account/2fa/webauthn/keys/{pk}/edit/",
}  # fmt: skip

# A value for each parameter of a route under a company: a name of World.ids, or a value.
SAMPLES: dict[str, object] = {
    name: name
    for name in (
        "user_id", "invitation_id", "customer_id", "import_id", "file_id", "item_id", "event_id",
        "position", "contact_id", "note_id", "code",
    )
} | {"part": "rates"}  # fmt: skip
SAMPLES_OF = {("customers_undo", "event_id"): "change_event_id"}  # where one kind fits alone
HIDDEN = {
    "owner": (FOREIGN, "XN7741", "ailleurs"),
    "collector own": (THEIRS, "VK7743", FOREIGN, "XN7741"),
    "sales own": (THEIRS, "VK7743", FOREIGN, "XN7741"),
}
THEIR_OWN = {
    name: f"their_{name}" for name in ("customer_id", "item_id", "contact_id", "note_id", "code")
}
CUSTOMERS_ROUTES = [one for one in SCREENS if set(one.parameters) & set(THEIR_OWN)]
TOKEN = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*')


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with record.rolled_back():
        yield built()


def filled(world: World, address: Address, where: str, *, slug: str = "", **other: str) -> str:
    """The path of an address, with samples for its parameters."""
    missing = set(address.parameters) - {"where", "slug"} - set(SAMPLES)
    assert not missing, f"{address}: add a sample for {sorted(missing)} to tests/web/test_matrix.py"
    own = {name: SAMPLES_OF.get((address.name, name), SAMPLES.get(name)) for name in SAMPLES}
    names = {name: other.get(name, own[name]) for name in address.parameters if name in own}
    values = {name: world.ids.get(str(key), key) for name, key in names.items()}
    known = {"c": "lumiere", "g": "ensemble"}[where]
    return address.filled(where=where, slug=slug or known, **values)


def plain(response: HttpResponse) -> tuple[int, bytes]:
    """What a reader can tell of an answer: its status and its body, but for the page's token."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return response.status_code, TOKEN.sub(rb"\1", body)


def not_there(world: World, who: str, method: str) -> tuple[int, bytes]:
    """What is answered where no company is."""
    if (who, method) not in world.not_there:
        path = "/c/nothing-of-that-name/"
        world.not_there[who, method] = plain(world.asked(who, method, path))
    return world.not_there[who, method]


def words(response: HttpResponse) -> str:
    """The text of an answer; that of a workbook is the text of its parts."""
    _status, body = plain(response)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", errors="replace")


@pytest.mark.parametrize("address", SCREENS, ids=str)
def test_a_view_under_a_company_says_who_may_open_it(address: Address) -> None:
    assert address.permission in BY_CODE, f"{address}: decorate its view with @screen"
    assert set(address.methods) <= {"GET", "POST"}
    assert address.name, f"{address}: name it"


@pytest.mark.parametrize("address", OTHERS, ids=str)
def test_an_address_outside_companies_is_known(address: Address) -> None:
    assert address.route in EVERYBODY | SIGNED_IN, (
        f"{address}: say in tests/web/test_matrix.py who may open it, or put it under a company"
    )


@pytest.mark.parametrize("address", SCREENS, ids=str)
@pytest.mark.parametrize("where", ["c", "g"])
@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_the_table_allows_and_nothing_else(
    world: World, role: str, where: str, address: Address
) -> None:
    is_possible = where == "c" or (address.in_group and address.permission.endswith(READS))
    for method in METHODS:
        answer = world.asked(role, method, filled(world, address, where))
        is_method = method in address.methods or (method == "HEAD" and "GET" in address.methods)
        if is_possible and is_method and may(role, address.permission):
            assert answer.status_code not in (403, 404, 405), f"{method} {address} by {role}"
            assert answer.status_code < 500
        else:
            told = f"{method} {address} by {role}"
            assert plain(answer) == not_there(world, role, method), told


@pytest.mark.parametrize("address", SCREENS, ids=str)
@pytest.mark.parametrize("where", ["c", "g"])
def test_to_an_outsider_a_company_is_not_there(world: World, where: str, address: Address) -> None:
    for method in METHODS:
        answer = world.asked("outsider", method, filled(world, address, where))
        assert plain(answer) == not_there(world, "outsider", method), f"{method} {address}"


@pytest.mark.parametrize("address", SCREENS, ids=str)
@pytest.mark.parametrize("where", ["c", "g"])
def test_a_stranger_signs_in_first_whether_the_company_exists_or_not(
    world: World, where: str, address: Address
) -> None:
    for method in METHODS:
        there = filled(world, address, where)
        nowhere = filled(world, address, where, slug="nowhere")
        answers = [world.asked("stranger", method, path) for path in (there, nowhere)]
        assert [one.status_code for one in answers] == [302, 302]
        for path, answer in zip((there, nowhere), answers, strict=True):
            assert answer.headers["Location"] == f"/account/login/?next={path}"


@pytest.mark.parametrize("address", CUSTOMERS_ROUTES, ids=str)
@pytest.mark.parametrize("who", ["collector own", "sales own"])
def test_who_is_kept_to_own_customers_opens_those_alone(
    world: World, who: str, address: Address
) -> None:
    role = who.split(maxsplit=1)[0]
    for method in address.methods:
        own = world.asked(who, method, filled(world, address, "c"))
        theirs = world.asked(who, method, filled(world, address, "c", **THEIR_OWN))
        assert plain(theirs) == not_there(world, who, method), f"{method} {address}"
        assert (own.status_code != 404) == may(role, address.permission), f"{method} {address}"


@pytest.mark.parametrize("address", SCREENS, ids=str)
@pytest.mark.parametrize("where", ["c", "g"])
@pytest.mark.parametrize("who", HIDDEN)
def test_no_page_names_what_is_not_for_its_reader(
    world: World, who: str, where: str, address: Address
) -> None:
    if "GET" not in address.methods:
        return
    path = filled(world, address, where)
    for query in ("", "?q=quincaillerie", "?q=laiterie", "?known=2030-01-01", "?format=csv"):
        text = words(world.asked(who, "GET", path + query))
        assert not [one for one in HIDDEN[who] if one in text], f"{address} {query}"


@pytest.mark.parametrize("address", SCREENS, ids=str)
def test_who_may_not_export_gets_no_file(world: World, address: Address) -> None:
    """A page that can also be a file is one for those only who may export."""
    if "GET" not in address.methods:
        return
    for role in ROLES:
        for form in ("csv", "xlsx"):
            path = f"{filled(world, address, 'c')}?format={form}"
            answer = world.asked(role, "GET", path)
            is_file = "attachment" in answer.headers.get("Content-Disposition", "")
            assert may(role, "books.export") or not is_file, f"{path} by {role}"


def test_the_pages_do_name_what_is_for_their_reader(world: World) -> None:
    """So that the test above can fail: some page shows the customers to whoever sees them."""
    pages = [one for one in SCREENS if "GET" in one.methods and one.permission == "books.read"]
    seen = "".join(words(world.asked("owner", "GET", filled(world, one, "c"))) for one in pages)
    if len(pages) > 1:
        assert MINE in seen
        assert THEIRS in seen


@pytest.mark.parametrize("address", OTHERS, ids=str)
def test_addresses_outside_companies_show_nothing_of_a_company_to_a_stranger(
    world: World, address: Address
) -> None:
    path = address.filled(secret="s", uidb36="1", key="k", pk="1")
    for method in METHODS:
        answer = world.asked("stranger", method, path)
        assert answer.status_code < 500
        if address.route in SIGNED_IN:
            assert answer.status_code in (302, 405), f"{method} {address}"
        assert MINE not in words(answer)
