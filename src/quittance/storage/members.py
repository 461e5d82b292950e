"""Who belongs to a company, how they sign in, and who was invited."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from quittance.storage.access import Access
from quittance.storage.models import Invitation, Membership

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Member:
    """A person of a company, as the page of members shows them."""

    user_id: int
    name: str
    email: str
    role: str
    scope: str
    has_second_factor: bool
    last_seen_at: datetime | None

    @property
    def id_text(self) -> str:
        """The number, for the names of parts of a page."""
        return str(self.user_id)


@dataclass(frozen=True)
class Invited:
    """A place that is kept for somebody."""

    id: int
    email: str
    role: str
    scope: str
    invited_by: str
    expires_at: datetime
    is_expired: bool


def members_of(access: Access) -> list[Member]:
    """The people of the companies in view, by name."""
    found = Membership.objects.filter(company__in=access.company_ids).select_related("user")
    protected = set(
        Authenticator.objects.filter(
            user__memberships__company__in=access.company_ids, type__in=FACTORS
        ).values_list("user_id", flat=True)
    )
    people = [
        Member(
            one.user_id,
            one.user.name,
            one.user.email,
            one.role,
            one.scope,
            one.user_id in protected,
            one.last_seen_at or one.user.last_login,
        )
        for one in found
    ]
    return sorted(people, key=lambda one: (one.name or one.email).casefold())


def invitations_of(access: Access, now: datetime) -> list[Invited]:
    """The invitations that nobody has accepted or withdrawn, newest first."""
    found = Invitation.objects.filter(
        company__in=access.company_ids, accepted_at=None, withdrawn_at=None
    )
    return [
        Invited(
            one.pk,
            one.email,
            one.role,
            one.scope,
            str(one.invited_by or ""),
            one.expires_at,
            one.expires_at <= now,
        )
        for one in found.select_related("invited_by").order_by("-invited_at")
    ]
