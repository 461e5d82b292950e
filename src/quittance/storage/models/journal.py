"""The journal: who did what, when, from where; each event chained by hash to the one before."""

from typing import ClassVar

from django.db import models

from quittance.storage.models.company import Company
from quittance.storage.models.user import User


class Event(models.Model):
    """One thing that happened in a company.

    `id` is taken when a transaction begins, so that the facts it adds can name it; `position` is
    its place in the company's chain, taken when the transaction ends. Append-only by trigger.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="events")
    position = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    actor_name = models.CharField(max_length=254)
    origin = models.CharField(max_length=100)  # web 192.0.2.1 · cli root@host · worker
    action = models.CharField(max_length=60)  # import.applied, customer.changed…
    subject_kind = models.CharField(max_length=30, blank=True, default="")
    subject_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=300, blank=True, default="")
    customer_id = models.BigIntegerField(null=True)  # whose timeline shows it
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """One event per place in the chain."""

        db_table = "event"
        constraints: ClassVar = [
            models.UniqueConstraint("company", "position", name="event_position_once"),
        ]
        indexes: ClassVar = [
            models.Index("company", "customer_id", "position", name="event_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.action}"
