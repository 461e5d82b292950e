"""Everything that can be wrong with an installation, found and told with its remedy."""

from collections.abc import Mapping
from datetime import datetime

from quittance.core.phrase import Phrase
from quittance.storage.address import Address
from quittance.storage.checks_machine import examine_machine
from quittance.storage.checks_server import SERVER, examine_server
from quittance.storage.embedded import address_of_environment
from quittance.storage.finding import Finding
from quittance.storage.home import Home, home_of
from quittance.storage.refusal import UnableToServe

NOT_YET = Phrase(
    "Aucune donnée encore : le serveur démarre au premier usage.",
    "No data yet: the server starts when it is first used.",
)


def examine(environ: Mapping[str, str], *, now: datetime) -> list[Finding]:
    """Every check of the machine, then of the server; a record not yet begun stays so."""
    folder = home_of(environ)
    found = examine_machine(environ, folder, now=now)
    if not environ.get("DATABASE_URL") and not Home(folder).cluster.exists():
        return [*found, SERVER.fine(NOT_YET)]
    try:
        address: Address = address_of_environment(environ)
    except UnableToServe as refusal:
        return [*found, SERVER.refused(refusal)]
    return [*found, *examine_server(address, now=now)]


def has_errors(findings: list[Finding]) -> bool:
    """Whether anything is wrong (a warning alone is not)."""
    return any(one.severity == "error" for one in findings)
