"""`quittance charges`: the computation of one debt, segment by segment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import polars as pl
import typer

from quittance.core.late_charges import (
    BelowFloor,
    Charges,
    Debt,
    Policy,
    below_floor,
    charges,
    other_readings,
)
from quittance.core.money import money_text, to_minor
from quittance.core.phrase import Phrase, day_words
from quittance.law.tables import load_law
from quittance.reports.late_charges import charges_report
from quittance.reports.report import Report

BELOW_FLOOR = Phrase(
    "Le taux du contrat est sous le plancher de trois fois le taux légal à partir du {day} "
    "(C. com. L441-10 II). Quel taux le remplace n'est pas tranché : calculé tel qu'écrit "
    "({as_written}) ; au plancher : {floor} ; au taux supplétif : {default}.",
    "The contract's rate is below the floor of three times the legal rate from {day} on "
    "(C. com. L441-10 II). Which rate replaces it is not settled: computed as written "
    "({as_written}); at the floor: {floor}; at the default rate: {default}.",
)
NO_NOTICE = Phrase(
    "Un consommateur ne doit des intérêts qu'à partir d'une mise en demeure (--notice ; C. civ. "
    "1231-6, 1344-1).",
    "A consumer owes interest only from a formal notice on (--notice; C. civ. 1231-6, 1344-1).",
)
NOT_LATE = Phrase(
    "Aucun jour de retard à cette date : le premier est le lendemain de l'échéance.",
    "Not a day late on this date: the first one is the day after the due date.",
)
COMPOUND = Phrase(
    "Anatocisme : à chaque année entière, les intérêts échus s'ajoutent au principal, si le "
    "contrat ou un juge l'a prévu (C. civ. 1343-2) ; un paiement règle d'abord les intérêts.",
    "Compound: after each whole year the interest due is added to the principal, if the contract "
    "or a judge says so (C. civ. 1343-2); a payment settles interest first.",
)
SEGMENT_ROUNDING = Phrase(
    "Chaque tranche est montrée au centime ; le total est arrondi une seule fois.",
    "Each segment is shown to the cent; the total is rounded once.",
)


@dataclass(frozen=True)
class Asked:
    """What the command line says of one debt."""

    debt: Debt
    payments: list[tuple[date, Decimal]]
    as_of: date
    policy: Policy
    currency: str


def clause(text: str) -> Policy:
    """The policy of a `--rate`: nothing, a percentage, or `3xlegal`."""
    if not text:
        return Policy()
    if text.lower().replace(" ", "") in ("3xlegal", "3xlégal"):
        return Policy(clause="3xlegal")
    try:
        percent = Decimal(text.replace("%", "").replace(",", ".").strip())
    except InvalidOperation:
        raise typer.BadParameter(f"--rate '{text}' : 8% ou 3xlegal / 8% or 3xlegal") from None
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise typer.BadParameter(f"--rate '{text}' : entre 0 et 100 % / from 0 to 100 %")
    return Policy(clause="fixed", fixed_ppm=int(percent * 10_000))


def report_of(asked: Asked) -> Report:
    """The report of one debt; raises MissingLegalValue when a rate is not in the tables."""
    law = load_law()
    paid = [(day, to_minor(amount, asked.currency)) for day, amount in asked.payments]
    settings = {"as_of": asked.as_of, "rates": law.rates, "amounts": law.amounts}
    settings["policy"] = asked.policy
    found = charges(asked.debt, paid, **settings)  # type: ignore[arg-type]
    notes = [SEGMENT_ROUNDING] if found.segments.height else [NOT_LATE]
    if asked.debt.kind == "consumer" and asked.debt.notice_date is None:
        notes = [NO_NOTICE]
    if asked.debt.capitalises:
        notes.append(COMPOUND)
    if asked.policy.clause == "fixed":
        under = below_floor(found.segments, law.rates)
        if under.height:
            readings = other_readings(asked.debt, paid, **settings)  # type: ignore[arg-type]
            notes.insert(0, floor_note(under, readings, currency=asked.currency))
    return charges_report(found, asked.as_of, currency=asked.currency, notes=tuple(notes))


def floor_note(
    under: pl.DataFrame, readings: Mapping[BelowFloor, Charges], *, currency: str
) -> Phrase:
    """The warning that the contract's rate is below the floor, with the three readings."""
    amounts = {
        name: Phrase(
            money_text(found.interest_minor, currency, lang="fr"),
            money_text(found.interest_minor, currency, lang="en"),
        )
        for name, found in readings.items()
    }
    return BELOW_FLOOR.filled(day=day_words(under["under_from"][0]), **amounts)
