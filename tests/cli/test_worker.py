import pytest
from tests.storage.opened import AT, BY, company, invoices

from quittance.cli.worker import run_worker
from quittance.services import imports
from quittance.storage.models import Import
from quittance.storage.scope import seeing
from quittance.worker.tasks import read_import


@pytest.mark.usefixtures("fresh_db")
def test_the_worker_does_what_waits_and_ends() -> None:
    one = company()
    listed = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")
    received = imports.receive_files(one.pk, [listed], by=BY, at=AT)
    read_import.defer(company_id=one.pk, import_id=received.pk)
    run_worker(is_one_shot=True)
    with seeing(one.pk):
        assert Import.objects.get(pk=received.pk).state == "ready"
