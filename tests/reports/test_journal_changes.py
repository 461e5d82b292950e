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
        ("Version", "", "4"),
    ]


@pytest.mark.parametrize(
    ("after", "label", "said"),
    [
        ({"balance": {"after": {"EUR": 110000}}}, "Balance · EUR", "€1,100.00"),
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
        ({"facts": {"ledger_item.added": "2 ab"}}, "Fingerprint of the facts · documents added",
         "2 ab"),
        ({"mentions": [{"user": 3}]}, "Called on · 1", "user 3"),
        ({"scope": "own"}, "Customers seen", "own ones only"),
        ({"role": "buyer"}, "Role", "buyer"),
        ({"segment": ""}, "Segment", "–"),
    ],
)  # fmt: skip
def test_what_an_event_says_is_put_into_words(after: dict[str, Any], label: str, said: str) -> None:
    found = [one for one in told(None, after) if not one[0].startswith("SHA-256 hash")]
    assert found == [(label, "", said)]


def test_an_event_that_says_nothing_changes_nothing() -> None:
    assert changes(None, {}, lang="fr") == []
    assert changes({"name": "A"}, None, lang="fr") == [Change("Nom", "A", None)]


def test_before_stands_beside_after_what_matters_first_and_proofs_last() -> None:
    digest = "0123456789abcdef" * 4
    after = {
        "facts": {"allocation.added": "1 ab"},
        "allocations": {"new": 1, "reversed": 0},
        "changed": [{"kind": "invoice", "currency": "EUR", "count": 1, "amount_minor": 200}],
        "changed_from": [{"kind": "invoice", "currency": "EUR", "count": 1, "amount_minor": 100}],
        "balance": {"before": {"EUR": 100}, "after": {"EUR": 200}},
        "is_empty": False,
        "files": [{"name": "a.csv", "format": "CSV", "lines": 2, "sha256": digest}],
    }
    assert told(None, after) == [
        ("File · a.csv", "", "CSV, 2 lines, SHA-256 0123456789ab…"),
        ("Balance · EUR", "€1.00", "€2.00"),
        ("Corrected · invoice", "1 for €1.00", "1 for €2.00"),
        ("Allocations · New", "", "1"),
        ("Fingerprint of the facts · allocations added", "", "1 ab"),
        ("SHA-256 hash · a.csv", "", digest),
    ]
    proofs = [one.is_proof for one in changes(None, after, lang="en")]
    assert proofs == [False] * 4 + [True] * 2


def test_a_change_in_number_is_told_by_the_names_of_its_customers() -> None:
    before = {"customers": {"7": {"terms": "30", "held_fields": []}, "9": {"terms": "45"}}}
    after = {"terms": "60", "versions": {"7": 2, "9": 5}}
    found = changes(before, after, lang="en", customers={"7": "Alpha"})
    assert [(one.label.replace("\xa0", " "), one.before, one.after) for one in found][:2] == [
        ("Alpha · Terms", "30 days", "60 days"), ("n° 9 · Terms", "45 days", "60 days"),
    ]  # fmt: skip
    assert all(one.is_proof for one in found[2:])
    undone = {"customers": {"7": {"terms": "60"}}}, {"customers": {"7": {"terms": "30"}}}
    (back,) = changes(*undone, lang="en", customers={"7": "Alpha"})
    assert (back.before, back.after) == ("60 days", "30 days")


def test_of_many_customers_the_others_are_counted() -> None:
    before = {"customers": {str(one): {"segment": "a"} for one in range(60)}}
    found = changes(before, {"segment": "b"}, lang="en")
    assert [one.after for one in found if one.label == "Other customers"] == ["10"]
    assert len(found) == 51
