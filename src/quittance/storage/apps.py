"""The Django app that holds every table of the record."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """Tables of the record, under the label `storage`."""

    name = "quittance.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"
