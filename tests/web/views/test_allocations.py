"""A life story: an overdue invoice, its payment allocated by hand, undone, put back."""

import re
from html import unescape

import pytest
from django.test import Client
from tests.services.people import joined
from tests.storage.opened import imported, invoices
from tests.web.views.pages import browser, owned, text
from tests.web.views.test_document import DAY, LIST, number, paid

from quittance.storage.models import Allocation, Company, Event
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")


def begun() -> tuple[Client, Company]:
    """Two invoices and a payment that nothing matches."""
    client, company = owned()
    imported(company, [invoices(*LIST), paid("C1;VIR-9;10/03/2026;130,00")])
    see_companies([company.pk])
    return client, company


def posted(client: Client, path: str, **fields: str) -> str:
    """The address that a form leads to."""
    answer = client.post(f"/c/lumiere/{path}", fields)
    assert answer.status_code == 302, answer.content.decode()[:500]
    return answer.headers["Location"]


def test_sees_overdue_allocates_balance_falls_undoes() -> None:
    client, company = begun()
    payment, invoice = number("VIR-9", paying=True), number("F-101")

    # On the first of July the collector sees 100.00 overdue and 130.00 that nobody allocated.
    assert "F-101" in text(client, f"/c/lumiere/invoices/?state=overdue&{DAY}")
    page = text(client, f"/c/lumiere/payments/{payment}/?{DAY}")
    proposed = re.findall(r'name="amount-(\d+)"[^>]*value="([^"]*)"', page)
    assert proposed == [(str(invoice), "100,00"), (str(number("F-102")), "30,00")]

    # The payment is allocated to the invoice alone: it is no longer overdue, 30.00 are left.
    there = posted(client, f"payments/{payment}/allocate/", **{f"amount-{invoice}": "100,00"})
    assert there == f"/c/lumiere/payments/{payment}/"
    page = text(client, f"{there}?{DAY}")
    assert "100,00 € lettrés." in page
    assert "30,00 €" in page
    assert "Ann, " in page  # who allocated, and when
    assert "F-101" not in text(client, f"/c/lumiere/invoices/?state=overdue&{DAY}")

    # The group of the matching code shows both, and that something is left.
    code = re.search(r"/payments/group/([a-z]+)/", page)
    assert code is not None
    group = text(client, f"/c/lumiere/payments/group/{code[1]}/")
    assert "partiel" in group
    assert "F-101" in group

    # The message undoes it with one press; the invoice is overdue again.
    (undo,) = set(re.findall(r'action="([^"]*payments/undo/\?[^"]*)"', page))
    assert posted(client, unescape(undo).removeprefix("/c/lumiere/")) == there
    assert "F-101" in text(client, f"/c/lumiere/invoices/?state=overdue&{DAY}")
    page = text(client, f"/c/lumiere/invoices/{invoice}/?{DAY}")
    assert "1 lettrage défait" in page
    assert "Rien encore." in page

    # And it can be put back.
    see_companies([company.pk])
    event = Event.objects.get(action="allocation.undone")
    posted(client, f"payments/restore/{event.pk}/")
    assert "F-101" not in text(client, f"/c/lumiere/invoices/?state=overdue&{DAY}")


def test_a_refusal_comes_back_with_what_was_typed() -> None:
    client, _company = begun()
    payment, invoice = number("VIR-9", paying=True), number("F-101")
    for amount, said in (("100,01", "n'a plus que 100,00"), ("cent", "n'est pas un montant")):
        answer = client.post(
            f"/c/lumiere/payments/{payment}/allocate/", {f"amount-{invoice}": amount}
        )
        page = answer.content.decode().replace("\xa0", " ").replace("&#x27;", "'").replace("’", "'")
        assert answer.status_code == 422
        assert said in page
        assert f'value="{amount}"' in page
    assert not Allocation.objects.exists()


def test_nothing_typed_is_refused() -> None:
    client, _company = begun()
    answer = client.post(f"/c/lumiere/payments/{number('VIR-9', paying=True)}/allocate/", {})
    assert answer.status_code == 422


def test_a_whole_group_is_undone() -> None:
    client, _company = begun()
    payment = number("VIR-9", paying=True)
    amounts = {f"amount-{number('F-101')}": "100", f"amount-{number('F-102')}": "30"}
    posted(client, f"payments/{payment}/allocate/", **amounts)
    ids = ",".join(str(one.pk) for one in Allocation.objects.all())
    posted(client, "payments/undo/", allocations=ids)
    assert not Allocation.objects.filter(reversed_at=None).exists()


def test_an_undoing_too_late_says_so() -> None:
    client, _company = begun()
    payment, invoice = number("VIR-9", paying=True), number("F-101")
    posted(client, f"payments/{payment}/allocate/", **{f"amount-{invoice}": "100"})
    one = Allocation.objects.get()
    posted(client, "payments/undo/", allocations=str(one.pk))
    there = posted(client, "payments/undo/", allocations=str(one.pk))
    assert "n'existent plus" in text(client, there)
    assert "n'existent plus" in text(client, posted(client, "payments/restore/1/"))


def test_who_may_not_allocate_sees_no_field() -> None:
    _client, company = begun()
    reader = browser(joined(company, "auditor"))
    page = text(reader, f"/c/lumiere/payments/{number('VIR-9', paying=True)}/?{DAY}")
    assert "VIR-9" in page
    assert "F-101" in page
    assert "<input class=" not in page
    assert "payments/undo/" not in page


def test_the_code_of_nothing_leads_to_the_document() -> None:
    client, _company = begun()
    from quittance.core.matching_codes import code_of

    invoice = number("F-101")
    answer = client.get(f"/c/lumiere/payments/group/{code_of(invoice)}/")
    assert answer.headers["Location"] == f"/c/lumiere/invoices/{invoice}/"
    assert client.get("/c/lumiere/payments/group/zzzzzz/").status_code == 404
    assert client.get("/c/lumiere/payments/group/a-1/").status_code == 404
