from datetime import timedelta

import pytest
from tests.services.people import BY, PASSWORD, opened, user
from tests.web.views.pages import browser, text

from quittance import clock
from quittance.services.companies import Chosen, change_company
from quittance.services.invitations import invite_member
from quittance.storage.models import Membership, User
from quittance.storage.scope import see_as_user, see_companies

pytestmark = pytest.mark.usefixtures("db")
NEW = {"name": "Bob", "password": "une tonne de poires mûres"}


def link(slug: str = "lumiere", days: int = 0) -> str:
    """The path of an invitation of Bob; then nothing is in view."""
    company = opened(slug)
    now = clock.now() - timedelta(days=days)
    secret = invite_member(company.pk, "bob@x.example", role="sales", by=BY, now=now).secret
    see_companies([])
    see_as_user(None)
    return f"/invitation/{secret}"


def test_the_page_says_who_invites_to_what() -> None:
    page = text(browser(), link())
    for word in ("Rejoindre Lumiere", "bob@x.example", "commercial", "/account/login/?next="):
        assert word in page


def test_a_new_person_makes_an_account_and_is_in() -> None:
    path, client = link(), browser()
    assert client.post(path, NEW).headers["Location"] == "/c/lumiere/"
    bob = User.objects.get(email="bob@x.example")
    assert (bob.name, bob.language) == ("Bob", "fr")
    assert client.get("/account/").status_code == 200
    assert Membership.objects.get(user=bob).role == "sales"
    assert client.get(path).status_code == 404


def test_who_must_have_a_second_factor_is_led_to_it_without_the_password_again() -> None:
    client = browser()
    client.post(link(), NEW)
    company = Membership.objects.get(user__email="bob@x.example").company
    see_companies([company.pk])
    change_company(
        company.pk, Chosen(name="Lumiere", requires_second_factor=True), by=BY, now=clock.now()
    )
    assert client.get("/c/lumiere/").headers["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/totp/activate/").status_code == 200


def test_a_weak_password_is_told_beside_its_field() -> None:
    path, client = link(), browser()
    answer = client.post(path, {**NEW, "password": "bob"})
    assert answer.status_code == 422
    assert "12 caractères" in answer.content.decode()
    assert not User.objects.filter(email="bob@x.example").exists()
    assert client.post(path, {"name": "", "password": ""}).status_code == 422


def test_a_person_with_an_account_signs_in_and_accepts() -> None:
    path = link()
    bob = user("bob@x.example")
    assert browser().post(path, NEW).status_code == 422
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    client = browser(bob)
    assert "Accepter l'invitation" in text(client, path)
    assert client.post(path).headers["Location"] == "/c/lumiere/"


def test_somebody_else_who_is_signed_in_does_not_take_the_place() -> None:
    path, eve = link(), user("eve@x.example")
    client = browser(eve)
    assert "Vous êtes connecté sous eve@x.example" in text(client, path)
    assert client.post(path).status_code == 422
    see_as_user(eve.pk)
    assert not Membership.objects.filter(user=eve).exists()


def test_links_that_lead_nowhere_answer_alike() -> None:
    old = link(days=8)
    pages = {browser().get(path).content for path in (old, "/invitation/never", f"{old}~x")}
    answers = {browser().get(path).status_code for path in (old, "/invitation/never")}
    assert answers == {404}
    assert len({page.split(b"</header>")[1].split(b"<footer")[0] for page in pages}) == 1


def test_looking_accepts_nothing() -> None:
    path, client = link(), browser(user("bob@x.example"))
    for method in ("get", "head"):
        assert getattr(client, method)(path).status_code == 200
    assert client.post(path).status_code == 302


def test_the_page_is_kept_nowhere() -> None:
    assert "no-store" in browser().get(link()).headers["Cache-Control"]
