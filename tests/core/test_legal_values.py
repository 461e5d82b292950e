"""The rate in force on a day, the days not covered, and the sentence that says what to add."""

from datetime import date

import polars as pl
import pytest

from quittance.core import schema
from quittance.core.legal_values import (
    MissingLegalValue,
    amount_on,
    rate_on,
    require_coverage,
)
from quittance.core.schema import SchemaError

CHECKED = {"reference": "art.", "source": "JO", "checked_on": date(2026, 1, 1), "verified": True}


def rates(*rows: tuple[str, str, str | None, int]) -> pl.DataFrame:
    """Rows of: series, first day, day after the last one, ppm."""
    return pl.DataFrame(
        [
            {
                "series": series,
                "valid_from": date.fromisoformat(start),
                "valid_until": date.fromisoformat(end) if end else None,
                "rate_ppm": ppm,
                **CHECKED,
            }
            for series, start, end, ppm in rows
        ],
        schema=dict(schema.LEGAL_RATES),
    )


def amounts(*rows: tuple[str, str, str | None, int]) -> pl.DataFrame:
    renamed = rates(*rows).rename({"series": "name", "rate_ppm": "amount_minor"})
    return renamed.with_columns(currency=pl.lit("EUR")).select(list(schema.LEGAL_AMOUNTS))


RATES = rates(
    ("b2b_default", "2026-07-01", "2027-01-01", 124_000),
    ("b2b_default", "2026-01-01", "2026-07-01", 121_500),
    ("legal_other", "2026-01-01", "2026-07-01", 26_200),
)
GAP = rates(
    ("legal_other", "2026-01-01", "2026-07-01", 26_200),
    ("legal_other", "2027-01-01", "2027-07-01", 27_500),
)


@pytest.mark.parametrize(
    ("day", "ppm"),
    [
        (date(2026, 1, 1), 121_500),
        (date(2026, 6, 30), 121_500),
        (date(2026, 7, 1), 124_000),
        (date(2026, 12, 31), 124_000),
    ],
)
def test_the_rate_in_force_on_a_day(day: date, ppm: int) -> None:
    row = rate_on(RATES, "b2b_default", day=day)
    assert row["rate_ppm"] == ppm
    assert set(row) == set(schema.LEGAL_RATES)


ROW = "ajoutez la ligne 2026-S2 à law/fr/legal_interest.yaml, avec sa source."


def test_a_missing_half_year_is_named_in_both_languages_with_its_remedy() -> None:
    with pytest.raises(MissingLegalValue) as refusal:
        rate_on(RATES, "legal_other", day=date(2026, 7, 1))
    assert isinstance(refusal.value, LookupError)
    assert refusal.value.phrase.fr == (
        "Il manque le taux de l'intérêt légal, autres cas (legal_other) pour 2026-S2, "
        f"au 2026-07-01 : {ROW}"
    )
    assert (
        str(refusal.value)
        == refusal.value.phrase.en
        == (
            "The legal interest rate, other cases (legal_other) is missing for 2026-S2, on "
            "2026-07-01: add the row 2026-S2 to law/fr/legal_interest.yaml, with its source."
        )
    )


@pytest.mark.parametrize(
    ("series", "day", "remedy"),
    [
        ("b2b_default", date(2027, 5, 9), "move complete_until to 2027-01-01 or later"),
        ("b2b_default", date(2027, 7, 1), "move complete_until to 2027-07-01 or later"),
        ("public_buyer", date(2026, 9, 3), "in law/eu/ecb_refinancing_rate.yaml, add"),
        ("ecb_refinancing", date(2026, 9, 3), "move complete_until to 2026-09-03 or later"),
        ("b2b_floor", date(2026, 9, 3), "add the row 2026-S2 to law/fr/legal_interest.yaml"),
        ("b2b_default", date(2012, 5, 9), "before 2026-01-01 the law did not fix this rate"),
        ("legal_other", date(2012, 5, 9), "add the rows of before to law/fr/legal_interest.yaml"),
        ("euribor", date(2026, 9, 3), "The series are: ecb_refinancing, legal_private"),
    ],
)
def test_the_remedy_names_the_file_to_edit(series: str, day: date, remedy: str) -> None:
    with pytest.raises(MissingLegalValue) as refusal:
        rate_on(RATES, series, day=day)
    assert remedy in str(refusal.value)


def test_a_series_of_another_law_is_served_like_ours() -> None:
    other = rates(("base_rate_de", "2026-01-01", "2026-07-01", 12_700))
    assert rate_on(other, "base_rate_de", day=date(2026, 3, 1))["rate_ppm"] == 12_700
    with pytest.raises(MissingLegalValue, match=r"base_rate_de \(base_rate_de\) is missing"):
        rate_on(other, "base_rate_de", day=date(2026, 8, 1))


def test_two_rates_on_one_day_are_refused_and_none_is_chosen() -> None:
    twice = rates(
        ("legal_other", "2026-01-01", "2026-07-01", 1), ("legal_other", "2026-06-01", None, 2)
    )
    with pytest.raises(ValueError, match="two rates of legal_other are in force on 2026-06-15"):
        rate_on(twice, "legal_other", day=date(2026, 6, 15))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", "2026-12-31"),
        ("2026-06-30", "2026-07-01"),
        ("2026-12-31", "2026-12-31"),
        ("2030-01-02", "2030-01-01"),  # no day at all
    ],
)
def test_days_that_are_covered_pass(first: str, last: str) -> None:
    require_coverage(
        RATES,
        "b2b_default",
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
    )


@pytest.mark.parametrize(
    ("frame", "first", "last", "missing"),
    [
        (RATES, "2026-12-31", "2027-01-01", "2027-01-01"),
        (RATES, "2025-12-31", "2026-03-01", "2025-12-31"),
        (RATES, "2027-02-01", "2027-03-01", "2027-02-01"),
        (GAP, "2026-05-01", "2027-03-01", "2026-07-01"),  # a hole between two rows
        (GAP, "2026-08-01", "2026-08-01", "2026-08-01"),
        (RATES.clear(), "2026-08-01", "2026-08-02", "2026-08-01"),
    ],
)
def test_the_first_day_that_is_not_covered_is_named(
    frame: pl.DataFrame, first: str, last: str, missing: str
) -> None:
    series = "legal_other" if frame.height == 2 else "b2b_default"
    days = {"first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last)}
    with pytest.raises(MissingLegalValue, match=f"on {missing}"):
        require_coverage(frame, series, **days)


def test_a_series_without_end_covers_what_follows() -> None:
    open_series = rates(("legal_other", "2026-01-01", None, 1))
    days = {"first_day": date(2026, 5, 1), "last_day": date(2050, 1, 1)}
    require_coverage(open_series, "legal_other", **days)


def test_an_amount_is_the_one_in_force_and_an_open_one_has_no_end() -> None:
    found = amounts(
        ("fixed_indemnity", "2013-01-01", "2030-01-01", 4000),
        ("fixed_indemnity", "2030-01-01", None, 5000),
    )
    assert amount_on(found, "fixed_indemnity", day=date(2029, 12, 31))["amount_minor"] == 4000
    assert amount_on(found, "fixed_indemnity", day=date(2040, 1, 1))["amount_minor"] == 5000


def test_a_missing_amount_names_the_file_to_edit() -> None:
    found = amounts(("fixed_indemnity", "2013-01-01", None, 4000))
    with pytest.raises(MissingLegalValue, match=r"add its row to law/fr/late_payment\.yaml"):
        amount_on(found, "fixed_indemnity", day=date(2012, 12, 31))


def test_two_amounts_on_one_day_are_refused() -> None:
    found = amounts(
        ("fixed_indemnity", "2013-01-01", None, 1), ("fixed_indemnity", "2020-01-01", None, 2)
    )
    with pytest.raises(ValueError, match="two amounts called fixed_indemnity"):
        amount_on(found, "fixed_indemnity", day=date(2026, 1, 1))


def test_a_frame_without_the_stated_columns_is_refused() -> None:
    with pytest.raises(SchemaError):
        rate_on(RATES.drop("rate_ppm"), "b2b_default", day=date(2026, 1, 1))
