"""What the given files make of a company's books, compared with the facts held.

The books are a fold of the live files; a change of files is the difference of two folds. Nothing
here writes, except `write_changes`, within the transaction of whoever calls it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from quittance.core.ledger import Receivables
from quittance.core.manual_allocations import beside_manual, within, without_refused
from quittance.core.revisions import Revision, revision
from quittance.core.schema import EXCHANGE_RATES, empty, shaped
from quittance.services.customer_lists import (
    Numbers,
    People,
    contacts_of,
    people_of,
    write_contacts,
    write_people,
)
from quittance.services.journal import Draft
from quittance.storage import facts
from quittance.storage.refused_allocations import refused_pairs

ALLOCATION_KEY = ("debit_id", "credit_id", "rank")


@dataclass(frozen=True)
class Manual:
    """A person's allocations that follow their items, or lose them."""

    followed: pl.DataFrame  # as they are to be added again
    reversed: pl.DataFrame  # as they were held
    lost: pl.DataFrame  # held ones of which nothing is left


@dataclass(frozen=True)
class Changes:
    """The difference between the facts held and those that the files make."""

    people: People
    contacts: Revision
    items: Revision
    item_ids: pl.DataFrame  # item of the fold, id of the record
    allocations: Revision
    manual: Manual
    movements: Revision
    rates: Revision

    @property
    def is_empty(self) -> bool:
        """Whether applying them would change nothing."""
        parts = (self.contacts, self.items, self.allocations, self.movements, self.rates)
        people = self.people.new.height + self.people.changed.height
        return not people and all(part.is_empty for part in parts)


def provisional(_table: str, count: int) -> pl.Series:
    """Numbers for a preview: negative, so that they are nobody's."""
    return -pl.int_range(1, count + 1, eager=True).cast(pl.Int64).alias("id")


def rates_of(given: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The exchange rates of some files; of two on one day, that of the file given last."""
    rows = [shaped(one, EXCHANGE_RATES) for one in given]
    return pl.concat([empty(EXCHANGE_RATES), *rows]).unique(
        facts.RATE_KEY, keep="last", maintain_order=True
    )


def changes_of(
    company_id: int,
    wanted: Receivables,
    *,
    rates: pl.DataFrame,
    files: Mapping[str, int],
    numbers: Numbers,
) -> Changes:
    """Compare the fold of the files with the facts held; `files` numbers their labels."""
    people = people_of(company_id, wanted, numbers=numbers)
    rows = wanted_items(wanted, people.numbers, files=files)
    items = in_key_order(
        revision(
            facts.held("ledger_item", company_id), rows, key=["key"], content=facts.ITEM_CONTENT
        )
    )
    new = numbers("ledger_item", items.new.height + items.corrected.height)
    ids = pl.concat(
        [
            items.unchanged.select("item", "id", "amount_minor", "currency"),
            items.added.select("item", id=new, amount_minor="amount_minor", currency="currency"),
        ]
    )
    held = facts.held("allocation", company_id)
    by_person = held.filter(pl.col("origin") == "person")
    manual = manual_of(by_person, items, ids=ids)
    return Changes(
        people=people,
        contacts=contacts_of(company_id, wanted.contacts, numbers=people.numbers),
        items=items,
        item_ids=ids,
        allocations=allocations_of(
            held.filter(pl.col("origin") == "books"),
            without_refused(
                coded(wanted), wanted.sources.select("item", "key"),
                refused=refused_pairs(company_id),
            ),
            ids=ids, manual=after(by_person, manual), keys=wanted.sources.select("item", "key"),
        ),
        manual=manual,
        movements=revision(
            facts.held("account_movement", company_id), movements_of(wanted.ledger),
            key=facts.MOVEMENT_KEY, content=facts.MOVEMENT_CONTENT,
        ),
        rates=revision(
            facts.held_rates(company_id), rates, key=facts.RATE_KEY, content=facts.RATE_CONTENT
        ),
    )  # fmt: skip


def in_key_order(items: Revision) -> Revision:
    """The same difference, its new items in the order of their keys.

    They are written in that order: an index on a key that only grows is filled twice as fast.
    """
    return replace(items, new=items.new.sort("key"))


def wanted_items(
    wanted: Receivables, numbers: pl.DataFrame, *, files: Mapping[str, int]
) -> pl.DataFrame:
    """The items of the fold as the record holds them, with their provenance."""
    labels = pl.DataFrame(
        {"file": list(files), "file_id": list(files.values())},
        schema={"file": pl.String, "file_id": pl.Int64},
    )
    texts = [pl.col(name).fill_null("") for name in ("journal", "entry", "account", "label")]
    sources = (
        wanted.sources.join(labels, on="file", how="left")
        .with_columns(texts)
        .select("item", "key", *facts.ITEM_SOURCE)
    )
    return (
        wanted.items.join(sources, on="item", maintain_order="left")
        .join(numbers, on="customer", maintain_order="left")
        .select("item", "key", *facts.ITEM_CONTENT, *facts.ITEM_SOURCE)
    )


def coded(wanted: Receivables) -> pl.DataFrame:
    """The allocations that the books state, each with their own matching code."""
    pair = ["debit_item", "credit_item"]
    joined = wanted.allocations.join(wanted.codes, on=pair, how="left", maintain_order="left")
    return joined.with_columns(pl.col("matching_code").fill_null(""))


def allocations_of(
    held: pl.DataFrame, wanted: pl.DataFrame, *, ids: pl.DataFrame, manual: pl.DataFrame,
    keys: pl.DataFrame,
) -> Revision:  # fmt: skip
    """The books' allocations compared, once a person's have taken their room.

    Which ones a person's leave no room for is told by natural keys, whatever numbers the items have
    from the order of the imports.
    """
    debits = ids.select(debit_item="item", debit_id="id", currency="currency")
    credits_ = ids.select(credit_item="item", credit_id="id")
    order = ("date", "debit_id", "credit_id", "recorded_date", "value_date", "amount_minor")
    stated = wanted.join(debits, on="debit_item").join(credits_, on="credit_item").sort(*order)
    if not manual.is_empty():
        stated = in_order_of_keys(stated, keys)
    fitting = beside_manual(stated, manual, amounts=ids.select("id", "amount_minor"))
    rank = pl.int_range(pl.len()).over("debit_id", "credit_id").alias("rank")
    columns = ("debit_id", "credit_id", "rank", "currency", *facts.ALLOCATION_CONTENT)
    return revision(
        held.sort(*order).with_columns(rank),
        fitting.with_columns(rank).select(columns),
        key=ALLOCATION_KEY,
        content=facts.ALLOCATION_CONTENT,
    )


def in_order_of_keys(stated: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """The books' allocations by date, then by the natural keys of both sides."""
    placed = stated
    for side in ("debit", "credit"):
        named = keys.select(
            pl.col("item").alias(f"{side}_item"), pl.col("key").alias(f"{side}_key")
        )
        placed = placed.join(named, on=f"{side}_item", how="left")
    order = ("date", "debit_key", "credit_key", "recorded_date", "value_date", "amount_minor")
    return placed.sort(order).select(stated.columns)


def manual_of(held: pl.DataFrame, items: Revision, *, ids: pl.DataFrame) -> Manual:
    """A person's allocations whose items were corrected follow them, as far as there is room."""
    successors = items.outdated.select("key", old="id").join(
        items.corrected.select("key", "item").join(ids.select("item", "id"), on="item"), on="key"
    )
    gone = pl.concat([items.outdated["id"], items.vanished["id"]]).implode()
    is_hit = pl.col("debit_id").is_in(gone) | pl.col("credit_id").is_in(gone)
    touched, kept = held.filter(is_hit), held.filter(~is_hit)
    moved = touched
    for side in ("debit_id", "credit_id"):
        heirs = successors.select(pl.col("old").alias(side), heir="id")
        moved = moved.join(heirs, on=side, how="left", maintain_order="left").with_columns(
            pl.coalesce("heir", side).alias(side)
        ).drop("heir")  # fmt: skip
    fitting = within(pl.concat([kept, moved]), ids.select("id", "amount_minor"))
    followed = fitting.join(touched.select("id"), on="id", how="semi", maintain_order="left")
    return Manual(
        followed=followed,
        reversed=touched,
        lost=touched.join(followed.select("id"), on="id", how="anti", maintain_order="left"),
    )


def after(by_person: pl.DataFrame, manual: Manual) -> pl.DataFrame:
    """A person's allocations as they will be."""
    kept = by_person.join(manual.reversed.select("id"), on="id", how="anti")
    return pl.concat([kept, manual.followed])


def movements_of(ledger: pl.DataFrame) -> pl.DataFrame:
    """The trial balance by account, day and nature."""
    sums = ledger.group_by(facts.MOVEMENT_KEY).agg(
        pl.col("debit_minor").sum(), pl.col("credit_minor").sum()
    )
    return sums.select(*facts.MOVEMENT_KEY, *facts.MOVEMENT_CONTENT).sort(facts.MOVEMENT_KEY)


def write_changes(changes: Changes, draft: Draft) -> None:
    """Write a difference under an event.

    What is reversed goes first, so that no allocation ever points to a reversed item.
    """
    fact = {
        "company_id": draft.company_id, "recorded_at": draft.at, "added_by_id": draft.id,
    }  # fmt: skip
    facts.reverse_rows(
        "allocation", pl.concat([changes.allocations.reversed, changes.manual.reversed["id"]]),
        event_id=draft.id, at=draft.at,
    )  # fmt: skip
    facts.reverse_rows("ledger_item", changes.items.reversed, event_id=draft.id, at=draft.at)
    facts.reverse_rows(
        "account_movement", changes.movements.reversed, event_id=draft.id, at=draft.at
    )
    write_people(changes.people, draft.company_id)
    write_contacts(changes.contacts, draft.company_id)
    items = changes.items.added.join(changes.item_ids.select("item", "id"), on="item").drop("item")
    facts.add_rows("ledger_item", items.sort("id"), constants=fact)
    allocations = changes.allocations.added.drop("rank")
    facts.add_rows("allocation", allocations, constants={**fact, "origin": "books"})
    facts.add_rows("allocation", changes.manual.followed.drop("id"), constants=fact)
    facts.add_rows("account_movement", changes.movements.added, constants=fact)
    facts.remove_rows("exchange_rate", changes.rates.reversed)
    rate = {"company_id": draft.company_id, "recorded_at": draft.at, "source": "ECB"}
    facts.add_rows("exchange_rate", changes.rates.added, constants=rate)
