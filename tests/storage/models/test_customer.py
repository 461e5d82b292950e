import pytest
from django.db import IntegrityError, connection, transaction
from tests.storage.models.drafts import with_customer
from tests.storage.opened import AT

from quittance.storage.models import Contact, Customer, CustomerGroup, Note
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")


def test_a_code_names_one_customer_of_a_company() -> None:
    one, _, _ = with_customer()
    with pytest.raises(IntegrityError, match="customer_code_once"), transaction.atomic():
        Customer.objects.create(company=one, code="C1", name="Beta")


def test_a_customer_is_of_a_known_kind() -> None:
    one, _, _ = with_customer()
    with pytest.raises(IntegrityError, match="customer_kind_known"), transaction.atomic():
        Customer.objects.create(company=one, code="C2", name="Beta", kind="friend")


@pytest.mark.parametrize("model", [Contact, Note])
def test_what_is_said_of_a_customer_is_of_the_same_company(model: type) -> None:
    un, customer, _ = with_customer("un")
    deux, _, _ = with_customer("deux")
    told = {"name": "Ana"} if model is Contact else {"text": "…", "written_at": AT}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="customer_of_company"), transaction.atomic():
        model.objects.create(company=deux, customer=customer, **told)  # type: ignore[attr-defined]
    assert un.pk != deux.pk


def test_a_group_is_of_the_company_of_its_customers() -> None:
    un, customer, _ = with_customer("un")
    deux, _, _ = with_customer("deux")
    see_companies([un.pk, deux.pk])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    customer.group = CustomerGroup.objects.create(company=deux, name="Groupe")
    with pytest.raises(IntegrityError, match="customer_group_id_of_company"), transaction.atomic():
        customer.save()


def test_a_customer_has_one_main_contact() -> None:
    one, customer, _ = with_customer()
    told = {"company": one, "customer": customer}
    ana = Contact.objects.create(name="Ana", is_main=True, **told)
    bob = Contact.objects.create(name="Bob", **told)
    for name, is_main in ((ana, False), (bob, True)):
        name.is_main = is_main
        name.save()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="contact_one_main"), transaction.atomic():
        Contact.objects.create(name="Cid", is_main=True, **told)
