"""Which rate holds on a day, and amounts of one currency as exact amounts of another."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables import assert_rows, frame

from quittance.core.exchange_rates import (
    ContradictoryExchangeRates,
    ExchangeRateRefusal,
    MissingExchangeRate,
    converted,
    converted_totals,
    half_up,
    rate_on,
    rates_words,
)
from quittance.core.money import minor_digits
from quittance.core.schema import EXCHANGE_RATES, ITEMS, SchemaError

RATES = frame(
    """
    currency  date        rate_e6
    USD       2026-11-19  1090000
    USD       2026-11-20  1087600
    GBP       2026-11-20  851200
    JPY       2026-11-20  163400000
    RUB       2022-03-01  117201000
    USD       2022-03-01  1116200
    TND       2026-11-20  3380000
    """,
    EXCHANGE_RATES,
)
FRIDAY = date(2026, 11, 20)
SHOWN = {"currency": pl.String, "open_minor": pl.Int64, "due_date": pl.Date}
CODES = ("EUR", "USD", "GBP", "JPY", "TND")


def amounts(text: str) -> pl.DataFrame:
    return frame(text, SHOWN)


@pytest.mark.parametrize(
    ("day", "published", "rate_e6"),
    [
        (FRIDAY, FRIDAY, 1_087_600),
        (date(2026, 11, 19), date(2026, 11, 19), 1_090_000),
        (date(2026, 11, 22), FRIDAY, 1_087_600),  # a Sunday
        (date(2026, 11, 30), FRIDAY, 1_087_600),  # the tenth day
    ],
)
def test_the_last_rate_published_on_or_before_the_day_holds(
    day: date, published: date, rate_e6: int
) -> None:
    assert rate_on(RATES, "USD", day=day) == ("USD", published, rate_e6)


def test_one_euro_is_one_euro_on_any_day() -> None:
    assert rate_on(RATES.clear(), "EUR", day=date(1999, 1, 1)).rate_e6 == 1_000_000


@pytest.mark.parametrize(
    ("currency", "day", "french"),
    [
        ("USD", date(2026, 12, 1),
         "Il manque le cours USD de la BCE au 01/12/2026 : les cours s'arrêtent le 20/11/2026, "
         "plus de 10 jours avant ; donnez un fichier plus récent (eurofxref-hist.csv)."),
        ("GBP", date(2026, 11, 19),
         "Il manque le cours GBP de la BCE au 19/11/2026 : les cours commencent le 20/11/2026 ; "
         "donnez un fichier plus ancien (eurofxref-hist.csv)."),
        ("RUB", FRIDAY,
         "Il manque le cours RUB de la BCE au 20/11/2026 : le dernier publié date du 01/03/2022, "
         "plus de 10 jours avant, alors que d'autres devises en ont de plus récents ; laissez ces "
         "montants dans leur devise."),
        ("MAD", FRIDAY,
         "Il manque le cours MAD de la BCE au 20/11/2026 : aucun fichier de cours n'a cette "
         "devise, et la BCE n'en publie qu'une trentaine ; laissez ces montants dans leur devise."),
    ],
)  # fmt: skip
def test_what_was_not_published_is_refused_with_what_to_give(
    currency: str, day: date, french: str
) -> None:
    with pytest.raises(MissingExchangeRate) as refusal:
        rate_on(RATES, currency, day=day)
    assert refusal.value.phrase.fr == french
    assert str(refusal.value).startswith(f"The ECB rate of {currency} is missing on {day}: ")


def test_a_rate_said_by_two_files_is_one_and_two_different_ones_are_refused() -> None:
    twice = pl.concat([RATES, RATES])
    assert rate_on(twice, "USD", day=FRIDAY).rate_e6 == 1_087_600
    other = frame("currency  date        rate_e6\nUSD  2026-11-20  1087700", EXCHANGE_RATES)
    with pytest.raises(ContradictoryExchangeRates) as refusal:
        rate_on(pl.concat([RATES, other]), "GBP", day=FRIDAY)
    assert "USD on 2026-11-20: 1.0876 and 1.0877" in refusal.value.phrase.en


def test_each_row_is_converted_at_the_rate_of_its_day() -> None:
    found = converted(
        amounts("""
        currency  open     due
        USD       1087.60  2026-11-22
        USD       109.00   2026-11-19
        EUR       50.00    -
        GBP       -8.51    2026-11-20
        JPY       1634     2026-11-20
        TND       3.380    2026-11-20
        """),
        ["open_minor"], to="EUR", on=pl.col("due_date"), rates=RATES,
    )  # fmt: skip
    assert_rows(
        found,
        """
        currency  open     due         from_currency  from_rate_e6  from_rate_date  to_rate_e6
        EUR       1000.00  2026-11-22  USD            1087600       2026-11-20      1000000
        EUR       100.00   2026-11-19  USD            1090000       2026-11-19      1000000
        EUR       50.00    -           EUR            -             -               -
        EUR       -10.00   2026-11-20  GBP            851200        2026-11-20      1000000
        EUR       10.00    2026-11-20  JPY            163400000     2026-11-20      1000000
        EUR       1.00     2026-11-20  TND            3380000       2026-11-20      1000000
        """,
    )


def test_two_other_currencies_go_through_the_euro_with_one_rounding() -> None:
    found = converted(
        amounts("currency  open  due\nGBP  100.00  -\nGBP  -100.00  -\nGBP  -  -"),
        ["open_minor"], to="JPY", on=FRIDAY, rates=RATES,
    )  # fmt: skip
    assert found["open_minor"].to_list() == [19196, -19196, None]  # 100 ÷ 0.8512 × 163.40
    assert found.row(0, named=True) | {"due_date": None} == {
        "currency": "JPY", "open_minor": 19196, "due_date": None, "from_currency": "GBP",
        "from_rate_e6": 851_200, "from_rate_date": FRIDAY,
        "to_rate_e6": 163_400_000, "to_rate_date": FRIDAY,
    }  # fmt: skip


def test_the_order_and_the_other_columns_of_the_rows_stay() -> None:
    items = frame(
        """
        item  customer  currency  amount   date
        7     C2        USD       10.00    2026-11-20
        3     C1        EUR       1.00     2026-11-20
        5     C3        GBP       20.00    2026-11-20
        """,
        ITEMS,
    )
    once = converted(items, ["amount_minor"], to="USD", on=pl.col("date"), rates=RATES)
    assert once.columns[: len(ITEMS)] == list(ITEMS)
    assert_rows(
        once, "item  customer  amount\n7  C2  10.00\n3  C1  1.09\n5  C3  25.55"
    )  # 20 ÷ 0.8512 × 1.0876 = 25.5545
    again = converted(once, ["amount_minor"], to="EUR", on=pl.col("date"), rates=RATES)
    assert again.columns == once.columns
    assert again["from_currency"].to_list() == ["USD"] * 3


def test_all_missing_rates_are_counted_in_one_refusal() -> None:
    rows = amounts("currency  open  due\nMAD  1.00  -\nXAF  100  -\nUSD  1.00  -")
    with pytest.raises(MissingExchangeRate) as refusal:
        converted(rows, ["open_minor"], to="EUR", on=FRIDAY, rates=RATES)
    assert refusal.value.phrase.en.startswith("The ECB rate of MAD is missing on 2026-11-20")
    assert refusal.value.phrase.en.endswith(" 1 other rate(s) are missing as well.")


def test_an_amount_without_a_day_is_refused() -> None:
    rows = amounts("currency  open  due\nUSD  1.00  -")
    with pytest.raises(ExchangeRateRefusal, match="An amount to convert has no date"):
        converted(rows, ["open_minor"], to="EUR", on=pl.col("due_date"), rates=RATES)


def test_what_is_no_column_of_minor_units_is_refused() -> None:
    rows = amounts("currency  open  due\nUSD  1.00  -").with_columns(open_minor=1.5)
    with pytest.raises(SchemaError):
        converted(rows, ["open_minor"], to="EUR", on=FRIDAY, rates=RATES)


def test_totals_become_one_with_the_rates_that_made_it() -> None:
    found = converted_totals(
        frame(
            """
            currency  not_due  balance
            EUR       100.00   250.00
            USD       108.76   217.52
            GBP       0.00     -8.51
            MAD       0.00     0.00
            """,
            {"currency": pl.String, "not_due_minor": pl.Int64, "balance_minor": pl.Int64},
        ),
        to="EUR", day=date(2026, 11, 22), rates=RATES,
    )  # fmt: skip
    assert_rows(found.totals, "currency  not_due  balance\nEUR  200.00  440.00")
    assert_rows(
        found.rates,
        "currency  date  rate_e6\nGBP  2026-11-20  851200\nUSD  2026-11-20  1087600",
    )


def test_a_total_is_rounded_once_and_not_currency_by_currency() -> None:
    rates = frame(
        "currency  date  rate_e6\nUSD  2026-11-20  2000000\nGBP  2026-11-20  2000000",
        EXCHANGE_RATES,
    )
    totals = amounts("currency  open  due\nUSD  0.01  -\nGBP  0.01  -").drop("due_date")
    found = converted_totals(totals, to="EUR", day=FRIDAY, rates=rates)
    assert found.totals["open_minor"].item() == 1  # two halves of a cent, not two cents


def test_totals_of_the_currency_itself_or_of_nothing_ask_for_no_rate() -> None:
    for totals in (amounts("currency  open  due\nMAD  5.00  -"), amounts("")):
        found = converted_totals(totals, to="MAD", day=FRIDAY, rates=RATES)
        assert found.totals["open_minor"].item() == (500 if totals.height else 0)
        assert found.rates.is_empty()


def test_the_rates_of_several_days_are_stated_day_by_day() -> None:
    assert rates_words(RATES.filter(pl.col("currency").is_in(["GBP", "USD"]))).en == (
        "at the ECB rates of 2026-11-20: 1 EUR = 0.8512 GBP, 1.0876 USD; "
        "of 2026-11-19: 1 EUR = 1.09 USD; of 2022-03-01: 1 EUR = 1.1162 USD"
    )


def exact(amount: int, one: str, other: str, rates: dict[str, int]) -> Decimal:
    """The same with Python's decimals at a hundred digits, in minor units, before rounding."""
    euros = Decimal(amount).scaleb(6 - minor_digits(one)) / rates[one]
    return (euros * rates[other]).scaleb(minor_digits(other) - 6)


AMOUNTS = st.integers(-(10**12), 10**12)
PER_EURO = st.integers(10_000, 10**10)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(CODES), AMOUNTS), max_size=8),
    st.sampled_from(CODES),
    st.tuples(PER_EURO, PER_EURO, PER_EURO, PER_EURO),
)
def test_conversion_is_exact_and_rounds_once(
    rows: list[tuple[str, int]], to: str, values: tuple[int, ...]
) -> None:
    rates = {"EUR": 10**6, **dict(zip(CODES[1:], values, strict=True))}
    published = [(code, FRIDAY, rate) for code, rate in rates.items() if code != "EUR"]
    known = pl.DataFrame(published, dict(EXCHANGE_RATES), orient="row")
    told = {"currency": [code for code, _ in rows], "open_minor": [much for _, much in rows]}
    owed = pl.DataFrame(told, {"currency": pl.String, "open_minor": pl.Int64})
    found = converted(owed, ["open_minor"], to=to, on=FRIDAY, rates=known)["open_minor"]
    total = converted_totals(owed, to=to, day=FRIDAY, rates=known).totals["open_minor"].item()
    with localcontext(prec=100):
        each = [exact(much, code, to, rates) for code, much in rows]
        whole = [int(one.quantize(Decimal(1), rounding=ROUND_HALF_UP)) for one in each]
    assert found.to_list() == whole
    assert abs(total - sum(map(Fraction, each))) <= Fraction(1, 2) + Fraction(1, 10**9)
    same = [(much, got) for (code, much), got in zip(rows, found, strict=True) if code == to]
    assert all(much == got for much, got in same)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(AMOUNTS, PER_EURO, st.integers(0, 10))
def test_there_and_back_is_within_one_unit_of_the_coarser_side(
    amount: int, rate_e6: int, late: int
) -> None:
    """Half a unit is lost on the way, which the way back scales by the rate."""
    day = FRIDAY + timedelta(days=late)
    known = pl.DataFrame([("USD", FRIDAY, rate_e6)], dict(EXCHANGE_RATES), orient="row")
    owed = pl.DataFrame({"currency": ["EUR"], "open_minor": [amount]})
    there = converted(owed, ["open_minor"], to="USD", on=day, rates=known)
    back = converted(there, ["open_minor"], to="EUR", on=day, rates=known)
    lost = abs(back["open_minor"].item() - amount)
    assert lost <= max(1, half_up(Fraction(10**6, 2 * rate_e6) + Fraction(1, 2)))
