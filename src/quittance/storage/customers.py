"""What the record holds beside the books of customers: contacts, notes, files, saved views."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db.models import Count, Max, Min

from quittance.storage.access import Access
from quittance.storage.models import (
    Contact,
    Customer,
    ImportFile,
    Membership,
    Note,
    SavedView,
    User,
)


@dataclass(frozen=True)
class Person:
    """A member who may be entrusted with customers, or called on in a note."""

    id: int
    name: str
    email: str


@dataclass(frozen=True)
class Source:
    """A file that states items of a customer: how many, from which line to which."""

    file_id: int
    import_id: int
    name: str
    format: str
    received_at: datetime
    items: int
    first_line: int | None
    last_line: int | None


def people_of(access: Access) -> list[Person]:
    """The members of the companies in view, by name."""
    found = Membership.objects.filter(company__in=access.company_ids).select_related("user")
    people = {one.user_id: Person(one.user_id, str(one.user), one.user.email) for one in found}
    return sorted(people.values(), key=lambda one: one.name.casefold())


def noted_customers(access: Access) -> pl.Series:
    """The numbers of the customers that have notes."""
    notes = Note.objects.filter(company__in=access.company_ids, withdrawn_at=None)
    numbers = notes.values_list("customer_id", flat=True).distinct()
    return pl.Series("customer_id", list(numbers), dtype=pl.Int64)


def calling_customers(access: Access) -> pl.Series:
    """The numbers of the customers with a note that calls on the user."""
    notes = Note.objects.filter(
        company__in=access.company_ids, withdrawn_at=None, mentions__contains=[access.user.pk]
    )
    numbers = notes.values_list("customer_id", flat=True).distinct()
    return pl.Series("customer_id", list(numbers), dtype=pl.Int64)


def contacts_of(customer: Customer) -> list[Contact]:
    """The contacts of a customer, the main one first."""
    return list(customer.contacts.order_by("-is_main", "name", "pk"))


def contact_of(customer: Customer, contact_id: int) -> Contact | None:
    """A contact of a customer."""
    return customer.contacts.filter(pk=contact_id).first()


def notes_of(customer: Customer) -> list[Note]:
    """The notes on a customer that nobody withdrew, newest first."""
    kept = customer.notes.filter(withdrawn_at=None).select_related("author")
    return list(kept.order_by("-written_at", "-pk"))


def mentioned_in(notes: list[Note]) -> dict[int, str]:
    """The names of the people that notes call on, by number."""
    numbers = {number for note in notes for number in note.mentions}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=numbers)}


def sources_of(customer: Customer) -> list[Source]:
    """The files that state the customer's items, the newest import first."""
    found = (
        ImportFile.objects.filter(
            company_id=customer.company_id,
            ledgeritem__customer=customer,
            ledgeritem__reversed_at=None,
        )
        .select_related("belongs_to")
        .annotate(
            items=Count("ledgeritem"),
            first_line=Min("ledgeritem__line"),
            last_line=Max("ledgeritem__line"),
        )
        .order_by("-belongs_to__received_at", "name")
    )
    return [
        Source(
            one.pk, one.belongs_to_id, one.name, one.format, one.belongs_to.received_at,
            one.items, one.first_line, one.last_line,
        )
        for one in found.defer("rows", "problems")
    ]  # fmt: skip


def saved_views(access: Access, page: str) -> list[SavedView]:
    """The views of a page that the user keeps in a company, by name; none where several are."""
    if access.is_group:
        return []
    mine = SavedView.objects.filter(company=access.company, user=access.user, page=page)
    return sorted(mine, key=lambda one: one.name.casefold())
