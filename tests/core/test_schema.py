"""Frames are checked at the door: columns, types, and a message that says what was found."""

from datetime import date

import polars as pl
import pytest
from tests.tables import items_frame

from quittance.core import schema
from quittance.core.schema import ITEMS, SchemaError, check_frame, checked, empty, shaped

SCHEMAS = {k: v for k, v in vars(schema).items() if k.isupper() and isinstance(v, dict)}


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_empty_frame_has_the_stated_columns(name: str) -> None:
    frame = empty(SCHEMAS[name])
    assert frame.is_empty()
    check_frame(frame, SCHEMAS[name], where=name)


@pytest.mark.parametrize("name", SCHEMAS)
def test_units_are_at_the_end_of_names(name: str) -> None:
    for column, dtype in SCHEMAS[name].items():
        if column.endswith("_minor"):
            assert dtype == pl.Int64, "money is a whole number of minor units"
        if column.endswith(("_date", "_from", "_until")) or column == "date":
            assert dtype == pl.Date
        assert dtype not in (pl.Float32, pl.Float64)


def test_shaped_selects_orders_and_casts() -> None:
    wanted = {"day": pl.Date, "amount_minor": pl.Int64}
    loose = pl.DataFrame({"amount_minor": [5], "more": ["x"], "day": [date(2026, 1, 1)]})
    loose = loose.cast({"amount_minor": pl.Int8})
    assert shaped(loose, wanted).schema == wanted


def test_a_missing_column_and_a_wrong_type_are_refused_by_name() -> None:
    items = items_frame("date        amount\n2026-01-31  10")
    with pytest.raises(SchemaError, match=r"here: the column 'due_date' is missing; found \["):
        check_frame(items.drop("due_date"), ITEMS, where="here")
    wrong = items.cast({"amount_minor": pl.Float64})
    with pytest.raises(SchemaError, match="'amount_minor' is Float64, expected Int64"):
        check_frame(wrong, ITEMS, where="here")


def test_a_checked_function_refuses_before_it_runs() -> None:
    @checked(items=ITEMS)
    def total(items: pl.DataFrame, *, plus: int = 0) -> int:
        """The sum."""
        return int(items["amount_minor"].sum()) + plus

    items = items_frame("date        amount\n2026-01-31  10")
    assert total(items) == 1000
    assert total(items=items, plus=1) == 1001
    assert total.__checked__ == ("items",)  # type: ignore[attr-defined]
    assert total.__doc__ == "The sum."
    with pytest.raises(SchemaError, match=r"total\(items\)"):
        total(items.drop("kind"))
