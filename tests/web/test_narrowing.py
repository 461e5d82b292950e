"""What an address asks of a report: words, codes, amounts, order."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from django.http import QueryDict

from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Column, Report
from quittance.web.narrowing import amount_of, narrowed

REASON = Column("reason", Phrase("Motif", "Reason"), "phrase")
ROWS = pl.DataFrame(
    {
        "name": ["Élan", "Œnothèque", "zinc", "Elan bis", None],
        "kind": ["invoice", "credit_note", "invoice", "payment", "invoice"],
        "reason_fr": ["échu", "avoir", "échu", "reçu", "échu"],
        "reason_en": ["overdue", "credit", "overdue", "received", "overdue"],
        "days_past_due": [3, None, 40, -2, 0],
        "currency": ["EUR", "EUR", "JPY", "EUR", "EUR"],
        "open_minor": [123450, -500, 1234, 0, 99],
    }
)
REPORT = Report(
    "sample", Phrase("Exemple", "Sample"), date(2026, 1, 1),
    (columns.NAME, columns.ITEM_KIND, REASON, columns.DAYS_PAST_DUE, columns.CURRENCY,
     columns.OPEN),
    ROWS, columns.totals(ROWS, "open_minor"),
)  # fmt: skip


def names(query: str, lang: str = "fr", prefix: str = "") -> list[str | None]:
    found = narrowed(REPORT, QueryDict(query), lang=lang, prefix=prefix)  # type: ignore[arg-type]
    return found.rows["name"].to_list()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("elan", ["Élan", "Elan bis"]),
        ("ÉLAN bis", ["Elan bis"]),
        ("bis elan", ["Elan bis"]),
        ("oenoth", ["Œnothèque"]),
        ("avoir", ["Œnothèque"]),  # a code by its words, and a phrase
        ("(", []),  # nothing of a pattern
        ("1 234,50", ["Élan"]),
        ("1234.5", ["Élan"]),
        ("1 234", ["Élan", "zinc"]),  # yen have no decimals
        ("5", ["Œnothèque"]),
        ("-5", ["Œnothèque"]),
    ],
)
def test_words_and_amounts_are_found(asked: str, found: list[str]) -> None:
    assert names(f"q={asked}") == found


def test_words_are_those_of_the_reader_s_language() -> None:
    assert names("q=overdue", "en") == ["Élan", "zinc", None]
    assert names("q=overdue", "fr") == []


def test_codes_are_those_that_the_column_knows() -> None:
    assert names("kind=credit_note&kind=payment") == ["Œnothèque", "Elan bis"]
    assert len(names("kind=nonsense")) == 5


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sort=name", ["Élan", "Elan bis", "Œnothèque", "zinc", None]),
        ("sort=-name", ["zinc", "Œnothèque", "Elan bis", "Élan", None]),
        ("sort=-open_minor", ["Élan", "zinc", None, "Elan bis", "Œnothèque"]),
        ("sort=days_past_due", ["Elan bis", None, "Élan", "zinc", "Œnothèque"]),
        ("sort=kind", ["Œnothèque", "Élan", "zinc", None, "Elan bis"]),  # avoir, facture, règlement
        ("sort=nonsense", ["Élan", "Œnothèque", "zinc", "Elan bis", None]),
    ],
)
def test_rows_are_ordered_as_asked_and_equal_ones_stay(asked: str, found: list[str]) -> None:
    assert names(asked) == found


def test_totals_are_those_of_the_rows_left() -> None:
    found = narrowed(REPORT, QueryDict("q=elan"), lang="fr")
    assert found.totals.to_dicts() == [{"currency": "EUR", "open_minor": 123450}]
    assert narrowed(REPORT, QueryDict("sort=name"), lang="fr").totals is REPORT.totals


def test_totals_of_nothing_are_none() -> None:
    assert narrowed(REPORT, QueryDict("q=nothing"), lang="fr").totals.is_empty()


def test_a_prefix_keeps_two_tables_apart() -> None:
    assert names("open.q=elan", prefix="open.") == ["Élan", "Elan bis"]
    assert len(names("open.q=elan")) == 5


@pytest.mark.parametrize("text", ["", "FA-12", "-", ",", "1,2,3", "9" * 30, "9" * 18, "1,2345"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert amount_of(text) is None


def test_a_text_made_ready_is_searched_in_place_of_those_shown() -> None:
    ready = ROWS.with_columns(
        search_text=pl.Series(["c1 elan 732829320", "c2 oenotheque", "c3 zinc", "c4", "c5"])
    )
    report = replace(REPORT, rows=ready)

    def found(words: str) -> list[int]:
        query = QueryDict(mutable=True)
        query["q"] = words
        kept = narrowed(report, query, lang="fr").rows
        return kept["search_text"].str.slice(1, 1).cast(pl.Int64).to_list()

    assert found("Élan") == [1]
    assert found("732 829 320") == [1]
    assert found("Œnothèque") == [2]
    assert found("échu") == []
    assert found("oenoteque") == [2]  # mistyped, as in the search of everything
    assert found("zinc elan") == []
    assert found("(") == [1, 2, 3, 4, 5]  # no word at all
