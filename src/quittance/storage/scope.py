"""Which companies the present transaction may see: the second wall's key.

Row-level security lets a row through when its company is in `quittance.companies`; the setting
lasts for the transaction and no longer, so that a connection taken again starts with nothing.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def see_companies(companies: Iterable[int]) -> None:
    """Let the present transaction see these companies and no other."""
    set_for_transaction("quittance.companies", ",".join(str(int(one)) for one in companies))


def see_as_user(user_id: int | None) -> None:
    """Let the present transaction see the memberships of a user, and their companies' names."""
    set_for_transaction("quittance.user", "" if user_id is None else str(int(user_id)))


def see_as_operator() -> None:
    """Let the present transaction list all companies: the command line of the machine itself."""
    set_for_transaction("quittance.operator", "on")


def see_invitation(secret_sha256: str) -> None:
    """Let the present transaction see the invitation of which the link bears the secret."""
    set_for_transaction("quittance.invitation", secret_sha256)


def set_for_transaction(name: str, value: str) -> None:
    """Set a parameter of PostgreSQL until the end of the transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{name} is set within a transaction only")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


@contextmanager
def seeing(*companies: int) -> Iterator[None]:
    """A transaction that sees these companies."""
    with transaction.atomic():
        see_companies(companies)
        yield
