import pytest
from tests.storage.opened import imported, invoices
from tests.web.views.pages import owned, text

from quittance.storage.models import Customer
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
LIST = (
    "C1;Alpha;F-101;05/01/2026;04/02/2026;100,00",
    "C2;Beta;F-102;06/01/2026;31/12/2026;250,50",
)
PAID = (
    "reglements.csv",
    "client;facture;date de règlement;montant\nC1;F-101;10/03/2026;100,00\n".encode(),
)
DAY = "as_of=2026-06-30"


def test_invoices_by_what_became_of_them() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST)])
    page = text(client, f"/c/lumiere/invoices/?{DAY}")
    assert "F-101" in page
    assert "F-102" in page
    overdue = text(client, f"/c/lumiere/invoices/?state=overdue&{DAY}")
    assert "F-101" in overdue
    assert "F-102" not in overdue
    assert "F-101" not in text(client, "/c/lumiere/invoices/?as_of=2025-12-31&state=all")


def test_a_number_a_name_or_an_amount_finds_its_invoice() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST)])
    for words in ("F-102", "f 102", "beta", "Bêta F-102", "250,50"):
        page = text(client, f"/c/lumiere/invoices/?q={words}&{DAY}")
        assert "F-102" in page, words
        assert "F-101" not in page, words


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("due_from=2026-02-05", {"F-102"}),
        ("due_until=2026-02-04", {"F-101"}),
        ("amount_min=100", {"F-101", "F-102"}),
        ("amount_min=100,01", {"F-102"}),
        ("amount_max=250.49", {"F-101"}),
        ("due_from=yesterday&amount_min=much&customer=x", {"F-101", "F-102"}),
        ("customer=999999", set()),
    ],
)
def test_a_list_is_narrowed_by_due_date_amount_and_customer(asked: str, found: set[str]) -> None:
    client, company = owned()
    imported(company, [invoices(*LIST)])
    page = text(client, f"/c/lumiere/invoices/?{asked}&{DAY}")
    assert {one for one in ("F-101", "F-102") if f">{one}</a>" in page} == found


def test_a_filter_says_itself_and_how_to_stop_it() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST)])
    see_companies([company.pk])
    one = Customer.objects.get(code="C2")
    page = text(client, f"/c/lumiere/invoices/?customer={one.pk}&due_from=2026-01-01&{DAY}")
    assert "client Beta" in page
    assert "échéance dès le 01/01/2026" in page
    assert ">F-101</a>" not in page
    files = client.get(f"/c/lumiere/invoices/?customer={one.pk}&format=csv&{DAY}")
    assert "F-101" not in files.content.decode()


def test_payments_and_what_they_settled() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST), PAID])
    assert "F-101" in text(client, f"/c/lumiere/payments/?{DAY}")
    assert "Aucun règlement" in text(client, f"/c/lumiere/payments/?state=unallocated&{DAY}")
    settled = text(client, f"/c/lumiere/invoices/?state=settled&{DAY}")
    assert "10/03/2026" in settled
    answer = client.get(f"/c/lumiere/payments/?format=csv&{DAY}")
    assert "100,00" in answer.content.decode()
