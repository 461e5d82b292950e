"""What an address asks of a list of documents, read or left aside."""

from datetime import date

import polars as pl
import pytest
from django.http import QueryDict

from quittance.web.document_filters import (
    INVOICE_STATES,
    chips,
    conditions,
    fields,
    state_asked,
    with_texts,
)

ROWS = pl.DataFrame(
    {
        "document": ["FA-1", "FÀ 2"],
        "customer": ["C1", "C2"],
        "customer_id": [1, 2],
        "state": ["overdue", "settled"],
        "date": [date(2026, 1, 1), date(2026, 2, 1)],
        "due_date": [date(2026, 1, 31), date(2026, 3, 2)],
        "currency": ["EUR", "JPY"],
        "amount_minor": [100_00, -100],
    }
)


def kept(query: str) -> list[str]:
    found = conditions(QueryDict(query))
    rows = ROWS.filter(pl.all_horizontal(found)) if found else ROWS
    return rows["customer"].to_list()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["C1", "C2"]),
        ("customer=2", ["C2"]),
        ("customer=²", ["C1", "C2"]),
        ("customer=99999999999999999999", ["C1", "C2"]),
        ("due_from=2026-01-31", ["C1", "C2"]),
        ("due_from=2026-02-01", ["C2"]),
        ("due_until=2026-01-31", ["C1"]),
        ("date_from=2026-01-02", ["C2"]),
        ("date_until=2026-01-01&due_until=x", ["C1"]),
        ("amount_min=100", ["C1", "C2"]),
        ("amount_min=100,01", []),
        ("amount_max=99", []),
        ("amount_max=99999999999999999999", ["C1", "C2"]),
    ],
)
def test_a_condition_for_each_thing_asked(query: str, expected: list[str]) -> None:
    assert kept(query) == expected


def test_states_are_tabs_and_the_first_is_usual() -> None:
    assert state_asked(QueryDict("state=settled"), INVOICE_STATES) == "settled"
    assert state_asked(QueryDict("state=lost"), INVOICE_STATES) == "open"
    assert INVOICE_STATES["credits"][1] == ("unallocated",)


def test_chips_say_what_is_filtered_and_lead_away_from_it() -> None:
    query = QueryDict("customer=2&due_from=2026-02-01&amount_max=5&page=3&q=x")
    said = chips(query, lang="fr", customer="Bêta")
    assert [text for text, _ in said] == [
        "client Bêta", "échéance dès le 01/02/2026", "au plus 5",
    ]  # fmt: skip
    assert said[0][1] == "?due_from=2026-02-01&amount_max=5&q=x"
    assert chips(QueryDict("customer=9"), lang="fr", customer="") == []


def test_fields_hold_what_was_asked() -> None:
    (first, second) = fields(QueryDict("amount_min=5"), ("due_from", "amount_min"), lang="en")
    assert (first.label, first.kind, first.value) == ("Due from", "date", "")
    assert (second.label, second.kind, second.value) == ("Amount from", "amount", "5")


def test_the_text_of_a_row_is_its_document_and_its_customer() -> None:
    people = pl.DataFrame({"customer": ["C1"], "search_text": ["c1 alpha"]})
    found = with_texts(ROWS, people)["search_text"].to_list()
    assert found == ["fa 1 c1 alpha", "fa 2 "]
