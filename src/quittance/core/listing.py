"""From lists of invoices, payments and customers to receivables.

A list of invoices that states what is still open counts that amount; one that states a payment date
or an amount paid has it settled; a list of payments settles the invoices that it names. What names
none stays unallocated. See docs/algorithms/ledger.md.
"""

import polars as pl

from quittance.core.allocations import MEMBERS, oldest_first
from quittance.core.ledger import Receivables
from quittance.core.phrase import Phrase
from quittance.core.problems import no_problems
from quittance.core.schema import (
    ALLOCATIONS,
    CUSTOMERS,
    ITEMS,
    LEDGER,
    Schema,
    checked,
    empty,
    shaped,
)

INVOICE_ROWS: Schema = {
    "key": pl.String,
    "customer": pl.String,
    "name": pl.String,
    "document": pl.String,
    "kind": pl.String,
    "issue_date": pl.Date,
    "due_date": pl.Date,
    "payment_date": pl.Date,
    "currency": pl.String,
    "amount_minor": pl.Int64,
    "open_minor": pl.Int64,
    "paid_minor": pl.Int64,
}
PAYMENT_ROWS: Schema = {
    "customer": pl.String,
    "document": pl.String,
    "invoice_key": pl.String,
    "payment_date": pl.Date,
    "currency": pl.String,
    "amount_minor": pl.Int64,
}
CUSTOMER_ROWS: Schema = {
    "key": pl.String,
    "customer": pl.String,
    "name": pl.String,
    "terms": pl.String,
    "customer_kind": pl.String,
}
KIND_WORDS = {
    "public": r"(?i)public|mairie|collectivit|administration|[ée]tat|h[ôo]pital",
    "consumer": r"(?i)particulier|consumer|individual|b2c|consommateur",
}
CREDIT_WORDS = r"(?i)avoir|credit"
PAYMENT_WORDS = r"(?i)r[èe]glement|paiement|payment|encaissement|acompte"
OPEN_ONLY = Phrase(
    "La liste donne le reste dû à sa date : un arrêté antérieur n'en tire pas l'historique.",
    "The list states what was open on its own date: an earlier date has no history to draw on.",
)


@checked(invoices=INVOICE_ROWS, payments=PAYMENT_ROWS, customers=CUSTOMER_ROWS)
def receivables_of_lists(
    invoices: pl.DataFrame, payments: pl.DataFrame, *, customers: pl.DataFrame
) -> Receivables:
    """The customers, items and allocations that lists state."""
    codes = customers.filter(pl.col("key").is_not_null()).unique("key", keep="first")
    owed = with_code(invoices.with_row_index("item"), codes).with_columns(
        pl.col("item").cast(pl.Int64)
    )
    received = with_code(payments.with_row_index("item", offset=owed.height), codes)
    received = received.with_columns(pl.col("item").cast(pl.Int64))
    debits = shaped(debit_items(owed), ITEMS)
    settled_here = shaped(
        inline_payments(owed, debits, first_item=owed.height + received.height), ITEMS
    )
    known = who_paid(received, owed)
    items = pl.concat([debits, shaped(payment_items(known), ITEMS), settled_here])
    allocations = pl.concat([own_allocations(settled_here, debits), allocated(known, debits)])
    is_open_list = bool(invoices["open_minor"].is_not_null().any())
    return Receivables(
        customers=people(owed, known, customers=customers),
        items=items.filter(pl.col("amount_minor") != 0),
        allocations=allocations,
        ledger=empty(LEDGER),
        notes=(OPEN_ONLY,) if is_open_list else (),
        problems=no_problems(),
    )


def with_code(rows: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Rows whose customer is a key of the customers' list, with the customer's code instead."""
    if codes.is_empty():
        return rows
    pairs = codes.select(customer="key", code=pl.coalesce("customer", "key"))
    joined = rows.join(pairs, on="customer", how="left", maintain_order="left")
    return joined.with_columns(customer=pl.coalesce("code", "customer")).drop("code")


def debit_items(owed: pl.DataFrame) -> pl.DataFrame:
    """Each line of a list of invoices as an item; a negative one is in the customer's favour."""
    amount = pl.coalesce("open_minor", "amount_minor")
    written = pl.coalesce("issue_date", "due_date")
    stated = pl.col("kind").fill_null("")
    credit = (
        pl.when(stated.str.contains(PAYMENT_WORDS))
        .then(pl.lit("payment"))
        .otherwise(pl.lit("credit_note"))
    )
    is_credit = (amount < 0) | stated.str.contains(CREDIT_WORDS)
    return owed.with_columns(
        document=pl.coalesce("document", "key").fill_null(""),
        kind=pl.when(is_credit).then(credit).otherwise(pl.lit("invoice")),
        amount_minor=pl.when(is_credit).then(-amount.abs()).otherwise(amount),
        date=written,
        issue_date=written,
        due_date=pl.when(is_credit).then(written).otherwise("due_date"),
        recorded_date=written,
    )


def inline_payments(owed: pl.DataFrame, debits: pl.DataFrame, *, first_item: int) -> pl.DataFrame:
    """Payments stated on the invoice's own line: by a date, or by an amount paid."""
    has_open = pl.col("open_minor").is_not_null()
    paid = pl.when(pl.col("payment_date").is_not_null()).then(
        pl.coalesce("paid_minor", "amount_minor")
    ).otherwise("paid_minor")  # fmt: skip
    stated = owed.with_columns(paid=pl.when(~has_open).then(paid).fill_null(0))
    return (
        stated.filter(pl.col("paid") > 0)
        .join(debits.select("item", written="date", number="document"), on="item")
        .with_columns(
            document="number",
            kind=pl.lit("payment"),
            date=pl.max_horizontal(pl.coalesce("payment_date", "written"), "written"),
            amount_minor=-pl.col("paid"),
            item=pl.int_range(pl.len()) + first_item,
        )
        .with_columns(issue_date="date", due_date="date", recorded_date="date")
    )


def own_allocations(paid: pl.DataFrame, debits: pl.DataFrame) -> pl.DataFrame:
    """Each payment stated on an invoice's line settles that invoice."""
    if paid.is_empty():
        return empty(ALLOCATIONS)
    return by_document(paid, debits)


def who_paid(received: pl.DataFrame, owed: pl.DataFrame) -> pl.DataFrame:
    """Payments with `reference`, the item of the invoice they name, and its customer."""
    by_key = owed.filter(pl.col("key").is_not_null()).select(
        "key", item_paid="item", payer="customer"
    )
    by_number = owed.filter(pl.col("document").is_not_null()).select(
        key="document", item_paid="item", payer="customer"
    )
    named = pl.coalesce("invoice_key", "document")
    use_key = received["invoice_key"].is_not_null().any() and not by_key.is_empty()
    lookup = (by_key if use_key else by_number).unique("key", keep="first")
    found = received.with_columns(key=named).join(
        lookup, on="key", how="left", maintain_order="left"
    )
    customer = pl.coalesce("customer", "payer").fill_null("?")
    return found.with_columns(customer=customer)


def payment_items(known: pl.DataFrame) -> pl.DataFrame:
    """Each line of a list of payments as an item in the customer's favour."""
    return known.with_columns(
        document=pl.coalesce("document", "invoice_key").fill_null(""),
        kind=pl.when(pl.col("amount_minor") < 0)
        .then(pl.lit("refund"))
        .otherwise(pl.lit("payment")),
        date="payment_date",
        issue_date="payment_date",
        due_date="payment_date",
        recorded_date="payment_date",
        amount_minor=-pl.col("amount_minor"),
    )


def allocated(known: pl.DataFrame, debits: pl.DataFrame) -> pl.DataFrame:
    """Allocations of the payments that name an invoice.

    Most invoices are paid no more than they amount to: those allocations are the payments
    themselves. The others are settled in order, the surplus left unallocated.
    """
    named = known.filter(pl.col("item_paid").is_not_null(), pl.col("amount_minor") > 0)
    invoices = debits.select(item_paid="item", owed="amount_minor", owed_date="date")
    pairs = named.join(invoices, on="item_paid", maintain_order="left").with_columns(
        paid=pl.col("amount_minor").sum().over("item_paid")
    )
    is_plain = pl.col("paid") <= pl.col("owed")
    latest = pl.max_horizontal("payment_date", "owed_date")
    plain = pairs.filter(is_plain).select(
        "amount_minor",
        debit_item="item_paid",
        credit_item="item",
        date=latest,
        recorded_date=latest,
        value_date="payment_date",
    )
    overpaid = pairs.filter(~is_plain)
    if overpaid.is_empty():
        return shaped(plain, ALLOCATIONS)
    return pl.concat([shaped(plain, ALLOCATIONS), in_order(overpaid, debits)])


def in_order(pairs: pl.DataFrame, debits: pl.DataFrame) -> pl.DataFrame:
    """Allocations of invoices that were paid more than they amount to."""
    credits_ = pairs.select(
        "item", group="item_paid", date="payment_date", amount_minor=-pl.col("amount_minor"),
        recorded_date="payment_date",
    )  # fmt: skip
    owed = debits.join(pairs.select(item="item_paid").unique(), on="item").select(
        "item", "date", "amount_minor", "recorded_date", group="item"
    )
    members = pl.concat([shaped(owed, MEMBERS), shaped(credits_, MEMBERS)])
    return oldest_first(members)


def by_document(paid: pl.DataFrame, debits: pl.DataFrame) -> pl.DataFrame:
    """Allocations within each document of a customer."""
    group = pl.struct("customer", "document", "currency").hash(0).reinterpret(signed=True)
    columns = ("item", "date", "amount_minor", "recorded_date")
    both = pl.concat([debits.select(*columns, group=group), paid.select(*columns, group=group)])
    return oldest_first(shaped(both, MEMBERS))


def people(owed: pl.DataFrame, known: pl.DataFrame, *, customers: pl.DataFrame) -> pl.DataFrame:
    """Every customer met, with what the customers' list says of it."""
    met = pl.concat(
        [owed.select("customer", "name"), known.select("customer", name=None)],
        how="vertical_relaxed",
    )
    found = met.group_by("customer").agg(pl.col("name").drop_nulls().last())
    told = customers.select(
        customer=pl.coalesce("customer", "key"),
        told_name="name",
        terms="terms",
        kind=kind_of(pl.col("customer_kind")),
    ).unique("customer", keep="last")
    joined = found.join(told, on="customer", how="left").with_columns(
        name=pl.coalesce("told_name", "name", "customer"),
        kind=pl.col("kind").fill_null("business"),
        terms=pl.col("terms").fill_null(""),
    )
    return shaped(joined, CUSTOMERS).sort("customer")


def kind_of(text: pl.Expr) -> pl.Expr:
    """The kind of customer that a word of a list means; business where it says nothing."""
    said = text.fill_null("")
    kind = pl.lit("business")
    for name, words in KIND_WORDS.items():
        kind = pl.when(said.str.contains(words)).then(pl.lit(name)).otherwise(kind)
    return kind
