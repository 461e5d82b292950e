"""The fields of a list in their types, and the rows that cannot be read."""

from datetime import date

import polars as pl
import pytest

from quittance.core.problems import sentences, set_aside
from quittance.readers import tabular
from quittance.readers.reader import Reading, Source
from quittance.readers.tabular_values import decimal_mark


def read(text: str, **declared: str) -> Reading:
    reading = tabular.read(Source("a.csv", text.encode()), declared)
    assert reading.rows.height + set_aside(reading.problems) == reading.lines
    return reading


def invoices(*cells: str, heading: str = "Client;Facture;Date;Montant") -> Reading:
    return read("\n".join([heading, *cells]))


def amounts(*written: str) -> list[int | None]:
    return invoices(*(f"C1;F1;31/01/2025;{one}" for one in written)).rows["amount_minor"].to_list()


def days(*written: str) -> list[str]:
    found = invoices(*(f"C1;F1;{one};1" for one in written)).rows["issue_date"]
    return [day.isoformat() for day in found]


# Amounts


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        (["1 200,00", "12,5"], [120000, 1250]),
        (["1.200,00", "12,50"], [120000, 1250]),
        (["1,200.00", "12.5"], [120000, 1250]),
        (["1200.00", "1,200"], [120000, 120000]),
        (["1,200", "12"], [120000, 1200]),  # English thousands, no decimals at all
        (["1.200", "12"], [120000, 1200]),  # French thousands
        (["12,00 €", "12,00 EUR", "-12,00", "(12,00)"], [1200, 1200, -1200, -1200]),
        (["$12.00", "£1,000.00"], [1200, 100000]),
    ],
)
def test_french_and_english_numbers_are_told_apart(written: list[str], minor: list[int]) -> None:
    assert amounts(*written) == minor


def test_the_decimal_mark_is_that_of_most_amounts() -> None:
    assert decimal_mark(pl.Series(["1,50", "2,50", "3.5"])) == ","
    assert decimal_mark(pl.Series(["1.50", "2.50", "3,5"])) == "."
    assert decimal_mark(pl.Series([], dtype=pl.String)) == ","


def test_an_amount_in_cents_is_taken_as_it_is() -> None:
    reading = invoices("C1;F1;31/01/2025;1250", heading="Client;Facture;Date;amount_cents")
    assert reading.rows["amount_minor"].to_list() == [1250]


@pytest.mark.parametrize(
    ("currency", "written", "minor"),
    [
        ("EUR", "1000", 100000),
        ("", "1000", 100000),
        ("€", "1000", 100000),
        ("eur", "1000", 100000),
        ("JPY", "1000", 1000),
        ("KWD", "1000", 1000000),
        ("USD", "10,5", 1050),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(
    currency: str, written: str, minor: int
) -> None:
    reading = invoices(
        f"C1;F1;31/01/2025;{written};{currency}", heading="Client;Facture;Date;Montant;Devise"
    )
    expected = "EUR" if currency in ("", "€", "eur") else currency
    assert reading.rows.select("amount_minor", "currency").rows() == [(minor, expected)]


def test_an_unreadable_amount_is_told_and_never_zero() -> None:
    reading = invoices("C1;F1;31/01/2025;12,00", "C1;F2;31/01/2025;douze", "C1;F3;31/01/2025;1e15")
    assert reading.rows["document"].to_list() == ["F1"]
    assert sentences(reading.problems, "en") == [
        "a.csv:3: Montant unreadable: 'douze'. An amount is digits with at most its currency's "
        "decimals, below a thousand billion. The line is left out; mend it and read the file "
        "again.",
        "a.csv:4: Montant unreadable: '1e15'. An amount is digits with at most its currency's "
        "decimals, below a thousand billion. The line is left out; mend it and read the file "
        "again.",
    ]


# Dates


@pytest.mark.parametrize(
    "written", ["31/01/2025", "2025-01-31", "20250131", "31-01-2025", "31.01.2025", "31/01/25",
                "2025/01/31", "2025-01-31 00:00:00", "31/01/2025 10:30"],
)  # fmt: skip
def test_a_date_is_read_in_the_usual_forms(written: str) -> None:
    assert days(written) == ["2025-01-31"]


def test_an_american_list_is_recognised_by_its_days_after_the_12th() -> None:
    assert days("1/15/2025", "2/1/2025") == ["2025-01-15", "2025-02-01"]


def test_where_nothing_tells_the_day_comes_first_and_the_list_says_so() -> None:
    reading = invoices("C1;F1;01/02/2025;1", "C1;F2;03/04/2025;1")
    assert reading.rows["issue_date"].to_list() == [date(2025, 2, 1), date(2025, 4, 3)]
    assert sentences(reading.problems, "en") == [
        "a.csv: Date: no day after the 12th, '01/02/2025' is read as day/month. A date in figures "
        "can be read in both orders. If the month comes first, export the dates as YYYY-MM-DD."
    ]


def test_the_other_dates_of_a_list_settle_a_column_that_could_be_either() -> None:
    """Due dates that all fall on the 1st follow the order that the invoice dates show."""
    reading = invoices(
        "C1;F1;1/15/2025;2/1/2025;10",
        "C1;F2;2/20/2025;4/1/2025;10",
        heading="Client;Facture;Date;Échéance;Montant",
    )
    assert reading.rows["due_date"].to_list() == [date(2025, 2, 1), date(2025, 4, 1)]
    assert reading.problems.is_empty()


def test_each_column_that_could_be_either_is_told() -> None:
    reading = invoices(
        "C1;F1;01/02/2025;03/02/2025;10", heading="Client;Facture;Date;Échéance;Montant"
    )
    assert reading.problems["code"].to_list() == ["list-day-first", "list-day-first"]


def test_a_day_that_does_not_exist_is_told() -> None:
    reading = invoices("C1;F1;31/01/2025;1", "C1;F2;31/02/2025;1")
    assert reading.rows["document"].to_list() == ["F1"]
    assert sentences(reading.problems, "fr") == [
        "a.csv:3: Date illisible : « 31/02/2025 ». Une date existe au calendrier et s'écrit comme "
        "les autres de sa colonne : 31/01/2025. La ligne n'est pas comptée ; corrigez-la et "
        "relisez le fichier."
    ]


# What a row cannot do without


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (";F1;31/01/2025;1", "Client missing"),
        ("C1;F1;;1", "Date missing"),
        ("C1;F1;31/01/2025;", "Montant missing"),
    ],
)
def test_a_row_without_customer_date_or_amount_is_told(row: str, told: str) -> None:
    reading = invoices("C1;F0;31/01/2025;1", row)
    assert reading.rows["document"].to_list() == ["F0"]
    assert told in sentences(reading.problems, "en")[0]


def test_a_name_stands_for_the_code_where_there_is_none() -> None:
    reading = invoices("Morel;F1;31/01/2025;1", heading="Nom;Facture;Date;Montant")
    assert reading.rows.select("customer", "name").rows() == [("Morel", "Morel")]


def test_a_row_with_several_faults_is_set_aside_once() -> None:
    reading = invoices("C1;F0;31/01/2025;1", ";F1;31/02/2025;abc")
    assert set_aside(reading.problems) == 1


def test_payments_need_a_date_and_an_amount() -> None:
    reading = read("Facture;Date de règlement;Montant\nF1;31/01/2025;10\nF2;;10\nF3;31/01/2025;\n")
    assert reading.rows["document"].to_list() == ["F1"]
    assert set_aside(reading.problems) == 2


def test_a_payment_without_a_currency_is_in_its_invoices() -> None:
    reading = read("Facture;Date de règlement;Montant\nF1;31/01/2025;10\n")
    assert reading.rows["currency"].to_list() == [None]


def test_customers_have_terms_and_a_kind() -> None:
    reading = read("client;nom;conditions;type\nC1;Morel;45 EOM;public\n")
    assert reading.rows.select("customer", "terms", "customer_kind").rows() == [
        ("C1", "45 EOM", "public")
    ]


def test_terms_that_cannot_be_read_are_told_and_everybodys_apply() -> None:
    reading = read("client;conditions\nC1;45 EOM\nC2;quand il peut\nC3;\n")
    assert reading.rows.select("customer", "terms").rows() == [
        ("C1", "45 EOM"),
        ("C2", None),
        ("C3", None),
    ]
    assert sentences(reading.problems, "en") == [
        "a.csv:3: unreadable terms: 'quand il peut'. Terms are written 30, 45 EOM, EOM 45, "
        "30 EOM 10 or 30% 15 + 70% 45. Everybody's terms apply to this customer; mend the line."
    ]
