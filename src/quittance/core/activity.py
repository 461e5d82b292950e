"""What happened on the customers' accounts month by month: the ground of every key figure.

Every series is a running sum of dated events, so that one pass gives all month ends: an invoice
adds to what is owed on its day and to what is overdue on the day after its due date; a settlement
takes away from both when it counts.
"""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.calendar import month_ends
from quittance.core.open_items import up_to

STOCKS = ("balance_minor", "owed_minor", "overdue_minor", "doubtful_minor", "advances_minor")
FLOWS = (
    "sales_minor", "receipts_minor", "collected_days", "late_days", "settled_minor",
    "closed_days", "closed_count", "carried_minor",
)  # fmt: skip
SALES = ("invoice", "credit_note")


def activity(book: Book, as_of: date, *, months: int) -> pl.DataFrame:
    """The stocks at the end and the flows during each of the last `months` months, per currency.

    Columns: currency, month_end (the last is `as_of`), days, then in minor units: balance (of the
    accounts), owed (open debits), overdue, doubtful (open debits on 416), advances (open, ≤ 0),
    sales (invoices less credit notes, VAT included), receipts; `collected_days` and `late_days`
    are Σ settled × days from issue and from due date, `settled` their weight; `closed_days` and
    `closed_count` are Σ days from issue to last payment of the invoices closed, and how many;
    `carried_minor` is what opening entries brought forward; `sales_before_minor` is all that was
    sold before the first month.
    """
    ends = month_ends(as_of, months)
    known = pl.concat(
        [summed(event, ends=ends, as_of=as_of) for event in all_events(book, as_of)],
        how="diagonal",
    )
    sums = known.group_by("currency", "place").agg(pl.col(name).sum() for name in (*STOCKS, *FLOWS))
    grid = known.select("currency").unique().join(
        pl.DataFrame({"place": range(len(ends) + 1)}, schema={"place": pl.Int64}), how="cross"
    )  # fmt: skip
    filled = grid.join(sums, on=["currency", "place"], how="left").sort("currency", "place")
    running = filled.with_columns(pl.col(*STOCKS, *FLOWS).fill_null(0)).with_columns(
        pl.col(*STOCKS).cum_sum().over("currency"),
        sales_before_minor=pl.col("sales_minor").first().over("currency"),
    )
    months_only = running.filter(pl.col("place") > 0)
    named = pl.Series("month_end", ends)
    days = [1 + (end - end.replace(day=1)).days for end in ends]
    calendar = pl.DataFrame({"place": range(1, len(ends) + 1), "month_end": named, "days": days})
    return months_only.join(calendar, on="place", maintain_order="left").drop("place")


def summed(event: pl.DataFrame, *, ends: list[date], as_of: date) -> pl.DataFrame:
    """The sums of one kind of change by currency and month, of what is dated up to a day.

    Each kind is summed by itself: a few dozen rows are then put together, not a row for each fact.
    """
    known = event.filter(pl.col("date") <= as_of)
    place = place_of(known["date"], ends)
    amounts = [name for name in known.columns if name not in ("currency", "date")]
    return known.group_by("currency", place=place).agg(pl.col(amounts).sum())


def place_of(days: pl.Series, ends: list[date]) -> pl.Series:
    """In which month a day falls: 0 before the first one, 1 for the first, and so on."""
    starts = pl.Series([end.replace(day=1) for end in ends])
    return starts.search_sorted(days, side="right").cast(pl.Int64)


def all_events(book: Book, as_of: date) -> list[pl.DataFrame]:
    """Dated changes of stocks and flows, each a frame with `currency`, `date` and its amounts."""
    items, settled = up_to(book.items, as_of), up_to(book.allocations, as_of)
    debits = items.filter(pl.col("amount_minor") > 0)
    pairs = settled.join(
        debits.select("item", "currency", "kind", "issue_date", "due_date"),
        left_on="debit_item",
        right_on="item",
    ).join(items.select(credit_item="item", credit_kind="kind"), on="credit_item")
    amount = pl.col("amount_minor")
    after_due = pl.max_horizontal("date", pl.col("due_date") + pl.duration(days=1))
    is_sound = pl.col("kind") != "doubtful"
    is_advance, is_doubtful = pl.col("kind") == "advance", ~is_sound
    used = pairs.filter(pl.col("credit_kind") == "advance")
    return [
        items.select("currency", "date", balance_minor=amount),
        items.filter(is_advance).select("currency", "date", advances_minor=amount),
        used.select("currency", "date", advances_minor=amount),
        debits.select("currency", "date", owed_minor=amount),
        pairs.select("currency", "date", owed_minor=-amount),
        debits.filter(is_doubtful).select("currency", "date", doubtful_minor=amount),
        pairs.filter(is_doubtful).select("currency", "date", doubtful_minor=-amount),
        debits.filter(is_sound).select("currency", date=after_due, overdue_minor=amount),
        pairs.filter(is_sound).select("currency", date=after_due, overdue_minor=-amount),
        items.filter(pl.col("kind").is_in(SALES)).select("currency", "date", sales_minor=amount),
        items.filter(pl.col("kind") == "payment").select(
            "currency", "date", receipts_minor=-amount
        ),
        items.filter(pl.col("kind") == "opening").select("currency", "date", carried_minor=amount),
        collections(pairs.filter(pl.col("credit_kind") == "payment")),
        closings(debits, pairs),
    ]  # fmt: skip


def collections(pairs: pl.DataFrame) -> pl.DataFrame:
    """Settlements by payment, weighted by their amount, from issue and from due date."""
    amount = pl.col("amount_minor")
    since_issue = (pl.col("value_date") - pl.col("issue_date")).dt.total_days()
    since_due = (pl.col("value_date") - pl.col("due_date")).dt.total_days()
    return pairs.select(
        "currency",
        "date",
        collected_days=amount * since_issue,
        late_days=amount * since_due,
        settled_minor=amount,
    )


def closings(debits: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Invoices settled in full, on the day that closed them: days since issue, and one."""
    invoices = debits.filter(pl.col("kind") == "invoice")
    settled = pairs.group_by(item="debit_item").agg(
        closed_date=pl.col("date").max(),
        last=pl.col("value_date").max(),
        settled=pl.col("amount_minor").sum(),
    )
    closed = invoices.join(settled, on="item").filter(pl.col("settled") == pl.col("amount_minor"))
    return closed.select(
        "currency",
        date="closed_date",
        closed_days=(pl.col("last") - pl.col("issue_date")).dt.total_days(),
        closed_count=pl.lit(1, dtype=pl.Int64),
    )
