"""What the texts of options mean."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import typer

from quittance.cli import options as opt


@pytest.mark.parametrize("text", ["2026-07-02", "02/07/2026", "20260702"])
def test_a_day_is_written_in_iso_or_in_french(text: str) -> None:
    assert opt.day(text) == date(2026, 7, 2)


@pytest.mark.parametrize("text", ["", "hier", "2026-13-01", "31/02/2026", "2026/07/02", "7/2026"])
def test_other_texts_are_no_day(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="AAAA-MM-JJ"):
        opt.day(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("10000", "10000"),
        ("1234.56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("0", "0"),
        ("999999999999,99", "999999999999.99"),
    ],
)
def test_an_amount_is_written_with_a_point_or_a_comma(text: str, amount: str) -> None:
    assert opt.amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dix",
        "-1",
        "NaN",
        "Infinity",
        "1000000000001",
        "1e3",
        "1.2.3",
        "10.000",
        "10,000",
        "1.234",
    ],
)
def test_other_texts_are_no_amount(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        opt.amount(text)


def test_an_amount_has_the_decimals_of_its_currency() -> None:
    assert opt.amount("1.234", 3) == Decimal("1.234")
    with pytest.raises(typer.BadParameter):
        opt.amount("10.5", 0)


@pytest.mark.parametrize("text", ["9999-12-31", "1899-12-31"])
def test_a_day_beyond_reason_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="1900"):
        opt.day(text)


@pytest.mark.parametrize(("text", "code"), [("eur", "EUR"), (" jpy ", "JPY")])
def test_a_currency_is_three_letters(text: str, code: str) -> None:
    assert opt.currency(text) == code
    for wrong in ("", "ABCD", "E1R", "€"):
        with pytest.raises(typer.BadParameter):
            opt.currency(wrong)


def test_a_payment_is_a_day_and_an_amount() -> None:
    assert opt.payment("2026-07-01:4000") == (date(2026, 7, 1), Decimal(4000))
    assert opt.payment("01/07/2026:4000,50") == (date(2026, 7, 1), Decimal("4000.50"))
    for text in ("2026-07-01", "2026-07-01:", ":10", "10:2026-07-01"):
        with pytest.raises(typer.BadParameter):
            opt.payment(text)


def test_bucket_edges_are_positive_and_increase() -> None:
    assert opt.edges("30,60,90") == (30, 60, 90)
    assert opt.edges("15") == (15,)
    assert opt.edges(" 10 , 20 ") == (10, 20)
    for text in ("", "0,30", "30,30", "60,30", "30,x", "-1", "30,"):
        with pytest.raises(typer.BadParameter, match="30,60,90"):
            opt.edges(text)


def test_declared_columns_are_fields_and_headings() -> None:
    assert opt.declared(["amount=Total TTC", " name = Nom "]) == {
        "amount": "Total TTC",
        "name": "Nom",
    }
    assert opt.declared(["amount=a=b"]) == {"amount": "a=b"}
    assert opt.declared([]) == {}
    for texts in (["amount"], ["amount="], ["ok=a", "no"]):
        with pytest.raises(typer.BadParameter, match="CHAMP=COLONNE"):
            opt.declared(texts)


def test_a_request_on_books_holds_values_and_not_texts() -> None:
    """A wrong day is refused before any file is read."""
    request = opt.books_request([Path("a.txt")], as_of="2026-07-02", columns=["amount=Total"])
    assert request.as_of == date(2026, 7, 2)
    assert request.known_on is None
    assert request.declared == {"amount": "Total"}
    with pytest.raises(typer.BadParameter):
        opt.books_request([Path("a.txt")], known_on="x")
