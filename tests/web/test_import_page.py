"""What the page of an import shows, state by state."""

import pytest
from tests.storage.opened import AT, BY, invoices
from tests.web.views.pages import owned, text

from quittance.services import imports

pytestmark = pytest.mark.usefixtures("db")
LIST = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")


def test_a_ready_import_shows_what_it_would_change_then_what_it_changed() -> None:
    client, company = owned()
    received = imports.receive_files(company.pk, [LIST], by=BY, at=AT)
    imports.read_import(company.pk, received.pk)
    page = text(client, f"/c/lumiere/imports/{received.pk}/")
    for told in ("factures.csv", "liste de factures", "nouveau", "100,00"):
        assert told in page, told
    imports.apply_import(company.pk, received.pk, by=BY, at=AT)
    assert "appliqué" in text(client, f"/c/lumiere/imports/{received.pk}/")


def test_a_refused_import_says_why() -> None:
    client, company = owned()
    received = imports.receive_files(company.pk, [("a.csv", b"x;y\n1;2\n")], by=BY, at=AT)
    imports.read_import(company.pk, received.pk)
    assert "a.csv" in text(client, f"/c/lumiere/imports/{received.pk}/")
