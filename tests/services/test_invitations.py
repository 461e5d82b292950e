from datetime import timedelta
from hashlib import sha256

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from tests.services.people import BY, NOW, PASSWORD, actions, joined, opened, user

from quittance.services import invitations
from quittance.services.invitations import (
    Account,
    Link,
    accept_invitation,
    accept_with_account,
    invite_member,
    withdraw_invitation,
)
from quittance.services.journal_proof import verify_journal
from quittance.storage.access import enter_company
from quittance.storage.models import Company, Event, Invitation, User
from quittance.storage.scope import see_as_user, see_companies

pytestmark = pytest.mark.usefixtures("db")
GOOD = "trois tonnes de pommes"


def invited(company: Company, email: str = "Bob@Example.org ", **also: str) -> Link:
    return invite_member(
        company.pk, email, role=also.pop("role", "collector"), by=BY, now=NOW, **also
    )


def new(secret: str, password: str = GOOD, name: str = "Bob") -> User:
    """As a stranger: nothing is in view but what the secret shows."""
    see_companies([])
    see_as_user(None)
    account = Account(name, password)
    return accept_with_account(secret, account, origin="web 192.0.2.1", now=NOW).user


def test_only_the_hash_of_the_secret_is_kept() -> None:
    link = invited(opened())
    kept = Invitation.objects.values().get()
    assert link.secret not in str(kept)
    assert kept["secret_sha256"] == sha256(link.secret.encode()).hexdigest()
    assert link.secret not in repr(link)
    assert link.secret not in str(Event.objects.values())
    assert GOOD not in repr(Account("Bob", GOOD))


def test_a_new_person_joins_with_a_password() -> None:
    company = opened()
    bob = new(invited(company, scope="own").secret)
    assert bob.email == "bob@example.org"
    assert bob.check_password(GOOD)
    membership = enter_company(bob, "essai").memberships[0]
    assert (membership.role, membership.scope) == ("collector", "own")
    assert actions(company) == ["company.opened", "member.invited", "member.joined"]
    joining = Event.objects.latest("position")
    assert (joining.actor_name, joining.origin) == ("Bob", "web 192.0.2.1")
    assert verify_journal(company.pk).breaks == ()


def test_a_person_with_an_account_joins_with_it() -> None:
    company, bob = opened(), user("bob@example.org")
    link = invited(company)
    see_companies([])
    accept_invitation(link.secret, bob, origin="web", now=NOW)
    assert enter_company(bob, "essai").may("books.read")


def test_an_invitation_never_changes_the_password_of_an_account() -> None:
    company, bob = opened(), user("bob@example.org")
    link = invited(company)
    with pytest.raises(invitations.UnableToMakeAccount):
        new(link.secret, "un tout autre mot de passe")
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)


def test_an_invitation_is_for_its_address_alone() -> None:
    link = invited(opened())
    with pytest.raises(invitations.UnableToJoinAs, match=r"for bob@example\.org"):
        accept_invitation(link.secret, user("eve@example.org"), origin="web", now=NOW)


def test_somebody_whose_account_was_closed_does_not_join() -> None:
    link = invited(opened())
    with pytest.raises(invitations.UnableToJoinAs):
        accept_invitation(
            link.secret, user("bob@example.org", is_active=False), origin="web", now=NOW
        )


@pytest.mark.parametrize("weak", ["bref", "motdepasse", "password1234", "bob@example.org", ""])
def test_a_weak_password_is_refused_and_nothing_is_written(weak: str) -> None:
    link = invited(opened())
    with pytest.raises(invitations.UnableToChoosePassword) as met:
        new(link.secret, weak)
    assert not User.objects.filter(email="bob@example.org").exists()
    assert weak == "" or weak not in met.value.text("fr")


def test_closed_links_and_links_that_never_were_answer_alike() -> None:
    company = opened()
    used, withdrawn, old = (invited(company, f"{name}@x.fr") for name in ("a", "b", "c"))
    new(used.secret)
    see_companies([company.pk])
    withdraw_invitation(company.pk, withdrawn.invitation.pk, by=BY, now=NOW)
    said = set()
    for secret, now in (
        (used.secret, NOW),
        (withdrawn.secret, NOW),
        (old.secret, NOW + timedelta(days=7)),
        ("never", NOW),
        ("", NOW),
    ):
        with pytest.raises(invitations.UnableToAcceptInvitation) as met:
            accept_invitation(secret, user(f"{secret[:5]}@x.fr"), origin="web", now=now)
        said.add(met.value.text("fr"))
    assert len(said) == 1
    assert accept_invitation(
        old.secret, user("c@x.fr"), origin="web", now=NOW + timedelta(days=6, hours=23)
    )


def test_a_second_invitation_withdraws_the_first() -> None:
    company = opened()
    first, second = invited(company), invited(company, role="auditor")
    assert actions(company)[1:] == ["member.invited", "invitation.withdrawn", "member.invited"]
    with pytest.raises(invitations.UnableToAcceptInvitation):
        new(first.secret)
    assert enter_company(new(second.secret), "essai").memberships[0].role == "auditor"


@pytest.mark.parametrize("email", ["", "bob", "bob@", "collector.all@essai.example", "a b@x.fr"])
def test_members_and_what_is_no_address_are_not_invited(email: str) -> None:
    company = opened()
    joined(company, "collector")
    with pytest.raises(invitations.UnableToInvite):
        invited(company, email)


def test_an_invitation_of_another_company_cannot_be_withdrawn() -> None:
    one = opened("un")
    link = invited(one)
    two = opened("deux")
    with pytest.raises(invitations.UnableToAcceptInvitation):
        withdraw_invitation(two.pk, link.invitation.pk, by=BY, now=NOW)


def test_a_mailed_link_proves_the_mailbox_and_a_handed_one_does_not() -> None:
    company = opened()
    mailed, handed = invited(company, "a@x.fr"), invited(company, "b@x.fr")
    assert EmailAddress.objects.get(user=new(mailed.mailed)).verified
    assert not EmailAddress.objects.filter(user=new(handed.secret)).exists()


def test_the_mark_of_a_mailed_link_cannot_be_made_up() -> None:
    company = opened()
    link, other = invited(company, "a@x.fr"), invited(company, "b@x.fr")
    mark = other.mailed.split("~")[1]
    for forged in (f"{link.secret}~", f"{link.secret}~{mark}", f"{link.secret}~x~y"):
        assert not invitations.is_mailed(forged)
    assert invitations.is_mailed(link.mailed)


def test_factors_of_whoever_made_the_account_do_not_open_it_to_a_second_company() -> None:
    """Eve, an owner, makes an account at Bob's address by the link she was shown, and leaves a key.

    When Bob joins another company by a link that was mailed to him, Eve's key no longer opens it.
    """
    bob = new(invited(opened("eve"), "bob@x.fr").secret)
    Authenticator.objects.create(user=bob, type="webauthn", data={})
    link = invited(opened("bob"), "bob@x.fr")
    accept_invitation(link.mailed, bob, origin="web", now=NOW)
    assert not Authenticator.objects.filter(user=bob).exists()
