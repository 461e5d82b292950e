"""How the series are read and made: order, completeness, margins that change."""

from datetime import date

import pytest

from quittance.law.files import LawFileError, text_of
from quittance.law.rates import (
    Rate,
    all_rates,
    half_years,
    legal_rates,
    made_rates,
    period_name,
    refinancing_rates,
)

ECB, LEGAL, LATE = "eu/ecb_refinancing_rate.yaml", "fr/legal_interest.yaml", "fr/late_payment.yaml"


def changed(file: str, old: str, new: str) -> dict[str, str]:
    content = text_of(file).replace(old, new, 1)
    assert content != text_of(file)
    return {file: content}


def base(*rows: tuple[str, str, int]) -> list[Rate]:
    day = date.fromisoformat
    return [
        Rate("base", day(start), day(end), ppm, "art. 1", "JO", date(2026, 1, 1), True)
        for start, end, ppm in rows
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("valid_from: 2026-06-17", "valid_from: 2026-09-17"),  # later than the next row
        ("valid_from: 2026-06-17", "valid_from: 2026-09-16"),  # the same day as the next row
        ("complete_until: 2026-10-27", "complete_until: 2026-09-15"),  # before the last row
        ("valid_from: 2026-06-17", "valid_from: 2026-06-17\n    valid_until: 2026-09-16"),
    ],
)
def test_ecb_rows_go_from_the_oldest_to_the_latest(old: str, new: str) -> None:
    with pytest.raises(LawFileError, match="rows go from the oldest to the latest"):
        refinancing_rates(changed(ECB, old, new))


def test_the_day_until_which_the_ecb_series_is_complete_is_required() -> None:
    with pytest.raises(LawFileError, match="'complete_until' is missing"):
        refinancing_rates(changed(ECB, "complete_until: 2026-10-27\n", ""))


def test_no_half_year_is_made_whose_first_day_is_not_known() -> None:
    def last_default(complete_until: str) -> date:
        contents = changed(ECB, "complete_until: 2026-10-27", f"complete_until: {complete_until}")
        return [rate for rate in all_rates(contents) if rate.series == "b2b_default"][-1].valid_from

    assert last_default("2026-12-31") == date(2026, 7, 1)
    assert last_default("2027-01-01") == date(2027, 1, 1)


@pytest.mark.parametrize("name", ["2026-S1", "2026", "S2"])
def test_a_period_must_be_called_by_its_days(name: str) -> None:
    with pytest.raises(LawFileError, match="the period does not have the days 2026-07-01 to"):
        legal_rates(changed(LEGAL, 'period: "2026-S2"', f'period: "{name}"'))


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2013-01-01", "2014-01-01", "2013"),
        ("2026-01-01", "2026-07-01", "2026-S1"),
        ("2026-07-01", "2027-01-01", "2026-S2"),
        ("2026-07-01", "2027-07-01", "neither a year nor a half-year"),
        ("2026-02-01", "2026-08-01", "neither a year nor a half-year"),
    ],
)
def test_the_name_of_a_period(start: str, end: str, name: str) -> None:
    assert period_name(date.fromisoformat(start), date.fromisoformat(end)) == name


def test_a_half_year_takes_the_rate_of_its_first_day_whatever_changes_within_it() -> None:
    rates = base(
        ("2024-06-01", "2025-07-01", 100), ("2025-07-01", "2025-08-15", 200),
        ("2025-08-15", "2026-01-02", 300),
    )  # fmt: skip
    made = list(half_years(rates, first_day=date(2025, 1, 1)))
    assert [(rate.valid_from, rate.valid_until, rate.rate_ppm) for rate in made] == [
        (date(2025, 1, 1), date(2025, 7, 1), 100),
        (date(2025, 7, 1), date(2026, 1, 1), 200),
        (date(2026, 1, 1), date(2026, 7, 1), 300),
    ]


def test_nothing_is_made_from_a_base_that_begins_later() -> None:
    rates = base(("2025-02-01", "2026-01-01", 100))
    assert list(half_years(rates, first_day=date(2025, 1, 1))) == []


def test_a_margin_that_changes_applies_from_the_next_half_year() -> None:
    later = """
  - series: b2b_default
    base: ecb_refinancing
    operation: plus
    fixed_by: half_year
    value: "11"
    unit: percentage points
    valid_from: 2026-07-01
    reference: a new article
    link: https://www.legifrance.gouv.fr/
    source: Journal officiel
    verified: true
    grade: A
"""
    first = '    value: "10"\n    unit: percentage points\n    valid_from: 2009-01-01\n'
    content = text_of(LATE).replace(first, first + "    valid_until: 2026-07-01\n")
    content = content.replace(
        "  - series: b2b_floor", later.strip("\n") + "\n  - series: b2b_floor"
    )
    made = [rate for rate in all_rates({LATE: content}) if rate.series == "b2b_default"][-2:]
    assert [(rate.rate_ppm, rate.reference) for rate in made] == [
        (121_500, "C. com. art. L441-10 II"),
        (134_000, "a new article"),
    ]


def test_a_margin_finer_than_a_rate_can_hold_is_refused() -> None:
    with pytest.raises(LawFileError, match=r"row b2b_floor\): 3\.00001 gives more than four"):
        all_rates(changed(LATE, 'value: "3"', 'value: "3.00001"'))


def test_a_rate_is_not_made_where_no_rule_is_in_force() -> None:
    rules = [
        {
            "series": "made", "operation": "times", "fixed_by": "base", "value": 3,
            "valid_from": date(2026, 1, 1), "valid_until": None, "reference": "art. 2",
            "source": "JO", "checked_on": date(2025, 5, 5), "verified": False,
        }
    ]  # fmt: skip
    rates = base(("2025-01-01", "2026-01-01", 100), ("2026-01-01", "2027-01-01", 200))
    made = made_rates(rules, rates, first_day=date(2013, 1, 1))
    assert [(rate.valid_from, rate.rate_ppm) for rate in made] == [(date(2026, 1, 1), 600)]
    assert (made[0].verified, made[0].checked_on) == (False, date(2025, 5, 5))
