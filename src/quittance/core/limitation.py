"""When a claim lapses (*prescription*), on the earliest safe reading.

Between professionals five years (C. com. L110-4), against a consumer two (C. consom. L218-2),
against a public body four from 1 January after (law 68-1250). A reminder, even registered, does not
interrupt (Cass. com. 18 May 2022, 20-23.204); an acknowledgment, a court claim or enforcement does
(C. civ. 2240, 2241, 2244). What is not settled never extends the date: it only gives a second,
possible one. See docs/algorithms/limitation.md.
"""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.open_items import open_items, up_to

REGIMES = {
    "business": "COMMERCIAL_5",
    "consumer": "CONSUMER_2",
    "public": "PUBLIC_DEBTOR_4",
}


def limitation(book: Book, as_of: date, *, regime: str = "") -> pl.DataFrame:
    """Each claim still owed on a day, with the day it lapses: act before it. Earliest first.

    Adds to the open items: `name`, `regime`, `counted_from`, `lapses_date`, `possible_date` (null
    where nothing unsettled could extend it), `days_left` (negative once lapsed), `reference` and
    `verified`. `regime` names another row of the table for every business customer
    (TRANSPORT_1…).
    """
    people = book.customers.select("customer", "name", customer_kind="kind")
    owed = open_items(book, as_of).filter(pl.col("amount_minor") > 0)
    regimes = {**REGIMES, **({"business": regime} if regime else {})}
    kind = pl.col("customer_kind").fill_null("business")
    claims = (
        owed.join(people, on="customer", how="left")
        .with_columns(regime=kind.replace_strict(regimes))
        .join(periods(book.law.limitation_periods), on="regime", how="left")
        .join(last_events(book, as_of), on="item", how="left")
    )
    start = pl.max_horizontal(begins(), "certain")
    possible = pl.max_horizontal(start, "unsettled")
    return (
        claims.with_columns(
            counted_from=start,
            lapses_date=lapse(start),
            possible_date=pl.when(possible > start).then(lapse(possible)),
        )
        .with_columns(days_left=(pl.col("lapses_date") - pl.lit(as_of)).dt.total_days())
        .drop("certain", "unsettled", "months", "starts_on", "customer_kind")
        .sort("lapses_date", "item")
    )


def begins() -> pl.Expr:
    """The day the period begins without any event: the due date of a term claim (C. civ. 2233).

    Where the law counts from delivery or from the year in which the claim arose, books hold neither
    day and the document's own date stands for it; it is never later than the due date.
    """
    earliest = pl.min_horizontal("issue_date", "due_date")
    return pl.when(pl.col("starts_on") == "due_date").then("due_date").otherwise(earliest)


def periods(table: pl.DataFrame) -> pl.DataFrame:
    """The limitation periods by regime."""
    return table.select("months", "starts_on", "reference", "verified", regime="code")


def lapse(start: pl.Expr) -> pl.Expr:
    """The day a period of `months` from a day ends; the last day of a shorter month."""
    from_new_year = pl.date(start.dt.year() + 1, 1, 1)
    counted = pl.when(pl.col("starts_on") == "next_new_year").then(from_new_year).otherwise(start)
    return counted.dt.offset_by(pl.format("{}mo", "months"))


def last_events(book: Book, as_of: date) -> pl.DataFrame:
    """The last certain and the last unsettled event of each item, up to a day.

    A part payment by the debtor may be an acknowledgment (C. civ. 2240): between professionals no
    published ruling says so, so it is unsettled.
    """
    credits_ = book.items.filter(pl.col("kind") == "payment").select("item")
    paid = (
        up_to(book.allocations, as_of)
        .join(credits_, left_on="credit_item", right_on="item", how="semi")
        .select(item="debit_item", date="value_date", status=pl.lit("unsettled"))
    )
    told = up_to(book.interruptions, as_of).select("item", "date", "status")
    both = pl.concat([paid, told])
    return both.group_by("item").agg(
        certain=pl.col("date").filter(pl.col("status") == "certain").max(),
        unsettled=pl.col("date").filter(pl.col("status") == "unsettled").max(),
    )
