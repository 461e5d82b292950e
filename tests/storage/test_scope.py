import pytest
from django.db import connection, transaction
from tests.storage.opened import company as opened

from quittance.storage.models import Customer
from quittance.storage.scope import see_companies, seeing


@pytest.mark.usefixtures("db")
def test_a_company_sees_nothing_of_another_even_without_any_filter() -> None:
    lumiere, autre = opened("lumiere"), opened("autre")
    for company in (lumiere, autre):
        see_companies([company.pk])
        Customer.objects.create(company=company, code="C1", name=company.name)
    see_companies([lumiere.pk])
    assert [one.name for one in Customer.objects.all()] == ["Lumiere"]
    see_companies([])
    assert not Customer.objects.exists()
    see_companies([lumiere.pk, autre.pk])
    assert Customer.objects.count() == 2


@pytest.mark.usefixtures("db")
def test_a_row_of_another_company_cannot_be_written() -> None:
    lumiere, autre = opened("lumiere"), opened("autre")
    see_companies([lumiere.pk])
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Customer.objects.create(company=autre, code="C1", name="x")


@pytest.mark.usefixtures("db")
def test_the_application_is_neither_owner_nor_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, current_user = "
            "(SELECT tableowner FROM pg_tables WHERE tablename = 'customer') "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False)


def test_what_was_seen_does_not_last_beyond_the_transaction() -> None:
    with seeing(1):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('quittance.companies', true)")
        assert cursor.fetchone() in ((None,), ("",))


def test_seeing_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="within a transaction"):
        see_companies([1])
