import pytest
from django.db import connection
from tests.storage.opened import AT, company

from quittance.storage.models import Import
from quittance.storage.progress import aside
from quittance.storage.scope import seeing


@pytest.mark.usefixtures("fresh_db")
def test_progress_is_seen_while_the_work_is_not() -> None:
    one = company()
    with seeing(one.pk):
        found = Import.objects.create(company=one, received_at=AT)
    with seeing(one.pk):
        Import.objects.filter(pk=found.pk).values("state")
        with aside(one.pk) as cursor:
            cursor.execute("UPDATE import SET progress = %s WHERE id = %s", ['{"a": 1}', found.pk])
        with connection.cursor() as cursor:
            cursor.execute("SELECT progress FROM import WHERE id = %s", [found.pk])
            assert cursor.fetchone() is not None
        assert Import.objects.get(pk=found.pk).progress == {"a": 1}
