"""What lists of customers say, whatever the order of lines and files."""

import random
from typing import Any

import polars as pl
import pytest
from tests.tables import frame

from quittance.core.customer_lists import (
    LISTED,
    are_kinds,
    codes_of,
    contacts_of,
    details_of,
    told_of,
)
from quittance.core.schema import CUSTOMERS

CUSTOMERS_OF_BOOKS = frame("""
customer  name   kind      terms
C1        Alpha  business  -
C2        Beta   business  -
""", CUSTOMERS)  # fmt: skip


def listed(*rows: dict[str, Any]) -> pl.DataFrame:
    lines = [{"line": place + 2, "file": "a.csv", **row} for place, row in enumerate(rows)]
    return pl.DataFrame(lines, schema=dict(LISTED))


def contacts(*rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    found = contacts_of(listed(*rows), CUSTOMERS_OF_BOOKS)
    return found.select("customer", "key", "name", "email", "is_main").rows()


def test_the_last_value_that_a_list_states_holds_field_by_field() -> None:
    rows = listed(
        {"customer": "C1", "siren": "732829320", "segment": "Commerce"},
        {"customer": "C1", "segment": "Public", "collector": "nadia@x.example"},
        {"customer": "C9", "segment": "nobody's"},
    )
    found = details_of(rows, CUSTOMERS_OF_BOOKS)
    assert found.select("customer", "siren", "segment", "collector").rows() == [
        ("C1", "732829320", "Public", "nadia@x.example"),
        ("C2", None, None, None),
    ]


def test_a_customer_may_be_named_by_its_key() -> None:
    rows = listed({"key": "C1", "siren": "732829320", "contact_name": "Anne"})
    assert details_of(rows, CUSTOMERS_OF_BOOKS)["siren"].to_list() == ["732829320", None]
    assert contacts_of(rows, CUSTOMERS_OF_BOOKS)["customer"].to_list() == ["C1"]
    assert codes_of(rows).rows() == [("C1", "C1")]
    assert told_of(rows)["customer"].to_list() == ["C1"]


def test_several_lines_of_a_customer_are_its_contacts_the_first_the_main_one() -> None:
    assert contacts(
        {"customer": "C1", "contact_name": "Zoé", "email": "z@x.example"},
        {"customer": "C1", "contact_name": "Anne", "email": "a@x.example"},
        {"customer": "C2", "contact_name": "Anne"},
        {"customer": "C9", "contact_name": "Nobody"},
    ) == [
        ("C1", "name|zoé", "Zoé", "z@x.example", True),
        ("C1", "name|anne", "Anne", "a@x.example", False),
        ("C2", "name|anne", "Anne", "", True),
    ]


def test_one_name_is_one_contact_and_its_fields_add_up() -> None:
    assert contacts(
        {"customer": "C1", "contact_name": "Anne ROUX", "email": "old@x.example"},
        {"customer": "C1", "contact_name": "Anne  Roux", "phone": "+33199001234"},
        {"customer": "C1", "contact_name": "anne roux", "email": "new@x.example"},
    ) == [("C1", "name|anne roux", "anne roux", "new@x.example", True)]


@pytest.mark.parametrize(
    ("row", "key", "name"),
    [
        ({"email": "a@x.example"}, "email|a@x.example", "Alpha"),
        ({"phone": "+33199001234"}, "phone|+33199001234", "Alpha"),
        ({"address": "1 rue X"}, "address", "Alpha"),
        ({"email": "a@x.example", "contact_role": "Compta"}, "email|a@x.example", "Compta"),
    ],
)
def test_a_contact_without_a_name_has_the_role_s_or_the_customer_s(
    row: dict[str, str], key: str, name: str
) -> None:
    assert [found[1:3] for found in contacts({"customer": "C1", **row})] == [(key, name)]


def test_an_address_without_a_name_is_its_owners() -> None:
    assert contacts(
        {"customer": "C1", "email": "a@x.example"},
        {"customer": "C1", "email": "a@x.example", "contact_name": "Anne"},
    ) == [("C1", "name|anne", "Anne", "a@x.example", True)]


def test_a_role_alone_is_nobody() -> None:
    assert contacts({"customer": "C1", "contact_role": "Compta"}) == []


def test_the_order_of_lines_does_not_matter() -> None:
    rows = [
        {"customer": "C1", "contact_name": "Zoé", "siren": "732829320", "line": 2},
        {"customer": "C1", "contact_name": "Anne", "email": "a@x.example", "line": 3},
        {"customer": "C1", "email": "a@x.example", "line": 4},
        {"customer": "C2", "contact_name": "Anne", "segment": "Public", "line": 5},
    ]
    expected = contacts(*rows)
    for seed in range(6):
        mixed = random.Random(seed).sample(rows, len(rows))
        assert contacts(*mixed) == expected
        found = details_of(listed(*mixed), CUSTOMERS_OF_BOOKS)
        assert found.select("siren", "segment").rows() == [("732829320", None), (None, "Public")]


def test_an_empty_column_is_no_column_of_kinds() -> None:
    assert not are_kinds(pl.Series([None, ""], dtype=pl.String))
    assert are_kinds(pl.Series(["Mairie", "Association", "Pro"]))
