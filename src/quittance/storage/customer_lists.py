"""What the record holds of what lists of customers say, as frames, and who may be named in them."""

import polars as pl

from quittance.core.schema import Schema
from quittance.storage.frames import frame_of
from quittance.storage.models import Membership
from quittance.storage.people import searchable

CUSTOMERS: Schema = {
    "id": pl.Int64,
    "customer": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "terms": pl.String,
    "siren": pl.String,
    "siret": pl.String,
    "vat": pl.String,
    "iban": pl.String,
    "country": pl.String,
    "language": pl.String,
    "segment": pl.String,
    "group": pl.String,  # its name, empty for none
    "collector_id": pl.Int64,
    "salesperson_id": pl.Int64,
    "held_fields": pl.String,  # JSON list of what a person set
}
CUSTOMER_QUERY = """SELECT c.id, code AS customer, c.name, kind, terms, siren, siret, vat, iban,
  country, language, segment, coalesce(g.name, '') AS "group", collector_id, salesperson_id,
  held_fields::text AS held_fields
  FROM customer c LEFT JOIN customer_group g ON g.id = c.group_id
  WHERE c.company_id = %s ORDER BY code"""
CONTACTS: Schema = {
    "id": pl.Int64,
    "customer_id": pl.Int64,
    "key": pl.String,  # empty: a person added it
    "name": pl.String,
    "role": pl.String,
    "email": pl.String,
    "phone": pl.String,
    "address": pl.String,
    "channels": pl.String,  # JSON list
    "is_main": pl.Boolean,
    "is_held": pl.Boolean,
}
CONTACT_QUERY = """SELECT id, customer_id, key, name, role, email, phone, address,
  channels::text AS channels, is_main, is_held FROM contact WHERE company_id = %s ORDER BY id"""
REMOVED: Schema = {"customer_id": pl.Int64, "key": pl.String}
REMOVED_QUERY = """SELECT DISTINCT customer_id, before->>'key' AS key FROM event
  WHERE company_id = %s AND action = 'contact.removed' AND before->>'key' <> ''"""


def held_customers(company_id: int) -> pl.DataFrame:
    """The customers of a company, by code."""
    return frame_of(CUSTOMER_QUERY, [company_id], schema=CUSTOMERS)


def held_contacts(company_id: int) -> pl.DataFrame:
    """The contacts of a company's customers, those of lists and those of people."""
    return frame_of(CONTACT_QUERY, [company_id], schema=CONTACTS)


def removed_contacts(company_id: int) -> pl.DataFrame:
    """The contacts of lists that a person took away: the journal alone remembers them."""
    return frame_of(REMOVED_QUERY, [company_id], schema=REMOVED)


def named_members(company_id: int) -> dict[str, set[int]]:
    """The numbers of a company's members by what a list may call them (`called`)."""
    found: dict[str, set[int]] = {}
    for one in Membership.objects.filter(company_id=company_id).select_related("user"):
        for text in (one.user.email, one.user.name):
            if called(text):
                found.setdefault(called(text), set()).add(one.user_id)
    return found


def called(text: str) -> str:
    """A person's e-mail address, or the words of the name in any order.

    >>> called("BENALI Nadia") == called("Nadia Benali"), called(" Nadia@X.example ")
    (True, 'nadia@x.example')
    """
    if "@" in text:
        return text.strip().casefold()
    return " ".join(sorted(searchable(text).split()))
