"""Payment terms (*délais de règlement*): due dates, instalments, discounts and legal ceilings.

The terms of a customer are a short text, the same everywhere in the product:

    30                30 days from the date of the invoice
    45 EOM            45 days, then the end of that month (*45 jours fin de mois*, reading a)
    EOM 45            the end of the month of the invoice, then 45 days (reading b)
    30 EOM 10         30 days, the end of that month, then the 10th of the next one
    30 ON 10          30 days, then the 10th of the month after
    30 ON 5,20        30 days, then the first 5th or 20th on or after
    2W, 2M, 2M EOM    weeks, months
    30% 15 + 70% 45   instalments: a share, then its own terms
    30 THEN 45 EOM FROM 2026-11-24    other terms for what is issued from a day on (dated_terms)

EOM alone is the end of the invoice's month. FDM (*fin de mois*) is read as EOM, LE as ON, and
COMPTANT or RECEIPT as 0.
Ceilings: C. com. L441-10 to L441-13; CCP R2192-10 to R2192-13. See docs/algorithms/terms.md.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from quittance.core.allocations import MEMBERS, oldest_first
from quittance.core.calendar import add_months, month_end
from quittance.core.dated_terms import of_their_day, stages
from quittance.core.money import rounded_half_up
from quittance.core.phrase import Phrase
from quittance.core.schema import ALLOCATIONS, CUSTOMERS, ITEMS, TERM_CEILINGS, checked, shaped

GRAMMAR = re.compile(
    r"^(?:(?P<eom_first>EOM)\s*)?"
    r"(?P<count>\d{1,3})\s*(?P<unit>[DJWSM]?)"
    r"(?:\s*(?P<eom>EOM)(?:\s*(?P<eom_day>\d{1,2}))?)?"
    r"(?:\s*ON\s*(?P<days>\d{1,2}(?:\s*,\s*\d{1,2})*))?$"
)
WORDS = (
    (r"\b(JOURS?|DAYS?|NETS?|DATE DE FACTURE)\b", " "),
    (r"\b(FIN DE MOIS|FIN DU MOIS|END OF MONTH|FDM)\b", "EOM"),
    (r"\b(LE|AU)\b", "ON"),
    (r"\b(COMPTANT|RECEIPT|IMMEDIAT|A RECEPTION|CASH)\b", "0"),
    (r"\b(SEMAINES?|WEEKS?)\b", "W"),
    (r"\b(MOIS|MONTHS?)\b", "M"),
)
ACCENTS = str.maketrans("ÉÈÊÀÛ", "EEEAU")


class UnreadableTerms(ValueError):  # noqa: N818  (said to a person, with the remedy)
    """A text that is no payment terms; `phrase` says so in both languages."""

    def __init__(self, text: str) -> None:
        self.phrase = Phrase(
            f"conditions de règlement illisibles : « {text} ». Écrivez par exemple 30, 45 EOM, "
            "EOM 45, 30 EOM 10 ou 30% 15 + 70% 45.",
            f"unreadable payment terms: '{text}'. Write for instance 30, 45 EOM, EOM 45, "
            "30 EOM 10 or 30% 15 + 70% 45.",
        )
        super().__init__(self.phrase.en)


@dataclass(frozen=True)
class Term:
    """One instalment's terms: a share of the invoice, then how its due date is reached."""

    share: Decimal  # of the invoice; the last instalment takes the rest
    count: int
    unit: str  # D, W or M
    eom: str  # "", "before" (EOM 45) or "after" (45 EOM)
    days: tuple[int, ...]  # days of the month to wait for
    is_next_month: bool  # whether the single day is the next month's


@dataclass(frozen=True)
class Discount:
    """An early-payment discount (*escompte*): until when, and what is then left to pay."""

    until: date
    discount_minor: int
    payable_minor: int


def parsed(text: str) -> tuple[Term, ...]:
    """The instalments that a text of terms states; raises UnreadableTerms.

    >>> [(term.count, term.eom, term.days) for term in parsed("30 EOM 10")]
    [(30, 'after', (10,))]
    """
    parts = [part.strip() for part in text.upper().translate(ACCENTS).split("+")]
    if len(parts) == 1 and "%" not in parts[0]:
        return (one_term(parts[0], Decimal(1), text=text),)
    terms = []
    for part in parts:
        match = re.match(r"^(\d{1,3}(?:[.,]\d+)?)\s*%\s*(.*)$", part)
        if not match:
            raise UnreadableTerms(text)
        share = Decimal(match[1].replace(",", ".")) / 100
        terms.append(one_term(match[2], share, text=text))
    if sum(term.share for term in terms) != 1:
        raise UnreadableTerms(text)
    return tuple(terms)


def readable(text: str) -> str:
    """A text of terms, dated or not, as it is; raises UnreadableTerms."""
    for _day, terms in stages(text):
        parsed(terms)
    return text


def one_term(part: str, share: Decimal, *, text: str) -> Term:
    """The terms of one instalment."""
    for word, standard in WORDS:
        part = re.sub(word, standard, part)
    plain = re.sub(r"\s+", " ", part).strip()
    match = GRAMMAR.match("0 EOM" if plain == "EOM" else plain)
    if not match or (match["eom_first"] and match["eom"]):
        raise UnreadableTerms(text)
    unit = {"": "D", "J": "D", "S": "W"}.get(match["unit"], match["unit"])
    days = tuple(int(day) for day in re.split(r"\s*,\s*", match["days"])) if match["days"] else ()
    if match["eom_day"]:
        days = (int(match["eom_day"]),)
    if any(not 1 <= day <= 31 for day in days):
        raise UnreadableTerms(text)
    eom = "before" if match["eom_first"] else "after" if match["eom"] else ""
    return Term(share, int(match["count"]), unit, eom, days, len(days) == 1)


def due_date(term: Term, start: date) -> date:
    """The due date of one instalment of a document dated `start`."""
    reached = month_end(start) if term.eom == "before" else start
    if term.unit == "M":
        reached = add_months(reached, term.count)
    else:
        reached = date.fromordinal(
            reached.toordinal() + term.count * (7 if term.unit == "W" else 1)
        )
    if term.eom == "after":
        reached = month_end(reached)
    return on_day(reached, term.days, is_next_month=term.is_next_month) if term.days else reached


def on_day(reached: date, days: tuple[int, ...], *, is_next_month: bool) -> date:
    """The payment day to wait for: the first of `days` on or after, or that day next month."""
    if is_next_month:
        return in_month(add_months(reached.replace(day=1), 1), days[0])
    months = (reached.replace(day=1), add_months(reached.replace(day=1), 1))
    choices = [in_month(month, day) for month in months for day in sorted(days)]
    return next(choice for choice in choices if choice >= reached)


def in_month(month: date, day: int) -> date:
    """A day of a month, or the last one of a shorter month."""
    return month.replace(day=min(day, month_end(month).day))


def instalments(text: str, start: date, *, amount_minor: int) -> list[tuple[date, int]]:
    """Each due date with its amount; the last instalment takes what rounding left (D-11).

    >>> instalments("50% 0 + 50% 30", date(2026, 1, 1), amount_minor=3)
    [(datetime.date(2026, 1, 1), 2), (datetime.date(2026, 1, 31), 1)]
    """
    terms = parsed(text)
    amounts = [
        int((amount_minor * term.share).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        for term in terms[:-1]
    ]
    amounts.append(amount_minor - sum(amounts))
    return [(due_date(term, start), amount) for term, amount in zip(terms, amounts, strict=True)]


def discount(amount_minor: int, percent: Decimal, *, days: int, start: date) -> Discount:
    """What is left to pay when an invoice is paid within `days` of `start`, rounded half up."""
    off = int((amount_minor * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return Discount(date.fromordinal(start.toordinal() + days), off, amount_minor - off)


@checked(items=ITEMS, customers=CUSTOMERS)
def with_due_dates(items: pl.DataFrame, customers: pl.DataFrame, *, default: str) -> pl.DataFrame:
    """`ITEMS` with the due dates that are not known yet, from each customer's terms.

    What the customer owes falls due by its terms (`default` where it has none), counted from the
    date of the document; a credit is due on its own day. Terms in several instalments give the
    last due date here: `split_into_instalments` cuts them. Raises UnreadableTerms.
    """
    if not items["due_date"].has_nulls():
        return items
    is_open_ended = pl.col("due_date").is_null()
    is_debit = pl.col("amount_minor") > 0
    wanted = customers.select("customer", wanted=pl.col("terms").replace({"": None}))
    owed = items.join(wanted, on="customer", how="left", maintain_order="left").with_columns(
        terms=pl.col("wanted").fill_null(default)
    )
    owed = owed.with_columns(of_their_day(owed["terms"].unique()))
    pairs = owed.filter(is_open_ended & is_debit).select("terms", "issue_date").unique()
    by_terms = {text: parsed(text) for text in pairs["terms"].unique()}
    days = [due_date(by_terms[text][-1], start) for text, start in pairs.iter_rows()]
    dated = owed.join(
        pairs.with_columns(pl.Series("reached", days, dtype=pl.Date)),
        on=["terms", "issue_date"],
        how="left",
        maintain_order="left",
    )
    own = pl.when(is_debit).then("reached").otherwise("date")
    return dated.with_columns(due_date=pl.coalesce("due_date", own)).select(items.columns)


@checked(items=ITEMS, allocations=ALLOCATIONS, customers=CUSTOMERS)
def split_into_instalments(
    items: pl.DataFrame, allocations: pl.DataFrame, *, customers: pl.DataFrame, default: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Items whose terms have several instalments, cut into one item for each due date.

    What settled the whole settles the instalments in the order of their due dates (A-07). The
    first instalment keeps the item's number. An item whose due date is not the one of its terms
    (a list stated another) stays whole. Shapes: `ITEMS` and `ALLOCATIONS`, in and out.
    """
    wanted = customers.select("customer", terms=pl.col("terms").replace({"": default}))
    several = wanted.filter(pl.col("terms").str.contains("%", literal=True))
    is_owed = pl.col("amount_minor") > 0
    own = items.filter(is_owed).join(several, on="customer")
    whole = own.with_columns(of_their_day(several["terms"].unique())).filter(
        pl.col("terms").str.contains("%", literal=True)
    )
    if whole.is_empty():
        return items, allocations
    parts = pl.concat(instalments_of(rows, str(text)) for (text,), rows in whole.group_by("terms"))
    after = int(items["item"].max()) + 1  # type: ignore[arg-type]
    is_first = pl.int_range(pl.len()).over("whole") == 0
    parts = parts.sort("whole", "due_date", "rank").with_columns(
        item=pl.when(is_first).then("whole").otherwise(pl.int_range(pl.len()) + after)
    )
    cut = parts["whole"].unique().implode()
    kept = items.filter(~pl.col("item").is_in(cut))
    moved = allocations.filter(pl.col("debit_item").is_in(cut))
    others = allocations.filter(~pl.col("debit_item").is_in(cut))
    return (
        pl.concat([kept, parts.select(items.columns)]).sort("item"),
        pl.concat([others, resettled(parts, moved)]),
    )


def instalments_of(rows: pl.DataFrame, text: str) -> pl.DataFrame:
    """The instalments of items due by one text of terms; the last takes what is left."""
    terms = parsed(text)
    amount = pl.col("amount_minor")
    shares = [rounded_half_up(amount * int(term.share * 10**6), 10**6) for term in terms[:-1]]
    shares.append(amount - pl.sum_horizontal(*shares) if shares else amount)
    starts = rows["issue_date"].unique()
    days = pl.DataFrame(
        {
            "issue_date": starts,
            **{f"due_{rank}": [due_date(term, start) for start in starts]
               for rank, term in enumerate(terms)},
        }
    )  # fmt: skip
    by_terms = rows.join(days, on="issue_date").filter(
        pl.col("due_date") == pl.col(f"due_{len(terms) - 1}")
    )
    return pl.concat(
        by_terms.with_columns(
            whole="item", rank=pl.lit(rank), amount_minor=share, due_date=f"due_{rank}"
        )
        for rank, share in enumerate(shares)
    )


def resettled(parts: pl.DataFrame, moved: pl.DataFrame) -> pl.DataFrame:
    """The allocations of whole items, laid again on their instalments, the first due first."""
    debits = parts.select(
        group="whole", item="item", date="date", amount_minor="amount_minor", recorded_date=None
    )
    credits_ = moved.select(
        group="debit_item",
        item="credit_item",
        date="value_date",
        amount_minor=-pl.col("amount_minor"),
        recorded_date="recorded_date",
    )
    return oldest_first(shaped(pl.concat([debits, credits_], how="vertical_relaxed"), MEMBERS))


CEILINGS_BY_KIND = {"business": ("AGREED_60", "AGREED_45_EOM"), "public": ("PUBLIC_30",)}


@checked(items=ITEMS, customers=CUSTOMERS, ceilings=TERM_CEILINGS)
def beyond_ceiling(
    items: pl.DataFrame, customers: pl.DataFrame, *, ceilings: pl.DataFrame, sector: str = ""
) -> pl.DataFrame:
    """The invoices whose agreed due date is later than the law allows, with the article.

    Adds `ceiling_date`, `days_beyond`, `reference` and `verified`. Business: 60 days, or 45 days
    end of month under the more generous of its two readings (C. com. L441-10 I); public buyers: 30
    days (CCP R2192-10); a consumer has no ceiling. `sector` names another row of the table, for
    instance TRANSPORT_30 (C. com. L441-11); ValueError if there is none. Delivery and receipt are
    taken to be the invoice's date.
    """
    invoices = items.filter(pl.col("kind") == "invoice").join(
        customers.select("customer", customer_kind="kind"), on="customer"
    )
    found = [
        invoices.clear().with_columns(
            ceiling_date=pl.col("date"), reference=pl.lit(""), verified=pl.lit(value=True)
        )
    ]
    if sector and sector not in ceilings["code"]:
        raise ValueError(f"no ceiling of payment terms is called {sector}")
    for kind, usual in CEILINGS_BY_KIND.items():
        codes = [sector] if sector and kind == "business" else list(usual)
        rows = ceilings.filter(pl.col("code").is_in(codes)).to_dicts()
        limits = [limit_date(row["days"], row["end_of_month"]) for row in rows]
        found.append(
            invoices.filter(pl.col("customer_kind") == kind).with_columns(
                ceiling_date=pl.max_horizontal(*limits),
                reference=pl.lit(" · ".join(row["reference"] for row in rows)),
                verified=pl.lit(all(row["verified"] for row in rows)),
            )
        )
    days = (pl.col("due_date") - pl.col("ceiling_date")).dt.total_days()
    return pl.concat(found).with_columns(days_beyond=days).filter(pl.col("days_beyond") > 0)


def limit_date(days: int, end_of_month: str) -> pl.Expr:
    """The latest due date that a ceiling allows for an `issue_date`.

    Where a sector may choose between days net and days end of month (`either`), the table holds the
    net figure, and the end-of-month one is 15 days shorter (60 and 45, 74 and 59).
    """
    start = pl.col("issue_date")
    if end_of_month == "no":
        return start.dt.offset_by(f"{days}d")
    counted = days if end_of_month == "yes" else days - 15
    net = start.dt.offset_by(f"{days}d")
    after = start.dt.offset_by(f"{counted}d").dt.month_end()
    before = start.dt.month_end().dt.offset_by(f"{counted}d")
    readings = pl.max_horizontal(after, before)
    return readings if end_of_month == "yes" else pl.max_horizontal(net, readings)
