"""Reference exchange rates, as published."""

from typing import ClassVar

from django.db import models

from quittance.storage.models.company import Company


class ExchangeRate(models.Model):
    """How many units of a currency one euro was worth on a day, in millionths (ECB).

    Of the company that gave the file: nobody changes what another one's totals are converted at.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    currency = models.CharField(max_length=3)
    date = models.DateField()
    rate_e6 = models.BigIntegerField()
    source = models.CharField(max_length=60, default="ECB")
    recorded_at = models.DateTimeField()

    class Meta:
        """One rate per company, currency and day."""

        db_table = "exchange_rate"
        constraints: ClassVar = [
            models.UniqueConstraint("company", "currency", "date", name="exchange_rate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.date}"
