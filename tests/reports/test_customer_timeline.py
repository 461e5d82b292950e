"""The timeline: movements and acts in one order, by kind, page by page."""

from datetime import UTC, date, datetime

import pytest
from tests.tables import book

from quittance.reports.customer_timeline import ACTS, KINDS, Happened, timeline

DAY = date(2026, 6, 30)
BOOK = book(
    """
    item  document  kind         date        due         amount
    1     F1        invoice      2026-04-01  2026-05-01  1000.00
    2     V1        payment      2026-05-31  2026-05-31  -400.00
    3     A1        credit_note  2026-06-10  2026-06-10  -50.00
    4     F9        invoice      2026-07-01  2026-07-31  1.00
    """
)


def happened(day: int, action: str, **more: object) -> Happened:
    at = datetime(2026, 6, day, 9, tzinfo=UTC)
    return Happened(day, at.date(), at, action, "Inès", **more)  # type: ignore[arg-type]


EVENTS = [  # newest first, as the journal gives them
    happened(12, "note.written", text="Promet vendredi."),
    happened(10, "customer.changed", before={"terms": "30"}, after={"terms": "45 EOM"}),
    happened(9, "contact.changed", subject="Léa", before={"phone": ""}, after={"phone": "+331"}),
    happened(8, "contact.added", subject="Léa"),
    happened(7, "allocation.added", after={"allocations": [
        {"documents": ["F1", "V1"], "amount_minor": 40_000, "currency": "EUR"}]}),
    happened(6, "something.new"),
]  # fmt: skip


def titles(**asked: object) -> list[str]:
    found = timeline(BOOK, DAY, events=EVENTS, **asked)  # type: ignore[arg-type]
    return [one.title.fr for one in found.entries]


def test_everything_stands_in_one_order_newest_first_acts_above_the_movements_of_a_day() -> None:
    assert titles() == [
        "Note", "Fiche modifiée", "Avoir A1", "Contact modifié", "Contact ajouté", "Lettrage",
        "something.new", "Règlement V1", "Facture F1",
    ]  # fmt: skip


def test_each_line_says_what_it_was() -> None:
    told = [one.text for one in timeline(BOOK, DAY, events=EVENTS).entries]
    english = [one.en.replace("\xa0", " ") if one else None for one in told]
    assert english == [
        "Promet vendredi.", "Terms: 30 days → 45 EOM", "€50.00", "Léa — Telephone: nothing → +331",
        "Léa", "F1 by V1: €400.00", None, "€400.00", "€1,000.00, due 2026-05-01",
    ]  # fmt: skip


def test_movements_lead_to_themselves_and_acts_say_who() -> None:
    entries = timeline(BOOK, DAY, events=EVENTS).entries
    assert [one.item for one in entries] == [None, None, 3, None, None, None, None, 2, 1]
    assert entries[-1].item_kind == "invoice"
    assert (entries[0].who, entries[-1].who) == ("Inès", "")


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        (["notes"], ["Note"]),
        (["payments"], ["Règlement V1"]),
        (["invoices"], ["Avoir A1", "Facture F1"]),
        (["notes", "allocations"], ["Note", "Lettrage"]),
    ],
)
def test_some_kinds_alone(kinds: list[str], found: list[str]) -> None:
    assert titles(kinds=kinds) == found


def test_pages_do_not_overlap_and_counts_are_of_all() -> None:
    pages = [titles(first=first, size=4) for first in (0, 4, 8)]
    assert [len(page) for page in pages] == [4, 4, 1]
    assert [one for page in pages for one in page] == titles()
    found = timeline(BOOK, DAY, events=EVENTS, kinds=["notes"], size=1)
    assert found.count == 1
    assert found.counts == {
        "notes": 1, "changes": 4, "allocations": 1, "invoices": 2, "payments": 1,
    }  # fmt: skip


def test_a_day_of_the_accounts_cuts_movements_and_not_what_people_did() -> None:
    found = timeline(BOOK, date(2026, 5, 1), events=EVENTS)
    told = [one.title.en for one in found.entries]
    assert (told[0], told[-1], len(told)) == ("Note", "Invoice F1", 7)
    assert timeline(book(), DAY, events=[]).entries == ()


def test_every_act_belongs_to_a_kind_that_can_be_chosen() -> None:
    assert {kind for kind, *_ in ACTS.values()} <= set(KINDS)
