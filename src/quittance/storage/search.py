"""What the search of everything finds: customers, their contacts, documents and amounts.

It works in memory, on the books that the user may see. PostgreSQL would not use an index of
triples of letters behind row-level security (its operators are not leak-proof) and would compare
every row: forty times slower. See docs/algorithms/search.md.
"""

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection

from quittance.core.money import minor_digits
from quittance.core.schema import Schema
from quittance.core.search import SearchIndex, best_matches, search_index
from quittance.storage.book import Books
from quittance.storage.frames import frame_of
from quittance.storage.people import searchable

CONTACTS: Schema = {
    "customer_id": pl.Int64,
    "contact": pl.String,
    "role": pl.String,
    "email": pl.String,
    "phone": pl.String,
}
CONTACT_QUERY = """SELECT customer_id, name AS contact, role, email, phone FROM contact
  WHERE company_id = ANY(%s) ORDER BY id"""
STATE_QUERY = """SELECT count(*), coalesce(sum(version), 0), coalesce(max(id), 0) FROM contact
  WHERE company_id = ANY(%s)"""
CODE_QUERY = """SELECT d.customer_id, a.matching_code, max(a.date) AS date, min(a.debit_id) AS item
  FROM allocation a JOIN ledger_item d ON d.id = a.debit_id
  WHERE a.company_id = ANY(%s) AND a.matching_code = ANY(%s) AND a.reversed_at IS NULL
  GROUP BY d.customer_id, a.matching_code, extract(year FROM a.date)
  ORDER BY date DESC, item DESC"""
CODES: Schema = {
    "customer_id": pl.Int64, "matching_code": pl.String, "date": pl.Date, "item": pl.Int64,
}  # fmt: skip
LONGEST_CODE = 20
SHORTEST_NUMBER = 3  # characters of the number of a document


@dataclass(frozen=True)
class ContactIndex:
    """The contacts of the customers in view, as they were when it was made."""

    state: tuple[Any, ...]
    contacts: pl.DataFrame
    index: SearchIndex


def customers_found(books: Books, text: str, *, largest: int) -> pl.DataFrame:
    """The customers of some books that a text finds, best first: rows of `books.people`."""
    index = books.once("search", lambda: search_index(books.people.select(text="search_text")))
    found = best_matches(index, searchable(text), largest=largest)
    return books.people[found["row"]].with_columns(found["closeness"])


def contacts_found(books: Books, text: str, *, largest: int) -> pl.DataFrame:
    """The contacts that a text finds, best first, each with its customer."""
    kept = contacts_of(books)
    found = best_matches(kept.index, searchable(text), largest=largest)
    people = books.people.select("customer_id", "customer", "name", "company_id", "company")
    return kept.contacts[found["row"]].join(people, on="customer_id", maintain_order="left")


def contacts_of(books: Books) -> ContactIndex:
    """The contacts of the books' customers; read again when one was added, changed or removed."""
    companies = books.people["company_id"].unique().sort().to_list()
    with connection.cursor() as cursor:
        cursor.execute(STATE_QUERY, [companies])
        state = tuple(cursor.fetchone())
    kept = books.results.get("contacts")
    if isinstance(kept, ContactIndex) and kept.state == state:
        return kept
    rows = frame_of(CONTACT_QUERY, [companies], schema=CONTACTS).join(
        books.people.select("customer_id"), on="customer_id", how="semi", maintain_order="left"
    )
    words = rows.select("contact", "role", "email", "phone").iter_rows()
    texts = [contact_text(name, role, email=mail, phone=call) for name, role, mail, call in words]
    index = search_index(pl.DataFrame({"text": texts}, schema={"text": pl.String}))
    books.results["contacts"] = ContactIndex(state, rows, index)
    return ContactIndex(state, rows, index)


def contact_text(name: str, role: str, *, email: str, phone: str) -> str:
    """What a contact is found by; a telephone as it is dialled at home and from abroad.

    >>> contact_text("Zoé Martin", "", email="zoe@exemple.fr", phone="+33123456789;ext=12")
    'zoe martin zoe exemple fr 33123456789 0123456789'
    """
    line = phone.partition(";")[0]  # without the extension
    figures = "".join(one for one in line if one.isdigit())
    home = f"0{figures[2:]}" if line.startswith("+33") else ""
    return searchable(name, role, email, figures, home)


def documents_found(books: Books, text: str, *, largest: int) -> pl.DataFrame:
    """The documents whose number holds a text: the same, ending so, beginning so, newest first.

    Where none does, those with the same number but for its zeros: `FA26-0534` for FA26-00534.

    Rows are those of `Book.items`, with `customer_id`, `name`, `company_id` and `company`.
    """
    number = searchable(text).replace(" ", "")
    if len(number) < SHORTEST_NUMBER or not any(one.isdigit() for one in number):
        return with_customers(books.book.items.clear(), books)
    kept = books.once("documents", lambda: numbers_of(books.book.items))
    found = kept.filter(pl.col("number").str.contains(number, literal=True))
    if found.is_empty():
        found = kept.filter(pl.col("number").str.replace_all("0", "") == number.replace("0", ""))
    is_same, ends = pl.col("number") == number, pl.col("number").str.ends_with(number)
    begins, is_owed = pl.col("number").str.starts_with(number), pl.col("is_owed")
    best = found.sort(is_same, ends, begins, is_owed, "row", descending=True).head(largest)
    return with_customers(books.book.items[best["row"]], books)


def numbers_of(items: pl.DataFrame) -> pl.DataFrame:
    """The numbers of all documents in small letters and figures alone, oldest document first."""
    bare = pl.col("document").str.to_lowercase().str.replace_all("[^0-9a-z]+", "")
    return (
        items.with_row_index("row")
        .select("row", number=bare, date="date", is_owed=pl.col("amount_minor") > 0)
        .filter(pl.col("number") != "")
        .sort("date", maintain_order=True)
        .drop("date")
    )


def codes_found(books: Books, text: str, *, largest: int) -> pl.DataFrame:
    """What the books settle under a matching code of theirs, the newest first, by customer.

    `item` is a debit of the group.
    """
    companies = books.people["company_id"].unique().sort().to_list()
    code = text.strip()
    is_one = code.isalnum() and len(code) <= LONGEST_CODE
    spelt = [code, code.upper(), code.lower()] if is_one else []
    rows = frame_of(CODE_QUERY, [companies, spelt], schema=CODES)
    people = books.people.select("customer", "customer_id", "name", "company_id", "company")
    return rows.join(people, on="customer_id", maintain_order="left").head(largest)


def amounts_found(books: Books, amount_thousandths: int, *, largest: int) -> pl.DataFrame:
    """The items of an amount, whatever their sign, newest first; rows as in `documents_found`."""
    items = books.book.items
    codes = books.once("currencies", lambda: items["currency"].unique().sort().to_list())
    size = pl.col("amount_minor").abs()
    is_asked = [
        (pl.col("currency") == code) & (size == minor)
        for code in codes
        if (minor := amount_thousandths * 10 ** minor_digits(code) // 1000)
    ]
    asked = items.filter(pl.any_horizontal(is_asked)) if is_asked else items.clear()
    return with_customers(asked.sort("date", "item", descending=True).head(largest), books)


def with_customers(items: pl.DataFrame, books: Books) -> pl.DataFrame:
    """Items with who owes them."""
    people = books.people.select("customer", "customer_id", "name", "company_id", "company")
    return items.join(people, on="customer", how="left", maintain_order="left")
