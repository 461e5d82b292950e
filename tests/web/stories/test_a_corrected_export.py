"""A list is exported again, corrected: reversal and new fact; what we knew then stays known."""

import re
from datetime import timedelta

import pytest
from tests.storage.opened import AT, imported, invoices
from tests.web.stories.acts import HOME, applied, figure, given
from tests.web.views.pages import owned, text

from quittance.storage.models import Customer, LedgerItem
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
FIRST = invoices(
    "C1;Élan Événements;F-1;05/01/2026;04/02/2026;1 100,00",
    "C1;Élan Événements;F-2;06/01/2026;05/02/2026;400,00",
    name="janvier.csv",
)
AGAIN = invoices(
    "C1;Élan Événements;F-1;05/01/2026;04/02/2026;1 500,00",
    "C1;Élan Événements;F-2;06/01/2026;05/02/2026;400,00",
    "C1;Élan Événements;F-3;07/01/2026;06/02/2026;50,00",
    name="janvier-corrige.csv",
)
BEFORE = AT - timedelta(days=9)
DAY = "as_of=2026-06-30"
THEN = f"{DAY}&known={BEFORE:%Y-%m-%d}"


def test_a_corrected_invoice_is_reversed_and_added_and_the_day_before_is_still_told() -> None:
    client, company = owned()
    see_companies([company.pk])
    first = imported(company, [FIRST], at=BEFORE).pk
    card = f"{HOME}customers/{Customer.objects.get(code='C1').pk}/"
    assert figure(client, f"{card}?{DAY}", "Solde") == "1 500,00 €"

    # The same bytes under another name change nothing: they are the import that they were.
    copy = given(client, company, ("copie.csv", FIRST[1]))
    assert copy == f"{HOME}imports/{first}/"
    assert "Déjà donné : janvier.csv" in text(client, copy)

    # The preview of the corrected list: F-1 with its two amounts, F-3 new, nothing of F-2.
    documents = rows_of(text(client, given(client, company, AGAIN)))
    assert set(documents) == {"F-1", "F-3"}
    for told in ("corrigé", "1 100,00", "1 500,00"):
        assert told in documents["F-1"]
    assert "nouveau" in documents["F-3"]


def rows_of(preview: str) -> dict[str, str]:
    """The rows of the documents that a preview lists, by their number."""
    rows = re.findall(r"<tr.*?</tr>", preview.split("Les pièces", 1)[1], re.DOTALL)
    return {found[0]: row for row in rows if (found := re.findall(r">(F-\d)<", row))}


def test_after_it_is_applied_each_day_shows_what_was_known_on_it() -> None:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [FIRST], at=BEFORE)
    applied(client, company, AGAIN)
    card = f"{HOME}customers/{Customer.objects.get(code='C1').pk}/"

    # Today: the corrected amount and the new invoice. That day: the first amount, one account.
    assert figure(client, f"{card}?{DAY}", "Solde") == "1 950,00 €"
    assert figure(client, f"{card}?{THEN}", "Solde") == "1 500,00 €"
    assert "1 950,00" in text(client, f"{HOME}aging/?{DAY}")
    then = text(client, f"{HOME}aging/?{THEN}")
    assert "1 500,00" in then
    assert "1 950,00" not in then

    # Nothing was overwritten: two facts of F-1, the first one closed, F-2 untouched.
    see_companies([company.pk])
    facts = LedgerItem.objects.filter(document="F-1").order_by("pk")
    assert [(one.amount_minor, one.reversed_at is None) for one in facts] == [
        (110000, False), (150000, True),
    ]  # fmt: skip
    assert LedgerItem.objects.filter(document="F-2").count() == 1

    # The invoice tells its versions; the first one's address leads to what it is now.
    page = text(client, f"{HOME}invoices/{facts[1].pk}/?{DAY}")
    for told in ("Correction", "Ajout", "janvier.csv", "janvier-corrige.csv", "1 100,00 €"):
        assert told in page, told
