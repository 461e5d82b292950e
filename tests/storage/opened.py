"""A company opened for a test, and files imported into it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tests import record

record.ready()  # before any model is imported

from django.db import connection, transaction  # noqa: E402

from quittance.services import imports  # noqa: E402
from quittance.services.journal import Actor  # noqa: E402
from quittance.storage.models import Company, Import  # noqa: E402
from quittance.storage.scope import see_as_operator, see_companies  # noqa: E402

LUMIERE = Path(__file__).parents[2] / "examples" / "lumiere"
BY = Actor("Camille", "test")
AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
INVOICES = "client;nom;facture;date;échéance;montant\n"


def company(slug: str = "essai", **fields: object) -> Company:
    """A company, which the present transaction then sees."""
    with transaction.atomic():
        see_as_operator()
        found = Company.objects.create(slug=slug, name=slug.title(), opened_at=AT, **fields)
    if connection.in_atomic_block:
        see_companies([found.pk])
    return found


def imported(
    one: Company, files: Iterable[tuple[str, bytes]], *, at: datetime = AT, replaces: bool = False
) -> Import:
    """Files given, read and applied."""
    received = imports.receive_files(one.pk, files, by=BY, at=at, replaces=replaces)
    imports.read_import(one.pk, received.pk)
    return imports.apply_import(one.pk, received.pk, by=BY, at=at)


def invoices(*rows: str, name: str = "factures.csv") -> tuple[str, bytes]:
    """A list of invoices: customer;name;number;date;due date;amount."""
    return name, (INVOICES + "".join(f"{row}\n" for row in rows)).encode()


def lumiere() -> list[tuple[str, bytes]]:
    """The books of the example company."""
    paths = [path for path in sorted(LUMIERE.iterdir()) if path.suffix in (".txt", ".csv")]
    return [(path.name, path.read_bytes()) for path in paths]
