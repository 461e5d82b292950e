"""Interest on debts day by day: which days, on which amount, at which rate, under which article.

interest = Σ over segments  base × rate × days / year      (one rounding, half up, at the end)

A segment is a run of days on which base and rate stay the same: it ends when a payment arrives,
when a half-year ends, or when the clause changes. The days run from the day after the due date to
the day of payment, both included (docs/algorithms/late_charges.md). Interest is simple.
"""

from datetime import date
from functools import reduce
from typing import Literal

import polars as pl

from quittance.core.calendar import days_in_year, span
from quittance.core.money import rounded_half_up
from quittance.core.schema import LEGAL_RATES, Schema, checked, shaped

Base = Literal["365", "actual"]
PPM = 1_000_000

DEBTS: Schema = {
    "debt": pl.Int64,
    "principal_minor": pl.Int64,
    "first_date": pl.Date,  # first day that bears interest; null: none does
    "last_date": pl.Date,  # last day that may; null: as_of
    "series": pl.String,  # series of legal rates; "fixed" for a rate agreed in a contract
    "fixed_ppm": pl.Int64,  # the agreed rate, a year
    "is_frozen": pl.Boolean,  # the rate of the first day holds throughout (public buyers)
    "later_series": pl.String,  # another series…
    "later_from": pl.Date,  # …from this day on (after a judgment)
}
PAYMENTS: Schema = {
    "debt": pl.Int64,
    "date": pl.Date,  # value date; the day of payment still bears interest on the amount before
    "amount_minor": pl.Int64,  # > 0
}
SEGMENTS: Schema = {
    "debt": pl.Int64,
    "from_date": pl.Date,
    "to_date": pl.Date,  # included
    "days": pl.Int64,
    "base_minor": pl.Int64,
    "rate_ppm": pl.Int64,  # null: no rate is known for these days, which then carry nothing
    "reference": pl.String,
    "verified": pl.Boolean,
    "exact": pl.Int128,  # interest in minor units × EXACT
}
EXACT = PPM * 365 * 366  # every segment is a whole number of minor units / EXACT


@checked(debts=DEBTS, payments=PAYMENTS, rates=LEGAL_RATES)
def segments(
    debts: pl.DataFrame,
    payments: pl.DataFrame,
    *,
    rates: pl.DataFrame,
    as_of: date,
    base: Base = "365",
) -> pl.DataFrame:
    """The segments of every debt up to a day, payments taken from the principal, as `SEGMENTS`.

    A day outside the table of rates has a null `rate_ppm` and carries nothing: the caller reports
    it (conformance F-19).
    """
    running = with_last_day(debts, as_of)
    cuts = pl.concat([*payment_cuts(running, payments), *rate_cuts(running, rates, base=base)])
    stretches = with_bases(running, cuts)
    return shaped(with_interest(with_rates(stretches, rates), base), SEGMENTS).sort(
        "debt", "from_date"
    )


def with_last_day(debts: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The debts that bear interest on at least one day, their last day set."""
    last = pl.min_horizontal(pl.col("last_date").fill_null(as_of), pl.lit(as_of))
    return debts.with_columns(last_date=last).filter(pl.col("first_date") <= pl.col("last_date"))


def payment_cuts(running: pl.DataFrame, payments: pl.DataFrame) -> list[pl.DataFrame]:
    """The first day of each debt, and the day after each payment, with what was paid before it."""
    firsts = running.select("debt", start="first_date", paid=pl.lit(0, dtype=pl.Int64))
    paid = payments.join(running.select("debt", "first_date"), on="debt").select(
        "debt",
        start=pl.max_horizontal(pl.col("date") + pl.duration(days=1), "first_date"),
        paid="amount_minor",
    )
    return [firsts, paid]


def rate_cuts(running: pl.DataFrame, rates: pl.DataFrame, *, base: Base) -> list[pl.DataFrame]:
    """The days on which a rate or the length of the year changes, debt by debt."""
    named = rates.filter(pl.col("series").is_in(running["series"].unique().implode()))
    days = {*named["valid_from"], *named["valid_until"].drop_nulls()}
    first, last = span(running["first_date"]), span(running["last_date"])
    if not first or not last:
        return []
    if base == "actual":
        days |= {date(year, 1, 1) for year in range(first[0].year, last[1].year + 1)}
    within = [day for day in sorted(days) if first[0] < day <= last[1]]
    moving = running if base == "actual" else running.filter(~pl.col("is_frozen"))
    cuts = [cut_on(moving, pl.lit(day)) for day in within]
    later = running.filter(pl.col("later_from").is_not_null())
    return [*cuts, cut_on(later, pl.col("later_from"))] if later.height else cuts


def cut_on(debts: pl.DataFrame, day: pl.Expr) -> pl.DataFrame:
    """A cut, without payment, for the debts that run across a day."""
    crossing = debts.filter(pl.col("first_date") < day, day <= pl.col("last_date"))
    return crossing.select("debt", start=day, paid=pl.lit(0, dtype=pl.Int64))


def with_bases(running: pl.DataFrame, cuts: pl.DataFrame) -> pl.DataFrame:
    """Stretches of days between two cuts, with the principal that is left on them."""
    starts = cuts.group_by("debt", "start").agg(pl.col("paid").sum()).sort("debt", "start")
    joined = starts.join(running, on="debt", maintain_order="left")
    is_last = pl.col("debt") != pl.col("debt").shift(-1)
    until = pl.when(is_last.fill_null(value=True)).then("last_date").otherwise(
        pl.col("start").shift(-1) - pl.duration(days=1)
    )  # fmt: skip
    return joined.with_columns(
        from_date="start",
        to_date=pl.min_horizontal(until, "last_date"),
        base_minor=pl.col("principal_minor") - pl.col("paid").cum_sum().over("debt"),
    ).filter(pl.col("base_minor") > 0, pl.col("from_date") <= pl.col("to_date"))


def with_rates(stretches: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """The rate of each stretch: the agreed one, or the legal one of its first day."""
    is_later = (pl.col("from_date") >= pl.col("later_from")).fill_null(value=False)
    day = pl.when("is_frozen").then("first_date").otherwise("from_date")
    asked = stretches.with_columns(
        series=pl.when(is_later).then("later_series").otherwise("series"), rate_date=day
    ).sort("rate_date")
    until = pl.col("valid_until").fill_null(date.max)
    table = rates.select("series", "valid_from", until, "rate_ppm", "reference", "verified").sort(
        "valid_from"
    )
    found = asked.join_asof(
        table, left_on="rate_date", right_on="valid_from", by="series", check_sortedness=False
    )
    is_covered = (pl.col("rate_date") < pl.col("valid_until")).fill_null(value=False)
    is_fixed = pl.col("series") == "fixed"
    return found.with_columns(
        rate_ppm=pl.when(is_fixed).then("fixed_ppm").when(is_covered).then("rate_ppm"),
        reference=pl.when(is_fixed).then(pl.lit("C. com. art. L441-10 II")).otherwise("reference"),
        verified=pl.when(is_fixed).then(pl.lit(value=True)).otherwise("verified"),
    )


def with_interest(stretches: pl.DataFrame, base: Base) -> pl.DataFrame:
    """Days and exact interest of each stretch: base × rate × days, over PPM × days of the year."""
    days = (pl.col("to_date") - pl.col("from_date")).dt.total_days() + 1
    year = days_in_year(pl.col("from_date")) if base == "actual" else pl.lit(365)
    weight = pl.when(year == 365).then(366).otherwise(365)
    product = pl.col("base_minor").cast(pl.Int128) * pl.col("rate_ppm").fill_null(0) * days * weight
    return stretches.with_columns(days=days, exact=product)


def rounded_interest(exact: pl.Expr) -> pl.Expr:
    """Exact interest as whole minor units, rounded half up."""
    return rounded_half_up(exact, EXACT)


@checked(debts=DEBTS, payments=PAYMENTS, rates=LEGAL_RATES)
def segments_interest_first(
    debts: pl.DataFrame,
    payments: pl.DataFrame,
    *,
    rates: pl.DataFrame,
    as_of: date,
    base: Base = "365",
    capitalises: bool = False,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Segments when a payment settles interest before principal (C. civ. 1343-1).

    With `capitalises`, interest due for a whole year bears interest in turn (C. civ. 1343-2).
    Returns the segments, and per debt: `principal_left_minor`, `interest_paid_minor` and
    `capitalised_minor`. Steps from payment to payment: as many rounds as one debt has payments.
    """
    running = with_last_day(debts, as_of).with_columns(
        principal_left_minor="principal_minor",
        interest_paid_minor=pl.lit(0, dtype=pl.Int64),
        capitalised_minor=pl.lit(0, dtype=pl.Int64),
        carried=pl.lit(0, dtype=pl.Int128),
        start="first_date",
    )
    stops = events(running, payments, as_of=as_of, capitalises=capitalises)
    rounds = stops["rank"].max()
    pieces = []
    for rank in range(int(rounds) + 1 if rounds is not None else 0):  # type: ignore[arg-type]
        now = stops.filter(pl.col("rank") == rank).drop("rank")
        running = running.join(now, on="debt", how="left", maintain_order="left")
        piece = stretch_to(running, pl.col("stop"), rates=rates, as_of=as_of, base=base)
        pieces.append(piece)
        running = settled_once(running, piece)
    pieces.append(stretch_to(running, pl.lit(as_of), rates=rates, as_of=as_of, base=base))
    columns = ("debt", "principal_left_minor", "interest_paid_minor", "capitalised_minor")
    return pl.concat(pieces).sort("debt", "from_date"), running.select(columns)


def events(
    running: pl.DataFrame, payments: pl.DataFrame, *, as_of: date, capitalises: bool
) -> pl.DataFrame:
    """What happens to each debt, in order: payments, and anniversaries if interest capitalises.

    A payment counts after the last day that bears interest too; what is paid on an anniversary is
    no longer there to bear interest.
    """
    paid = payments.group_by("debt", stop="date").agg(pl.col("amount_minor").sum())
    paid = paid.with_columns(is_anniversary=pl.lit(value=False))
    spans = ((pl.col("last_date") - pl.col("first_date")).dt.total_days() + 1) // 365
    years = int(running.select(spans.max().fill_null(0)).item()) if capitalises else 0
    anniversaries = [
        running.select(
            "debt",
            stop=pl.col("first_date").dt.offset_by(f"{year}y") - pl.duration(days=1),
            amount_minor=pl.lit(0, dtype=pl.Int64),
            is_anniversary=pl.lit(value=True),
        )
        for year in range(1, years + 1)
    ]
    stops = reduce(lambda one, other: pl.concat([one, other]), anniversaries, paid)
    known = stops.join(running.select("debt", "last_date"), on="debt")
    last = pl.when("is_anniversary").then("last_date").otherwise(pl.lit(as_of))
    ordered = known.filter(pl.col("stop") <= last).sort("debt", "stop", "is_anniversary")
    rank = pl.int_range(pl.len()).over("debt").alias("rank")
    return ordered.select("debt", "stop", "amount_minor", "is_anniversary", rank)


def stretch_to(
    running: pl.DataFrame, stop: pl.Expr, *, rates: pl.DataFrame, as_of: date, base: Base
) -> pl.DataFrame:
    """The segments from where each debt stands to its next stop."""
    last = pl.min_horizontal(stop, "last_date")
    part = running.filter(stop.is_not_null()).with_columns(
        principal_minor="principal_left_minor",
        first_date="start",
        last_date=last,
    )
    no_payment = pl.DataFrame(schema=dict(PAYMENTS))
    return segments(shaped(part, DEBTS), no_payment, rates=rates, as_of=as_of, base=base)


def settled_once(running: pl.DataFrame, piece: pl.DataFrame) -> pl.DataFrame:
    """Where each debt stands after its next stop: interest first, then principal."""
    accrued = piece.group_by("debt").agg(pl.col("exact").sum())
    joined = running.join(accrued, on="debt", how="left", maintain_order="left").with_columns(
        carried=pl.col("carried") + pl.col("exact").fill_null(0)
    )
    has_stop = pl.col("stop").is_not_null()
    due = rounded_interest(pl.col("carried"))
    paid = pl.col("amount_minor").fill_null(0)
    to_interest = pl.min_horizontal(paid, due)
    grown = pl.when(pl.col("is_anniversary").fill_null(value=False)).then(due).otherwise(0)
    used = (to_interest + grown).cast(pl.Int128) * EXACT
    left = pl.max_horizontal(pl.col("principal_left_minor") - (paid - to_interest) + grown, 0)
    return joined.with_columns(
        principal_left_minor=left,
        interest_paid_minor=pl.col("interest_paid_minor") + to_interest,
        capitalised_minor=pl.col("capitalised_minor") + grown,
        carried=pl.when(has_stop)
        .then(pl.max_horizontal(pl.col("carried") - used, 0))
        .otherwise("carried"),
        start=pl.when(has_stop)
        .then(pl.max_horizontal(pl.col("stop") + pl.duration(days=1), "start"))
        .otherwise("start"),
    ).drop("exact", "stop", "amount_minor", "is_anniversary")
