"""The first screen of the day: what is owed, past due, not yet allocated."""

from collections.abc import Sequence

import polars as pl

from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Figure

ALSO = Phrase("et {amounts}", "and {amounts}")
AMOUNTS = {
    "balance_minor": pl.col("balance_minor").sum(),
    "overdue_minor": pl.sum_horizontal(pl.col("^days_.*$").sum()),
    "unallocated_minor": pl.col("unallocated_minor").sum(),
}


def dashboard_figures(aged: pl.DataFrame) -> tuple[Figure, ...]:
    """The figures of the day in the main currency, those of the others beside them.

    Receivables, past due, unallocated. `aged` is `core.aging.aging`.
    """
    currency = columns.main_currency(aged, "balance_minor")
    sums = aged.group_by("currency").agg(**AMOUNTS).sort("currency")
    mine = sums.filter(pl.col("currency") == currency)
    value = {name: int(mine[name].sum()) for name in AMOUNTS}
    also = {name: other_amounts(sums, name, currency=currency) for name in AMOUNTS}
    share = share_of(value["overdue_minor"], value["balance_minor"] - value["unallocated_minor"])
    return (
        Figure(
            "balance_minor", Phrase("Comptes clients", "Receivables"), value["balance_minor"],
            "money",
            Phrase("somme des comptes clients à cette date",
                   "sum of customers' accounts on that day"), currency, also["balance_minor"],
        ),
        Figure(
            "overdue_minor", Phrase("Échu", "Past due"), value["overdue_minor"], "money",
            Phrase("postes ouverts dont l'échéance est passée, avant règlements non affectés",
                   "open items past their due date, before unallocated payments"), currency,
            joined(share, also["overdue_minor"]),
        ),
        Figure(
            "unallocated_minor", Phrase("Non affecté", "Unallocated"), value["unallocated_minor"],
            "money",
            Phrase("règlements, avoirs et acomptes qui n'ont soldé aucune facture",
                   "payments, credit notes and advances that have settled no invoice"), currency,
            also["unallocated_minor"],
        ),
    )  # fmt: skip


def other_amounts(sums: pl.DataFrame, name: str, *, currency: str) -> Phrase | None:
    """The same figure in the other currencies, each in its own: totals never mix them."""
    others = sums.filter(pl.col("currency") != currency, pl.col(name) != 0)
    told = [columns.amount_words(minor, code)
            for code, minor in others.select("currency", name).iter_rows()]  # fmt: skip
    if not told:
        return None
    amounts = Phrase(", ".join(one.fr for one in told), ", ".join(one.en for one in told))
    return ALSO.filled(amounts=amounts)


def joined(first: Phrase | None, second: Phrase | None) -> Phrase | None:
    """Two comments in one."""
    if first is None or second is None:
        return first or second
    return Phrase(f"{first.fr} ; {second.fr}", f"{first.en}; {second.en}")


def share_of(part: int, whole: int) -> Phrase | None:
    """A part of what customers owe, in words; `overdue_rate` leaves doubtful claims out."""
    if whole <= 0:
        return None
    percent = f"{100 * part / whole:.0f}"
    return Phrase(
        f"{percent} % de ce que doivent les clients, douteux compris",
        f"{percent}% of what is owed, doubtful claims included",
    )


BETTER_HIGHER = ("cei", "collection_rate")
IN_A_YEAR = Phrase("{sign}{change}\u00a0{unit} en un an", "{sign}{change} {unit} in a year")
UNITS = {"days": Phrase("j", "d"), "percent": Phrase("pt", "pt")}
NOTHING = Phrase("", "")
STILL = 0.05  # less is no change that a reader would see


def year_change(figure: Figure, months: Sequence[float | None]) -> tuple[Phrase, str]:
    """What a year has changed in a figure, in words, and whether that is good (`ok`) or `bad`.

    `months` are its values month by month, the last one now; with fewer than thirteen known ends
    there is nothing to compare.
    """
    if len(months) < 13 or months[-1] is None or months[-13] is None:
        return NOTHING, ""
    change = months[-1] - months[-13]
    if abs(change) < STILL:
        return NOTHING, ""
    size = f"{abs(change):.1f}"
    facts = {"sign": "+" if change > 0 else "−", "unit": UNITS.get(figure.kind, NOTHING)}
    words = IN_A_YEAR.filled(change=Phrase(size.replace(".", ","), size), **facts)
    is_good = (change > 0) == (figure.name in BETTER_HIGHER)
    return words, "ok" if is_good else "bad"
