"""An import as its users see it: what it would change, what it changed, and back again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from quittance.services import imports
from quittance.services.journal import Actor
from quittance.services.journal_proof import verify_journal
from quittance.storage.models import Allocation, Company, Customer, Import, LedgerItem
from quittance.storage.scope import see_as_operator, see_companies

LUMIERE = Path(__file__).parents[2] / "examples" / "lumiere"
BY = Actor("Camille", "test")
AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
HEAD = "JournalCode;JournalLib;EcritureNum;EcritureDate;CompteNum;CompteLib;CompAuxNum;CompAuxLib;"
INVOICES = "client;nom;facture;date;échéance;montant\n"


def company() -> int:
    with transaction.atomic():
        see_as_operator()
        found = Company.objects.create(slug="essai", name="Essai", opened_at=AT)
        see_companies([found.pk])
    see_companies([found.pk])
    return found.pk


def given(company_id: int, *files: tuple[str, str], at: datetime = AT) -> Import:
    named = [(name, text.encode()) for name, text in files]
    received = imports.receive_files(company_id, named, by=BY, at=at)
    imports.read_import(company_id, received.pk)
    return imports.apply_import(company_id, received.pk, by=BY, at=at)


def invoices(*rows: str) -> tuple[str, str]:
    return "factures.csv", INVOICES + "".join(f"{row}\n" for row in rows)


@pytest.mark.usefixtures("db")
def test_a_company_imports_its_ledger() -> None:
    pk = company()
    files = [(path.name, path.read_bytes()) for path in sorted(LUMIERE.glob("*FEC*.txt"))]
    received = imports.receive_files(pk, files, by=BY, at=AT)
    ready = imports.read_import(pk, received.pk)
    assert ready.state == "ready", ready.summary
    assert not LedgerItem.objects.exists()
    imports.apply_import(pk, received.pk, by=BY, at=AT)
    assert LedgerItem.objects.count() > 500
    assert Allocation.objects.count() > 300
    assert Customer.objects.count() > 20
    assert verify_journal(pk).breaks == ()


@pytest.mark.usefixtures("db")
def test_a_corrected_invoice_is_reversed_and_added_again() -> None:
    pk = company()
    given(pk, invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00", "C1;Alpha;F2;06/01/2026;;50,00"))
    later = given(
        pk, invoices("C1;Alpha;F1;05/01/2026;04/02/2026;120,00"), at=AT + timedelta(days=1)
    )
    held = LedgerItem.objects.filter(document="F1").order_by("id")
    assert [(one.amount_minor, one.reversed_at) for one in held] == [
        (10000, AT + timedelta(days=1)), (12000, None),
    ]  # fmt: skip
    assert later.summary["changed"][0]["count"] == 1
    print(later.summary)
    assert later.summary["unchanged"] == 1


@pytest.mark.usefixtures("db")
def test_the_same_file_twice_changes_nothing() -> None:
    pk = company()
    given(pk, invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00"))
    with pytest.raises(imports.UnableToImportAgain):
        given(pk, invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00"))
    again = given(pk, ("autre.csv", invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")[1] + "\n"))
    assert again.summary["is_empty"]
    assert LedgerItem.objects.count() == 1


@pytest.mark.usefixtures("db")
def test_an_import_is_undone_whole() -> None:
    pk = company()
    given(pk, invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00"))
    second = given(pk, ("b.csv", INVOICES + "C1;Alpha;F1;05/01/2026;;120\nC2;B;F9;06/01/2026;;5\n"))
    imports.undo_import(pk, second.pk, by=BY, at=AT)
    live = LedgerItem.objects.filter(reversed_at=None)
    assert [(one.document, one.amount_minor) for one in live] == [("F1", 10000)]
    assert verify_journal(pk).breaks == ()
