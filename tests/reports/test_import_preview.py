from typing import Any

from quittance.reports.import_preview import preview_lines

NOTHING: dict[str, Any] = {"count": 0, "sentences": []}
FULL: dict[str, Any] = {
    "files": [{"name": "ventes.csv", "format": "CSV", "kind": "invoices", "lines": 3}],
    "new": [{"kind": "invoice", "currency": "EUR", "count": 2, "amount_minor": 30000}],
    "changed": [{"kind": "invoice", "currency": "EUR", "count": 1, "amount_minor": 12000}],
    "changed_from": [{"kind": "invoice", "currency": "EUR", "count": 1, "amount_minor": 10000}],
    "vanished": [],
    "rates": 3,
    "absent": {"count": 2, "amounts": {"EUR": 5000}},
    "known": [{"fr": "a.csv (import 2…)", "en": "a.csv (import 2…)"}],
    "unchanged": 5,
    "customers": {"new": 1, "changed": 0},
    "allocations": {"new": 4, "reversed": 1, "manual_followed": 0, "manual_lost": 0},
    "balance": {"before": {}, "after": {"EUR": 42000}},
    "problems": {
        "count": 1,
        "sentences": [{"fr": "ventes.csv:3: non.", "en": "ventes.csv:3: no."}],
    },
    "is_empty": False,
}


def test_a_preview_says_what_would_change() -> None:
    assert list(preview_lines(FULL, "en")) == [
        "ventes.csv: CSV, 3 lines",
        "Left out, given already: a.csv (import 2…)",
        "New : invoice × 2, €300.00",
        "Corrected : invoice × 1, €120.00 (instead of €100.00)",
        "Unchanged: 5",
        "Customers: 1 new, 0 changed",
        "Allocations: 4 added, 1 removed; made by hand: 0 follow their corrected item, 0 lose "
        "theirs",
        "Exchange rates: 3",
        "Customers' balance: 0 → €420.00",
        "Absent from these files, within their period: 2 document(s), €50.00, which older files "
        "hold. They stay; --replaces removes them.",
        "Problems: 1",
        "  ventes.csv:3: no.",
    ]


def test_a_preview_says_that_nothing_changes_or_that_nothing_is_read() -> None:
    absent = {"count": 0, "amounts": {}}
    unchanged = {**FULL, "is_empty": True, "problems": NOTHING, "absent": absent}
    assert list(preview_lines(unchanged, "fr"))[-1] == "Rien ne change."
    refused = {"problems": FULL["problems"]}
    assert list(preview_lines(refused, "fr")) == ["Problèmes : 1", "  ventes.csv:3: non."]


def test_a_preview_says_which_customers_and_contacts_change() -> None:
    fields = {"siren": ["", "732829320"], "kind": ["business", "public"]}
    changed = {"customers_changed": [{"customer": "C1 · Alpha", "fields": fields}]}
    told = list(
        preview_lines(
            {**FULL, "customers": {"new": 0, "changed": 1}, "examples": changed,
             "contacts": {"new": 2, "changed": 0, "vanished": 1}},
            "fr",
        )
    )  # fmt: skip
    place = told.index("Clients : 0 nouveaux, 1 modifiés")
    assert told[place + 1 : place + 3] == [
        "  C1 · Alpha : Nature : entreprise → organisme public ; SIREN : rien → 732829320",
        "Contacts : 2 nouveaux, 0 modifiés, 1 retirés",
    ]
