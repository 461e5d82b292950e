"""What an event changed, in the words of a reader."""

from typing import Any

import pytest

from quittance.reports.journal_changes import Change, changes


def told(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[tuple[str, ...]]:
    return [
        (one.label.replace("\xa0", " "), one.before or "", one.after or "")
        for one in changes(before, after, lang="en")
    ]


def test_fields_of_a_customer_are_named_with_what_they_were_and_are() -> None:
    before = {"terms": "30", "kind": "business", "held_fields": ["terms"]}
    after = {"terms": "45 EOM", "kind": "public", "version": 4}
    assert told(before, after) == [
        ("Terms", "30 days", "45 EOM"),
        ("Kind", "business", "public body"),
        ("Fields kept by hand · 1", "terms", ""),
        ("version", "", "4"),
    ]


@pytest.mark.parametrize(
    ("after", "label", "said"),
    [
        ({"balance": {"after": {"EUR": 110000}}}, "Balance · after · EUR", "€1,100.00"),
        ({"new": [{"kind": "invoice", "currency": "JPY", "count": 2000, "amount_minor": 500}]},
         "New · invoice", "2,000 for JPY\u00a0500"),
        ({"files": [{"name": "a.csv", "format": "CSV", "lines": 12, "sha256": "ab"}]},
         "File · a.csv", "CSV, 12 lines, SHA-256 ab"),
        ({"files": [{"name": "a.csv", "sha256": "ab"}]},
         "File · a.csv", "not read yet, SHA-256 ab"),
        ({"notes": [{"fr": "non", "en": "no"}]}, "Note · 1", "no"),
        ({"allocations": [{"documents": ["F1", "R1"], "amount_minor": 5, "currency": "EUR"}]},
         "Allocations · F1 ← R1", "€0.05"),
        ({"replaces": True}, "Removes what vanished", "yes"),
        ({"facts": {"ledger_item.added": "2 ab"}}, "Fingerprint of the facts · ledger_item.added",
         "2 ab"),
        ({"mentions": [{"user": 3}]}, "mentions · 1", "user 3"),
        ({"segment": ""}, "Segment", "–"),
    ],
)  # fmt: skip
def test_what_an_event_says_is_put_into_words(after: dict[str, Any], label: str, said: str) -> None:
    assert told(None, after) == [(label, "", said)]


def test_an_event_that_says_nothing_changes_nothing() -> None:
    assert changes(None, {}, lang="fr") == []
    assert changes({"name": "A"}, None, lang="fr") == [Change("Nom", "A", None)]
