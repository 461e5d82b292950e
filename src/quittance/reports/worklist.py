"""The customers to act on, each with the reason in one sentence."""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.phrase import Phrase, day_words
from quittance.core.worklist import customers_to_act_on
from quittance.reports import columns
from quittance.reports.report import Column, Report

TITLE = Phrase("Clients à traiter d'abord", "Customers to act on first")
EXPLANATION = Phrase(
    "Par montant échu, déduction faite des règlements non affectés.",
    "By amount past due, less payments not allocated.",
)
OVERDUE_ONE = Phrase("une échéance en retard de {days}", "one item {days} past due")
OVERDUE = Phrase(
    "{count} échéances en retard, la plus ancienne de {days}",
    "{count} items past due, the oldest by {days}",
)
LAPSING = Phrase("{amount} se prescrivent à partir du {day}", "{amount} lapse from {day} on")
CREDITS = Phrase("à lettrer avant de relancer : {amounts}", "to match before reminding: {amounts}")
WORSE = Phrase(
    "règle maintenant {now} après l'échéance, contre {before} auparavant",
    "now pays {now} after the due date, {before} before",
)
WORSE_THAN_EARLY = Phrase(
    "règle maintenant {now} après l'échéance, contre {before} avant elle auparavant",
    "now pays {now} after the due date, {before} ahead of it before",
)
STOPPED = Phrase("n'a rien réglé depuis quatre mois", "has paid nothing for four months")
WORSE_BY_DAYS = 10


def worklist_report(book: Book, as_of: date, *, problems: pl.DataFrame) -> Report:
    """The ten customers with most to collect on a day."""
    rows = customers_to_act_on(book, as_of)
    reasons = [reason(row) for row in rows.iter_rows(named=True)]
    return Report(
        name="worklist",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        columns=(
            columns.CUSTOMER,
            columns.NAME,
            columns.CURRENCY,
            Column("overdue_minor", Phrase("Échu", "Past due"), "money"),
            Column("reason", Phrase("Pourquoi", "Why"), "phrase"),
        ),
        rows=rows.with_columns(
            pl.Series("reason_fr", [said.fr for said in reasons], dtype=pl.String),
            pl.Series("reason_en", [said.en for said in reasons], dtype=pl.String),
        ),
        totals=columns.totals(rows, "overdue_minor"),
        notes=book.notes,
        problems=problems,
    )


def reason(row: dict[str, object]) -> Phrase:
    """Why a customer is on the list, the most pressing fact last, in one sentence."""
    count = int(str(row["count"]))
    said = [
        (OVERDUE_ONE if count == 1 else OVERDUE).filled(
            count=count, days=in_days(int(str(row["oldest_days"])))
        )
    ]
    day = row["lapses_date"]
    if isinstance(day, date):
        said.append(LAPSING.filled(amount=amount(row, "lapsing_minor"), day=day_words(day)))
    if row["unallocated_minor"]:
        said.append(CREDITS.filled(amounts=columns.unallocated_words(row, str(row["currency"]))))
    said += habit(row["recent_late_days"], row["earlier_late_days"])
    fr, en = ("; ".join(p.text(lang) for p in said) for lang in ("fr", "en"))
    return Phrase(capital(fr.replace("; ", " ; ")) + ".", capital(en) + ".")


def habit(recent: object, earlier: object) -> list[Phrase]:
    """What changed in the way the customer pays, if something did."""
    if not isinstance(earlier, float):
        return []
    if not isinstance(recent, float):
        return [STOPPED]
    if recent - earlier < WORSE_BY_DAYS or round(recent) <= 0:
        return []
    words = WORSE if round(earlier) >= 0 else WORSE_THAN_EARLY
    before = round(earlier) if words is WORSE else in_days(-round(earlier))
    return [words.filled(now=in_days(round(recent)), before=before)]


def in_days(count: int) -> Phrase:
    r"""A number of days in words, its thousands apart as in every table.

    >>> in_days(1241).fr.replace("\u202f", " "), in_days(1).en
    ('1 241 jours', '1 day')
    """
    plural, number = "s" if count > 1 else "", f"{count:,}"
    french = number.replace(",", "\u202f")
    return Phrase(f"{french} jour{plural}", f"{number} day{plural}")


def amount(row: dict[str, object], name: str) -> Phrase:
    """An amount of a row in words, without its sign."""
    return columns.amount_words(abs(int(str(row[name]))), str(row["currency"]))


def capital(text: str) -> str:
    """The text with a capital letter at its head."""
    return text[:1].upper() + text[1:]
