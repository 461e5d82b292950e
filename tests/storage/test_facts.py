from datetime import date

import polars as pl
import pytest
from tests.storage.models.drafts import item, recorded, with_customer
from tests.storage.opened import AT

from quittance.services.journal import begin_event
from quittance.storage import facts
from quittance.storage.customer_lists import held_customers
from quittance.storage.models import Customer, LedgerItem

from tests.storage.opened import BY  # isort: skip

pytestmark = pytest.mark.usefixtures("db")


def test_facts_are_added_and_reversed_as_whole_frames() -> None:
    one, customer, draft = with_customer()
    day = date(2026, 1, 5)
    rows = pl.DataFrame(
        {
            "id": facts.new_ids("ledger_item", 3),
            "key": ["a", "b", "c"],
            "amount_minor": [1, 2, 3],
            "document": ['dit "b"', "", "é\nx"],
        }
    ).with_columns(
        customer_id=pl.lit(customer.pk), kind=pl.lit("invoice"), date=pl.lit(day),
        issue_date=pl.lit(day), currency=pl.lit("EUR"), recorded_date=pl.lit(day),
        journal=pl.lit(""), entry=pl.lit(""), account=pl.lit(""), label=pl.lit(""),
    )  # fmt: skip
    facts.add_rows(
        "ledger_item", rows,
        constants={"company_id": one.pk, "recorded_at": AT, "added_by_id": draft.id},
    )  # fmt: skip
    held = facts.held("ledger_item", one.pk)
    assert held.select("id", "key", "amount_minor", "document").equals(
        rows.select("id", "key", "amount_minor", "document")
    )
    later = begin_event(one.pk, by=BY, at=AT)
    facts.reverse_rows("ledger_item", rows["id"].head(2), event_id=later.id, at=AT)
    assert facts.held("ledger_item", one.pk)["key"].to_list() == ["c"]
    assert LedgerItem.objects.filter(reversed_by_id=later.id).count() == 2


def test_nothing_to_write_writes_nothing() -> None:
    one, _, draft = with_customer()
    empty = pl.DataFrame(schema={"id": pl.Int64})
    facts.add_rows("ledger_item", empty, constants={})
    facts.reverse_rows("ledger_item", empty["id"], event_id=draft.id, at=AT)
    facts.change_rows("customer", empty, columns=("name",))
    assert facts.held("ledger_item", one.pk).is_empty()
    assert facts.new_ids("ledger_item", 0).is_empty()


def test_numbers_are_given_once() -> None:
    first, second = facts.new_ids("allocation", 3), facts.new_ids("allocation", 3)
    assert len({*first, *second}) == 6


def test_customers_change_all_at_once() -> None:
    one, customer, draft = with_customer()
    item(customer, draft, 100)
    recorded(draft)
    Customer.objects.create(company=one, code="C2", name="Beta")
    rows = held_customers(one.pk).with_columns(name=pl.col("name") + " SA")
    facts.change_rows("customer", rows, columns=("name",))
    assert list(Customer.objects.order_by("code").values_list("name", "version")) == [
        ("Alpha SA", 2), ("Beta SA", 2),
    ]  # fmt: skip
