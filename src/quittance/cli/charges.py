"""`quittance charges`: the computation of one debt, segment by segment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from quittance.core.money import to_minor
from quittance.core.phrase import Phrase, day_words
from quittance.law.tables import load_law
from quittance.reports.columns import amount_words
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
    "Aucun jour ne porte intérêt jusqu'à cette date : le premier est le lendemain de l'échéance "
    "(ou de la mise en demeure d'un consommateur), et un jugement d'ouverture les arrête.",
    "No day bears interest up to this date: the first one is the day after the due date (or after "
    "a consumer's formal notice), and an opening judgment stops them.",
)
COMPOUND = Phrase(
    "Anatocisme : à chaque année entière, les intérêts échus s'ajoutent au principal, si le "
    "contrat ou un juge l'a prévu (C. civ. 1343-2) ; un paiement règle d'abord les intérêts.",
    "Compound: after each whole year the interest due is added to the principal, if the contract "
    "or a judge says so (C. civ. 1343-2); a payment settles interest first.",
)
NO_EFFECT = Phrase("{option} : sans effet sur cette dette.", "{option}: no effect on this debt.")
LATER_PAYMENTS = Phrase(
    "{count} paiement(s) après la date du calcul, non compté(s).",
    "{count} payment(s) after the day of the computation, not counted.",
)
SURPLUS = Phrase(
    "{amount} payés en trop : à rembourser, ou à imputer sur l'indemnité et les intérêts.",
    "{amount} paid in excess: to be paid back, or set against the indemnity and the interest.",
)
EUROS_APART = Phrase(
    "L'indemnité forfaitaire est de 40 € : elle s'ajoute en euros, hors de ce total.",
    "The fixed recovery indemnity is €40: it is added in euros, outside this total.",
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
    notes = notes_of(asked, found)
    if asked.currency != "EUR" and found.indemnity_minor:
        found = replace(found, indemnity_minor=0)
        notes.append(EUROS_APART)
    under = below_floor(found.segments, law.rates) if is_agreed(asked) else found.segments.clear()
    if under.height:
        readings = other_readings(asked.debt, paid, **settings)  # type: ignore[arg-type]
        notes.insert(0, floor_note(under, readings, currency=asked.currency))
    return charges_report(found, asked.as_of, currency=asked.currency, notes=tuple(notes))


def is_agreed(asked: Asked) -> bool:
    """Whether the rate is the contract's: a clause binds professionals only."""
    debt = asked.debt
    return asked.policy.clause == "fixed" and debt.kind == "business" and debt.creditor == "company"


def notes_of(asked: Asked, found: Charges) -> list[Phrase]:
    """What a reader of the computation must know: what was left out, and what has no effect."""
    debt, notes = asked.debt, [SEGMENT_ROUNDING]
    if found.segments.is_empty():
        is_unnoticed = debt.kind == "consumer" and debt.notice_date is None
        notes = [NO_NOTICE if is_unnoticed else NOT_LATE]
    if debt.capitalises:
        notes.append(COMPOUND)
    notes += [NO_EFFECT.filled(option=option) for option in without_effect(asked)]
    late = [day for day, _ in asked.payments if day > asked.as_of]
    if late:
        notes.append(LATER_PAYMENTS.filled(count=len(late)))
    surplus = surplus_minor(asked, found)
    if surplus > 0:
        notes.append(SURPLUS.filled(amount=amount_words(surplus, asked.currency)))
    return notes


def without_effect(asked: Asked) -> list[str]:
    """The options that this debtor or creditor makes void."""
    debt, is_person = asked.debt, asked.debt.creditor == "individual"
    bears_legal_rate = debt.kind == "consumer" or is_person
    is_void = {
        "--rate": asked.policy.clause != "legal" and (debt.kind != "business" or is_person),
        "--notice": debt.notice_date is not None and debt.kind != "consumer",
        "--judgment": debt.judgment_date is not None and not bears_legal_rate,
    }
    return [option for option, void in is_void.items() if void]


def surplus_minor(asked: Asked, found: Charges) -> int:
    """What was paid beyond the principal and the interest that payments settle."""
    paid = sum(to_minor(much, asked.currency) for day, much in asked.payments if day <= asked.as_of)
    owed = asked.debt.principal_minor + found.interest_paid_minor + found.capitalised_minor
    return 0 if found.principal_open_minor else paid - owed


def floor_note(
    under: pl.DataFrame, readings: Mapping[BelowFloor, Charges], *, currency: str
) -> Phrase:
    """The warning that the contract's rate is below the floor, with the three readings."""
    amounts = {
        name: amount_words(found.interest_minor, currency) for name, found in readings.items()
    }
    return BELOW_FLOOR.filled(day=day_words(under["under_from"][0]), **amounts)
