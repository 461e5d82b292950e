"""Companies (*sociétés créancières*) and the groups they form."""

from django.db import models


class CompanyGroup(models.Model):
    """Companies shown together (*groupe de sociétés*): a consolidated view over several books."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        """Table name."""

        db_table = "company_group"

    def __str__(self) -> str:
        return self.name


class Company(models.Model):
    """A creditor, with its own books, people and policy.

    `default_terms` are the payment terms of customers without their own (C. com. L441-10 I: thirty
    days where nothing is agreed). `allocation_rule` says what is done with payments that the books
    leave unmatched: `books` shows them unallocated, `fifo` assumes them settled oldest first.
    """

    group = models.ForeignKey(
        CompanyGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="companies"
    )
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    siren = models.CharField(max_length=9, blank=True, default="")
    vat = models.CharField(max_length=20, blank=True, default="")
    currency = models.CharField(max_length=3, default="EUR")
    default_terms = models.CharField(max_length=100, default="30")
    allocation_rule = models.CharField(
        max_length=10, default="books", choices=[("books", "books"), ("fifo", "fifo")]
    )
    requires_second_factor = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    class Meta:
        """Table name."""

        db_table = "company"

    def __str__(self) -> str:
        return self.name
