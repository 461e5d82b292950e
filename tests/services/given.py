"""A company with customers and invoices in its books, for the tests of what is done with them."""

from datetime import UTC, datetime

from tests.services.people import opened
from tests.storage.opened import imported, invoices

from quittance.storage.models import Company, Customer
from quittance.storage.scope import see_companies

AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
LATER = datetime(2026, 10, 2, 9, tzinfo=UTC)
BOOKS = (
    "C1;Élan Événements;F1;05/01/2026;04/02/2026;100,00",
    "C2;Boulangerie Martin;F2;06/01/2026;05/02/2026;200,00",
    "C3;Ville de Villeurbanne;F3;07/01/2026;06/02/2026;300,00",
)


def company_with_books(slug: str = "essai", *rows: str) -> Company:
    """A company whose books hold these invoices, by default one of each of three customers."""
    one = opened(slug)
    see_companies([one.pk])
    imported(one, [invoices(*(rows or BOOKS))])
    return one


def customer(code: str, company: Company) -> Customer:
    """A customer of a company, as it is now."""
    return Customer.objects.get(company=company, code=code)
