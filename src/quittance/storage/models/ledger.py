"""The facts of the books: items, allocations, movements of accounts.

A fact is never changed. It holds over a period of the record, `[recorded_at, reversed_at)`; a
correction closes that period and adds another row with the same natural key.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from quittance.core.schema import ITEM_KINDS
from quittance.storage.models.company import Company
from quittance.storage.models.customer import Customer
from quittance.storage.models.imports import ImportFile
from quittance.storage.models.journal import Event


class LedgerItem(models.Model):
    """A debit or credit on a customer's account: invoice, credit note, payment… (*poste*).

    `due_date` is the one that the books state, null where they state none: it then follows from
    the customer's terms whenever the book is read.
    """

    id = models.BigAutoField(primary_key=True)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_constraint=False)
    key = models.TextField()
    kind = models.CharField(max_length=12)
    document = models.TextField()
    date = models.DateField()
    issue_date = models.DateField()
    due_date = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    recorded_date = models.DateField()  # when the books say that it became known
    file = models.ForeignKey(
        ImportFile, null=True, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    line = models.IntegerField(null=True)
    journal = models.TextField(default="")
    entry = models.TextField(default="")
    account = models.TextField(default="")
    label = models.TextField(default="")
    recorded_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    reversed_by = models.ForeignKey(
        Event, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        """A natural key holds once at a time; amounts are never zero."""

        db_table = "ledger_item"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "company", "key", condition=Q(reversed_at=None), name="ledger_item_key_once"
            ),
            models.UniqueConstraint("id", "company", "currency", name="ledger_item_currency"),
            models.CheckConstraint(condition=Q(kind__in=ITEM_KINDS), name="ledger_item_kind_known"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="ledger_item_not_zero"),
        ]

    def __str__(self) -> str:
        return self.document


class Allocation(models.Model):
    """What a credit settles of a debit (*lettrage*), in the currency of both.

    `origin`: `books` (their matching codes) or `person`; a job never undoes a person's.
    """

    id = models.BigAutoField(primary_key=True)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    debit = models.ForeignKey(
        LedgerItem, on_delete=models.PROTECT, related_name="settled_by", db_constraint=False
    )
    credit = models.ForeignKey(
        LedgerItem, on_delete=models.PROTECT, related_name="settles", db_constraint=False
    )
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    date = models.DateField()
    recorded_date = models.DateField()
    value_date = models.DateField()
    origin = models.CharField(max_length=10, default="books")
    matching_code = models.TextField(default="", db_default="")  # the books' own (EcritureLet)
    recorded_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    reversed_by = models.ForeignKey(
        Event, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        """Amounts are positive; never beyond either side (a trigger)."""

        db_table = "allocation"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="allocation_positive"),
            models.CheckConstraint(
                condition=Q(origin__in=("books", "person")), name="allocation_origin_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "company", "matching_code", condition=Q(reversed_at=None) & ~Q(matching_code=""),
                name="allocation_by_books_code",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.debit_id} ← {self.credit_id}"


class AccountMovement(models.Model):
    """The debits and credits of one account on one day: the trial balance (*balance générale*)."""

    id = models.BigAutoField(primary_key=True)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    account = models.TextField()
    date = models.DateField()
    is_opening = models.BooleanField()
    debit_minor = models.BigIntegerField()
    credit_minor = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    reversed_by = models.ForeignKey(
        Event, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        """One row at a time per account, day and nature."""

        db_table = "account_movement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "company", "account", "date", "is_opening",
                condition=Q(reversed_at=None), name="account_movement_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.account
