"""From accounting entries to receivables: the customers' accounts of a ledger.

Accounts (PCG): 411 customers (410 in small charts), 413 bills, 416 doubtful customers, 4191
advances received. 418 (invoices to issue) is left out and named. See docs/algorithms/ledger.md.
"""

from dataclasses import dataclass, field
from functools import partial

import polars as pl

from quittance.core import opening
from quittance.core.fiscal_years import with_fiscal_years
from quittance.core.money import money_text
from quittance.core.natural_keys import line_base, with_natural_key
from quittance.core.overlaps import NO_FILES, entries_once
from quittance.core.phrase import Phrase
from quittance.core.problems import no_problems
from quittance.core.schema import (
    CONTACTS,
    CUSTOMER_DETAILS,
    CUSTOMERS,
    ENTRIES,
    FILES,
    ITEMS,
    LEDGER,
    MATCHING_CODES,
    SOURCES,
    checked,
    empty,
    shaped,
)

RECEIVABLES = r"^(411|413|416|410|4191)"
LEFT_OUT = r"^418"
SALES_JOURNAL = r"(?i)^(ve|vt|vte|ven|vtes?|fc|fac|fact|fv|ventes?)\d*$"
CASH_JOURNAL = r"(?i)^(bq|bqe|bnk|banq?|banque|ca|cai|caisse|cash|cb|ba|b\d|tr)\d*$"
SALES_WORDS = r"(?i)vente|factur|sales|revenue"
CASH_WORDS = r"(?i)banque|bank|caisse|cash|tr[ée]sorerie"
UNCODED_LAST = pl.col("matching_code") == ""
LINE_ORDER = (  # what tells apart two lines of an entry on one side of a customer's account
    "piece", "label", "amount_minor", "piece_date", UNCODED_LAST, "matching_code", "matching_date",
)  # fmt: skip
TO_ISSUE = Phrase(
    "Factures à établir (compte 418) laissées de côté : {amount}.",
    "Invoices to be issued (account 418) left out: {amount}.",
)


@dataclass(frozen=True)
class Receivables:
    """What the books say of their customers: who, which items, which settlements, and the rest.

    `sources` says of each item by which natural key it is known and which line states it;
    `details` and `contacts` are what lists of customers say besides; `codes` are the matching codes
    of the books, under which the allocations were found.
    """

    customers: pl.DataFrame
    items: pl.DataFrame  # `due_date` still null: an FEC has none
    allocations: pl.DataFrame
    ledger: pl.DataFrame
    sources: pl.DataFrame
    notes: tuple[Phrase, ...]
    problems: pl.DataFrame
    details: pl.DataFrame = field(default_factory=partial(empty, CUSTOMER_DETAILS))
    contacts: pl.DataFrame = field(default_factory=partial(empty, CONTACTS))
    codes: pl.DataFrame = field(default_factory=partial(empty, MATCHING_CODES))


@checked(entries=ENTRIES, files=FILES)
def receivables(
    entries: pl.DataFrame, currency: str = "EUR", *, files: pl.DataFrame = NO_FILES
) -> Receivables:
    """The customers, items and allocations that accounting entries state, whatever their order.

    Several files may be given together: an entry found in two is counted once, and the opening
    entries of a year whose previous year is there are replaced by the original items. `files` says
    which were given later, and which replace others.
    """
    once = entries_once(entries, files)
    starts = entries.group_by("file").agg(pl.col("date").min())["date"].to_list()
    booked = with_fiscal_years(once.rows, file_starts=starts)
    carried = opening.carried_forward(customer_lines(booked))
    allocations = opening.matched(carried.lines, carried.codes)
    items = shaped(as_items(carried.lines, allocations, currency=currency), ITEMS)
    return Receivables(
        customers=customers(carried.lines),
        items=items,
        allocations=allocations,
        ledger=shaped(booked, LEDGER),
        sources=shaped(carried.lines.rename({"natural_key": "key"}), SOURCES),
        notes=left_out(booked, currency),
        problems=pl.concat([no_problems(), once.problems, carried.problems]),
        codes=opening.codes_of_pairs(allocations, carried.codes),
    )


def customer_lines(entries: pl.DataFrame) -> pl.DataFrame:
    """The lines on customers' accounts, each with what else its entry touches.

    Adds `item`, `natural_key`, `customer`, `amount_minor` (+ debit) and the kind.
    """
    mine = entries.filter(pl.col("account").str.contains(RECEIVABLES))
    around = entries.join(mine.select("entry_id").unique(), on="entry_id", how="semi")
    account = pl.col("account")
    touched = around.group_by("entry_id").agg(
        sales=((account.str.starts_with("7")) & (pl.col("credit_minor") > 0)).any(),
        sales_back=((account.str.starts_with("7")) & (pl.col("debit_minor") > 0)).any(),
        cash=account.str.starts_with("5").any(),
        loss=account.str.contains(r"^(654|6714)").any(),
    )
    lines = (
        mine.join(touched, on="entry_id", how="left")
        .with_columns(
            customer=customer_code(),
            amount_minor=pl.col("debit_minor") - pl.col("credit_minor"),
        )
        .filter(pl.col("amount_minor") != 0)
        .with_columns(base=line_base())
    )
    return (
        with_natural_key(lines, order=LINE_ORDER)
        .sort("date", "customer", "piece", "amount_minor", "label", "natural_key")
        .with_row_index("item")
        .with_columns(pl.col("item").cast(pl.Int64), kind=kind())
    )


def customer_code() -> pl.Expr:
    """The customer's code: the auxiliary account, else the account itself.

    Without auxiliary accounts, 413DUPONT, 416DUPONT and 4191DUPONT are the customer of 411DUPONT.
    """
    account = pl.col("account")
    lettered = account.str.replace(r"^(?:411|413|416|4191)(\D.*)$", "411$1")
    bare = pl.when(account.str.starts_with("4191")).then(lettered).otherwise(
        account.str.replace(r"^(?:413|416)", "411")
    )  # fmt: skip
    return pl.when(pl.col("auxiliary") != "").then("auxiliary").otherwise(bare)


def kind() -> pl.Expr:
    """What a line on a customer's account is, by its counterpart, then by its journal."""
    account, is_debit = pl.col("account"), pl.col("amount_minor") > 0
    from_sales = pl.col("journal").str.contains(SALES_JOURNAL) | pl.col(
        "journal_label"
    ).str.contains(SALES_WORDS)
    from_cash = pl.col("journal").str.contains(CASH_JOURNAL) | pl.col("journal_label").str.contains(
        CASH_WORDS
    )
    debit = (
        pl.when(account.str.starts_with("413")).then(pl.lit("bill"))
        .when(account.str.starts_with("416")).then(pl.lit("doubtful"))
        .when(account.str.starts_with("4191")).then(pl.lit("other"))
        .when("sales").then(pl.lit("invoice"))
        .when(pl.col("cash") | from_cash).then(pl.lit("refund"))
        .when(from_sales).then(pl.lit("invoice"))
        .otherwise(pl.lit("other"))
    )  # fmt: skip
    credit = (
        pl.when(account.str.starts_with("4191")).then(pl.lit("advance"))
        .when("cash").then(pl.lit("payment"))
        .when("sales_back").then(pl.lit("credit_note"))
        .when("loss").then(pl.lit("write_off"))
        .when(from_cash).then(pl.lit("payment"))
        .when(from_sales).then(pl.lit("credit_note"))
        .otherwise(pl.lit("other"))
    )  # fmt: skip
    own = pl.when(is_debit).then(debit).otherwise(credit)
    doubtful = pl.col("is_opening") & is_debit & account.str.starts_with("416")
    advance = pl.col("is_opening") & ~is_debit & account.str.starts_with("4191")
    return (
        pl.when(doubtful).then(pl.lit("doubtful"))
        .when(advance).then(pl.lit("advance"))
        .when("is_opening").then(pl.lit("opening"))
        .otherwise(own)
    )  # fmt: skip


def as_items(lines: pl.DataFrame, allocations: pl.DataFrame, *, currency: str) -> pl.DataFrame:
    """Lines on customers' accounts as `ITEMS`, due dates not yet known.

    What carries an invoice on (a bill, a doubtful claim, a bounced payment) keeps its date.
    """
    written = pl.coalesce("piece_date", "date")
    document = pl.coalesce(
        pl.col("piece").replace({"": None}), pl.col("label").replace({"": None}), "entry"
    )
    items = lines.with_columns(
        document=document,
        issue_date=pl.when(pl.col("amount_minor") > 0).then(written).otherwise("date"),
        due_date=pl.lit(None, dtype=pl.Date),
        currency=pl.lit(currency),
        recorded_date=pl.col("date"),
    )
    dated = (
        items.join(drawn_on(items, allocations), on=["customer", "entry_id"], how="left")
        .join(of_same_document(items), on=["customer", "document"], how="left")
        .with_columns(original=pl.coalesce("drawn_date", "document_date", "issue_date"))
    )
    stands_for = pl.col("kind").is_in(["bill", "doubtful", "refund"])
    issue = pl.when(stands_for).then("original").otherwise("issue_date")
    return dated.with_columns(issue_date=issue)


def drawn_on(items: pl.DataFrame, allocations: pl.DataFrame) -> pl.DataFrame:
    """Per customer and entry, the date of the newest invoice that the entry's credits settled.

    Drawing a bill credits 411 and debits 413 in one entry, as moving a claim to 416 does.
    """
    credit = items.filter(pl.col("amount_minor") < 0, pl.col("kind") == "other")
    moved = credit.select("customer", "entry_id", credit_item="item")
    issued = items.select(debit_item="item", drawn_date="issue_date")
    pairs = allocations.join(moved, on="credit_item").join(issued, on="debit_item")
    return pairs.group_by("customer", "entry_id").agg(pl.col("drawn_date").max())


def of_same_document(items: pl.DataFrame) -> pl.DataFrame:
    """Per customer and document, the date of the invoice of that number."""
    invoices = items.filter(
        pl.col("kind").is_in(["invoice", "opening"]), pl.col("amount_minor") > 0
    )
    return invoices.group_by("customer", "document").agg(document_date=pl.col("issue_date").min())


def customers(lines: pl.DataFrame) -> pl.DataFrame:
    """Each customer with the name last used in the books, on a 411 account before any other."""
    label, is_account = pl.col("account_label"), pl.col("auxiliary") == ""
    account = label.filter(is_account & (label != "")).last()
    named = pl.col("auxiliary_label").filter(pl.col("auxiliary_label") != "").last()
    found = (
        lines.sort(pl.col("account").str.starts_with("411"), "date", "natural_key")
        .group_by("customer")
        .agg(name=pl.coalesce(named, account, pl.col("customer").first()))
        .with_columns(kind=pl.lit("business"), terms=pl.lit(""))
        .sort("customer")
    )
    return shaped(found, CUSTOMERS)


def left_out(entries: pl.DataFrame, currency: str) -> tuple[Phrase, ...]:
    """The note that names what account 418 holds, if it holds anything."""
    start = entries.filter("is_opening")["date"].max()
    current = entries if start is None else entries.filter(pl.col("date") >= start)
    to_issue = current.filter(pl.col("account").str.contains(LEFT_OUT))
    left = int((to_issue["debit_minor"] - to_issue["credit_minor"]).sum())
    if not left:
        return ()
    amount = Phrase(money_text(left, currency, lang="fr"), money_text(left, currency, lang="en"))
    return (TO_ISSUE.filled(amount=amount),)
