"""What a customer's card shows: key figures, balance month by month, movements of the account."""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from quittance.core.activity import activity
from quittance.core.allocations import residuals
from quittance.core.book import Book
from quittance.core.late_charges import Policy, late_charges
from quittance.core.limitation import limitation
from quittance.core.open_items import up_to
from quittance.core.payment_behaviour import settled_by_payments
from quittance.core.phrase import Phrase, day_words
from quittance.core.standing import standing
from quittance.reports import columns, payment_behaviour
from quittance.reports.customers import AGES, OVERDUE
from quittance.reports.late_charges import FORMULA, INDEMNITY, INDEMNITY_FORMULA, INTEREST
from quittance.reports.limitation import HORIZON_DAYS
from quittance.reports.report import Chart, Column, Figure, Report, Series

MONTHS = 13
BALANCE_FORMULA = Phrase(
    "Σ débits − Σ crédits du compte client jusqu'au jour de la vue ; le solde de la balance âgée",
    "Σ debits − Σ credits of the customer's account up to the day; the aged balance's balance",
)
BESIDE = Phrase("Et {amounts}.", "And {amounts}.")
OLDEST = Phrase("Le plus ancien a {days} jours de retard.", "The oldest is {days} days late.")
UNALLOCATED = Phrase(
    "À lettrer avant de relancer : {amounts}.", "To match before reminding: {amounts}."
)
CHARGES = Phrase("Pénalités et indemnités", "Interest and indemnities")
CLAIMABLE = Phrase(
    "Pénalités {interest}, indemnités {indemnity}.", "Interest {interest}, indemnities {indemnity}."
)
LAPSES = Phrase("Première prescription", "First limitation date")
LAPSES_FORMULA = Phrase(
    "le plus proche des jours où une créance ouverte se prescrit, sur la lecture la plus prudente",
    "the nearest day on which an open claim lapses, on the safest reading",
)
LAPSED = Phrase("{amount} déjà prescrits.", "{amount} lapsed already.")
LAPSES_SOON = Phrase(
    "{amount} se prescrivent bientôt, à partir du {day} : une relance n'y change rien.",
    "{amount} lapse soon, from {day} on: a reminder does not change it.",
)
ACCOUNT = Phrase("Mouvements du compte", "Movements of the account")
DEBIT = Column("debit_minor", Phrase("Débit", "Debit"), "money")
CREDIT = Column("credit_minor", Phrase("Crédit", "Credit"), "money")
RUNNING = Column(
    "running_minor", Phrase("Solde progressif", "Running balance"), "money",
    Phrase("Σ débits − Σ crédits jusqu'à cette ligne, dans sa devise.",
           "Σ debits − Σ credits up to this row, in its currency."),
)  # fmt: skip


@dataclass(frozen=True)
class Lapsing:
    """The next limitation date of a customer's claims, and what is worth a warning."""

    day: date | None
    warning: Phrase | None


def currency_of(book: Book, as_of: date, *, default: str) -> str:
    """The currency in which a customer owes most, or moved most."""
    owed = standing(book, as_of)
    if owed.height:
        size = pl.col("balance_minor").abs()
        return str(owed.sort(size, "currency", descending=[True, False])["currency"][0])
    moved = columns.totals(book.items.with_columns(pl.col("amount_minor").abs()), "amount_minor")
    return columns.main_currency(moved, "amount_minor") if moved.height else default


def card_figures(book: Book, as_of: date, *, currency: str) -> tuple[Figure, ...]:
    """What is looked at first: owed, overdue, how it pays, what may be claimed."""
    owed = standing(book, as_of)
    mine = owed.filter(pl.col("currency") == currency)
    row = mine.row(0, named=True) if mine.height else {}
    late = payment_behaviour.figures(settled_by_payments(book, as_of), as_of, currency=currency)[0]
    overdue_said = [OLDEST.filled(days=row["oldest_days"])] if row.get("oldest_days") else []
    if row.get("unallocated_minor"):
        free = columns.unallocated_words(row, currency)
        overdue_said.append(UNALLOCATED.filled(amounts=free))
    return (
        Figure("balance_minor", columns.BALANCE.label, row.get("balance_minor", 0), "money",
               BALANCE_FORMULA, currency, comment=others(owed, "balance_minor", currency=currency)),
        Figure("overdue_minor", OVERDUE.label, row.get("overdue_minor", 0), "money",
               OVERDUE.hint or BALANCE_FORMULA, currency, comment=sentences(overdue_said)),
        late,
        charges_figure(book, as_of, currency=currency),
    )  # fmt: skip


def others(owed: pl.DataFrame, name: str, *, currency: str) -> Phrase | None:
    """What is owed in other currencies, in words."""
    rest = owed.filter(pl.col("currency") != currency)
    found = [columns.amount_words(minor, code)
             for code, minor in rest.select("currency", name).iter_rows()]  # fmt: skip
    if not found:
        return None
    told = Phrase(", ".join(one.fr for one in found), ", ".join(one.en for one in found))
    return BESIDE.filled(amounts=told)


def sentences(told: list[Phrase]) -> Phrase | None:
    """Several sentences as one text; nothing for none."""
    if not told:
        return None
    return Phrase(" ".join(one.fr for one in told), " ".join(one.en for one in told))


def charges_figure(book: Book, as_of: date, *, currency: str) -> Figure:
    """What the law lets claim, in one currency, interest and indemnities together."""
    interest, indemnity = claimable(book, as_of, currency=currency)
    told = CLAIMABLE.filled(
        interest=columns.amount_words(interest, currency),
        indemnity=columns.amount_words(indemnity, currency),
    )
    formula = Phrase(f"{FORMULA.fr} ; {INDEMNITY_FORMULA.fr}",
                     f"{FORMULA.en}; {INDEMNITY_FORMULA.en}")  # fmt: skip
    return Figure("charges_minor", CHARGES, interest + indemnity, "money", formula, currency,
                  comment=told if interest + indemnity else None)  # fmt: skip


def claimable(book: Book, as_of: date, *, currency: str) -> tuple[int, int]:
    """Interest and indemnities that may be claimed, in one currency."""
    rows = late_charges(book, as_of, policy=Policy()).filter(pl.col("currency") == currency)
    return int(rows["interest_minor"].sum()), int(rows["indemnity_minor"].sum())


def charges_figures(book: Book, as_of: date, *, currency: str) -> tuple[Figure, ...]:
    """Interest, indemnities and the next limitation date, each with its formula."""
    interest, indemnity = claimable(book, as_of, currency=currency)
    found = lapsing(book, as_of)
    return (
        Figure("interest_minor", INTEREST.label, interest, "money", FORMULA, currency),
        Figure("indemnity_minor", INDEMNITY.label, indemnity, "money", INDEMNITY_FORMULA, currency),
        Figure("lapses_date", LAPSES, found.day, "date", LAPSES_FORMULA, comment=found.warning),
    )


def lapsing(book: Book, as_of: date) -> Lapsing:
    """The next day on which something lapses; a warning when it is near, or past for some."""
    claims = limitation(book, as_of)
    gone, coming = claims.filter(pl.col("days_left") < 0), claims.filter(pl.col("days_left") >= 0)
    told = [LAPSED.filled(amount=words) for words in amounts(gone)]
    day = coming["lapses_date"][0] if coming.height else None
    soon = coming.filter(pl.col("days_left") <= HORIZON_DAYS)
    if day is not None:
        told += [LAPSES_SOON.filled(amount=words, day=day_words(day)) for words in amounts(soon)]
    return Lapsing(day, sentences(told))


def amounts(claims: pl.DataFrame) -> list[Phrase]:
    """What some claims amount to, one phrase a currency."""
    sums = columns.totals(claims, "open_minor")
    return [columns.amount_words(minor, code) for code, minor in sums.iter_rows()]


def ages(book: Book, as_of: date, *, currency: str) -> list[int]:
    """What is owed by age, not due first, in one currency."""
    mine = standing(book, as_of).filter(pl.col("currency") == currency)
    return [int(mine[name][0]) if mine.height else 0 for name in AGES]


def history_chart(book: Book, as_of: date, *, currency: str) -> Chart | None:
    """The balance and what was overdue at each month's end, in one currency."""
    months = activity(book, as_of, months=MONTHS).filter(pl.col("currency") == currency)
    if months.is_empty():
        return None
    drawn = tuple(
        Series(label, tuple(months[name].to_list()))
        for name, label in (("balance_minor", columns.BALANCE.label),
                            ("overdue_minor", OVERDUE.label))
    )  # fmt: skip
    title = Phrase("Solde et échu à chaque fin de mois", "Balance and past due at each month's end")
    return Chart("lines", title, tuple(months["month_end"].to_list()), drawn, "money", currency)


def account_report(book: Book, as_of: date) -> Report:
    """Every movement of a customer's account with its running balance, newest first."""
    known = up_to(book.items, as_of)
    left = residuals(known, up_to(book.allocations, as_of)).select("item", "open_minor")
    amount = pl.col("amount_minor")
    rows = (
        known.join(left, on="item", how="left", maintain_order="left")
        .sort("date", "item")
        .with_columns(
            debit_minor=pl.when(amount > 0).then(amount),
            credit_minor=pl.when(amount < 0).then(-amount),
            running_minor=amount.cum_sum().over("currency"),
        )
        .reverse()
    )
    return Report(
        name="account",
        title=ACCOUNT,
        as_of=as_of,
        columns=(
            Column("date", Phrase("Date comptable", "Posting date"), "date"), columns.DOCUMENT,
            columns.ITEM_KIND, columns.DUE_DATE, columns.CURRENCY, DEBIT, CREDIT, RUNNING,
            columns.OPEN,
        ),
        rows=rows,
        totals=columns.totals(rows, "debit_minor", "credit_minor", "open_minor"),
        notes=book.notes,
    )  # fmt: skip


def of_one(report: Report) -> Report:
    """A report on one customer, without the columns that say which."""
    kept = tuple(one for one in report.columns if one.name not in ("customer", "name"))
    return replace(report, columns=kept)
