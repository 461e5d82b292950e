"""The one door to what belongs to a company: who sees what, "not yours" and "not there" alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from quittance.storage.models import Company, Customer, Membership, User
from quittance.storage.permissions import may
from quittance.storage.scope import see_as_operator, see_as_user, see_companies


class NotThereError(LookupError):
    """What was asked for does not exist, or is not for this user: the answer is the same."""


@dataclass(frozen=True)
class Access:
    """What a user sees and may do in one company, or in the companies of a group together."""

    user: User
    name: str  # of the company or the group
    path: str  # c/<slug> or g/<slug>: the first part of every address
    memberships: tuple[Membership, ...]

    @property
    def companies(self) -> tuple[Company, ...]:
        """The companies in view."""
        return tuple(one.company for one in self.memberships)

    @property
    def company_ids(self) -> tuple[int, ...]:
        """Their numbers, in order."""
        return tuple(sorted(one.company_id for one in self.memberships))

    @property
    def company(self) -> Company:
        """The company in view; NotThereError in a consolidated view."""
        if self.is_group:
            raise NotThereError("a consolidated view writes nothing")
        return self.memberships[0].company

    @property
    def is_group(self) -> bool:
        """Whether several companies are seen together."""
        return self.path.startswith("g/")

    def may(self, permission: str) -> bool:
        """Whether the user may, in every company in view; a consolidated view only reads."""
        is_reading = permission.endswith((".read", ".export"))
        if self.is_group and not is_reading:
            return False
        return all(may(one.role, permission) for one in self.memberships)

    @property
    def is_restricted(self) -> bool:
        """Whether the user sees only some of the customers."""
        return any(one.scope == "own" for one in self.memberships)


def memberships_of(user: User) -> list[Membership]:
    """Every company a user belongs to, by name; sets what the transaction sees to the user."""
    see_as_user(user.pk)
    found = Membership.objects.filter(user=user).select_related("company__group")
    return sorted(found, key=lambda one: one.company.name.casefold())


def every_company() -> list[Company]:
    """Every company of the installation, for the command line of the machine itself."""
    with transaction.atomic():
        see_as_operator()
        return list(Company.objects.select_related("group").order_by("slug"))


def enter_company(user: User, slug: str) -> Access:
    """The access of a user to a company; NotThereError when there is none."""
    found = [one for one in memberships_of(user) if one.company.slug == slug]
    if not found:
        raise NotThereError(slug)
    return entered(Access(user, found[0].company.name, f"c/{slug}", (found[0],)))


def enter_group(user: User, slug: str) -> Access:
    """The access of a user to the companies of a group, those that are the user's."""
    found = [one for one in memberships_of(user)
             if one.company.group is not None and one.company.group.slug == slug]  # fmt: skip
    if not found:
        raise NotThereError(slug)
    group = found[0].company.group
    return entered(Access(user, group.name if group else slug, f"g/{slug}", tuple(found)))


def entered(access: Access) -> Access:
    """An access whose companies the transaction now sees."""
    see_companies(access.company_ids)
    return access


def customers_of(access: Access) -> QuerySet[Customer]:
    """The customers that a user sees."""
    allowed = Q(pk__in=[])
    for one in access.memberships:
        mine = Q(company_id=one.company_id)
        if one.scope == "own":
            mine &= Q(salesperson=one.user) if one.role == "sales" else Q(collector=one.user)
        allowed |= mine
    return Customer.objects.filter(allowed)


def customer_of(access: Access, customer_id: int) -> Customer:
    """One customer that the user sees; NotThereError otherwise."""
    found = customers_of(access).select_related("group", "collector", "company")
    customer = found.filter(pk=customer_id).first()
    if customer is None:
        raise NotThereError(str(customer_id))
    return customer


def customers_named(access: Access, ids: Iterable[int]) -> list[Customer]:
    """Several customers that the user sees; NotThereError when one is not among them."""
    wanted = set(ids)
    found = list(customers_of(access).filter(pk__in=wanted))
    if len(found) != len(wanted):
        raise NotThereError(str(sorted(wanted - {one.pk for one in found})))
    return found


def visible_codes(access: Access) -> list[tuple[int, str]] | None:
    """The company and code of each customer that a restricted user sees; None for all."""
    if not access.is_restricted:
        return None
    return list(customers_of(access).values_list("company_id", "code"))
