"""A payment is allocated by hand, undone, put back; a later import does not undo it."""

import re

import pytest
from django.test import Client
from tests.storage.opened import imported, invoices
from tests.web.stories.acts import HOME, applied, figure, given, pressed
from tests.web.views.pages import owned, text
from tests.web.views.test_document import number, paid

from quittance.storage.models import Company, Customer
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
BOOKS = (
    "C1;Alpha;F-101;05/01/2026;04/02/2026;100,00",
    "C1;Alpha;F-102;06/01/2026;05/02/2026;250,50",
)
CORRECTED = (
    "C1;Alpha;F-101;05/01/2026;20/03/2026;100,00",  # another due date
    "C1;Alpha;F-102;06/01/2026;05/02/2026;250,50",
    "C1;Alpha;F-103;07/01/2026;06/02/2026;10,00",
)
DAY = "as_of=2026-06-30"


def allocated() -> tuple[Client, Company, str]:
    """130.00 came in; 100.00 of them are allocated to F-101 by hand. The payment's page."""
    client, company = owned()
    imported(company, [invoices(*BOOKS), paid("C1;VIR-9;10/03/2026;130,00")])
    see_companies([company.pk])
    payment, invoice = number("VIR-9", paying=True), number("F-101")
    path = f"{HOME}payments/{payment}/"
    pressed(client, f"{path}allocate/", **{f"amount-{invoice}": "100,00"})
    return client, company, path


def test_an_allocation_is_undone_and_put_back_and_its_group_tells_it() -> None:
    client, _company, path = allocated()
    assert figure(client, f"{path}?{DAY}", "Reste à affecter") == "30,00 €"

    # The group of the one matching code: the payment, the invoice, and what is left.
    page = text(client, f"{path}?{DAY}")
    code = re.search(r"/payments/group/([a-z]+)/", page)
    assert code
    group = text(client, f"{HOME}payments/group/{code[1]}/")
    for told in ("VIR-9", "F-101", "100,00", "130,00", "partiel"):
        assert told in group, told

    # Undone, the whole payment is free again; put back, as it was.
    ids = re.search(r'name="allocations" value="(\d+)"', page)
    assert ids
    pressed(client, f"{HOME}payments/undo/", allocations=ids[1], next=path)
    page = text(client, f"{path}?{DAY}")
    assert figure(client, f"{path}?{DAY}", "Reste à affecter") == "130,00 €"
    restore = re.search(r'action="([^"]*payments/restore/\d+/[^"]*)"', page)
    assert restore
    assert pressed(client, restore[1]) == path
    assert figure(client, f"{path}?{DAY}", "Reste à affecter") == "30,00 €"


def test_a_later_import_moves_the_allocation_to_the_corrected_invoice() -> None:
    client, company, path = allocated()
    account = f"{HOME}customers/{Customer.objects.get(code='C1').pk}/?{DAY}"
    assert figure(client, account, "Solde") == "220,50 €"

    # The preview says that what a person allocated follows its corrected document.
    preview = text(client, given(client, company, invoices(*CORRECTED, name="avril.csv")))
    assert "1 suivent leur pièce corrigée, 0 perdent la leur" in preview
    applied(client, company, invoices(*CORRECTED, "C2;Bêta;F-9;07/01/2026;;1,00", name="mai.csv"))

    # F-101 has its new due date and is settled still; the payment keeps what it had left.
    invoice = text(client, f"{HOME}invoices/{number('F-101')}/?{DAY}")
    assert "20/03/2026" in invoice
    assert "VIR-9" in invoice
    assert "soldée" in invoice
    assert figure(client, f"{path}?{DAY}", "Reste à affecter") == "30,00 €"
    assert figure(client, account, "Solde") == "230,50 €"
    assert "Le journal tient" in text(client, f"{HOME}journal/proof")
