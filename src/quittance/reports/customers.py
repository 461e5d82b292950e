"""The customers with where their accounts stand and how they pay, one row each and currency."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from quittance.core.aging import buckets
from quittance.core.book import Book
from quittance.core.payment_behaviour import payment_behaviour, settled_by_payments
from quittance.core.phrase import Phrase, same
from quittance.core.standing import standing
from quittance.reports import columns
from quittance.reports.aging import UNALLOCATED
from quittance.reports.customer_words import FIELDS, KINDS
from quittance.reports.report import Column, Report

TITLE = Phrase("Clients", "Customers")
CODE = Column("customer", Phrase("Code", "Code"))
FOLLOWED_BY = Phrase("Suivi par", "Collector")
NOBODY = "none"  # the code of whoever is entrusted to nobody
AGES = tuple(bucket.name for bucket in buckets())
SITUATIONS: Mapping[str, Phrase] = {
    "overdue": Phrase("échu", "past due"),
    "owing": Phrase("à échoir", "not yet due"),
    "creditor": Phrase("créditeur", "in credit"),
    "settled": Phrase("soldé", "settled"),
}
NOTED: Mapping[str, Phrase] = {
    "me": Phrase("qui m'appellent", "calling me"),
    "with": Phrase("avec notes", "with notes"),
}
OVERDUE = Column(
    "overdue_minor", Phrase("Échu", "Past due"), "money",
    Phrase("Somme des postes débiteurs ouverts dont l'échéance est passée.",
           "Sum of the open debits whose due date is past."),
)  # fmt: skip
OLDEST = Column(
    "oldest_days", Phrase("Plus ancien (j)", "Oldest (d)"), "count",
    Phrase("Jours de retard du plus ancien poste échu.", "Days past due of the oldest item."),
)  # fmt: skip
DAYS_TO_PAY = Column(
    "days_to_pay", Phrase("Délai réel (j)", "Days to pay"), "count",
    Phrase(
        "Σ (date du règlement − date de la facture) × montant ÷ Σ montant, règlements des douze "
        "derniers mois.",
        "Σ (date of payment − date of invoice) × amount ÷ Σ amount, payments of the last twelve "
        "months.",
    ),
)  # fmt: skip
LATE_DAYS = Column(
    "late_days", Phrase("Retard moyen (j)", "Days late"), "count",
    Phrase(
        "Σ (date du règlement − échéance) × montant ÷ Σ montant, règlements des douze derniers "
        "mois ; négatif : en avance.",
        "Σ (date of payment − due date) × amount ÷ Σ amount, payments of the last twelve months; "
        "negative: early.",
    ),
)  # fmt: skip


def customers_report(
    book: Book, as_of: date, *, people: pl.DataFrame, currency: str = "EUR"
) -> Report:
    """Every customer, also those who owe nothing; most overdue first.

    `people` has one row for each: customer, customer_id, name, kind, segment, group, collector_id,
    collector, company_id, company. `currency` is that of customers without any movement.
    """
    rows = rows_of(book, as_of, people=people, currency=currency)
    money = ("balance_minor", "overdue_minor", "unallocated_minor")
    return Report(
        name="customers",
        title=TITLE,
        as_of=as_of,
        columns=(
            CODE, columns.NAME,
            Column("company", Phrase("Société", "Company"), words=itself(rows["company"])),
            columns.CURRENCY, columns.BALANCE, OVERDUE, OLDEST,
            Column("situation", Phrase("Situation", "Standing"), words=SITUATIONS),
            Column("collector_code", FOLLOWED_BY, words=collectors(people)),
            Column("segment", FIELDS["segment"], words=itself(rows["segment"])),
            LATE_DAYS, DAYS_TO_PAY, UNALLOCATED,
            Column("group", FIELDS["group"], words=itself(rows["group"])),
            Column("kind", FIELDS["kind"], words=KINDS),
        ),
        rows=rows,
        totals=columns.totals(rows, *money),
        notes=book.notes,
    )  # fmt: skip


def rows_of(book: Book, as_of: date, *, people: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Who, what is owed, how it is paid."""
    days = pl.col("days_to_pay", "late_days").round(0).cast(pl.Int64)
    paid = book.once(
        ("habits", as_of), lambda: payment_behaviour(settled_by_payments(book, as_of), as_of)
    )
    habits = paid.select("customer", "currency", days)
    owed = book.once(("standing", as_of), lambda: standing(book, as_of)).join(
        habits, on=["customer", "currency"], how="full", coalesce=True
    )
    amounts = pl.col(*AGES, "unallocated_minor", "balance_minor", "overdue_minor", "open_count")
    code = pl.col("collector_id").cast(pl.String).fill_null(NOBODY)
    return (
        people.join(owed, on="customer", how="left", maintain_order="left")
        .with_columns(
            amounts.fill_null(0),
            pl.col("currency").fill_null(currency),
            pl.col("segment", "group").replace("", None),
            collector_code=code,
        )
        .with_columns(situation=situation())
        .sort(
            "overdue_minor", "balance_minor", "name", "customer",
            descending=[True, True, False, False],
        )
    )  # fmt: skip


def situation() -> pl.Expr:
    """Where an account stands, in one code."""
    return (
        pl.when(pl.col("overdue_minor") > 0)
        .then(pl.lit("overdue"))
        .when(pl.col("balance_minor") > 0)
        .then(pl.lit("owing"))
        .when(pl.col("balance_minor") < 0)
        .then(pl.lit("creditor"))
        .otherwise(pl.lit("settled"))
    )


def itself(texts: pl.Series) -> Mapping[str, Phrase]:
    """Texts that are their own codes, in alphabetical order."""
    found = texts.drop_nulls().unique().to_list()
    return {text: same(text) for text in sorted(found, key=str.casefold)}


def collectors(people: pl.DataFrame) -> Mapping[str, Phrase]:
    """Who follows customers, by number, and nobody."""
    named = people.select("collector_id", "collector").unique().drop_nulls("collector_id")
    words = {str(number): same(name) for number, name in named.sort("collector").iter_rows()}
    return {**words, NOBODY: Phrase("non confié", "unassigned")}


def with_notes(report: Report, noted: pl.Series, *, calling: pl.Series) -> Report:
    """The report with a column that tells which customers have notes, and which call the reader."""
    number = pl.col("customer_id")
    told = (
        pl.when(number.is_in(calling.implode()))
        .then(pl.lit("me"))
        .when(number.is_in(noted.implode()))
        .then(pl.lit("with"))
    )
    column = Column("notes", Phrase("Notes", "Notes"), words=NOTED)
    return replace(
        report, columns=(*report.columns, column), rows=report.rows.with_columns(notes=told)
    )
