"""Amounts of one currency in another, at the reference rates of the European Central Bank.

A rate says how much of a currency one euro is; between two other currencies both rates count. The
rate of a day is the last one published on or before it, at most ten days old: the bank publishes
on the working days of TARGET. What was not published is refused, never extrapolated. Exact whole
numbers throughout, one rounding half up at the end, a credit as the opposite of its debit.
See docs/algorithms/exchange_rates.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import polars as pl

from quittance.core.money import MINOR_DIGITS, minor_digits, rounded_half_up
from quittance.core.phrase import Phrase, day_words
from quittance.core.schema import EXCHANGE_RATES, check_frame, checked, shaped

EURO = "EUR"
ONE_E6 = 1_000_000
OLDEST_DAYS = 10  # the longest gap between two publications is five days, at Easter
PAIRS = {"currency": pl.String, "day": pl.Date}
EXPLAINED = ("from_currency", "from_rate_e6", "from_rate_date", "to_rate_e6", "to_rate_date")

MISSING = Phrase(
    "Il manque le cours {currency} de la BCE au {day} : {why}.{more}",
    "The ECB rate of {currency} is missing on {day}: {why}.{more}",
)
NO_DAY = Phrase(
    "Un montant à convertir n'a pas de date : sans elle, aucun cours ne peut être choisi.",
    "An amount to convert has no date: without one, no rate can be chosen.",
)
MORE = Phrase(
    " {count} autre(s) cours manquent aussi.", " {count} other rate(s) are missing as well."
)
NEVER = Phrase(
    "aucun fichier de cours n'a cette devise, et la BCE n'en publie qu'une trentaine ; laissez "
    "ces montants dans leur devise",
    "no file of rates has this currency, and the ECB publishes some thirty only; leave these "
    "amounts in their currency",
)
TOO_EARLY = Phrase(
    "les cours commencent le {first} ; donnez un fichier plus ancien (eurofxref-hist.csv)",
    "the rates begin on {first}; give an older file (eurofxref-hist.csv)",
)
TOO_OLD = Phrase(
    "les cours s'arrêtent le {last}, plus de {days} jours avant ; donnez un fichier plus récent "
    "(eurofxref-hist.csv)",
    "the rates end on {last}, more than {days} days before; give a newer file (eurofxref-hist.csv)",
)
STOPPED = Phrase(
    "le dernier publié date du {last}, plus de {days} jours avant, alors que d'autres devises "
    "en ont de plus récents ; laissez ces montants dans leur devise",
    "the last one published is of {last}, more than {days} days before, while other currencies "
    "have newer ones; leave these amounts in their currency",
)
TWICE = Phrase(
    "Deux cours {currency} différents au {day} : {one} et {other}. Ne gardez que le bon fichier.",
    "Two different rates of {currency} on {day}: {one} and {other}. Keep the right file only.",
)
STATED = Phrase("aux cours de la BCE {rates}", "at the ECB rates {rates}")
OF_DAY = Phrase("du {day} : 1 EUR = {rates}", "of {day}: 1 EUR = {rates}")


class ExchangeRateRefusal(LookupError):  # noqa: N818  (it is a refusal with its remedy)
    """No conversion can be made; `phrase` says why and what to do."""

    def __init__(self, phrase: Phrase) -> None:
        self.phrase = phrase
        super().__init__(phrase.en)


class MissingExchangeRate(ExchangeRateRefusal):
    """No rate was published on the day or shortly before; `phrase` says what to give."""


class ContradictoryExchangeRates(ExchangeRateRefusal):
    """Two rates of one currency on one day; `phrase` says which."""


class Rate(NamedTuple):
    """One row of `EXCHANGE_RATES`: how much of the currency one euro is, in millionths."""

    currency: str
    date: date
    rate_e6: int


@dataclass(frozen=True)
class ConvertedTotals:
    """Totals of several currencies as one, and the rates that made it."""

    totals: pl.DataFrame  # one row: `currency`, then the amounts
    rates: pl.DataFrame  # EXCHANGE_RATES, by currency


@checked(rates=EXCHANGE_RATES)
def rate_on(rates: pl.DataFrame, currency: str, *, day: date) -> Rate:
    """The last rate published on or before a day; one euro is one euro.

    Raises MissingExchangeRate when the last one is more than ten days old,
    ContradictoryExchangeRates when a day has two.
    """
    wanted = pl.DataFrame({"currency": [currency], "day": [day]}, schema=PAIRS)
    return Rate(*shaped(in_force(wanted, rates), EXCHANGE_RATES).row(0))


@checked(rates=EXCHANGE_RATES, frame={"currency": pl.String})
def converted(
    frame: pl.DataFrame,
    amounts: Sequence[str],
    *,
    to: str,
    on: date | pl.Expr,
    rates: pl.DataFrame,
) -> pl.DataFrame:
    """A frame with its amounts in minor units of one currency, each row at the rate of its day.

    The amounts are replaced and `currency` becomes `to`; the columns `EXPLAINED` say what each row
    was and how it was converted (rates null where it was in that currency already). A null amount
    stays null. Raises ExchangeRateRefusal.
    """
    check_frame(frame, dict.fromkeys(amounts, pl.Int64), where="converted(frame)")
    dated = frame.drop(EXPLAINED, strict=False).with_columns(
        from_currency="currency", day_=on if isinstance(on, pl.Expr) else pl.lit(on)
    )
    is_foreign = pl.col("currency").ne_missing(to)
    foreign = dated.filter(is_foreign).select("currency", day="day_").unique()
    pairs = pl.concat([foreign, foreign.with_columns(currency=pl.lit(to))]).unique()
    known = in_force(pairs, rates)
    joined = dated.with_columns(to_=pl.when(is_foreign).then(pl.lit(to)))
    for side, key in (("from", "currency"), ("to", "to_")):
        names = {"date": f"{side}_rate_date", "rate_e6": f"{side}_rate_e6", "currency": key}
        told = known.rename({**names, "day": "day_"})
        joined = joined.join(told, on=[key, "day_"], how="left", maintain_order="left")
    kept = [pl.when(is_foreign).then(name).alias(name) for name in EXPLAINED[1:]]
    exact = [
        pl.when(is_foreign).then(quotient(name, to)).otherwise(name).alias(name) for name in amounts
    ]
    done = joined.with_columns(*kept, *exact).with_columns(currency=pl.lit(to))
    return done.select(*dated.drop("from_currency", "day_").columns, *EXPLAINED)


@checked(rates=EXCHANGE_RATES, totals={"currency": pl.String})
def converted_totals(
    totals: pl.DataFrame, *, to: str, day: date, rates: pl.DataFrame
) -> ConvertedTotals:
    """Totals per currency as one total, each amount summed exactly and rounded once.

    Every column of whole numbers is an amount in minor units. A currency whose totals are all nil
    asks for no rate. Raises ExchangeRateRefusal.
    """
    amounts = [name for name, dtype in totals.schema.items() if dtype == pl.Int64]
    counted = totals.filter(
        pl.any_horizontal([pl.lit(False), *(pl.col(name) != 0 for name in amounts)])
    )
    asked = sorted({to, *counted["currency"]})
    asked = asked if asked != [to] else []
    wanted = pl.DataFrame({"currency": asked, "day": [day] * len(asked)}, schema=PAIRS)
    used = shaped(in_force(wanted, rates), EXCHANGE_RATES)
    per_euro = {to: ONE_E6, **dict(used.select("currency", "rate_e6").iter_rows())}
    sums = dict.fromkeys(amounts, Fraction(0))
    for row in counted.iter_rows(named=True):
        share = Fraction(
            per_euro[to] * scale(to), per_euro[row["currency"]] * scale(row["currency"])
        )
        sums = {name: sums[name] + row[name] * share for name in amounts}
    total = {"currency": to, **{name: half_up(value) for name, value in sums.items()}}
    row_of_one = pl.DataFrame([total], {"currency": pl.String, **dict.fromkeys(amounts, pl.Int64)})
    return ConvertedTotals(row_of_one, used.filter(pl.col("currency") != EURO))


@checked(rates=EXCHANGE_RATES)
def rates_words(rates: pl.DataFrame) -> Phrase:
    """The rates that a conversion used, as a reader of each language states them.

    >>> used = pl.DataFrame([("USD", date(2026, 11, 20), 1_087_600)], EXCHANGE_RATES, orient="row")
    >>> rates_words(used).fr
    'aux cours de la BCE du 20/11/2026 : 1 EUR = 1,0876 USD'
    """
    days = []
    for day in rates["date"].unique().sort(descending=True):
        mine = rates.filter(pl.col("date") == day).sort("currency")
        texts = [(rate_text(rate), code) for code, _, rate in shaped(mine, EXCHANGE_RATES).rows()]
        french = ", ".join(f"{text.replace('.', ',')} {code}" for text, code in texts)
        english = ", ".join(f"{text} {code}" for text, code in texts)
        days.append(OF_DAY.filled(day=day_words(day), rates=Phrase(french, english)))
    joined = Phrase(" ; ".join(one.fr for one in days), "; ".join(one.en for one in days))
    return STATED.filled(rates=joined)


def rate_text(rate_e6: int) -> str:
    """A rate as an exact decimal text with at least two decimals.

    >>> rate_text(171_940_000), rate_text(846_380)
    ('171.94', '0.84638')
    """
    whole, _, part = str(Decimal(rate_e6).scaleb(-6)).partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"


@checked(pairs=PAIRS, rates=EXCHANGE_RATES)
def in_force(pairs: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """Each pair of a currency and a day, with the rate in force: `date` and `rate_e6` beside it.

    Raises MissingExchangeRate for the first pair that has none, ContradictoryExchangeRates.
    """
    published = agreed(rates).sort("date")
    found = pairs.sort("day").join_asof(
        published,
        left_on="day",
        right_on="date",
        by="currency",
        strategy="backward",
        check_sortedness=False,  # both were just sorted
    )
    is_euro = pl.col("currency") == EURO
    told = found.with_columns(
        date=pl.when(is_euro).then("day").otherwise("date"),
        rate_e6=pl.when(is_euro).then(ONE_E6).otherwise("rate_e6"),
    )
    is_fresh = pl.col("date") >= pl.col("day") - timedelta(days=OLDEST_DAYS)
    absent = told.filter(~is_fresh.fill_null(value=False)).sort("currency", "day")
    if absent.height:
        raise missing(absent, published)
    return told


@checked(rates=EXCHANGE_RATES)
def agreed(rates: pl.DataFrame) -> pl.DataFrame:
    """The rates once each, however many files said them; refuses two that differ."""
    known = shaped(rates, EXCHANGE_RATES).unique()
    twice = known.filter(pl.struct("currency", "date").is_duplicated())
    if twice.height:
        code, day, one = twice.sort("date", "currency", "rate_e6").row(0)
        other = twice.filter(pl.col("currency") == code, pl.col("date") == day)["rate_e6"].max()
        facts = {"one": rate_text(one), "other": rate_text(int(str(other)))}
        raise ContradictoryExchangeRates(TWICE.filled(currency=code, day=day_words(day), **facts))
    return known


def missing(absent: pl.DataFrame, published: pl.DataFrame) -> MissingExchangeRate:
    """The refusal for pairs without a rate: it names the first and counts the others."""
    code, day = absent.select("currency", "day").row(0)
    if day is None:
        return MissingExchangeRate(NO_DAY)
    mine = published.filter(pl.col("currency") == code)["date"]
    first, last = mine.min(), mine.filter(mine <= day).max()
    ends = published.filter(pl.col("date") <= day)["date"].max()
    if not isinstance(first, date):
        why = NEVER
    elif not isinstance(last, date):
        why = TOO_EARLY.filled(first=day_words(first))
    else:
        is_over = isinstance(ends, date) and (day - ends).days <= OLDEST_DAYS
        why = (STOPPED if is_over else TOO_OLD).filled(last=day_words(last), days=OLDEST_DAYS)
    more = MORE.filled(count=absent.height - 1) if absent.height > 1 else Phrase("", "")
    facts = {"currency": code, "day": day_words(day), "why": why, "more": more}
    return MissingExchangeRate(MISSING.filled(**facts))


def quotient(amount: str, to: str) -> pl.Expr:
    """An amount × rate of `to` ÷ rate of its currency, in minor units, rounded half up once.

    Half a unit is rounded away from nil, so that a credit is the opposite of its debit.
    """
    scales = {code: 10**digits for code, digits in MINOR_DIGITS.items()}
    own = pl.col("currency").replace_strict(scales, default=100, return_dtype=pl.Int64)
    size = pl.col(amount).abs().cast(pl.Int128) * pl.col("to_rate_e6") * scale(to)
    parts = pl.col("from_rate_e6").cast(pl.Int128) * own
    return rounded_half_up(size, parts) * pl.col(amount).sign()


def half_up(value: Fraction) -> int:
    """An exact fraction as a whole number, half rounded away from nil.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2))
    (3, -3)
    """
    size = (abs(value) * 2 + 1) // 2
    return -size if value < 0 else size


def scale(currency: str) -> int:
    """How many minor units one unit of the currency is."""
    return int(10 ** minor_digits(currency))
