"""Imports: the batches of files that a company gave, kept whole."""

from typing import ClassVar

from django.db import models

from quittance.storage.models.company import Company
from quittance.storage.models.journal import Event
from quittance.storage.models.user import User

STATES = (
    "received", "reading", "ready", "refused",  # on the way in
    "applying", "applied", "undoing", "undone", "discarded", "failed",
)  # fmt: skip


class Import(models.Model):
    """Files given together. The books of a company are a function of its applied imports.

    `summary` is the preview: what applying it would change. `progress` is where the work stands,
    and how it ended when it did not succeed. `position` orders the applied imports of a company:
    the later given wins a contradiction.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="imports")
    state = models.CharField(max_length=12, default="received")
    position = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    received_from = models.CharField(max_length=254, default="")  # who gave it, by name
    replaces = models.BooleanField(default=False)  # what vanished from the books is reversed
    summary = models.JSONField(default=dict, blank=True)
    progress = models.JSONField(default=dict, blank=True)
    applied_by = models.ForeignKey(
        Event, null=True, on_delete=models.PROTECT, related_name="applied_imports"
    )
    undone_by = models.ForeignKey(
        Event, null=True, on_delete=models.PROTECT, related_name="undone_imports"
    )

    class Meta:
        """Known states only; one applied import per place in the order."""

        db_table = "import"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="import_state_known"),
            models.UniqueConstraint("company", "position", name="import_position_once"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportFile(models.Model):
    """One file of an import: who it is, what was read in it, and its bytes in `ImportContent`.

    `rows` is a Parquet of what the reader understood; `problems` one of what it did not. A file of
    no `kind` was not read yet, or cannot be. `mapping` says which heading holds which field, where
    a person said so.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    belongs_to = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    format = models.CharField(max_length=30, blank=True, default="")
    kind = models.CharField(max_length=30, blank=True, default="")
    lines = models.BigIntegerField(default=0)
    facts = models.JSONField(default=dict, blank=True)
    mapping = models.JSONField(default=dict, blank=True)  # field → heading, for lists
    rows = models.BinaryField(null=True)
    problems = models.BinaryField(null=True)

    class Meta:
        """A file is found again by its hash."""

        db_table = "import_file"
        indexes: ClassVar = [models.Index("company", "sha256", name="import_file_by_hash")]

    def __str__(self) -> str:
        return self.name


class ImportContent(models.Model):
    """A stretch of the bytes of a file, compressed; together they are the file as it was given."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="contents")
    place = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        """One stretch per place."""

        db_table = "import_content"
        constraints: ClassVar = [
            models.UniqueConstraint("file", "place", name="import_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.place}"
