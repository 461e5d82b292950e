"""Amounts typed into a form: read in one way, or refused."""

import pytest

from quittance.web.amounts import minor_of


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("100", "EUR", 10_000),
        ("100,5", "EUR", 10_050),
        ("1\u202f234,50", "EUR", 123_450),
        ("1,234.50", "EUR", 123_450),
        ("1.234,50", "EUR", 123_450),
        (" 7.00 ", "EUR", 700),
        ("1000", "JPY", 1000),
        ("1,234", "BHD", 1234),
        ("", "EUR", 0),
        ("0", "EUR", 0),
        ("1,234", "EUR", None),
        ("1.5", "JPY", None),
        ("-5", "EUR", None),
        ("cent", "EUR", None),
        ("5€", "EUR", None),
        ("9999999999999", "EUR", None),
    ],
)
def test_an_amount_is_read_in_one_way_or_refused(
    text: str, currency: str, expected: int | None
) -> None:
    assert minor_of(text, currency) == expected
