"""Where the record is and as whom to enter it: one value that hides whose server it is.

Three roles. `owner` owns the database and changes its tables; `app` reads and writes rows under
row-level security and can neither change tables nor look over the wall; `setup` makes roles and
databases (on a server of one's own, that is the user of the address).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from quittance.core.phrase import Phrase
from quittance.storage.refusal import UnableToServe

Role = Literal["owner", "app", "setup"]
ROLES: tuple[Role, ...] = ("owner", "app", "setup")
OWNER, APP, SUPERUSER = "quittance_owner", "quittance_app", "postgres"
DATABASE = "quittance"
PORT = "5432"

UNREADABLE = Phrase(
    "{variable} n'est pas une adresse PostgreSQL ({cause}).",
    "{variable} is not a PostgreSQL address ({cause}).",
)
WRITE_ADDRESS = Phrase(
    "Écrivez postgresql://utilisateur:motdepasse@machine:5432/base.",
    "Write postgresql://user:password@host:5432/database.",
)


@dataclass(frozen=True)
class Address:
    """How to reach a server, in each role; never printed with its passwords."""

    parameters: Mapping[Role, Mapping[str, str]] = field(repr=False)
    database: str = DATABASE
    is_embedded: bool = False
    owner: str = OWNER  # the role that owns the tables

    def of(self, role: Role, database: str | None = None) -> dict[str, str]:
        """The connection parameters of a role, as libpq names them."""
        return {**self.parameters[role], "dbname": database or self.database}

    def conninfo(self, role: Role = "app", database: str | None = None) -> str:
        """The connection string of a role, for psycopg and PostgreSQL's programs."""
        return make_conninfo(**self.of(role, database))

    def url(self, role: Role = "app", database: str | None = None) -> str:
        """The address of a role as a URL; it holds the password if there is one."""
        given = self.of(role, database)
        name = quote(given.pop("dbname"), safe="")
        return f"postgresql:///{name}?{urlencode(given, quote_via=quote)}"

    def django(self, role: str = "app", database: str | None = None) -> dict[str, Any]:
        """The entry of Django's DATABASES for a role."""
        known = {str(one): one for one in ROLES}
        if role not in known:
            raise ValueError(f"the role of a connection is one of {', '.join(ROLES)}, not {role}")
        given = self.of(known[role], database)
        told = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
        named = {upper: given.pop(lower, "") for lower, upper in told.items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            **named,
            "PORT": given.pop("port", ""),
            "OPTIONS": given,
        }


def address_of_socket(folder: Path) -> Address:
    """The address of the embedded server whose socket is in a folder: one user for each role."""
    place = {"host": str(folder), "port": PORT, "application_name": "quittance"}
    users: dict[Role, str] = {"owner": OWNER, "app": APP, "setup": SUPERUSER}
    return Address({role: {**place, "user": users[role]} for role in ROLES}, is_embedded=True)


def address_of_url(text: str, app_text: str = "", *, variable: str = "DATABASE_URL") -> Address:
    """The address of a server of one's own.

    The user of the address owns the tables. The application enters by an address of its own if one
    is given; else as the same user, who takes the role `quittance_app` as the connection starts.
    """
    given = parsed(text, variable)
    asked = f"{given.get('options', '')} -c role={APP}".strip()
    app = parsed(app_text, "QUITTANCE_APP_DATABASE_URL") if app_text else given | {"options": asked}
    database = given.get("dbname") or DATABASE
    return Address(
        {"owner": given, "app": app, "setup": given},
        database=database,
        owner=given.get("user") or OWNER,
    )


def parsed(text: str, variable: str) -> dict[str, str]:
    """The parameters that an address states; refuses what is none, without repeating it."""
    try:
        found = conninfo_to_dict(text)
    except psycopg.ProgrammingError as fault:
        cause = str(fault).strip().split('"')[0].strip(" :")
        facts = {"variable": variable, "cause": cause}
        raise UnableToServe(UNREADABLE.filled(**facts), WRITE_ADDRESS) from None
    named = {key: str(value) for key, value in found.items() if value is not None}
    return {"application_name": "quittance", **named}
