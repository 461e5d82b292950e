import pytest
from tests.storage.opened import imported, invoices
from tests.web.views.pages import owned, text

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


def test_a_number_or_a_name_finds_its_invoice_in_large_books(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from quittance.web.views import documents

    monkeypatch.setattr(documents, "LARGE", 0)
    client, company = owned()
    imported(company, [invoices(*LIST)])
    assert "F-101" not in text(client, f"/c/lumiere/invoices/?q=F-102&{DAY}")
    assert "F-102" in text(client, f"/c/lumiere/invoices/?q=beta&{DAY}")


def test_payments_and_what_they_settled() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST), PAID])
    assert "F-101" in text(client, f"/c/lumiere/payments/?{DAY}")
    assert "Aucun règlement" in text(client, f"/c/lumiere/payments/?state=unallocated&{DAY}")
    settled = text(client, f"/c/lumiere/invoices/?state=settled&{DAY}")
    assert "10/03/2026" in settled
    answer = client.get(f"/c/lumiere/payments/?format=csv&{DAY}")
    assert "100,00" in answer.content.decode()
