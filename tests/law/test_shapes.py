"""Every file, every list and every row of law is covered by a shape and complete under it."""

from importlib.resources import files

import pytest

from quittance.law.files import LINE, document_of, rows_of
from quittance.law.shapes import SHAPES, SOURCED, Shape

ROW_COUNTS = {
    ("eu/ecb_refinancing_rate.yaml", "rows"): 41,
    ("fr/legal_interest.yaml", "rows"): 31,
    ("fr/late_payment.yaml", "margins"): 6,
    ("fr/late_payment.yaml", "amounts"): 3,
    ("fr/payment_term_ceilings.yaml", "rows"): 21,
    ("fr/payment_term_ceilings.yaml", "remarks"): 1,
    ("fr/limitation_periods.yaml", "rows"): 20,
    ("fr/limitation_periods.yaml", "remarks"): 4,
    ("fr/public_holidays.yaml", "rows"): 20,
    ("fr/chart_of_accounts.yaml", "rows"): 57,
    ("eu/late_payment.yaml", "rows"): 29,
}


def label(shape: Shape) -> str:
    return f"{shape.file}:{shape.rows}"


@pytest.mark.parametrize("shape", SHAPES, ids=label)
def test_every_row_is_complete_and_sourced(shape: Shape) -> None:
    rows = rows_of(shape)
    assert len(rows) >= ROW_COUNTS[shape.file, shape.rows]
    required = {*shape.fields, *shape.common, *SOURCED}
    for row in rows:
        assert required <= {name for name, value in row.items() if value is not None}, row
        assert row["verified"] == (row["grade"] != "C")
        assert row["link"].startswith("https://")


def test_every_list_of_every_file_has_a_shape() -> None:
    root = files("quittance.law")
    found = {
        (f"{folder}/{entry.name}", name)
        for folder in ("eu", "fr")
        for entry in root.joinpath(folder).iterdir()
        if entry.name.endswith(".yaml")
        for name, value in document_of(f"{folder}/{entry.name}").items()
        if isinstance(value, list)
    }
    assert found == {(shape.file, shape.rows) for shape in SHAPES} == set(ROW_COUNTS)


def test_no_field_is_called_like_the_line() -> None:
    assert all(LINE not in shape.fields for shape in SHAPES)
