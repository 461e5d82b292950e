from datetime import timedelta

import pytest
from tests.services.people import BY, NOW, Authenticator, joined, opened, user

from quittance.services.invitations import invite_member
from quittance.storage.access import enter_company
from quittance.storage.members import invitations_of, members_of

pytestmark = pytest.mark.usefixtures("db")


def test_members_with_their_second_factor_and_nobody_of_another_company() -> None:
    owner = user("ann@x.fr", name="Ann")
    opened("autre")
    company = opened("essai", owner)
    collector = joined(company, "collector", "own")
    Authenticator.objects.create(user=collector, type="totp", data={})
    Authenticator.objects.create(user=owner, type="recovery_codes", data={})
    found = members_of(enter_company(owner, "essai"))
    assert [(one.email, one.role, one.scope, one.has_second_factor) for one in found] == [
        ("ann@x.fr", "owner", "all", False),
        ("collector.own@essai.example", "collector", "own", True),
    ]


def test_open_invitations_tell_which_are_too_old() -> None:
    owner = user("ann@x.fr")
    company = opened("essai", owner)
    invite_member(company.pk, "a@x.fr", role="sales", by=BY, now=NOW - timedelta(days=8))
    invite_member(company.pk, "b@x.fr", role="sales", by=BY, now=NOW)
    found = invitations_of(enter_company(owner, "essai"), NOW)
    assert [(one.email, one.is_expired) for one in found] == [("b@x.fr", False), ("a@x.fr", True)]
