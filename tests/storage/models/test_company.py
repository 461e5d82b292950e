import pytest
from django.db import IntegrityError, transaction
from tests.storage.opened import company

pytestmark = pytest.mark.usefixtures("db")


def test_a_short_name_is_one_company() -> None:
    company("essai")
    with pytest.raises(IntegrityError, match="slug"), transaction.atomic():
        company("essai")
