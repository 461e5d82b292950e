"""What files say of customers and of their contacts, compared with the record and written to it.

What a person set is held: a customer's field, a contact that a person changed, and the absence of
one that a person removed. Everything is compared and written in whole columns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from quittance.core.ledger import Receivables
from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, no_problems, problems_at
from quittance.core.revisions import Revision, revision
from quittance.core.sources import Given
from quittance.reports.customer_words import FIELDS
from quittance.storage import facts
from quittance.storage.customer_lists import (
    called,
    held_contacts,
    held_customers,
    named_members,
    removed_contacts,
)
from quittance.storage.models import CustomerGroup
from quittance.storage.people import search_text

Numbers = Callable[[str, int], pl.Series]
TOLD = (
    "name", "kind", "terms", "siren", "siret", "vat", "iban", "country", "language", "segment",
    "group", "collector_id", "salesperson_id",
)  # fmt: skip
PEOPLE = {"collector": "collector_id", "salesperson": "salesperson_id"}
FIELD_OF = {number: name for name, number in PEOPLE.items()}  # the others are their own
DEFAULTS = {"country": "FR", "language": "fr"}  # where no list says otherwise; "" for the others
FOUND_BY = ("customer", "name", "siren", "siret", "vat")
CONTACT_KEY = ("customer_id", "key")
CONTACT_CONTENT = ("name", "role", "email", "phone", "address", "channels", "is_main")
CHANNELS = {"email": "email", "phone": "phone", "post": "address"}  # and what each needs

PERSON = Rule(
    "list-person",
    "error",
    ("label_fr", "label_en", "found", "members", "count"),
    Phrase(
        "{label_fr} « {found} » : {members} membre(s) de la société portent ce nom ou cette "
        "adresse ({count} ligne(s)).",
        "{label_en} '{found}': {members} member(s) of the company bear this name or address "
        "({count} line(s)).",
    ),
    Phrase(
        "Un chargé de recouvrement et un commercial sont chacun un seul membre, par son adresse "
        "ou son nom.",
        "A collector and a salesperson are each a single member, by e-mail address or by name.",
    ),
    Phrase(
        "Invitez cette personne ou écrivez son adresse, puis relisez l'import ; le reste de la "
        "ligne est lu.",
        "Invite this person or write the address, then read the import again; the rest of the "
        "line is read.",
    ),
)


@dataclass(frozen=True)
class People:
    """Customers to add, customers to change, and the number of each code."""

    new: pl.DataFrame
    changed: pl.DataFrame  # what was there under `…_held`
    numbers: pl.DataFrame  # customer, customer_id


def people_of(company_id: int, wanted: Receivables, *, numbers: Numbers) -> People:
    """Customers compared by code; what a person set by hand stays as it is.

    One whom the books name no more keeps its name, and what no list then says of it goes.
    """
    held = held_customers(company_id)
    left = held.join(wanted.customers, on="customer", how="anti", maintain_order="left")
    named = pl.concat([wanted.customers, left.select(wanted.customers.columns)])
    told = told_of(named, wanted.details, members=named_members(company_id))
    both = told.join(held, on="customer", how="left", suffix="_held", maintain_order="left")
    new = both.filter(pl.col("id").is_null()).select("customer", *TOLD)
    known = both.filter(pl.col("id").is_not_null()).with_columns(
        pl.when(is_held(name)).then(f"{name}_held").otherwise(name).alias(name) for name in TOLD
    )
    is_other = pl.any_horizontal(pl.col(n).ne_missing(pl.col(f"{n}_held")) for n in TOLD)
    added = new.with_columns(id=numbers("customer", new.height))
    by_code = pl.concat([held.select("customer", "id"), added.select("customer", "id")])
    return People(
        new=added,
        changed=known.filter(is_other),
        numbers=by_code.rename({"id": "customer_id"}),
    )


def is_held(name: str) -> pl.Expr:
    """Whether a person set a field of the customer."""
    field = FIELD_OF.get(name, name)
    return pl.col("held_fields").str.contains(f'"{field}"', literal=True)


def told_of(
    customers: pl.DataFrame, details: pl.DataFrame, *, members: Mapping[str, set[int]]
) -> pl.DataFrame:
    """Each customer with every field; what nothing states is as it is by default."""
    joined = customers.join(details, on="customer", how="left", maintain_order="left")
    texts = [name for name in details.columns if name not in ("customer", *PEOPLE)]
    filled = [pl.col(name).fill_null(DEFAULTS.get(name, "")) for name in texts]
    return joined.with_columns(
        *filled, *(number_of(joined[name], members).alias(PEOPLE[name]) for name in PEOPLE)
    ).select("customer", *TOLD)


def number_of(names: pl.Series, members: Mapping[str, set[int]]) -> pl.Series:
    """The number of the one member whom each text names."""
    found = {text: members.get(called(text), set()) for text in names.drop_nulls().unique()}
    sure = {text: next(iter(numbers)) for text, numbers in found.items() if len(numbers) == 1}
    return names.replace_strict(
        list(sure), list(sure.values()), default=None, return_dtype=pl.Int64
    )


def unknown_people(company_id: int, given: Sequence[Given]) -> pl.DataFrame:
    """The collectors and salespeople of some lists who are not one member each, once per name."""
    lists = [one for one in given if one.kind == "customers"]
    met, members = [no_problems()], named_members(company_id) if lists else {}
    for one in lists:
        for name in PEOPLE if set(PEOPLE) <= set(one.rows.columns) else ():
            texts = one.rows.filter(pl.col(name).is_not_null())
            counts = {text: len(members.get(called(text), ())) for text in texts[name].unique()}
            wrong = {text: count for text, count in counts.items() if count != 1}
            lines = texts.filter(pl.col(name).is_in(list(wrong))).group_by(name)
            rows = lines.agg(pl.col("line").min(), count=pl.len()).sort("line")
            told = rows.with_columns(
                file=pl.lit(one.file), label_fr=pl.lit(FIELDS[name].fr),
                label_en=pl.lit(FIELDS[name].en), members=pl.Series(
                    [wrong[text] for text in rows[name]], dtype=pl.Int64
                ),
            )  # fmt: skip
            facts_told = ["label_fr", "label_en", name, "members", "count"]
            met.append(problems_at(told, PERSON, facts=facts_told, lines=0))
    return pl.concat(met)


def contacts_of(company_id: int, wanted: pl.DataFrame, *, numbers: pl.DataFrame) -> Revision:
    """The contacts of the lists compared; a person's, and what a person removed, stay so."""
    held = held_contacts(company_id)
    is_person = (pl.col("key") == "") | pl.col("is_held")
    persons = held.filter(is_person)
    beside = persons.filter("is_main").select("customer_id", has_main=pl.lit(value=True))
    rows = (
        wanted.join(numbers, on="customer", maintain_order="left")
        .with_columns(channels=channels())
        .join(persons, on=CONTACT_KEY, how="anti", maintain_order="left")
        .join(removed_contacts(company_id), on=CONTACT_KEY, how="anti", maintain_order="left")
        .join(beside.unique(), on="customer_id", how="left", maintain_order="left")
        .with_columns(is_main=pl.col("is_main") & pl.col("has_main").is_null())
        .select(*CONTACT_KEY, *CONTACT_CONTENT)
    )
    return revision(held.filter(~is_person), rows, key=CONTACT_KEY, content=CONTACT_CONTENT)


def channels() -> pl.Expr:
    """What a contact may be reached by, as a list of JSON: all that the list gives."""
    names = [
        pl.when(pl.col(needed) != "").then(pl.lit(f'"{channel}"'))
        for channel, needed in CHANNELS.items()
    ]
    return pl.concat_str(
        pl.lit("["), pl.concat_str(*names, separator=", ", ignore_nulls=True), pl.lit("]")
    )


def write_people(people: People, company_id: int) -> None:
    """Add the customers that are new, change those that are told otherwise."""
    groups = groups_named(company_id, [people.new["group"], people.changed["group"]])
    new = with_search(people.new, groups).rename({"customer": "code"}).drop("group")
    constants = {"company_id": company_id, "held_fields": "[]", "version": 1}
    facts.add_rows("customer", new, constants=constants)
    columns = [name for name in TOLD if name != "group"]
    changed = with_search(people.changed, groups)
    facts.change_rows("customer", changed, columns=(*columns, "group_id", "search_text"))


def with_search(rows: pl.DataFrame, groups: Mapping[str, int]) -> pl.DataFrame:
    """Customers with the number of their group, and the text that the search finds them by."""
    texts = [search_text(*words) for words in rows.select(FOUND_BY).iter_rows()]
    group = rows["group"].replace_strict(
        list(groups), list(groups.values()), default=None, return_dtype=pl.Int64
    )
    return rows.with_columns(
        group.alias("group_id"), pl.Series("search_text", texts, dtype=pl.String)
    )


def groups_named(company_id: int, names: Sequence[pl.Series]) -> dict[str, int]:
    """The numbers of groups of customers by name, those that are missing made."""
    wanted = sorted(set(pl.concat(names).unique().to_list()) - {""})
    CustomerGroup.objects.bulk_create(
        [CustomerGroup(company_id=company_id, name=name) for name in wanted],
        ignore_conflicts=True,
    )
    found = CustomerGroup.objects.filter(company_id=company_id, name__in=wanted)
    return dict(found.values_list("name", "pk"))


def write_contacts(contacts: Revision, company_id: int) -> None:
    """Take away the contacts that no list names any more, change and add the others."""
    facts.remove_rows("contact", contacts.vanished["id"])
    ids = contacts.outdated.select("id")  # row by row beside the corrected ones
    corrected = pl.concat([ids, contacts.corrected.select(CONTACT_CONTENT)], how="horizontal")
    facts.change_rows("contact", corrected, columns=CONTACT_CONTENT)
    constants = {"company_id": company_id, "is_held": False, "version": 1}
    facts.add_rows("contact", contacts.new, constants=constants)
