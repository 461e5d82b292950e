"""What a row names is of its own company: the database refuses whatever a service would forget."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from tests.storage.models.drafts import allocation, item, recorded, with_customer
from tests.storage.opened import AT, BY

from quittance.services.journal import Subject, begin_event, journal
from quittance.storage.models import Import, ImportContent, ImportFile
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")


def refused(name: str) -> object:
    return pytest.raises(IntegrityError, match=f"{name}_of_company")


def checked() -> None:
    """As at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def file_of(company_id: int) -> ImportFile:
    batch = Import.objects.create(company_id=company_id, received_at=AT)
    return ImportFile.objects.create(
        company_id=company_id, belongs_to=batch, name="a.csv", sha256="0" * 64, size=1
    )


def test_facts_name_a_file_and_an_event_of_their_company() -> None:
    un, customer, draft = with_customer("un")
    deux, _, other = with_customer("deux")
    see_companies([un.pk, deux.pk])
    recorded(draft)
    recorded(other)
    theirs = file_of(deux.pk)
    with refused("ledger_item_file_id"), transaction.atomic():  # type: ignore[attr-defined]
        item(customer, draft, 100, file=theirs)
        checked()
    with refused("ledger_item_added_by_id"), transaction.atomic():  # type: ignore[attr-defined]
        item(customer, replace(draft, id=other.id), 100)
        checked()
    with refused("allocation_added_by_id"), transaction.atomic():  # type: ignore[attr-defined]
        debit, credit = item(customer, draft, 100), item(customer, draft, -100)
        debit.added_by_id = other.id
        allocation(debit, credit, 50)
        checked()
    item(customer, draft, 100, file=file_of(un.pk))
    checked()


def test_files_and_their_bytes_are_of_the_company_of_their_import() -> None:
    un, _, _ = with_customer("un")
    deux, _, _ = with_customer("deux")
    see_companies([un.pk, deux.pk])
    mine = file_of(un.pk)
    with refused("import_file_belongs_to_id"), transaction.atomic():  # type: ignore[attr-defined]
        ImportFile.objects.filter(pk=mine.pk).update(belongs_to=file_of(deux.pk).belongs_to)
        checked()
    with refused("import_content_file_id"), transaction.atomic():  # type: ignore[attr-defined]
        ImportContent.objects.create(company=deux, file=mine, place=0, content=b"x")
        checked()


def test_an_event_tells_of_a_customer_of_its_company() -> None:
    un, customer, _ = with_customer("un")
    deux, _, _ = with_customer("deux")
    see_companies([un.pk, deux.pk])
    told = Subject("customer", customer.pk, "Alpha", customer.pk)
    with refused("event_customer_id"), transaction.atomic():  # type: ignore[attr-defined]
        journal(deux.pk, "note.written", by=BY, at=AT, subject=told)
        checked()
    assert begin_event(deux.pk, by=BY, at=AT).id
