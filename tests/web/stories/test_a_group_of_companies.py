"""Two companies, two currencies: each by itself, both together, a total that says its rate."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.services.people import joined, opened
from tests.storage.opened import AT, imported, invoices
from tests.web.stories.acts import HOME, figure, pressed
from tests.web.views.pages import browser, owned, text

from quittance.storage.models import Company, Membership
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
GROUP = "/g/ensemble/"
DAY = "as_of=2026-09-30"
DOLLARS = b"client;nom;facture;date;montant;devise\nD1;Delta Inc;N-1;05/01/2026;25,00;USD\n"
RATES = ("eurofxref-hist.csv", b"Date,USD\n2026-09-30,1.2500\n2026-09-29,1.2400\n")


def begun() -> tuple[Client, Company, Company]:
    """Lumiere is owed 100 euros, Ombre 40 euros and 25 dollars; their owner forms the group."""
    client, lumiere = owned()
    ombre = opened("ombre", Membership.objects.get(company=lumiere).user)
    for company, files in {
        lumiere: [invoices("C1;Alpha;F-1;05/01/2026;04/02/2026;100,00")],
        ombre: [invoices("C1;Alpha;G-1;05/01/2026;04/02/2026;40,00"), ("usd.csv", DOLLARS)],
    }.items():
        see_companies([company.pk])
        imported(company, files)
    see_companies([lumiere.pk, ombre.pk])
    said = {"group_name": "Ensemble", "group_slug": "ensemble"}
    pressed(client, f"{HOME}settings/group", companies=[lumiere.pk, ombre.pk], **said)
    return client, lumiere, ombre


def test_each_company_by_itself_and_both_together() -> None:
    client, *_ = begun()
    balances = {
        f"{HOME}?{DAY}": "100,00 €", f"/c/ombre/?{DAY}": "40,00 €", f"{GROUP}?{DAY}": "140,00 €",
    }  # fmt: skip
    for path, told in balances.items():
        assert figure(client, path, "Comptes clients") == told, path

    # In the group's aged balance one code of two companies is two customers.
    page = text(client, f"{GROUP}aging/?{DAY}")
    assert page.count(">Alpha<") == 2
    by_company = text(client, f"{GROUP}aging/?by=company&{DAY}")
    assert "Lumiere" in by_company
    assert "Ombre" in by_company
    assert "G-1" in text(client, f"{GROUP}invoices/?{DAY}")
    assert "G-1" not in text(client, f"{HOME}invoices/?{DAY}")

    # A group is read; what is written is written in a company.
    assert client.get(f"{GROUP}imports/").status_code == 404
    assert client.post(f"{GROUP}customers/change", {"chosen": "1"}).status_code == 404


def test_a_member_of_one_company_does_not_see_the_other_through_the_group() -> None:
    _client, lumiere, _ombre = begun()
    one = browser(joined(lumiere, "credit_manager"))
    see_companies([])
    page = one.get(f"{GROUP}invoices/?{DAY}")
    assert page.status_code == 404 or b"G-1" not in page.content
    assert one.get(f"/c/ombre/?{DAY}").status_code == 404


def test_dollars_are_a_total_of_their_own_and_the_converted_one_states_its_rate() -> None:
    client, _lumiere, ombre = begun()
    page = text(client, f"{GROUP}aging/?{DAY}")
    assert "25,00" in page
    assert "Il manque le cours USD" in page
    see_companies([ombre.pk])
    imported(ombre, [RATES], at=AT + timedelta(days=1))
    for path, total in {
        f"{GROUP}aging/?{DAY}": "160,00 €",
        f"/c/ombre/aging/?{DAY}": "60,00 €",
    }.items():
        page = text(client, path)
        assert total in page, path
        assert "1 EUR = 1,25 USD" in page, path
        assert "30/09/2026" in page, path
