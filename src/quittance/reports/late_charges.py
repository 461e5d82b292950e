"""Late-payment interest and indemnities as reports: of a whole book, and of one debt."""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.interest import EXACT
from quittance.core.late_charges import Charges, Policy, all_segments, below_floor, late_charges
from quittance.core.limitation import limitation
from quittance.core.money import rounded_half_up
from quittance.core.phrase import Phrase, day_words, same
from quittance.reports import columns
from quittance.reports.report import Column, Figure, Report

TITLE = Phrase("Pénalités de retard et indemnités", "Late-payment interest and indemnities")
EXPLANATION = Phrase(
    "Ce que la loi permet de réclamer sur chaque facture en retard ou payée en retard.",
    "What the law allows to claim on each invoice that is late or was paid late.",
)
FORMULA = Phrase(
    "Σ par tranche : base TTC × taux × jours ÷ jours de l'année (365, ou sa durée réelle si on la "
    "choisit), un seul arrondi ; du lendemain de l'échéance au jour du paiement inclus (C. com. "
    "L441-10 II ; acheteurs publics : CCP R2192-31)",
    "Σ by segment: base incl. VAT × rate × days ÷ days of the year (365, or its own length "
    "where that is chosen), one rounding; from the day after the due date to the day of payment "
    "included (C. com. L441-10 II; public buyers: CCP R2192-31)",
)
INDEMNITY_FORMULA = Phrase(
    "40 € par facture payée en retard, entre professionnels (C. com. D441-5 ; acheteurs publics : "
    "CCP D2192-35) ; jamais pour un consommateur",
    "€40 per invoice paid late, between professionals (C. com. D441-5; public buyers: CCP "
    "D2192-35); never for a consumer",
)
CONSUMERS = Phrase(
    "Consommateurs : rien sans mise en demeure, que les livres ne montrent pas ; jamais les 40 €.",
    "Consumers: nothing without a formal notice, which books do not show; never the €40.",
)
UNKNOWN_DAYS = Phrase(
    "{count} facture(s) ont des jours sans taux connu, comptés pour zéro : complétez les fichiers "
    "de taux (quittance law rates).",
    "{count} invoice(s) have days without a known rate, counted as zero: complete the files of "
    "rates (quittance law rates).",
)
UNVERIFIED = Phrase(
    "Le taux du {first} au {last} repose sur une source non vérifiée.",
    "The rate from {first} to {last} rests on an unverified source.",
)
DOUBTFUL = Phrase(
    "Comptes 416 : les intérêts s'arrêtent au jugement d'ouverture (C. com. L622-28), que les "
    "livres ne montrent pas ; ils sont comptés ici jusqu'à la date du rapport.",
    "Accounts 416: interest stops on the opening judgment (C. com. L622-28), which books do not "
    "show; it is counted here up to the day of the report.",
)
LAPSED = Phrase(
    "Dont {amount} sur des créances prescrites : voir les créances bientôt prescrites.",
    "Of which {amount} on claims that have lapsed: see the claims about to lapse.",
)
UNDER_FLOOR = Phrase(
    "Le taux convenu est sous le plancher de trois fois le taux légal pour {count} facture(s) "
    "(C. com. L441-10 II) : calculé tel qu'écrit.",
    "The agreed rate is below the floor of three times the legal rate for {count} invoice(s) "
    "(C. com. L441-10 II): computed as written.",
)
INTEREST = Column("interest_minor", Phrase("Pénalités", "Interest"), "money", FORMULA)
INDEMNITY = Column("indemnity_minor", Phrase("Indemnité", "Indemnity"), "money", INDEMNITY_FORMULA)

SEGMENT_COLUMNS = (
    Column("from_date", Phrase("Du", "From"), "date"),
    Column("to_date", Phrase("Au (inclus)", "To (included)"), "date"),
    Column("days", Phrase("Jours", "Days"), "count"),
    columns.CURRENCY,
    Column("base_minor", Phrase("Base", "Base"), "money"),
    Column("rate_percent", Phrase("Taux", "Rate"), "percent"),
    INTEREST,
    Column("article", Phrase("Fondement", "Legal basis"), is_prose=True),
)


def late_charges_report(
    book: Book, as_of: date, *, problems: pl.DataFrame, policy: Policy
) -> Report:
    """The charges of every invoice that is or was late on a day."""
    rows = late_charges(book, as_of, policy=policy)
    return Report(
        name="late-charges",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        columns=(
            columns.CUSTOMER, columns.NAME, columns.DOCUMENT, columns.DUE_DATE, columns.CURRENCY,
            columns.AMOUNT, columns.OPEN,
            Column("days_late", Phrase("Jours", "Days"), "count"),
            INTEREST, INDEMNITY,
        ),
        rows=rows,
        totals=columns.totals(
            rows, "amount_minor", "open_minor", "interest_minor", "indemnity_minor"
        ),
        notes=(*book.notes, *own_notes(book, as_of, rows=rows, policy=policy)),
        problems=problems,
    )  # fmt: skip


def segments_report(book: Book, as_of: date, *, problems: pl.DataFrame, policy: Policy) -> Report:
    """Each segment of each charge: which days, on which amount, at which rate, which article."""
    pieces = all_segments(book, as_of, policy=policy)
    items = book.items.select("customer", "document", "due_date", "currency", debt="item")
    rows = shown(pieces.join(items, on="debt")).sort("customer", "document", "from_date")
    return Report(
        name="late-charge-segments",
        title=Phrase("Le calcul, tranche par tranche", "The computation, segment by segment"),
        as_of=as_of,
        columns=(
            columns.CUSTOMER,
            columns.DOCUMENT,
            columns.DUE_DATE,
            *SEGMENT_COLUMNS,
            columns.VERIFIED,
        ),
        rows=rows,
        notes=book.notes,
        problems=problems,
    )


def shown(pieces: pl.DataFrame) -> pl.DataFrame:
    """Segments with their rate in percent, their interest to the cent and their article."""
    return pieces.with_columns(
        rate_percent=(pl.col("rate_ppm") / 10_000).round(4),
        interest_minor=rounded_half_up(pl.col("exact"), EXACT),
        article="reference",
    )


def own_notes(book: Book, as_of: date, *, rows: pl.DataFrame, policy: Policy) -> list[Phrase]:
    """What a reader of the charges must know: what is not in them, and what is doubtful."""
    notes = [CONSUMERS]
    unknown = rows.filter(pl.col("unknown_days") > 0).height
    if unknown:
        notes.append(UNKNOWN_DAYS.filled(count=unknown))
    if rows.filter(pl.col("kind") == "doubtful").height:
        notes.append(DOUBTFUL)
    lapsed = limitation(book, as_of).filter(pl.col("days_left") < 0).select("item")
    barred = columns.totals(
        rows.join(lapsed, on="item", how="semi"), "interest_minor", "indemnity_minor"
    )
    notes += [
        LAPSED.filled(amount=columns.amount_words(interest + fixed, currency))
        for currency, interest, fixed in barred.iter_rows()
    ]
    if policy.clause == "fixed":
        agreed = pl.col("rate_ppm") == policy.fixed_ppm
        pieces = all_segments(book, as_of, policy=policy).filter(agreed)
        under = below_floor(pieces, book.law.rates)["debt"].n_unique()
        notes += [UNDER_FLOOR.filled(count=under)] if under else []
    return notes


def charges_report(
    charges: Charges, as_of: date, *, currency: str, notes: tuple[Phrase, ...] = ()
) -> Report:
    """The computation of one debt, one row for each segment, so that it can be checked by hand."""
    pieces = charges.segments
    rows = shown(pieces.with_columns(currency=pl.lit(currency)))
    doubts = pieces.filter(~pl.col("verified"))
    told = [
        UNVERIFIED.filled(first=day_words(row["from_date"]), last=day_words(row["to_date"]))
        for row in doubts.iter_rows(named=True)
    ]
    return Report(
        name="charges",
        title=TITLE,
        as_of=as_of,
        rows_key="segments",
        columns=SEGMENT_COLUMNS,
        rows=rows,
        totals=rows.group_by("currency").agg(pl.col("days").sum()),
        figures=figures(charges, currency),
        notes=(*notes, *told),
    )


def figures(charges: Charges, currency: str) -> tuple[Figure, ...]:
    """The amounts of one debt, each with where it comes from."""
    amounts = (
        ("interest_minor", Phrase("Pénalités de retard", "Late-payment interest"),
         charges.interest_minor, FORMULA),
        ("interest_paid_minor", Phrase("dont déjà réglées", "of which already paid"),
         charges.interest_paid_minor, Phrase("Imputation des paiements", "Payments allocated")),
        ("interest_capitalised_minor", Phrase("dont capitalisées", "of which capitalised"),
         charges.capitalised_minor, same("C. civ. 1343-2")),
        ("interest_open_minor", Phrase("Pénalités restant dues", "Interest still due"),
         charges.interest_open_minor, Phrase("pénalités − réglées − capitalisées",
                                             "interest − paid − capitalised")),
        ("indemnity_minor", Phrase("Indemnité forfaitaire", "Fixed recovery indemnity"),
         charges.indemnity_minor, INDEMNITY_FORMULA),
        ("principal_open_minor", Phrase("Principal restant dû", "Principal still due"),
         charges.principal_open_minor, Phrase("principal − paiements imputés",
                                              "principal − payments allocated to it")),
        ("total_due_minor", Phrase("Total dû", "Total due"), charges.total_due_minor,
         Phrase("principal + pénalités restantes + indemnité",
                "principal + interest still due + indemnity")),
    )  # fmt: skip
    return tuple(
        Figure(name, label, value, "money", formula, currency)
        for name, label, value, formula in amounts
    )
