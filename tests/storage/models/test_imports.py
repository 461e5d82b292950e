import pytest
from django.db import IntegrityError, transaction
from tests.storage.opened import AT, company

from quittance.storage.models import Import

pytestmark = pytest.mark.usefixtures("db")


def test_an_import_is_in_a_known_state_at_a_place_of_its_own() -> None:
    one = company()
    Import.objects.create(company=one, received_at=AT, state="applied", position=1)
    with pytest.raises(IntegrityError, match="import_position_once"), transaction.atomic():
        Import.objects.create(company=one, received_at=AT, position=1)
    with pytest.raises(IntegrityError, match="import_state_known"), transaction.atomic():
        Import.objects.create(company=one, received_at=AT, state="lost")
