import polars as pl

from quittance.core.schema import ITEM_KINDS
from quittance.reports.columns import KINDS, main_currency, totals


def test_totals_never_mix_currencies() -> None:
    rows = pl.DataFrame({"currency": ["EUR", "USD", "EUR"], "amount_minor": [1, 10, 2]})
    assert totals(rows, "amount_minor").rows() == [("EUR", 3), ("USD", 10)]


def test_totals_of_nothing_are_no_rows() -> None:
    rows = pl.DataFrame(schema={"currency": pl.String, "amount_minor": pl.Int64})
    assert totals(rows, "amount_minor").is_empty()


def test_the_main_currency_is_the_euro_else_the_one_with_the_largest_sum() -> None:
    rows = pl.DataFrame({"currency": ["CHF", "USD", "EUR"], "amount_minor": [4, 10, 5]})
    assert main_currency(rows, "amount_minor") == "EUR"
    assert main_currency(rows.head(2), "amount_minor") == "USD"
    assert main_currency(rows.clear(), "amount_minor") == "EUR"


def test_every_kind_of_item_has_its_word() -> None:
    assert set(KINDS) == set(ITEM_KINDS)
