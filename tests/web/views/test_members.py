import re

import pytest
from django.core import mail
from django.test import override_settings
from tests.services.people import BY, PASSWORD, Authenticator, actions, joined, opened, user
from tests.web.views.pages import browser, owned, text

from quittance import clock
from quittance.services.invitations import invite_member
from quittance.storage.models import Invitation, Membership
from quittance.storage.permissions import TABLE

pytestmark = pytest.mark.usefixtures("db")
MEMBERS = "/c/lumiere/members"


def test_people_are_shown_with_role_scope_and_second_factor() -> None:
    client, company = owned()
    one = joined(company, "collector", "own", "léa@x.example")
    Authenticator.objects.create(user=one, type="totp", data={})
    page = text(client, MEMBERS)
    for word in ("léa@x.example", "chargé de recouvrement", "les siens", "actif", "aucun"):
        assert word in page


def test_who_may_not_change_sees_no_form() -> None:
    _client, company = owned()
    page = text(browser(joined(company, "auditor")), MEMBERS)
    assert "/members/invite" not in page
    assert "/remove" not in page
    assert "owner@lumiere.example" in page


def test_an_invitation_is_mailed_and_its_link_shown_once() -> None:
    client, company = owned()
    mail.outbox = []
    said = {"email": "bob@x.example", "role": "sales", "is_own": "on"}
    with override_settings(SENDS_MAIL=True, PUBLIC_URL="https://q.example"):
        assert client.post(f"{MEMBERS}/invite", said).headers["Location"] == MEMBERS
    shown = re.search(r'value="https://q\.example/invitation/([\w-]+)"', text(client, MEMBERS))
    mailed = re.search(r"https://q\.example/invitation/(\S+)", mail.outbox[0].body)
    assert shown
    assert mailed
    assert mailed[1].startswith(f"{shown[1]}~")
    again = text(client, MEMBERS)
    assert shown[1] not in again
    assert "bob@x.example" in again
    assert "commercial" in again
    assert actions(company)[-1] == "member.invited"


def test_without_a_mail_server_the_link_is_shown_all_the_same() -> None:
    client, _company = owned()
    mail.outbox = []
    client.post(f"{MEMBERS}/invite", {"email": "bob@x.example", "role": "sales"})
    assert "/invitation/" in text(client, MEMBERS)
    assert not mail.outbox


@pytest.mark.parametrize(
    "said",
    [
        {"email": "bob", "role": "sales"},
        {"email": "bob@x.example", "role": "king"},
        {"email": "owner@lumiere.example", "role": "sales"},
        {"email": "bob@x.example", "role": "auditor", "is_own": "on"},
        {},
    ],
)
def test_what_cannot_be_is_told_on_the_form(said: dict[str, str]) -> None:
    client, _company = owned()
    answer = client.post(f"{MEMBERS}/invite", said)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_what_is_refused_after_the_password_was_asked_again_is_told_on_its_own_page() -> None:
    client, _company = owned()
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    said = {"email": "owner@lumiere.example", "role": "sales"}
    asked = client.post(f"{MEMBERS}/invite", said).headers["Location"]
    assert asked.startswith("/account/reauthenticate/")
    again = {"password": PASSWORD, "next": f"{MEMBERS}/invite"}
    assert client.post(asked, again).headers["Location"] == MEMBERS
    page = text(client, MEMBERS)
    assert 'value="owner@lumiere.example"' in page
    assert "est déjà" in page
    assert 'value="owner@lumiere.example"' not in text(client, MEMBERS)  # told once


def test_an_invitation_is_withdrawn() -> None:
    client, company = owned()
    link = invite_member(company.pk, "bob@x.example", role="sales", by=BY, now=clock.now())
    path = f"/c/lumiere/invitations/{link.invitation.pk}/withdraw"
    assert client.post(path).status_code == 302
    assert "bob@x.example" not in text(client, MEMBERS)
    client.post(path)
    assert "plus valable" in text(client, MEMBERS)


def test_a_role_is_changed_and_a_member_removed() -> None:
    client, company = owned()
    one = joined(company, "collector")
    client.post(f"{MEMBERS}/{one.pk}/role", {"role": "sales", "is_own": "on"})
    found = Membership.objects.get(user=one)
    assert (found.role, found.scope) == ("sales", "own")
    client.post(f"{MEMBERS}/{one.pk}/remove")
    assert not Membership.objects.filter(user=one).exists()


def test_the_last_owner_is_told_why_not() -> None:
    client, _company = owned()
    owner = Membership.objects.get()
    client.post(f"{MEMBERS}/{owner.user_id}/remove")
    assert "dernier propriétaire" in text(client, MEMBERS)
    client.post(f"{MEMBERS}/{owner.user_id}/role", {"role": "auditor"})
    assert "dernier propriétaire" in text(client, MEMBERS)


def test_who_leaves_goes_home() -> None:
    client, company = owned()
    owner = Membership.objects.get()
    joined(company, "owner")
    assert client.post(f"{MEMBERS}/{owner.user_id}/remove").headers["Location"] == "/"
    assert client.get(MEMBERS).status_code == 404


def test_a_member_of_another_company_cannot_be_touched() -> None:
    eve = user("eve@x.example")
    opened("autre", eve)
    client, company = owned()
    client.post(f"{MEMBERS}/{eve.pk}/remove")
    assert "n'est pas membre" in text(client, MEMBERS)
    assert actions(company) == ["company.opened"]


def test_the_matrix_on_the_screen_is_the_table_of_the_program() -> None:
    client, _company = owned()
    page = text(client, "/c/lumiere/permissions")
    assert page.count('<th scope="row"') == len(TABLE)
    ticks = re.findall(r'<td class="check">(.*?)</td>', page, re.DOTALL)
    assert len([tick for tick in ticks if "<svg" in tick]) == sum(len(one.roles) for one in TABLE)
    for permission in TABLE:
        assert permission.label.fr in page
