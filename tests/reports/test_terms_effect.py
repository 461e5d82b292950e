"""What other terms would change."""

from dataclasses import replace
from datetime import date

import polars as pl
from tests.tables import book

from quittance.reports.terms_effect import terms_effect

BEFORE = book(
    """
    item  document  kind     date        due         amount
    1     F1        invoice  2026-01-05  2026-02-04  1000.00
    2     F2        invoice  2026-01-06  2026-02-05  500.00
    3     F3        invoice  2026-05-01  2026-07-31  200.00
    4     V1        payment  2026-01-31  2026-01-31  -10.00
    """
)
LATER = pl.when(pl.col("document") == "F1").then(date(2026, 12, 31)).otherwise("due_date")
AFTER = replace(BEFORE, items=BEFORE.items.with_columns(due_date=LATER))
DAY = date(2026, 6, 30)


def test_invoices_that_move_are_counted_and_amounts_stand_side_by_side() -> None:
    found = terms_effect(BEFORE, AFTER, as_of=DAY, currency="EUR")
    assert (found.moved, found.currency, found.overdue) == (1, "EUR", (150_000, 50_000))
    assert found.charges[0] > found.charges[1] > 0
    said = found.sentence.fr.replace("\xa0", " ").replace("\u202f", " ")
    assert said.startswith(
        "1 facture(s) changeraient d'échéance. Échu au 30/06/2026 : 1 500,00 € → 500,00 €."
    )


def test_what_moves_nothing_counts_nothing() -> None:
    found = terms_effect(BEFORE, BEFORE, as_of=DAY, currency="EUR")
    assert (found.moved, found.overdue[0] - found.overdue[1]) == (0, 0)


def test_an_invoice_cut_into_instalments_counts_once() -> None:
    half = BEFORE.items.filter(pl.col("document") == "F1").with_columns(
        amount_minor=pl.col("amount_minor") // 2
    )
    whole = BEFORE.items.filter(pl.col("document") != "F1")
    cut = pl.concat([whole, half, half.with_columns(item=pl.lit(99, dtype=pl.Int64))])
    found = terms_effect(BEFORE, replace(BEFORE, items=cut), as_of=DAY, currency="EUR")
    assert found.moved == 1
