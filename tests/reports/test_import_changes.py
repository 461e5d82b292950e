from datetime import date
from typing import Any

from quittance.reports.import_changes import (
    absent_report,
    changes_report,
    customers_report,
    documents_report,
)

DAY = date(2026, 10, 1)
ONE = {
    "kind": "invoice", "document": "F1", "date": "2026-01-05", "issue_date": "2026-01-05",
    "due_date": None, "currency": "EUR", "amount_minor": 12000, "customer": "C1 · Alpha",
}  # fmt: skip
SUMMARY: dict[str, Any] = {
    "new": [],
    "changed": [{"kind": "invoice", "currency": "EUR", "count": 1, "amount_minor": 12000}],
    "changed_from": [{"kind": "invoice", "currency": "EUR", "count": 1, "amount_minor": 10000}],
    "vanished": [{"kind": "payment", "currency": "USD", "count": 2, "amount_minor": -500}],
    "examples": {
        "new": [ONE],
        "changed": [{**ONE, "was": {"amount_minor": 10000, "due_date": "2026-02-04",
                                    "kind": "opening"}}],
        "vanished": [],
    },
    "absent": {"examples": [{"date": "2026-01-10", "customer": "C1", "document": "F2",
                             "currency": "EUR", "amount_minor": 4000, "file": "a.csv",
                             "covering": "b.csv"}]},
}  # fmt: skip


def test_sums_are_told_by_sort_and_kind_a_correction_with_what_it_was() -> None:
    rows = changes_report(SUMMARY, DAY).rows.rows()
    assert rows == [
        ("invoice", "changed", 1, "EUR", 10000, 12000),
        ("payment", "vanished", 2, "USD", None, -500),
    ]


def test_a_corrected_document_says_what_it_said_before() -> None:
    new, changed = documents_report(SUMMARY, DAY).rows.to_dicts()
    assert (new["sort"], new["was_minor"], new["was_fr"]) == ("new", None, "")
    assert changed["was_minor"] == 10000
    assert changed["was_fr"] == "nature à-nouveau, échéance 2026-02-04"
    assert changed["was_en"] == "kind opening, due 2026-02-04"
    assert new["issue_date"] == date(2026, 1, 5)


def test_what_is_absent_names_both_files() -> None:
    (row,) = absent_report(SUMMARY, DAY).rows.to_dicts()
    assert (row["document"], row["file"], row["covering"]) == ("F2", "a.csv", "b.csv")
    empty = absent_report({**SUMMARY, "absent": {"examples": []}}, DAY)
    assert empty.rows.is_empty()


def test_each_field_of_a_customer_and_each_contact_is_a_row() -> None:
    fields = {"kind": ["business", "public"], "segment": ["", "Mairies"]}
    contacts = [
        {"sort": "new", "customer": "C1 · Alpha", "before": "", "after": "Anne, a@x.example"},
        {"sort": "vanished", "customer": "C2 · Beta", "before": "Luc", "after": ""},
    ]
    changed = [{"customer": "C1 · Alpha", "fields": fields}]
    report = customers_report(
        {"examples": {"customers_changed": changed, "contacts": contacts}}, DAY
    )
    assert report.rows.select("customer", "sort", "field_en", "before_en", "after_fr").rows() == [
        ("C1 · Alpha", "changed", "Kind", "business", "organisme public"),
        ("C1 · Alpha", "changed", "Segment", "nothing", "Mairies"),
        ("C1 · Alpha", "new", "Contact", "", "Anne, a@x.example"),
        ("C2 · Beta", "vanished", "Contact", "Luc", ""),
    ]
    assert customers_report({"examples": {}}, DAY).rows.is_empty()


def test_a_summary_without_changes_is_an_empty_table() -> None:
    nothing = {name: [] for name in ("new", "changed", "changed_from", "vanished")}
    assert changes_report(nothing, DAY).rows.is_empty()
    empty = {"examples": {"new": [], "changed": [], "vanished": []}}
    assert documents_report(empty, DAY).rows.is_empty()
