"""A year of a customer through the pages, as three colleagues live it.

Each step is a request; what the next person sees is what the step before left.
"""

import re

import pytest
from django.test import Client
from tests.services.given import customer
from tests.services.people import joined
from tests.storage.opened import imported, invoices
from tests.web.views.pages import browser, owned, text

from quittance.services.journal_proof import verify_journal
from quittance.storage.models import Company, Contact, Customer, Event
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
FIRST = (
    "C1;Élan Événements;FA-001;05/01/2026;;1200,00",
    "C1;Élan Événements;FA-002;05/02/2026;;800,00",
    "C2;Boulangerie Martin;FA-003;06/01/2026;;200,00",
    "C3;Mairie de Valmont;FA-004;06/01/2026;;300,00",
)
SECOND = (
    "C1;ELAN EVENEMENTS SARL;FA-005;05/03/2026;;500,00",
    "C2;Boulangerie Martin & Fils;FA-006;06/03/2026;;90,00",
)
LIST = "/c/lumiere/customers/?as_of=2026-04-30"


def overdue(client: Client, path: str) -> str:
    """The figure of what is past due on a card."""
    page = text(client, f"{path}?as_of=2026-04-30")
    found = re.search(r"Échu</a></div>\s*<div class=\"value[^\"]*\">([^<]*)</div>", page)
    assert found, page[:500]
    return found[1]


def test_a_customer_is_entrusted_known_called_corrected_and_never_lost() -> None:
    ann, company = owned()
    see_companies([company.pk])
    imported(company, [invoices(*FIRST)])
    ines, karim = joined(company, "collector", "own"), joined(company, "accountant")
    pk = customer("C1", company).pk
    path = f"/c/lumiere/customers/{pk}/"
    collector, accountant = browser(ines), browser(karim)

    # Nobody is entrusted yet: the collector sees nobody, and the card is not there.
    assert "Élan" not in text(collector, LIST)
    assert collector.get(path).status_code == 404

    # The owner finds two customers with a typing error, ticks them and entrusts them.
    assert "Élan Événements" in ann.get("/c/lumiere/search", {"q": "evenemants"}).content.decode()
    two = [pk, customer("C3", company).pk]
    change = "/c/lumiere/customers/change"
    ann.post(change, {"chosen": two, "collector": ines.pk, "segment": "À suivre", "next": LIST})
    assert "Élan" in text(collector, LIST)
    assert "Boulangerie" not in text(collector, LIST)

    # The second was a mistake: the toast puts both back, and one is entrusted again alone.
    event = Event.objects.filter(action="customer.changed_together").get()
    ann.post(f"/c/lumiere/customers/undo/{event.pk}")
    assert collector.get(path).status_code == 404
    ann.post(change, {"chosen": [pk], "collector": ines.pk, "next": LIST})

    # The collector learns the terms that were agreed; their effect is told, then follows at once.
    assert overdue(collector, path) == "2 000,00 €"
    version = customer("C1", company).version
    sent = {"part": "follow", "version": version, "terms": "60 EOM", "segment": ""}
    assert "changeraient d" in collector.post(f"{path}change", sent).content.decode()
    assert overdue(collector, path) == "2 000,00 €"
    collector.post(f"{path}change", {**sent, "seen": "60 EOM|"})
    assert overdue(collector, path) == "1 200,00 €"

    # The accountant had the card open since before, and is told rather than overwriting.
    late = accountant.post(
        f"{path}change", {"part": "identity", "version": version, "name": "Élan SARL"}
    )
    assert late.status_code == 422
    assert "Conditions" in late.content.decode()
    accountant.post(
        f"{path}change", {"part": "identity", "version": version + 1, "name": "Élan SARL",
                          "kind": "business", "siren": "732829320", "language": "fr"},
    )  # fmt: skip

    # Somebody to call, a promise noted, a colleague called on.
    collector.post(f"{path}contacts/add", {"name": "Zoé Paquet", "phone": "01 42 68 53 00",
                                           "channels": ["phone"]})  # fmt: skip
    collector.post(f"{path}notes/write", {"text": "Promet vendredi. @accountant all : vu ?"})
    assert "Prévenus : accountant all" in text(accountant, path)
    assert "Zoé Paquet" in text(ann, "/c/lumiere/search?q=paqet")

    # The next export names the customer otherwise: the person's word stays, the others follow.
    imported(company, [invoices(*SECOND, name="mars.csv")])
    assert customer("C1", company).name == "Élan SARL"
    assert customer("C2", company).name == "Boulangerie Martin & Fils"
    assert "mars.csv" in text(collector, f"{path}documents")

    # Everything is in the timeline, and the journal holds.
    page = text(collector, f"{path}history?as_of=2027-12-31")
    for told in ("Promet vendredi.", "Contact ajouté", "Chargé de recouvrement", "60 EOM",
                 "Facture FA-005", "Modification annulée"):  # fmt: skip
        assert told in page, told
    assert verify_journal(company.pk).breaks == ()
    still_there(company)


def still_there(company: Company) -> None:
    """Nothing that was not meant has changed."""
    assert Customer.objects.filter(company=company).count() == 3
    assert customer("C3", company).collector is None
    assert customer("C3", company).segment == ""
    assert Contact.objects.count() == 1
