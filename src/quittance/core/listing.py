"""From lists of invoices, payments and customers to receivables.

A list of invoices that states what is still open counts that amount; one that states a payment date
or an amount paid has it settled; a list of payments settles the invoices that it names. What names
none stays unallocated. See docs/algorithms/ledger.md.
"""

import polars as pl

from quittance.core.allocations import MEMBERS, oldest_first
from quittance.core.customer_lists import CODES, CUSTOMER_ROWS, codes_of, told_of
from quittance.core.ledger import Receivables
from quittance.core.natural_keys import (
    MARK,
    invoice_base,
    payment_base,
    with_natural_key,
)
from quittance.core.overlaps import NO_FILES, lines_once, numbers_again
from quittance.core.phrase import Phrase
from quittance.core.schema import (
    ALLOCATIONS,
    CUSTOMERS,
    FILES,
    ITEMS,
    LEDGER,
    SOURCES,
    Schema,
    checked,
    empty,
    shaped,
)

INVOICE_ROWS: Schema = {
    "file": pl.String,
    "line": pl.Int64,
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
    "file": pl.String,
    "line": pl.Int64,
    "customer": pl.String,
    "document": pl.String,
    "invoice_key": pl.String,
    "payment_date": pl.Date,
    "currency": pl.String,
    "amount_minor": pl.Int64,
}
PAID: Schema = {
    "natural_key": pl.String,
    "file": pl.String,
    "line": pl.Int64,
    "item": pl.Int64,
    "item_paid": pl.Int64,  # the invoice that the payment names
    "customer": pl.String,
    "document": pl.String,
    "invoice_key": pl.String,
    "payment_date": pl.Date,
    "currency": pl.String,
    "amount_minor": pl.Int64,  # + received, − paid back
}
CREDIT_WORDS = r"(?i)avoir|credit"
PAYMENT_WORDS = r"(?i)^(r[èe]glement|paiement|payment|encaissement|acompte)"
OPEN_ONLY = Phrase(
    "La liste donne le reste dû à sa date, sans l'historique : un arrêté antérieur, le DSO, le CEI "
    "et les délais n'y ont pas de sens.",
    "The list states what was open on its own date, without the history: an earlier date, DSO, CEI "
    "and delays have no meaning in it.",
)


VALUES = (
    "due_date", "payment_date", "currency", "amount_minor", "open_minor", "paid_minor",
)  # fmt: skip
INVOICE_ORDER = (  # what tells apart two lines of one number: what is paid last of all
    "due_date", "amount_minor", "currency", "key", "payment_date", "paid_minor", "open_minor",
)  # fmt: skip


@checked(invoices=INVOICE_ROWS, payments=PAYMENT_ROWS, customers=CUSTOMER_ROWS, files=FILES)
def receivables_of_lists(
    invoices: pl.DataFrame,
    payments: pl.DataFrame,
    *,
    customers: pl.DataFrame,
    files: pl.DataFrame = NO_FILES,
) -> Receivables:
    """The customers, items and allocations that lists state.

    Several lists of one kind may overlap: what two of them hold is counted once. `files` says which
    were given later, and which replace others.
    """
    codes = codes_of(customers)
    bills = lines_once(invoice_lines(invoices, codes), files, day="date", values=VALUES)
    receipts = lines_once(payment_lines(payments, codes), files, day="date", values=())
    stated = numbered(bills.rows, first_item=0)
    received = numbered(receipts.rows, first_item=stated.height)
    own = paid_on_the_line(stated, first_item=stated.height + received.height)
    lines = named_lines(stated, by_key=is_by_key(stated, received))
    named = who_paid(received, lines)
    known = pl.concat([shaped(named, PAID), shaped(own, PAID)])
    made = [stated, payment_items(known)]
    is_something = pl.col("amount_minor") != 0
    is_open_list = bool(invoices["open_minor"].is_not_null().any())
    return Receivables(
        customers=people(stated, known, customers=customers),
        items=pl.concat([shaped(one, ITEMS).filter(is_something) for one in made]),
        allocations=allocated(known, stated, instalments=instalments(lines, named)),
        ledger=empty(LEDGER),
        sources=pl.concat([sources(one) for one in made]),
        notes=(OPEN_ONLY,) if is_open_list else (),
        problems=pl.concat([bills.problems, receipts.problems, numbers_again(stated)]),
    )


def numbered(rows: pl.DataFrame, *, first_item: int) -> pl.DataFrame:
    """Rows with their `item`, counted from a first one."""
    return rows.with_columns(item=pl.int_range(pl.len()) + first_item)


def with_code(rows: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Rows whose customer is a key of the customers' list, with the customer's code instead."""
    if codes.is_empty():
        return rows
    joined = rows.join(codes, on="customer", how="left", maintain_order="left")
    return joined.with_columns(customer=pl.coalesce("code", "customer")).drop("code")


@checked(rows=INVOICE_ROWS, codes=CODES)
def invoice_lines(rows: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Each line of a list of invoices as an item; a negative one is in the customer's favour.

    Adds `number`, the document as the list states it, and the natural key.
    """
    amount = pl.coalesce("open_minor", "amount_minor")
    written = pl.coalesce("issue_date", "due_date")
    stated = pl.col("kind").fill_null("").str.strip_chars()
    is_payment = stated.str.contains(PAYMENT_WORDS)
    is_credit = (amount < 0) | is_payment | stated.str.contains(CREDIT_WORDS)
    credit = pl.when(is_payment).then(pl.lit("payment")).otherwise(pl.lit("credit_note"))
    lines = with_code(rows, codes).with_columns(
        number="document",
        document=pl.coalesce("document", "key").fill_null(""),
        kind=pl.when(is_credit).then(credit).otherwise(pl.lit("invoice")),
        amount_minor=pl.when(is_credit).then(-amount.abs()).otherwise(amount),
        date=written,
        issue_date=written,
        due_date=pl.when(is_credit).then(written).otherwise("due_date"),
        recorded_date=written,
    )
    based = lines.with_columns(base=invoice_base(lines), is_numbered=pl.col("document") != "")
    return with_natural_key(based, order=INVOICE_ORDER)


@checked(rows=PAYMENT_ROWS, codes=CODES)
def payment_lines(rows: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Each line of a list of payments with its natural key."""
    lines = with_code(rows, codes).with_columns(
        base=payment_base(), is_numbered=pl.lit(value=False), date="payment_date"
    )
    return with_natural_key(lines, order=())


def paid_on_the_line(stated: pl.DataFrame, *, first_item: int) -> pl.DataFrame:
    """Payments stated on the invoice's own line, by a date or by an amount paid, as `PAID`.

    A credit note that has a payment date was paid back.
    """
    paid = pl.col("paid_minor")
    whole = pl.when(pl.col("payment_date").is_not_null()).then("amount_minor")
    return (
        stated.filter(pl.col("open_minor").is_null())
        .with_columns(paid=pl.coalesce(paid, whole).abs() * pl.col("amount_minor").sign())
        .filter(pl.col("paid") != 0)
        .with_columns(
            natural_key=pl.concat_str("natural_key", pl.lit("paid"), separator=MARK),
            invoice_key="key",
            item_paid="item",
            item=pl.int_range(pl.len()) + first_item,
            payment_date=pl.coalesce("payment_date", "date"),
            amount_minor="paid",
        )
    )


def is_by_key(owed: pl.DataFrame, received: pl.DataFrame) -> bool:
    """Whether payments name invoices by the key of their line, and not by their number."""
    return bool(received["invoice_key"].count() and owed["key"].count())


def named_lines(owed: pl.DataFrame, *, by_key: bool) -> pl.DataFrame:
    """The lines that a payment may name; `first` is the first line of the same invoice."""
    lines = owed.select(
        named="key" if by_key else "number",
        item_paid="item",
        payer="customer",
        invoiced="currency",
    ).drop_nulls("named")
    first = pl.col("item_paid")
    if lines["named"].n_unique() < lines.height:
        first = first.min().over("named", "payer")
    return lines.with_columns(first=first)


def who_paid(received: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Payments with the invoice they name (`item_paid`, null for none), as `PAID`.

    The payment is the invoice's customer's, in its currency. Where invoices of several customers
    bear the number, it is the payment's own customer's; a payment in another currency settles none.
    """
    invoices = lines.filter(pl.col("item_paid") == pl.col("first")).drop("first")
    is_single = invoices["named"].n_unique() == invoices.height
    single = invoices if is_single else invoices.filter(pl.col("named").is_unique())
    rows = received.with_columns(named=pl.coalesce("invoice_key", "document"))
    found = rows.join(single, on="named", how="left", maintain_order="left")
    if single.height < invoices.height:
        own = rows.select("named", payer="customer").join(
            invoices, on=["named", "payer"], how="left", maintain_order="left"
        )
        owner = pl.when(own["item_paid"].is_not_null()).then(own["payer"])
        found = found.with_columns(
            item_paid=pl.coalesce("item_paid", own["item_paid"]),
            invoiced=pl.coalesce("invoiced", own["invoiced"]),
            payer=pl.coalesce("payer", owner),
        )
    is_same = pl.col("currency").is_null() | (pl.col("currency") == pl.col("invoiced"))
    return found.with_columns(
        item_paid=pl.when(is_same).then("item_paid"),
        customer=pl.coalesce("payer", "customer").fill_null("?"),
        currency=pl.coalesce("currency", "invoiced").fill_null("EUR"),
    )


def instalments(lines: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """The lines of each invoice of several lines that a payment names, with the `first` of them."""
    several = lines.filter(pl.col("first").is_duplicated()).select(item="item_paid", first="first")
    return several.join(named, left_on="first", right_on="item_paid", how="semi")


def payment_items(known: pl.DataFrame) -> pl.DataFrame:
    """Each payment as an item in the customer's favour; a negative one was paid back."""
    is_refund = pl.col("amount_minor") < 0
    return known.with_columns(
        document=pl.coalesce("document", "invoice_key").fill_null(""),
        kind=pl.when(is_refund).then(pl.lit("refund")).otherwise(pl.lit("payment")),
        date="payment_date",
        issue_date="payment_date",
        due_date="payment_date",
        recorded_date="payment_date",
        amount_minor=-pl.col("amount_minor"),
    )


def sources(made: pl.DataFrame) -> pl.DataFrame:
    """`SOURCES` of the items that lists state; a list has no journal, entry or account."""
    told = made.filter(pl.col("amount_minor") != 0).select(
        "item", "file", "line", key="natural_key", piece="document"
    )
    absent = [pl.lit(None, pl.String).alias(name) for name in SOURCES if name not in told.columns]
    return shaped(told.with_columns(absent), SOURCES)


def allocated(
    known: pl.DataFrame, stated: pl.DataFrame, *, instalments: pl.DataFrame
) -> pl.DataFrame:
    """Allocations of the payments that name an invoice.

    Most invoices are one line, paid no more than it amounts to: those allocations are the payments
    themselves. The others are settled in order, the surplus left unallocated.
    """
    invoices = stated.select(item_paid="item", owed="amount_minor", owed_date="date")
    amount, invoice = pl.col("amount_minor"), pl.col("item_paid")
    pairs = known.join(invoices, on="item_paid", maintain_order="left").with_columns(
        paid=amount.sum().over("item_paid"), least=amount.min().over("item_paid")
    )
    is_plain = (pl.col("least") > 0) & (pl.col("paid") <= pl.col("owed"))
    is_one_line = ~invoice.is_in(instalments["item"].implode())
    latest = pl.max_horizontal("payment_date", "owed_date")
    plain = pairs.filter(is_plain & is_one_line).select(
        "amount_minor",
        debit_item="item_paid",
        credit_item="item",
        date=latest,
        recorded_date=latest,
        value_date="payment_date",
    )
    others = pairs.filter(~(is_plain & is_one_line))
    if others.is_empty():
        return shaped(plain, ALLOCATIONS)
    rest = in_order(others, stated, instalments=instalments)
    return pl.concat([shaped(plain, ALLOCATIONS), rest])


def in_order(
    pairs: pl.DataFrame, stated: pl.DataFrame, *, instalments: pl.DataFrame
) -> pl.DataFrame:
    """Allocations of invoices of several lines, paid too much, or paid back.

    Of two on the same day the one due first, then the lower natural key, whatever the lists' order.
    """
    first = dict(instalments.select("item", "first").iter_rows())
    group = pl.col("item").replace(first)
    credits_ = pairs.select(
        "item", "natural_key", group=pl.col("item_paid").replace(first), date="payment_date",
        due_date="payment_date", amount_minor=-pl.col("amount_minor"), recorded_date="payment_date",
    )  # fmt: skip
    owed = stated.select(
        "item", "natural_key", "date", "due_date", "amount_minor", "recorded_date", group=group
    ).join(credits_, on="group", how="semi")
    columns = ["natural_key", "due_date", *MEMBERS]
    members = pl.concat([owed.select(columns), credits_.select(columns)], how="vertical_relaxed")
    placed = members.sort("date", "due_date", "natural_key", nulls_last=True)
    ranked = placed.with_columns(item=pl.int_range(pl.len()))
    done = oldest_first(shaped(ranked, MEMBERS))
    items = placed["item"]
    return done.with_columns(
        debit_item=items.gather(done["debit_item"]), credit_item=items.gather(done["credit_item"])
    )


def people(owed: pl.DataFrame, known: pl.DataFrame, *, customers: pl.DataFrame) -> pl.DataFrame:
    """Every customer met, with the name of its newest line and what the customers' list says."""
    met = pl.concat([owed.select("customer"), known.select("customer")]).unique()
    names = owed.select("customer", "name", "date").drop_nulls("name")
    newest = names.group_by("customer", "name").agg(pl.col("date").max()).sort("date", "name")
    found = met.join(newest.unique("customer", keep="last"), on="customer", how="left")
    joined = found.join(told_of(customers), on="customer", how="left").with_columns(
        name=pl.coalesce("told_name", "name", "customer"),
        kind=pl.coalesce("told_kind", pl.lit("business")),
        terms=pl.coalesce("told_terms", pl.lit("")),
    )
    return shaped(joined, CUSTOMERS).sort("customer")
