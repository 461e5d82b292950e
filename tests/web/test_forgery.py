"""Another site open in the same browser sends forms in one's name: none is taken, anywhere."""

from collections.abc import Iterator

import pytest
from django.test import Client
from tests import record
from tests.services.people import PASSWORD
from tests.web.addresses import Address
from tests.web.test_matrix import ADDRESSES, SCREENS, filled
from tests.web.views.pages import browser
from tests.web.world import World, built, closed, put_back

from quittance.storage.models import Event

WRITES = [one for one in SCREENS if "POST" in one.methods]
READS = [one for one in SCREENS if "GET" in one.methods]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with record.rolled_back():
        yield built()


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_no_view_is_exempt_from_the_token(address: Address) -> None:
    assert not getattr(address.view, "csrf_exempt", False)


@pytest.mark.parametrize("address", WRITES, ids=str)
def test_a_form_of_another_site_is_refused(world: World, address: Address) -> None:
    client = browser(world.users["owner"])
    client.handler.enforce_csrf_checks = True
    before = Event.objects.count()
    with put_back():
        answer = client.post(
            filled(world, address, "c"), headers={"Origin": "https://evil.example"}
        )
        assert answer.status_code == 403
        assert Event.objects.count() == before


def test_signing_somebody_in_takes_a_form_of_ours(world: World) -> None:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    said = {"login": world.users["owner"].email, "password": PASSWORD}
    with put_back():
        assert client.post("/account/login/", said).status_code == 403


@pytest.mark.parametrize("address", READS, ids=str)
def test_a_link_followed_changes_nothing(world: World, address: Address) -> None:
    """What a form of another site cannot do, an image or a link of another site cannot either."""
    before = Event.objects.count()
    with put_back():
        closed(browser(world.users["owner"]).get(filled(world, address, "c")))
        assert Event.objects.count() == before
