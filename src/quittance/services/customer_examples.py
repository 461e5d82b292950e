"""What an import changes of customers and their contacts, field by field, for a person to see."""

from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING, Any

import polars as pl

from quittance.core.revisions import Revision
from quittance.storage.models import Customer, User

if TYPE_CHECKING:
    from quittance.services.customer_lists import People

Row = dict[str, Any]
FIELDS = {  # as the screens call them, and the column of the record
    "name": "name", "kind": "kind", "group": "group", "siren": "siren", "siret": "siret",
    "vat": "vat", "iban": "iban", "country": "country", "language": "language",
    "segment": "segment", "terms": "terms", "collector": "collector_id",
    "salesperson": "salesperson_id",
}  # fmt: skip
PEOPLE = ("collector", "salesperson")
SAID_OF_CONTACTS = ("name", "role", "email", "phone")


def customer_examples(people: "People", contacts: Revision, *, most: int) -> Row:
    """The first customers changed, with what each field was and will be, and the first contacts."""
    changed = people.changed.head(most)
    names = user_names(changed)
    return {
        "customers_changed": [
            {"customer": f"{row['customer']} · {row['name']}", "fields": dict(changes(row, names))}
            for row in changed.iter_rows(named=True)
        ],
        "contacts": contact_examples(people, contacts, most=most),
    }


def changes(row: Row, names: dict[int, str]) -> Iterator[tuple[str, list[str]]]:
    """Each field of a customer that changes: before and after, people by name."""
    for field, column in FIELDS.items():
        pair = [row[f"{column}_held"], row[column]]
        if pair[0] != pair[1]:
            told = [names.get(one, "") for one in pair] if field in PEOPLE else pair
            yield field, [str(one) for one in told]


def user_names(changed: pl.DataFrame) -> dict[int, str]:
    """The names of the people whom changed customers had or will have."""
    columns = [column for name in PEOPLE for column in (FIELDS[name], f"{FIELDS[name]}_held")]
    numbers = {one for name in columns for one in changed[name].drop_nulls().unique()}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=numbers)}


def contact_examples(people: "People", contacts: Revision, *, most: int) -> list[Row]:
    """The first contacts that are new, corrected, or taken away: before and after."""
    new, changed, vanished = contacts.new, contacts.corrected, contacts.vanished
    shown = (  # whose, and the contacts before and after, side by side
        ("new", new["customer_id"].head(most), repeat(""), words(new, most)),
        ("changed", changed["customer_id"].head(most), words(contacts.outdated, most),
         words(changed, most)),
        ("vanished", vanished["customer_id"].head(most), words(vanished, most), repeat("")),
    )  # fmt: skip
    owners = names_of(people, pl.concat([numbers for _, numbers, *_ in shown]))
    return [
        {"sort": sort, "customer": owners.get(number, ""), "before": old, "after": new}
        for sort, numbers, before, after in shown
        for number, old, new in zip(numbers, before, after, strict=False)
    ]


def words(rows: pl.DataFrame, most: int) -> Iterator[str]:
    """Each contact on one line."""
    shown = rows.head(most).select(SAID_OF_CONTACTS).iter_rows()
    return (", ".join(word for word in row if word) for row in shown)


def names_of(people: "People", numbers: pl.Series) -> dict[int, str]:
    """The code and the name of each customer by number, those that are to be made too."""
    wanted = numbers.unique()
    known = Customer.objects.filter(pk__in=wanted.to_list()).values_list("pk", "code", "name")
    found = {pk: f"{code} · {name}" for pk, code, name in known}
    coming = people.new.filter(pl.col("id").is_in(wanted.implode()))
    for pk, code, name in coming.select("id", "customer", "name").iter_rows():
        found[pk] = f"{code} · {name}"
    return found
