"""The books of one customer, now and as the record knew them."""

from datetime import UTC, datetime

import polars as pl
import pytest
from tests.services.given import AT, LATER, company_with_books, customer
from tests.services.people import BY
from tests.storage.opened import imported, invoices

from quittance.services.customers import change_customer
from quittance.storage.book import load_books
from quittance.storage.customer_books import books_known, books_of_customer

pytestmark = pytest.mark.usefixtures("db")


def test_one_customer_alone() -> None:
    company = company_with_books()
    book = books_of_customer(load_books([company]), "C1")
    assert book.items["document"].to_list() == ["F1"]
    assert book.customers["customer"].to_list() == ["C1"]


def test_what_was_known_before_a_correction_is_told_as_it_was() -> None:
    company = company_with_books()
    imported(
        company, [invoices("C1;Élan;F1;05/01/2026;04/02/2026;120,00",
                           "C1;Élan;F7;05/03/2026;;9,00", name="b.csv")], at=LATER,
    )  # fmt: skip
    one = customer("C1", company)
    before, largest = books_known(one, AT)
    assert dict(before.items.select("document", "amount_minor").iter_rows()) == {"F1": 10_000}
    after, _ = books_known(one, LATER)
    assert dict(after.items.select("document", "amount_minor").iter_rows()) == {
        "F1": 12_000, "F7": 900,
    }  # fmt: skip
    assert largest == before.items["item"].max()
    now = books_of_customer(load_books([company]), "C1")
    same = pl.col("item", "document", "due_date", "amount_minor")
    assert after.items.select(same).sort("item").equals(now.items.select(same).sort("item"))


def test_nothing_was_known_before_the_first_import() -> None:
    company = company_with_books()
    book, largest = books_known(customer("C1", company), datetime(2020, 1, 1, tzinfo=UTC))
    assert book.items.is_empty()
    assert largest == 0


def test_due_dates_follow_the_terms_of_today() -> None:
    company = company_with_books("essai", "C1;Élan;F1;05/01/2026;;100,00")
    one = customer("C1", company)
    change_customer(company.pk, one.pk, changes={"terms": "60"}, version=1, by=BY, at=LATER)
    book, _ = books_known(customer("C1", company), AT)
    assert str(book.items["due_date"][0]) == "2026-03-06"
