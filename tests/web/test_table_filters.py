"""The filters of a table and the links that undo them."""

from dataclasses import replace

import polars as pl
from django.http import QueryDict

from quittance.web.samples import open_invoices
from quittance.web.table_filters import address, chips_of, choices_of, cleared, kept_of

REPORT = open_invoices()


def test_a_link_changes_one_parameter_and_keeps_the_others() -> None:
    query = QueryDict("a=1&a=2&b=3")
    assert address(query, b="4") == "?a=1&a=2&b=4"
    assert address(query, a=None) == "?b=3"
    assert address(QueryDict("b=3"), b=None) == "?"
    assert query.urlencode() == "a=1&a=2&b=3"


def test_a_column_of_codes_may_be_chosen_from_the_codes_present() -> None:
    (choice,) = choices_of(REPORT, QueryDict("kind=bill"), lang="fr", prefix="")
    assert (choice.name, choice.label, choice.every) == ("kind", "Nature", "Nature : tout")
    assert choice.options == (
        ("invoice", "facture", False), ("bill", "effet", True), ("credit_note", "avoir", False),
    )  # fmt: skip


def test_each_filter_is_told_with_the_link_that_stops_it() -> None:
    query = QueryDict("q=FA&kind=bill&sort=name&page=3")
    assert chips_of(REPORT, query, lang="fr", prefix="") == (
        ("« FA »", "?kind=bill&sort=name"), ("Nature : effet", "?q=FA&sort=name"),
    )  # fmt: skip
    assert cleared(REPORT, query, prefix="") == "?sort=name"


def test_the_form_of_filters_sends_the_other_parameters_along() -> None:
    query = QueryDict("q=FA&kind=bill&sort=name&page=3&as_of=2026-01-01&format=csv")
    assert kept_of(REPORT, query, prefix="") == (("sort", "name"), ("as_of", "2026-01-01"))


def test_one_code_and_none_tell_rows_apart_one_code_alone_does_not() -> None:
    kinds = pl.Series("kind", ["bill", None, None, None, None], dtype=pl.String)
    some = replace(REPORT, rows=REPORT.rows.with_columns(kinds))
    (choice,) = choices_of(some, QueryDict(), lang="fr", prefix="")
    assert choice.options == (("bill", "effet", False),)
    every = replace(REPORT, rows=REPORT.rows.with_columns(kind=pl.lit("bill")))
    assert choices_of(every, QueryDict(), lang="fr", prefix="") == ()
