"""How to reach a server, in each role."""

from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from quittance.storage.address import Address, address_of_socket, address_of_url
from quittance.storage.refusal import UnableToServe

GIVEN = "postgresql://ada:s%40cret@db.example:5433/books?sslmode=require"


def parameters(text: str) -> dict[str, str]:
    return {key: str(value) for key, value in conninfo_to_dict(text).items()}


def test_the_embedded_server_has_a_user_for_each_role() -> None:
    address = address_of_socket(Path("/srv/a b/socket"))
    users = {role: address.of(role)["user"] for role in ("owner", "app", "setup")}  # type: ignore[arg-type]
    assert users == {"owner": "quittance_owner", "app": "quittance_app", "setup": "postgres"}
    assert parameters(address.conninfo("app", "test"))["dbname"] == "test"
    assert parameters(address.url("app")) == address.of("app")
    assert address.django("owner") == {
        "ENGINE": "django.db.backends.postgresql", "NAME": "quittance", "USER": "quittance_owner",
        "PASSWORD": "", "HOST": "/srv/a b/socket", "PORT": "5432",
        "OPTIONS": {"application_name": "quittance"},
    }  # fmt: skip


def test_the_user_of_an_address_takes_the_role_of_the_application() -> None:
    address = address_of_url(GIVEN)
    assert (address.database, address.owner, address.is_embedded) == ("books", "ada", False)
    assert "options" not in address.of("owner")
    app = address.django("app", "other")
    assert (app["NAME"], app["USER"], app["PASSWORD"]) == ("other", "ada", "s@cret")
    assert (app["HOST"], app["PORT"]) == ("db.example", "5433")
    assert app["OPTIONS"] == {
        "application_name": "quittance", "options": "-c role=quittance_app", "sslmode": "require",
    }  # fmt: skip
    assert parameters(address.url("app")) == address.of("app")


def test_options_of_the_address_are_kept() -> None:
    address = address_of_url("postgresql:///books?options=-c%20statement_timeout%3D5s")
    assert address.of("app")["options"] == "-c statement_timeout=5s -c role=quittance_app"


def test_the_application_may_have_an_address_of_its_own() -> None:
    address = address_of_url(GIVEN, "postgresql://web:other@db.example:5433/books")
    assert address.of("owner")["user"] == "ada"
    assert address.of("app")["user"] == "web"
    assert "options" not in address.of("app")


def test_a_name_is_found_without_one_in_the_address() -> None:
    assert address_of_url("postgresql://db.example").database == "quittance"


@pytest.mark.parametrize("text", ["postgresql://me:secret@[::1", "nonsense secret", "x=secret"])
def test_what_is_no_address_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(UnableToServe, match="DATABASE_URL is not a PostgreSQL address") as why:
        address_of_url(text)
    assert "secret" not in why.value.text("fr") + why.value.text("en")


def test_an_address_is_printed_without_its_password() -> None:
    assert "cret" not in repr(address_of_url(GIVEN))


def test_a_role_is_one_of_three() -> None:
    with pytest.raises(ValueError, match="owner, app, setup"):
        Address({"owner": {}, "app": {}, "setup": {}}).django("admin")


def test_psycopg_reads_what_is_given() -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address_of_socket(Path("/nowhere/at all")).conninfo())
