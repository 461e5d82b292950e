import pytest
from django.db import IntegrityError, transaction
from tests.storage.opened import AT, company

from quittance.storage.models import ExchangeRate

pytestmark = pytest.mark.usefixtures("db")


def test_a_currency_has_one_rate_a_day() -> None:
    one = company()
    told = {
        "company": one,
        "currency": "USD",
        "date": "2026-11-20",
        "rate_e6": 1_087_600,
        "recorded_at": AT,
    }
    ExchangeRate.objects.create(**told)
    with pytest.raises(IntegrityError, match="exchange_rate_once"), transaction.atomic():
        ExchangeRate.objects.create(**told)
