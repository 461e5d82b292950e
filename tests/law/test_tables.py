"""The values served, against the published table; what is missing; what the files must hold."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from quittance.core import schema
from quittance.core.legal_values import MissingLegalValue
from quittance.law.files import LawFileError, text_of
from quittance.law.tables import (
    check_files,
    eu_late_payment,
    law_from,
    load_law,
    rate_on,
)

# Half-year · ECB rate on its first day · default (L441-10) · public buyer · legal rate, other
# cases · floor of a clause. In percent, as published or worked out by hand, not by this code.
PUBLISHED = """
2013-S1 0.75 10.75  8.75 0.04  0.12
2013-S2 0.50 10.50  8.50 0.04  0.12
2014-S1 0.25 10.25  8.25 0.04  0.12
2014-S2 0.15 10.15  8.15 0.04  0.12
2015-S1 0.05 10.05  8.05 0.93  2.79
2015-S2 0.05 10.05  8.05 0.99  2.97
2016-S1 0.05 10.05  8.05 1.01  3.03
2016-S2 0.00 10.00  8.00 0.93  2.79
2017-S1 0.00 10.00  8.00 0.90  2.70
2017-S2 0.00 10.00  8.00 0.90  2.70
2018-S1 0.00 10.00  8.00 0.89  2.67
2018-S2 0.00 10.00  8.00 0.88  2.64
2019-S1 0.00 10.00  8.00 0.86  2.58
2019-S2 0.00 10.00  8.00 0.87  2.61
2020-S1 0.00 10.00  8.00 0.87  2.61
2020-S2 0.00 10.00  8.00 0.84  2.52
2021-S1 0.00 10.00  8.00 0.79  2.37
2021-S2 0.00 10.00  8.00 0.76  2.28
2022-S1 0.00 10.00  8.00 0.76  2.28
2022-S2 0.00 10.00  8.00 0.77  2.31
2023-S1 2.50 12.50 10.50 2.06  6.18
2023-S2 4.00 14.00 12.00 4.22 12.66
2024-S1 4.50 14.50 12.50 5.07 15.21
2024-S2 4.25 14.25 12.25 4.92 14.76
2025-S1 3.15 13.15 11.15 3.71 11.13
2025-S2 2.15 12.15 10.15 2.76  8.28
2026-S1 2.15 12.15 10.15 2.62  7.86
2026-S2 2.40 12.40 10.40 2.75  8.25
"""
COLUMNS = ("ecb_refinancing", "b2b_default", "public_buyer", "legal_other", "b2b_floor")
# Legal rate of a private creditor, from 2008 (a year) and 2015 (half-years) on.
PRIVATE_BY_YEAR = "3.99 3.79 0.65 0.38 0.71 0.04 0.04"
PRIVATE_BY_HALF_YEAR = """
4.06 4.29 4.54 4.35 4.16 3.94 3.73 3.60 3.40 3.26 3.15 3.11
3.14 3.12 3.13 3.15 4.47 6.82 8.01 8.16 7.21 6.65 6.67 6.84
"""
BEFORE_2013 = {"2008-07-10": "4.25", "2009-01-20": "2.50", "2009-01-21": "2.00"}


def ppm(percent: str) -> int:
    return int(Decimal(percent) * 10_000)


def first_day(half_year: str) -> date:
    year, half = half_year.split("-S")
    return date(int(year), 1 if half == "1" else 7, 1)


def last_day(half_year: str) -> date:
    start = first_day(half_year)
    return date(start.year, 6, 30) if start.month == 1 else date(start.year, 12, 31)


def of(series: str) -> pl.DataFrame:
    return load_law().rates.filter(pl.col("series") == series)


@pytest.mark.parametrize("line", PUBLISHED.strip().splitlines())
def test_every_published_half_year_is_served(line: str) -> None:
    half_year, *percents = line.split()
    for series, percent in zip(COLUMNS, percents, strict=True):
        row = rate_on(load_law(), series, day=first_day(half_year))
        assert (row["series"], row["rate_ppm"]) == (series, ppm(percent))


@pytest.mark.parametrize("series", ["b2b_default", "public_buyer", "b2b_floor"])
def test_a_rate_of_a_half_year_holds_from_its_first_to_its_last_day(series: str) -> None:
    rows = of(series)
    names = [line.split()[0] for line in PUBLISHED.strip().splitlines()]
    assert rows["valid_from"].to_list() == [first_day(name) for name in names]
    expected = [last_day(name) + timedelta(days=1) for name in names]
    assert rows["valid_until"].to_list() == expected


def test_the_rate_changes_on_the_first_of_july_and_not_the_day_before() -> None:
    law = load_law()
    assert rate_on(law, "b2b_default", day=date(2026, 6, 30))["rate_ppm"] == 121_500
    assert rate_on(law, "b2b_default", day=date(2026, 7, 1))["rate_ppm"] == 124_000
    assert rate_on(law, "ecb_refinancing", day=date(2026, 6, 30))["rate_ppm"] == 24_000


@pytest.mark.parametrize(("day", "percent"), BEFORE_2013.items())
def test_the_ecb_rate_before_2013_is_served_day_by_day(day: str, percent: str) -> None:
    row = rate_on(load_law(), "ecb_refinancing", day=date.fromisoformat(day))
    assert row["rate_ppm"] == ppm(percent)


def test_the_legal_rate_of_a_private_creditor_is_the_published_one() -> None:
    published = f"{PRIVATE_BY_YEAR} {PRIVATE_BY_HALF_YEAR}".split()
    assert of("legal_private")["rate_ppm"].to_list() == [ppm(percent) for percent in published]


@pytest.mark.parametrize("creditor", ["private", "other"])
def test_five_points_are_added_after_a_judgment_in_every_period(creditor: str) -> None:
    plain, raised = of(f"legal_{creditor}"), of(f"legal_{creditor}_after_judgment")
    assert (raised["rate_ppm"] - plain["rate_ppm"]).unique().to_list() == [50_000]
    assert raised["valid_from"].to_list() == plain["valid_from"].to_list()
    assert "L313-3" in raised["reference"][0]


def test_a_series_has_no_gap_and_no_overlap() -> None:
    rates = load_law().rates
    assert rates["series"].n_unique() == 8
    for rows in rates.partition_by("series"):
        starts, ends = rows["valid_from"].to_list(), rows["valid_until"].to_list()
        assert all(start < end for start, end in zip(starts, ends, strict=True))
        assert starts[1:] == ends[:-1], rows["series"][0]


def test_the_floor_is_three_times_the_legal_rate_of_its_first_day() -> None:
    law = load_law()
    for start, floor in of("b2b_floor").select("valid_from", "rate_ppm").iter_rows():
        assert floor == 3 * rate_on(law, "legal_other", day=start)["rate_ppm"]


def test_the_floor_of_2024_lies_above_the_default_rate() -> None:
    both = of("b2b_floor").join(of("b2b_default"), on="valid_from", suffix="_default")
    above = both.filter(pl.col("rate_ppm") > pl.col("rate_ppm_default"))
    assert above["valid_from"].to_list() == [date(2024, 1, 1), date(2024, 7, 1)]


REMEDIES = {
    "legal_other": "add the row 2027-S1 to law/fr/legal_interest.yaml, with its source",
    "b2b_floor": "add the row 2027-S1 to law/fr/legal_interest.yaml, with its source",
    "b2b_default": "in law/eu/ecb_refinancing_rate.yaml, add the decisions of the ECB that "
    "changed the rate, with their source, and move complete_until to 2027-01-01 or later",
}


@pytest.mark.parametrize(("series", "remedy"), REMEDIES.items())
def test_a_half_year_that_is_missing_says_which_row_to_add_to_which_file(
    series: str, remedy: str
) -> None:
    with pytest.raises(MissingLegalValue) as refusal:
        rate_on(load_law(), series, day=date(2027, 1, 1))
    assert f"({series}) is missing for 2027-S1, on 2027-01-01: {remedy}." in str(refusal.value)
    assert "2027-S1" in refusal.value.phrase.fr
    assert rate_on(load_law(), series, day=date(2026, 12, 31))["rate_ppm"] > 0


def test_the_ecb_rate_is_not_served_after_the_day_it_is_known_to_be_complete() -> None:
    assert rate_on(load_law(), "ecb_refinancing", day=date(2026, 10, 27))["rate_ppm"] == 26_500
    with pytest.raises(MissingLegalValue, match="move complete_until to 2026-10-28 or later"):
        rate_on(load_law(), "ecb_refinancing", day=date(2026, 10, 28))


def test_the_remedy_works_the_half_year_is_served_once_the_row_is_there() -> None:
    row = """
  - period: "2027-S1"
    valid_from: 2027-01-01
    valid_until: 2027-07-01
    private_creditor: "7.00"
    other_cases: "3.00"
    act: "arrêté du 20/12/2026"
    source: Journal officiel
"""
    legal, ecb = "fr/legal_interest.yaml", "eu/ecb_refinancing_rate.yaml"
    moved = text_of(ecb).replace("complete_until: 2026-10-27", "complete_until: 2027-01-01")
    law = law_from({legal: text_of(legal) + row, ecb: moved})
    assert rate_on(law, "b2b_floor", day=date(2027, 3, 1))["rate_ppm"] == 90_000
    assert rate_on(law, "b2b_default", day=date(2027, 6, 30))["rate_ppm"] == 126_500


def test_a_derived_rate_says_what_it_was_made_from() -> None:
    row = rate_on(load_law(), "b2b_default", day=date(2026, 9, 1))
    assert row["reference"] == "C. com. art. L441-10 II"
    assert row["source"].startswith("2.4 % + 10; base: ECB, key interest rates")


def test_a_rate_made_from_an_unverified_one_is_unverified() -> None:
    ecb = "eu/ecb_refinancing_rate.yaml"
    changed = text_of(ecb).replace("    grade: B\n", "    grade: C\n    verified: false\n")
    law = law_from({ecb: changed})
    assert not rate_on(law, "b2b_default", day=date(2026, 9, 1))["verified"]
    assert rate_on(law, "b2b_default", day=date(2025, 1, 1))["verified"]


def test_the_fixed_indemnity_is_forty_euros_since_2013() -> None:
    rows = load_law().amounts.filter(pl.col("name") == "fixed_indemnity").to_dicts()
    assert [(row["amount_minor"], row["currency"]) for row in rows] == [(4000, "EUR")]
    assert (rows[0]["valid_from"], rows[0]["valid_until"]) == (date(2013, 1, 1), None)


TERMS = {
    "DEFAULT_30": ("receipt_or_performance", 30, "no", True),
    "AGREED_60": ("invoice_date", 60, "no", True),
    "AGREED_45_EOM": ("invoice_date", 45, "yes", True),
    "SUMMARY_45": ("invoice_date", 45, "no", True),
    "TRANSPORT_30": ("invoice_date", 30, "no", True),
    "WINE_45EOM_60": ("invoice_date", 60, "either", True),
    "TOYS_95": ("invoice_date", 95, "no", False),
    "PUBLIC_30": ("request_receipt", 30, "no", True),
    "PUBLIC_HEALTH_50": ("request_receipt", 50, "no", True),
    "PUBLIC_COMPANY_60": ("request_receipt", 60, "no", True),
}


def test_the_payment_term_ceilings_are_served() -> None:
    rows = {row["code"]: row for row in load_law().term_ceilings.to_dicts()}
    found = {
        code: tuple(rows[code][name] for name in ("starts_on", "days", "end_of_month", "verified"))
        for code in TERMS
    }
    assert found == TERMS
    assert len(rows) == 21
    assert "OVERSEAS" not in rows  # no number of days: kept as a remark


PERIODS = {
    "COMMERCIAL_5": (60, "due_date", True),
    "CONSUMER_2": (24, "due_date", True),
    "TRANSPORT_1": (12, "delivery", True),
    "CHEQUE_6M": (6, "end_of_presentation", False),
    "PUBLIC_DEBTOR_4": (48, "next_new_year", False),
    "TITLE_10": (120, "title", True),
    "BACKSTOP_20": (240, "birth_of_right", True),
}


def test_the_limitation_periods_are_served_in_months() -> None:
    rows = {row["code"]: row for row in load_law().limitation_periods.to_dicts()}
    names = ("months", "starts_on", "verified")
    assert {code: tuple(rows[code][n] for n in names) for code in PERIODS} == PERIODS
    assert len(rows) == 20


GROUP_OF = """
101 credit stable_resources
119 debit stable_resources
164 credit stable_resources
205 debit stable_uses
2154 debit stable_uses
2815 credit stable_resources
296 credit stable_resources
31 debit inventories
397 credit stable_resources
401 credit suppliers
401 debit operating_assets
404 credit other_liabilities
4084 credit other_liabilities
4091 debit operating_assets
411 debit customers
411 credit operating_liabilities
416 debit customers
4191 credit operating_liabilities
421 credit operating_liabilities
44566 debit operating_assets
44571 credit operating_liabilities
444 credit other_liabilities
4456 debit operating_assets
455 credit other_liabilities
462 debit other_assets
467 debit other_assets
471 debit other_assets
486 debit operating_assets
487 credit operating_liabilities
491 credit stable_resources
503 debit cash_assets
512 debit cash_assets
512 credit cash_liabilities
519 credit cash_liabilities
53 debit cash_assets
590 credit stable_resources
607 debit stable_resources
707 credit stable_resources
"""


def group_of(account: str, side: str) -> list[str]:
    """The groups of the longest prefix that begins the account: exactly one when all is right."""
    groups = load_law().account_groups.to_dicts()
    matching = [row for row in groups if account.startswith(row["prefix"])]
    longest = max((len(row["prefix"]) for row in matching), default=0)
    return [
        row["group"]
        for row in matching
        if len(row["prefix"]) == longest and row["side"] in (side, "both")
    ]


@pytest.mark.parametrize("line", GROUP_OF.strip().splitlines())
def test_an_account_falls_in_the_group_of_the_functional_balance_sheet(line: str) -> None:
    account, side, group = line.split()
    assert group_of(account, side) == [group]


def test_every_account_of_classes_1_to_7_falls_in_exactly_one_group_for_each_side() -> None:
    accounts = [str(number) for number in range(100, 800)]
    accounts += [row["prefix"] + "9" for row in load_law().account_groups.to_dicts()]
    for account in accounts:
        for side in ("debit", "credit"):
            assert len(group_of(account, side)) == 1, (account, side)


def test_the_european_table_is_there_with_its_unverified_rows() -> None:
    rows = {row["iso2"]: row for row in eu_late_payment().to_dicts()}
    assert len(rows) == 29
    verified = {code for code, row in rows.items() if row["verified"]}
    assert verified == {"AT", "BE", "FR", "IE", "LU", "MT", "PT", "EU"}
    assert (rows["FR"]["margin"], rows["FR"]["rate_2025_s2"]) == (100_000, 121_500)
    assert (rows["AT"]["margin"], rows["DE"]["margin"]) == (92_000, 90_000)
    assert rows["IT"]["margin_note"] == "12 for farm and food products"


def test_the_frames_are_those_of_the_schema() -> None:
    law = load_law()
    assert dict(law.rates.schema) == dict(schema.LEGAL_RATES)
    assert dict(law.account_groups.schema) == dict(schema.ACCOUNT_GROUPS)


def test_the_files_of_the_package_have_no_fault() -> None:
    assert check_files() == []


def test_another_country_is_refused_with_what_to_add() -> None:
    with pytest.raises(MissingLegalValue, match="No legal values for the country BE"):
        load_law("BE")


FAULTS = [
    (
        "fr/late_payment.yaml",
        ('    value: "40"', '    value: "40.005"'),
        "(row fixed_indemnity): 40.005 has too many decimals",
    ),
    (
        "fr/late_payment.yaml",
        ("    base: ecb_refinancing", "    base: euribor"),
        "(row b2b_default): every row of a series has the same fixed_by, and the same base, "
        "one of ecb_refinancing, legal_private, legal_other",
    ),
    (
        "fr/chart_of_accounts.yaml",
        ('{prefix: "39", side: both', '{prefix: "39", side: debit'),
        "(row 39): the prefix 39 must have one group for a debit balance and one for a credit "
        "balance; found ['debit']",
    ),
    (
        "fr/chart_of_accounts.yaml",
        ('{prefix: "7", side: both', '{prefix: "70", side: both'),
        "the prefix 7 must have one group for a debit balance and one for a credit balance; "
        "found []",
    ),
]


@pytest.mark.parametrize(("file", "change", "fault"), FAULTS)
def test_a_fault_in_a_file_names_the_file_and_the_row(
    file: str, change: tuple[str, str], fault: str
) -> None:
    content = {file: text_of(file).replace(*change, 1)}
    assert content[file] != text_of(file)
    with pytest.raises(LawFileError) as refusal:
        law_from(content)
    assert str(refusal.value).startswith(f"law/{file}")
    assert fault in str(refusal.value)
    assert check_files(content) == [str(refusal.value)]
