"""A company with people in it, for the tests of what they may do."""

from datetime import UTC, datetime

from tests import record

record.ready()  # before any model is imported

from allauth.mfa.models import Authenticator  # noqa: E402

from quittance.services.companies import Chosen, open_company  # noqa: E402
from quittance.services.journal import Actor  # noqa: E402
from quittance.storage.models import Company, Event, Membership, User  # noqa: E402
from quittance.storage.scope import see_companies  # noqa: E402

__all__ = ["BY", "NOW", "PASSWORD", "Authenticator", "actions", "joined", "opened", "user"]
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
BY = Actor("Camille", "test")
PASSWORD = "trois tonnes de pommes"


def user(email: str, **fields: object) -> User:
    """A person with the password above."""
    return User.objects.create_user(email, PASSWORD, **fields)


def opened(slug: str = "essai", owner: User | None = None, **chosen: object) -> Company:
    """A company that the transaction then sees, and its first owner."""
    first = owner or user(f"owner@{slug}.example", name="Camille Morel")
    wanted = Chosen(name=slug.title() or "Sans nom", **chosen)  # type: ignore[arg-type]
    return open_company(slug, wanted, owner=first, by=BY, now=NOW)


def joined(company: Company, role: str, scope: str = "all", email: str = "") -> User:
    """A person with a role in a company."""
    see_companies([company.pk])
    one = user(email or f"{role}.{scope}@{company.slug}.example", name=f"{role} {scope}")
    Membership.objects.create(user=one, company=company, role=role, scope=scope)
    return one


def actions(company: Company) -> list[str]:
    """What the journal of a company says was done, in order."""
    see_companies([company.pk])
    found = Event.objects.filter(company=company).order_by("position")
    return list(found.values_list("action", flat=True))
