"""Key figures of collection: DSO in its four ways, delays, rates, concentration.

Every figure has its formula beside it in docs/algorithms/kpis.md and on screen. Sales and
receivables both include VAT; doubtful customers (416), advances (4191) and invoices to issue (418)
are outside the receivables. Amounts come in minor units, days and percentages go out as numbers.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from quittance.core.activity import activity
from quittance.core.book import Book
from quittance.core.calendar import add_months, month_ends
from quittance.core.open_items import open_items, up_to

WINDOW = 12  # months over which flows are counted
COUNT_BACK = 24  # months whose sales may have to be exhausted
LARGEST = 10
LATENESS_EDGES = (-15, -1, 0, 7, 15, 30, 60, 90)
FIGURES = (
    "dso_period", "dso_count_back", "dso_lifetime", "dso_best_possible",
    "average_days_delinquent", "days_to_collect", "days_late",
    "days_to_collect_mean",
    "collection_rate", "cei", "cei_monthly_sales", "overdue_rate", "doubtful_rate",
)  # fmt: skip


def kpi_series(book: Book, as_of: date, *, months: int = 13) -> pl.DataFrame:
    """Each figure at the end of each of the last `months` months; the last row is `as_of`.

    Columns: currency, month_end, receivables_minor, sales_minor (over the window), days (of the
    window), then `FIGURES` and `concentration` (share of the ten largest debtors) as Float64, null
    where the divisor is zero.
    """
    past = activity(book, as_of, months=months + 2 * WINDOW)
    first = first_sale(book)
    rows = []
    for (currency,), frame in past.group_by("currency", maintain_order=True):
        steps = frame.with_columns(
            receivables_minor=pl.col("balance_minor")
            - pl.col("doubtful_minor")
            - pl.col("advances_minor"),
            current_minor=pl.col("owed_minor") - pl.col("doubtful_minor") - pl.col("overdue_minor"),
        ).to_dicts()
        started = first.get(str(currency), as_of)
        shown = range(len(steps) - months, len(steps))
        rows += [figures_at(steps[: place + 1], started) for place in shown]
    series = pl.DataFrame(rows, schema=series_schema(), orient="row")
    shares = concentration_series(book, month_ends(as_of, months))
    return series.join(shares, on=["currency", "month_end"], how="left", maintain_order="left")


def series_schema() -> dict[str, pl.DataType | type[pl.DataType]]:
    """The columns of the monthly series."""
    return {
        "currency": pl.String,
        "month_end": pl.Date,
        "receivables_minor": pl.Int64,
        "overdue_minor": pl.Int64,
        "sales_minor": pl.Int64,
        "days": pl.Int64,
        **dict.fromkeys(FIGURES, pl.Float64),
    }


def first_sale(book: Book) -> dict[str, date]:
    """The date of the first invoice of the books, by currency."""
    sold = book.items.filter(pl.col("kind") == "invoice")
    return dict(sold.group_by("currency").agg(pl.col("date").min()).iter_rows())


def figures_at(steps: list[dict[str, object]], started: date) -> dict[str, object]:
    """Every figure at the last of the given months, oldest first."""
    now = steps[-1]
    window = steps[-WINDOW:]
    end: date = now["month_end"]  # type: ignore[assignment]
    receivables, overdue = whole(now, "receivables_minor"), whole(now, "overdue_minor")
    doubtful, current = whole(now, "doubtful_minor"), whole(now, "current_minor")
    started = min(started, end)
    days = window_days(window, started)
    sales, receipts = total(window, "sales_minor"), total(window, "receipts_minor")
    before = whole(steps[-WINDOW - 1], "receivables_minor") if len(steps) > WINDOW else 0
    opening = before + total(window, "carried_minor")
    ever = whole(now, "sales_before_minor") + total(steps, "sales_minor")
    settled = total(window, "settled_minor")
    newest = reversed(steps[-COUNT_BACK:])
    months = [(whole(step, "sales_minor"), whole(step, "days")) for step in newest]
    dso, best = ratio(receivables, sales, factor=days), ratio(current, sales, factor=days)
    return {
        "currency": now["currency"],
        "month_end": end,
        "receivables_minor": receivables,
        "overdue_minor": overdue,
        "sales_minor": sales,
        "days": days,
        "dso_period": dso,
        "dso_count_back": count_back(receivables, months),
        "dso_lifetime": ratio(receivables, ever, factor=(end - started).days),
        "dso_best_possible": best,
        "average_days_delinquent": None if dso is None or best is None else dso - best,
        "days_to_collect": ratio(total(window, "collected_days"), settled),
        "days_to_collect_mean": ratio(total(window, "closed_days"), total(window, "closed_count")),
        "days_late": ratio(total(window, "late_days"), settled),
        "collection_rate": ratio(receipts, opening + sales, factor=100),
        "cei": effectiveness(opening, sales, closing=receivables, current=current),
        "cei_monthly_sales": effectiveness(
            opening, sales / max(len(window), 1), closing=receivables, current=current
        ),
        "overdue_rate": ratio(overdue, overdue + current, factor=100),
        "doubtful_rate": ratio(doubtful, doubtful + overdue + current, factor=100),
    }


def whole(step: dict[str, object], name: str) -> int:
    """A whole number of one month."""
    return int(step[name])  # type: ignore[call-overload,no-any-return]


def total(steps: Sequence[dict[str, object]], name: str) -> int:
    """The sum of a flow over months."""
    return sum(whole(step, name) for step in steps)


def window_days(window: list[dict[str, object]], started: date) -> int:
    """The days of the window, from the first sale on when the books are younger."""
    last: date = window[-1]["month_end"]  # type: ignore[assignment]
    first: date = window[0]["month_end"].replace(day=1)  # type: ignore[attr-defined]
    return max((last - max(first, started)).days + 1, 1)


def ratio(numerator: float, denominator: float, *, factor: float = 1) -> float | None:
    """`numerator / denominator × factor`, or None when nothing is there to divide by."""
    return numerator / denominator * factor if denominator else None


def count_back(receivables: int, months: Sequence[tuple[int, int]]) -> float | None:
    """DSO by exhausting the sales of the newest months (*épuisement du chiffre d'affaires*).

    `months` are (sales, days) pairs, newest first. Each month that the receivables cover whole
    counts all its days, the last one pro rata. None when the months do not suffice.

    >>> round(count_back(450, [(200, 31), (180, 28), (150, 31)]), 2)
    73.47
    """
    if receivables <= 0:
        return 0.0
    left, days = receivables, 0
    for sales, length in months:
        if sales > left:
            return days + left / sales * length
        left, days = left - max(sales, 0), days + length
        if not left:
            return days * 1.0
    return None


def effectiveness(opening: float, sales: float, *, closing: float, current: float) -> float | None:
    """Collection effectiveness index (CEI), in percent.

    (opening + sales − closing) ÷ (opening + sales − closing not yet due) × 100. Two ways are
    published: with the sales of the whole period, or with those of an average month.

    >>> round(effectiveness(100, 200, closing=90, current=60), 1)
    87.5
    """
    return ratio(opening + sales - closing, opening + sales - current, factor=100)


def concentration_series(book: Book, ends: Sequence[date]) -> pl.DataFrame:
    """The share of the ten largest debtors at each of some days, in percent, per currency."""
    places = pl.Series(ends).search_sorted(book.items["date"], side="left").cast(pl.Int64)
    moved = (
        book.items.with_columns(place=places)
        .filter(pl.col("place") < len(ends))
        .group_by("currency", "customer", "place")
        .agg(pl.col("amount_minor").sum())
    )
    days = pl.DataFrame({"month_end": ends}).with_row_index("place").cast({"place": pl.Int64})
    people = moved.select("currency", "customer").unique()
    owed = (
        people.join(days, how="cross")
        .join(moved, on=["currency", "customer", "place"], how="left")
        .sort("place")
        .with_columns(
            owed=pl.col("amount_minor").fill_null(0).cum_sum().over("currency", "customer")
        )
        .filter(pl.col("owed") > 0)
    )
    share = pl.col("owed").top_k(LARGEST).sum() / pl.col("owed").sum() * 100
    return owed.group_by("currency", "month_end").agg(concentration=share)


def concentration(book: Book, as_of: date, *, largest: int = LARGEST) -> pl.DataFrame:
    """What the largest customers owe, with their cumulated share in percent, per currency."""
    owed = (
        open_items(book, as_of)
        .group_by("customer", "currency")
        .agg(balance_minor=pl.col("open_minor").sum())
        .filter(pl.col("balance_minor") > 0)
        .sort("balance_minor", "customer", descending=[True, False])
    )
    amount = pl.col("balance_minor")
    share = amount / amount.sum() * 100
    ranked = owed.with_columns(
        share_percent=share.over("currency"),
        cumulated_percent=(amount.cum_sum() / amount.sum() * 100).over("currency"),
        rank=pl.int_range(1, pl.len() + 1).over("currency"),
    )
    named = ranked.join(
        book.customers.select("customer", "name"), on="customer", how="left", maintain_order="left"
    )
    return named.filter(pl.col("rank") <= largest)


def lateness(book: Book, as_of: date) -> pl.DataFrame:
    """How late payments came over the last twelve months: count and amount by range of days.

    Columns: currency, `from_day`, `to_day` (null: open end; both included; negative is early),
    `count` of payments and `settled_minor`.
    """
    since = add_months(as_of, -12)
    paid = book.items.filter(pl.col("kind") == "payment").select(credit_item="item")
    debits = book.items.select("currency", "due_date", debit_item="item")
    days = (pl.col("value_date") - pl.col("due_date")).dt.total_days()
    pairs = (
        up_to(book.allocations, as_of)
        .filter(pl.col("value_date") > since)
        .join(paid, on="credit_item", how="semi")
        .join(debits, on="debit_item")
    )
    edges = pl.Series(LATENESS_EDGES)
    places = edges.search_sorted(pairs.select(days).to_series(), side="left")
    counted = pairs.with_columns(place=places.cast(pl.Int64)).group_by("currency", "place").agg(
        count=pl.len(), settled_minor=pl.col("amount_minor").sum()
    )  # fmt: skip
    starts = [None, *(edge + 1 for edge in LATENESS_EDGES)]
    ranges = pl.DataFrame(
        {
            "place": range(len(starts)),
            "from_day": starts,
            "to_day": [*LATENESS_EDGES, None],
        },
        schema={"place": pl.Int64, "from_day": pl.Int64, "to_day": pl.Int64},
    )
    grid = counted.select("currency").unique().join(ranges, how="cross")
    filled = grid.join(counted, on=["currency", "place"], how="left")
    return filled.with_columns(pl.col("count", "settled_minor").fill_null(0)).sort(
        "currency", "place"
    ).drop("place")  # fmt: skip
