"""Customers (*clients débiteurs*), their groups and contacts."""

from typing import ClassVar

from django.db import models

from quittance.storage.models.company import Company
from quittance.storage.models.user import User

KINDS = ("business", "consumer", "public")


class CustomerGroup(models.Model):
    """Customers of one owner (*groupe de clients*), followed together."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)

    class Meta:
        """One group per name in a company."""

        db_table = "customer_group"
        constraints: ClassVar = [
            models.UniqueConstraint("company", "name", name="customer_group_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Customer(models.Model):
    """Who owes. The books give the code and the name; people complete the rest.

    `held_fields` are those that a person set: an import never overwrites them. `search_text` is
    the name and the identifiers without accents or case, for the instant search.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="customers")
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, default="business")
    group = models.ForeignKey(CustomerGroup, null=True, blank=True, on_delete=models.SET_NULL)
    siren = models.CharField(max_length=9, blank=True, default="")
    siret = models.CharField(max_length=14, blank=True, default="")
    vat = models.CharField(max_length=20, blank=True, default="")
    iban = models.CharField(max_length=34, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="FR")
    language = models.CharField(max_length=2, default="fr")
    segment = models.CharField(max_length=60, blank=True, default="")
    terms = models.CharField(max_length=100, blank=True, default="")
    collector = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="portfolio"
    )
    salesperson = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="sold_to"
    )
    held_fields = models.JSONField(default=list, blank=True)
    search_text = models.TextField(blank=True, default="")
    version = models.IntegerField(default=1)  # two people never overwrite one another

    class Meta:
        """One customer per code; a customer is named with its company by the facts."""

        db_table = "customer"
        constraints: ClassVar = [
            models.UniqueConstraint("company", "code", name="customer_code_once"),
            models.UniqueConstraint("id", "company", name="customer_and_company"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="customer_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Contact(models.Model):
    """A person to write to or to call at a customer's.

    `key` is what makes a contact of the lists of customers the same one, and empty for one that a
    person added; what a person changed of one since `is_held`, and no import touches it.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=60, blank=True, default="")
    email = models.EmailField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    address = models.TextField(blank=True, default="")
    channels = models.JSONField(default=list, blank=True)  # those this contact may be reached by
    is_main = models.BooleanField(default=False)
    key = models.CharField(max_length=300, blank=True, default="")
    is_held = models.BooleanField(default=False)
    version = models.IntegerField(default=1)  # two people never overwrite one another

    class Meta:
        """One contact of the lists per key and customer."""

        db_table = "contact"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "customer", "key", condition=~models.Q(key=""), name="contact_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """What a colleague wrote about a customer; withdrawn, never erased."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    text = models.TextField()
    mentions = models.JSONField(default=list, blank=True)  # ids of users
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Table name."""

        db_table = "note"
        indexes: ClassVar = [models.Index("customer", "written_at", name="note_of_customer")]

    def __str__(self) -> str:
        return self.text[:60]


class SavedView(models.Model):
    """A list as somebody likes to see it: filters, sort and columns, under a name."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True, default="")

    class Meta:
        """One view per name, page, user and company."""

        db_table = "saved_view"
        constraints: ClassVar = [
            models.UniqueConstraint("company", "user", "page", "name", name="saved_view_once"),
        ]

    def __str__(self) -> str:
        return self.name
