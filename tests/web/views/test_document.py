"""The screen of one invoice, one payment."""

from datetime import timedelta

import pytest
from tests.storage.opened import AT, imported, invoices
from tests.web.views.pages import owned, text

from quittance.storage.models import Company, LedgerItem
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
LIST = (
    "C1;Alpha;F-101;05/01/2026;04/02/2026;100,00",
    "C1;Alpha;F-102;06/01/2026;31/12/2026;250,50",
)
HEAD = "client;pièce;date de règlement;montant\n"
DAY = "as_of=2026-06-30"


def paid(*rows: str) -> tuple[str, bytes]:
    return "reglements.csv", (HEAD + "".join(f"{row}\n" for row in rows)).encode()


def number(document: str, *, paying: bool = False) -> int:
    sign = {"amount_minor__lt": 0} if paying else {"amount_minor__gt": 0}
    return LedgerItem.objects.get(document=document, reversed_at=None, **sign).pk


def test_an_invoice_says_what_it_is_and_where_it_comes_from() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST)])
    see_companies([company.pk])
    page = text(client, f"/c/lumiere/invoices/{number('F-101')}/?{DAY}")
    for said in ("F-101", "Alpha", "100,00 €", "146 jours de retard", "factures.csv", "ligne 2"):
        assert said in page, said
    assert "04/02/2031" in page  # five years from the due date
    assert "Fondement" in page  # the segments of its interest


def test_an_invoice_shows_what_settled_it_and_its_group() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST), paid("C1;F-101;10/03/2026;60,00")])
    see_companies([company.pk])
    page = text(client, f"/c/lumiere/invoices/{number('F-101')}/?{DAY}")
    assert "10/03/2026" in page
    assert "les livres" in page
    assert "40,00 €" in page
    payment = text(client, f"/c/lumiere/payments/{number('F-101', paying=True)}/?{DAY}")
    assert "Factures réglées" in payment


def test_an_invoice_leads_to_the_address_of_what_it_is() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST)])
    see_companies([company.pk])
    one = number("F-101")
    answer = client.get(f"/c/lumiere/payments/{one}/?{DAY}")
    assert answer.headers["Location"] == f"/c/lumiere/invoices/{one}/?{DAY}"
    for nobody in (one + 10**6, 10**30, 0):
        assert client.get(f"/c/lumiere/invoices/{nobody}/").status_code == 404


def test_a_corrected_invoice_tells_what_it_was() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST)])
    see_companies([company.pk])
    old = number("F-101")
    corrected = invoices("C1;Alpha;F-101;05/01/2026;04/02/2026;90,00", name="corrigees.csv")
    imported(company, [corrected], at=AT + timedelta(days=1))
    see_companies([company.pk])
    page = text(client, f"/c/lumiere/invoices/{number('F-101')}/?{DAY}")
    assert "<del>100,00 €</del> → <ins>90,00 €</ins>" in page
    assert "corrigees.csv" in page
    moved = client.get(f"/c/lumiere/invoices/{old}/")
    assert moved.headers["Location"] == f"/c/lumiere/invoices/{number('F-101')}/"


def test_an_invoice_in_instalments_shows_each_and_leads_to_one_page() -> None:
    client, company = owned()
    terms = ("clients.csv", b"client;conditions\nC1;30% 30 + 70% 60\n")
    imported(company, [terms, invoices("C1;Alpha;F-103;01/03/2026;;1000,00")])
    see_companies([company.pk])
    one = number("F-103")
    page = text(client, f"/c/lumiere/invoices/{one}/?{DAY}")
    assert "300,00" in page
    assert "700,00" in page
    from quittance.storage.book import load_books

    second = load_books([Company.objects.get(pk=company.pk)]).book.items["item"].max()
    assert second != one
    moved = client.get(f"/c/lumiere/invoices/{second}/")
    assert moved.headers["Location"] == f"/c/lumiere/invoices/{one}/"


def test_before_it_was_there_the_page_says_so() -> None:
    client, company = owned()
    imported(company, [invoices(*LIST)])
    see_companies([company.pk])
    page = text(client, f"/c/lumiere/invoices/{number('F-101')}/?as_of=2025-06-30")
    assert "Les livres n'ont pas ce poste" in page
