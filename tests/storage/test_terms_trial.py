"""Books tried with other terms."""

from datetime import date

import pytest
from tests.services.given import company_with_books, customer

from quittance.storage.book import load_books
from quittance.storage.terms_trial import books_with_terms

pytestmark = pytest.mark.usefixtures("db")


def test_due_dates_that_no_file_states_move_and_nothing_is_written() -> None:
    company = company_with_books(
        "essai", "C1;Élan;F1;05/01/2026;;100,00", "C1;Élan;F2;05/01/2026;01/02/2026;100,00",
        "C2;Autre;F3;05/01/2026;;100,00",
    )  # fmt: skip
    before, after = books_with_terms(company, {"C1": "60"})
    assert due(before) == {"F1": date(2026, 2, 4), "F2": date(2026, 2, 1)}
    assert due(after) == {"F1": date(2026, 3, 6), "F2": date(2026, 2, 1)}
    assert customer("C1", company).terms == ""
    assert due(load_books([company]).book)["F1"] == date(2026, 2, 4)


def due(book: object) -> dict[str, date]:
    rows = book.items.select("document", "due_date")  # type: ignore[attr-defined]
    return dict(rows.iter_rows())
