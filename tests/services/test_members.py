from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from tests.services.people import BY, NOW, actions, joined, opened, user

from quittance.services import members
from quittance.services.members import (
    change_own_language,
    change_own_name,
    change_role,
    forget_second_factor,
    prove_address,
    remove_member,
)
from quittance.storage.access import NotThereError, enter_company
from quittance.storage.models import Event, Membership, User
from quittance.storage.scope import seeing


@pytest.mark.usefixtures("db")
def test_a_role_is_changed_and_told() -> None:
    company = opened()
    one = joined(company, "collector")
    change_role(company.pk, one.pk, role="sales", scope="own", by=BY, now=NOW)
    change_role(company.pk, one.pk, role="sales", scope="own", by=BY, now=NOW)
    assert actions(company) == ["company.opened", "member.role_changed"]
    last = Event.objects.latest("position")
    assert (last.before, last.after) == (
        {"role": "collector", "scope": "all"},
        {"role": "sales", "scope": "own"},
    )


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("role", "scope"), [("king", "all"), ("", "all"), ("owner", "own"), ("collector", "some")]
)
def test_a_role_that_cannot_be_is_refused(role: str, scope: str) -> None:
    company = opened()
    one = joined(company, "collector")
    with pytest.raises(members.UnableToGiveRole):
        change_role(company.pk, one.pk, role=role, scope=scope, by=BY, now=NOW)


@pytest.mark.usefixtures("db")
def test_the_last_owner_stays_owner_and_member() -> None:
    owner = user("ann@example.org", name="Ann")
    company = opened("essai", owner)
    with pytest.raises(members.UnableToLeaveWithoutOwner) as met:
        change_role(company.pk, owner.pk, role="auditor", scope="all", by=BY, now=NOW)
    assert met.value.text("fr").startswith("Ann est le dernier propriétaire")
    with pytest.raises(members.UnableToLeaveWithoutOwner):
        remove_member(company.pk, owner.pk, by=BY, now=NOW)
    second = joined(company, "owner")
    change_role(company.pk, owner.pk, role="auditor", scope="all", by=BY, now=NOW)
    with pytest.raises(members.UnableToLeaveWithoutOwner):
        remove_member(company.pk, second.pk, by=BY, now=NOW)


@pytest.mark.usefixtures("db")
def test_an_access_ends_with_the_membership_and_nothing_else_does() -> None:
    company = opened()
    one = joined(company, "collector")
    remove_member(company.pk, one.pk, by=BY, now=NOW)
    with pytest.raises(NotThereError):
        enter_company(one, "essai")
    assert User.objects.get(pk=one.pk).is_active
    assert actions(company)[-1] == "member.removed"


@pytest.mark.usefixtures("db")
def test_a_member_of_another_company_is_not_there() -> None:
    one, two = opened("un"), opened("deux")
    elsewhere = joined(one, "collector")
    for act in (
        lambda: change_role(two.pk, elsewhere.pk, role="sales", scope="all", by=BY, now=NOW),
        lambda: remove_member(two.pk, elsewhere.pk, by=BY, now=NOW),
    ):
        joined(two, "sales", email=f"{id(act)}@example.org")
        with pytest.raises(members.UnableToFindMember):
            act()


@pytest.mark.usefixtures("db")
def test_what_people_change_of_themselves() -> None:
    one = user("ann@example.org")
    change_own_name(one, "  Ann \n Martin ")
    change_own_language(one, "en")
    one.refresh_from_db()
    assert (one.name, one.language) == ("Ann Martin", "en")
    with pytest.raises(members.UnableToSpeak):
        change_own_language(one, "de")


@pytest.mark.usefixtures("db")
def test_factors_set_up_before_the_mailbox_answered_are_forgotten_once() -> None:
    one = user("ann@example.org")
    Authenticator.objects.create(user=one, type="totp", data={})
    prove_address(one)
    assert not Authenticator.objects.filter(user=one).exists()
    assert EmailAddress.objects.get(user=one).verified
    Authenticator.objects.create(user=one, type="totp", data={})
    prove_address(one)
    assert Authenticator.objects.filter(user=one).exists()


@pytest.mark.usefixtures("db")
def test_the_operator_forgets_second_factors_and_every_company_of_the_person_is_told() -> None:
    one, bystander = user("ann@example.org"), user("bob@example.org")
    first, second, other = opened("une", one), opened("deux", one), opened("autre", bystander)
    for owner in (one, bystander):
        Authenticator.objects.create(user=owner, type="totp", data={})
    Authenticator.objects.create(user=one, type="recovery_codes", data={})
    here = client_of(one)
    assert forget_second_factor(one, by=BY, at=NOW) == ["recovery_codes", "totp"]
    assert not Authenticator.objects.filter(user=one).exists()
    assert Authenticator.objects.filter(user=bystander).exists()
    assert here.get("/account/").status_code == 302
    for company in (first, second):
        assert actions(company)[-1] == "member.second_factor_forgotten"
    assert actions(other) == ["company.opened"]
    assert forget_second_factor(one, by=BY, at=NOW) == []
    assert actions(first).count("member.second_factor_forgotten") == 1


@pytest.mark.usefixtures("db")
def test_the_operator_gives_a_password_that_is_none_of_the_weak_ones() -> None:
    one = user("ann@example.org")
    company = opened("une", one)
    here = client_of(one)
    with pytest.raises(ValidationError):
        members.give_password(one, "motdepasse", by=BY, at=NOW)
    assert here.get("/account/").status_code == 200
    members.give_password(one, "deux tonnes de poires", by=BY, at=NOW)
    one.refresh_from_db()
    assert one.check_password("deux tonnes de poires")
    assert here.get("/account/").status_code == 302
    assert actions(company)[-1] == "member.password_given"


def client_of(one: User) -> Client:
    """Somebody signed in, whose session is listed."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(one, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/account/").status_code == 200
    return client


@pytest.mark.usefixtures("fresh_db")
def test_of_two_owners_who_leave_at_once_one_stays() -> None:
    with transaction.atomic():
        company = opened()
        joined(company, "owner")
        pair = [one.user_id for one in Membership.objects.filter(company=company)]
    together = Barrier(2)

    def leave(user_id: int) -> str:
        try:
            with seeing(company.pk):
                together.wait()
                remove_member(company.pk, user_id, by=BY, now=NOW)
            return "left"
        except members.UnableToLeaveWithoutOwner:
            return "stayed"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, pair)) == ["left", "stayed"]
