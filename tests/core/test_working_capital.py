"""The functional balance sheet of a trial balance, and the cash that collection can free."""

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from tests.tables import assert_rows, book, ledger_frame

from quittance.cli.books import Settings, load
from quittance.core.book import Book
from quittance.core.working_capital import (
    WorkingCapital,
    account_balances,
    cash_to_gain,
    collectable,
    in_groups,
    sales_to_repay,
    working_capital,
)
from quittance.law.tables import load_law

LUMIERE = Path(__file__).parents[2] / "examples" / "lumiere"
DAY = date(2026, 12, 31)
GROUPS = load_law().account_groups
# 1 000 of capital; machines of 600, worn by 100; stock 200, customers 300 of whom 60 impaired 30,
# suppliers 250, VAT 40, tax on profit 20, bank 310, overdraft 60; sales 900, costs 560.
TRIAL = """
    account  date        debit    credit   is_opening
    101      2026-01-01  0        1000.00  yes
    512      2026-01-01  1000.00  0        yes
    215      2026-02-01  600.00   0        no
    512      2026-02-01  0        600.00   no
    6811     2026-12-31  100.00   0        no
    2815     2026-12-31  0        100.00   no
    607      2026-03-01  400.00   0        no
    401      2026-03-01  0        400.00   no
    401      2026-04-01  150.00   0        no
    512      2026-04-01  0        90.00    no
    5191     2026-04-01  0        60.00    no
    37       2026-12-31  200.00   0        no
    6037     2026-12-31  0        200.00   no
    411      2026-05-01  940.00   0        no
    707      2026-05-01  0        900.00   no
    44571    2026-05-01  0        40.00    no
    411      2026-06-01  0        640.00   no
    512      2026-06-01  640.00   0        no
    416      2026-12-31  60.00    0        no
    411      2026-12-31  0        60.00    no
    6817     2026-12-31  30.00    0        no
    491      2026-12-31  0        30.00    no
    695      2026-12-31  20.00    0        no
    444      2026-12-31  0        20.00    no
    641      2026-07-01  640.00   0        no
    512      2026-07-01  0        640.00   no
    801      2026-07-01  77.00    0        no
    """


def of(trial: str, on: date = DAY) -> WorkingCapital:
    """The functional balance sheet of a trial balance."""
    found = working_capital(book(ledger=trial), on)
    assert found is not None
    return found


def test_a_small_trial_balance_by_hand() -> None:
    found = of(TRIAL)
    assert found.groups == {
        "stable_resources": 100000
        + 10000
        + 3000
        + (90000 - 10000 - 40000 + 20000 - 3000 - 2000 - 64000),
        "stable_uses": 60000,
        "inventories": 20000,
        "customers": 30000,
        "suppliers": 25000,
        "operating_liabilities": 4000,
        "other_liabilities": 2000,
        "cash_assets": 31000,
        "cash_liabilities": 6000,
    }
    assert found.frng_minor == 104000 - 60000 == 44000
    assert found.bfr_minor == 20000 + 30000 - 25000 - 4000 - 2000 == 19000
    assert found.net_cash_minor == 31000 - 6000 == found.frng_minor - found.bfr_minor
    assert found.impairment_minor == 3000
    assert found.has_opening
    assert found.current_ratio == pytest.approx((20000 + 30000 + 31000 - 3000) / 37000)
    assert found.customers_share_percent == pytest.approx(30000 / 19000 * 100)


def test_what_comes_later_is_not_there_yet() -> None:
    found = of(TRIAL, date(2026, 2, 28))
    assert found.groups == {"stable_resources": 100000, "stable_uses": 60000, "cash_assets": 40000}
    assert (found.frng_minor, found.bfr_minor, found.net_cash_minor) == (40000, 0, 40000)
    assert found.current_ratio is None
    assert found.customers_share_percent is None
    assert working_capital(book(ledger=TRIAL), date(2025, 12, 31)) is None
    assert working_capital(book(), DAY) is None


def test_the_day_itself_counts() -> None:
    first = of(TRIAL, date(2026, 1, 1))
    assert (first.has_opening, first.frng_minor, first.net_cash_minor) == (True, 100000, 100000)


def test_opening_entries_hold_all_that_came_before() -> None:
    two_years = """
        account  date        debit    credit   is_opening
        512      2025-03-01  100.00   0        no
        707      2025-03-01  0        100.00   no
        512      2026-01-01  100.00   0        yes
        120      2026-01-01  0        100.00   yes
        512      2026-02-01  50.00    0        no
        707      2026-02-01  0        50.00    no
        """
    balances = "account  balance\n120      -100.00\n512      150.00\n707      -50.00"
    assert_rows(account_balances(ledger_frame(two_years), DAY), balances)
    before = "account  balance\n512      100.00\n707      -100.00"
    assert_rows(account_balances(ledger_frame(two_years), date(2025, 12, 31)), before)
    assert not of(two_years, date(2025, 12, 31)).has_opening


@pytest.mark.parametrize(
    ("account", "debit", "credit"),
    [
        ("512", "cash_assets", "cash_liabilities"),
        ("519", "cash_liabilities", "cash_liabilities"),
        ("50", "cash_assets", "cash_assets"),
        ("411", "customers", "operating_liabilities"),
        ("4191", "operating_assets", "operating_liabilities"),
        ("401", "operating_assets", "suppliers"),
        ("404", "other_assets", "other_liabilities"),
        ("4456", "operating_assets", "operating_liabilities"),
        ("444", "other_assets", "other_liabilities"),
        ("455", "other_assets", "other_liabilities"),
        ("491", "stable_resources", "stable_resources"),
        ("2815", "stable_resources", "stable_resources"),
        ("607", "stable_resources", "stable_resources"),
    ],
)
def test_the_longest_prefix_and_the_side_of_the_balance_decide(
    account: str, debit: str, credit: str
) -> None:
    for amounts, group in (("1.00  0", debit), ("0     1.00", credit)):
        trial = f"account  date        debit  credit\n{account}  2026-01-01  {amounts}"
        rows = in_groups(account_balances(ledger_frame(trial), DAY), GROUPS)
        assert rows["group"].to_list() == [group]


def balances_of(account: str) -> pl.DataFrame:
    """The balances of a trial balance of one account."""
    return account_balances(
        ledger_frame(f"account    date        debit\n{account}  2026-01-01  1.00"), DAY
    )


def test_an_account_that_no_group_catches_is_refused() -> None:
    known = GROUPS.filter(GROUPS["prefix"] != "5")
    with pytest.raises(
        ValueError, match=r"accounts of no group in the chart of accounts: \['512'\]"
    ):
        in_groups(balances_of("512"), known)


@pytest.mark.parametrize("account", ["801", "9301"])
def test_classes_8_and_9_balance_by_themselves_and_are_left_out(account: str) -> None:
    assert in_groups(balances_of(account), GROUPS).is_empty()


@cache
def lumiere() -> Book:
    """The two fiscal years of the example."""
    return load([LUMIERE], Settings(terms=(str(LUMIERE / "conditions.csv"),))).book


@pytest.mark.parametrize(
    ("on", "frng", "bfr", "cash"),
    [
        ("2025-12-31", 92_430_483, 75_866_759, 16_563_724),
        ("2026-09-30", 98_782_967, 77_290_882, 21_492_085),
    ],
)
def test_both_years_of_the_example(*, on: str, frng: int, bfr: int, cash: int) -> None:
    found = working_capital(lumiere(), date.fromisoformat(on))
    assert found is not None
    assert (found.frng_minor, found.bfr_minor, found.net_cash_minor) == (frng, bfr, cash)
    assert frng - bfr == cash


def test_collectable_is_what_is_late_less_what_each_customer_has_paid() -> None:
    found = book(
        """
        customer  currency  kind         date        due         amount
        A         EUR       invoice      2026-05-01  2026-05-31  100.00
        A         EUR       invoice      2026-05-01  2026-06-29  50.00
        A         EUR       invoice      2026-06-01  2026-06-30  900.00
        A         EUR       payment      2026-06-15  2026-06-15  -30.00
        A         EUR       doubtful     2025-01-01  2025-01-31  700.00
        B         EUR       invoice      2026-05-01  2026-05-31  20.00
        B         EUR       credit_note  2026-06-01  2026-06-01  -99.00
        B         USD       invoice      2026-05-01  2026-05-31  7.00
        """
    )
    assert collectable(found, date(2026, 6, 30)) == {"EUR": 12000, "USD": 700}
    assert collectable(book(), DAY) == {}


def test_cash_to_gain() -> None:
    found = cash_to_gain(53_000, 90, overdue_minor=9_000)
    assert found.per_day_minor == 589  # 588.9
    assert found.at_terms_minor == 9_000
    assert found.days_at_terms == pytest.approx(15.28, abs=0.005)


@pytest.mark.parametrize(
    ("sales", "days", "per_day"), [(1, 2, 1), (3, 2, 2), (5, 10, 1), (4, 10, 0), (0, 30, 0)]
)
def test_a_day_of_sales_is_rounded_half_up(sales: int, days: int, per_day: int) -> None:
    assert cash_to_gain(sales, days, overdue_minor=0).per_day_minor == per_day


def test_nothing_to_gain() -> None:
    none = cash_to_gain(0, 0, overdue_minor=-5)
    assert (none.per_day_minor, none.at_terms_minor, none.days_at_terms) == (0, 0, None)


@pytest.mark.parametrize(
    ("loss", "margin", "sales"),
    [
        (1_000_000, 5, 20_000_000),
        (1_000, 1, 100_000),
        (1_000_000, 2.5, 40_000_000),
        (100, 100, 100),
        (100, 3, 3333),
    ],
)
def test_sales_to_repay_a_bad_debt(loss: int, margin: float, sales: int) -> None:
    assert sales_to_repay(loss, margin) == sales


@pytest.mark.parametrize("margin", [0, -1])
def test_a_margin_must_be_above_zero(margin: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        sales_to_repay(100, margin)


def test_what_can_be_collected_is_net_of_what_each_customer_has_paid() -> None:

    given = book(
        items="""
        item  customer  kind      date        due_date    amount
        0     A         invoice   2026-01-01  2026-01-31  100.00
        1     A         payment   2026-03-01  2026-03-01  -30.00
        2     B         payment   2026-03-01  2026-03-01  -50.00
        3     C         doubtful  2026-01-01  2026-01-31  80.00
        4     D         invoice   2026-06-01  2027-01-31  70.00
        """
    )
    assert collectable(given, date(2026, 6, 30)) == {"EUR": 7_000}
