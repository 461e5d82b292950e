"""The books as they would be if some customers had other terms: nothing is written."""

from collections.abc import Mapping

import polars as pl

from quittance.core.book import Book, of_customers
from quittance.storage.book import load_books, put_together
from quittance.storage.models import Company


def books_with_terms(company: Company, terms: Mapping[str, str]) -> tuple[Book, Book]:
    """The books of some customers as they are, and as they would be with other terms, by code."""
    books = load_books([company])
    if books.origin is None:
        raise ValueError("the books of one company have an origin")
    codes = sorted(terms)
    told = pl.col("customer").replace_strict(dict(terms), default=None, return_dtype=pl.String)
    customers = books.origin.customers.with_columns(pl.coalesce(told, "terms").alias("terms"))
    tried = put_together(books.origin._replace(customers=customers), books.people)
    return of_customers(books.book, codes), of_customers(tried, codes)
