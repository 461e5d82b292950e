"""Ceilings of payment terms and limitation periods in force, with their sources, as reports."""

from datetime import date

import polars as pl

from quittance.core.book import Law
from quittance.core.legal_values import holds_on
from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Column, Report

CEILINGS = Phrase("Plafonds des délais de règlement", "Ceilings of payment terms")
PERIODS = Phrase("Délais de prescription", "Limitation periods")
STARTS = {
    "invoice_date": Phrase("date de la facture", "date of the invoice"),
    "receipt_or_performance": Phrase("réception ou exécution", "receipt or performance"),
    "request_receipt": Phrase("réception de la demande", "receipt of the request"),
    "delivery": Phrase("livraison", "delivery"),
    "end_of_decade": Phrase("fin de la décade de livraison", "end of the ten days of delivery"),
    "end_of_delivery_month": Phrase("fin du mois de livraison", "end of the month of delivery"),
    "principal_paid": Phrase("paiement du principal", "payment of the principal"),
    "due_date": Phrase("échéance", "due date"),
    "next_new_year": Phrase("1er janvier suivant", "1 January that follows"),
    "last_reading": Phrase("dernier relevé", "last meter reading"),
    "acceptance": Phrase("réception des travaux", "acceptance of the works"),
    "end_of_presentation": Phrase("fin du délai de présentation", "end of the presentation period"),
    "taking_charge": Phrase("prise en charge du titre", "taking charge of the claim"),
    "title": Phrase("titre exécutoire", "enforceable title"),
    "accrual": Phrase("jour où ils courent", "day they accrue"),
    "birth_of_right": Phrase("naissance du droit", "birth of the right"),
    "end_of_mediation": Phrase("fin de la médiation", "end of the mediation"),
}
END_OF_MONTH = {
    "no": Phrase("jours nets", "days net"),
    "yes": Phrase("fin de mois", "end of month"),
    "either": Phrase("nets ou fin de mois", "net or end of month"),
}
CHECKED = Column("checked_on", Phrase("Relu le", "Checked on"), "date")
SOURCE = Column("source", Phrase("Source", "Source"), is_prose=True)
START = Column("starts_on", Phrase("Depuis", "Counted from"), words=STARTS)


def term_ceilings_report(law: Law, day: date) -> Report:
    """The longest payment terms that the law allows on a day, case by case."""
    return Report(
        name="law-ceilings",
        title=CEILINGS,
        as_of=day,
        columns=(
            Column("scope", Phrase("Cas", "Case"), "phrase", is_prose=True),
            Column("days", Phrase("Jours", "Days"), "count"),
            Column("end_of_month", Phrase("Décompte", "Count"), words=END_OF_MONTH),
            START, columns.REFERENCE, columns.VERIFIED, CHECKED, SOURCE,
        ),
        rows=law.term_ceilings.filter(holds_on(day)),
    )  # fmt: skip


def limitation_periods_report(law: Law, day: date) -> Report:
    """How long each sort of claim may be taken to court."""
    years = (pl.col("months") / 12).round(2)
    return Report(
        name="law-limitation",
        title=PERIODS,
        as_of=day,
        columns=(
            Column("claim", Phrase("Créance", "Claim"), "phrase", is_prose=True),
            Column("years", Phrase("Années", "Years"), "number"),
            START, columns.REFERENCE, columns.VERIFIED, CHECKED, SOURCE,
        ),
        rows=law.limitation_periods.with_columns(years=years),
    )  # fmt: skip
