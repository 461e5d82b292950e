import re

import pytest
from tests.cli.commands import run

pytestmark = pytest.mark.usefixtures("fresh_db")


def test_a_company_is_opened_with_a_way_in_for_its_owner() -> None:
    opened = run("company", "open", "alpha", "Alpha SA", "--owner", "ana@exemple.fr")
    assert opened.exit_code == 0
    assert "Société ouverte : Alpha SA (alpha)." in opened.stdout
    password = re.search(r"montré cette seule fois : (\S{20})", opened.stdout)
    assert password is not None
    from quittance.storage.models import User

    assert User.objects.get(email="ana@exemple.fr").check_password(password[1])
    again = run("company", "open", "beta", "Beta SA", "--owner", "ana@exemple.fr")
    assert "Mot de passe" not in again.stdout
    assert "alpha" in run("company", "list").stdout


def test_a_short_name_is_taken_once() -> None:
    run("company", "open", "alpha", "Alpha SA", "--owner", "ana@exemple.fr")
    again = run("company", "open", "alpha", "Autre", "--owner", "b@exemple.fr", "--lang", "en")
    assert again.exit_code == 2
    assert "alpha" in again.stderr
    from quittance.storage.models import User

    assert not User.objects.filter(email="b@exemple.fr").exists()


def test_companies_form_a_group() -> None:
    for slug in ("alpha", "beta"):
        run("company", "open", slug, slug, "--owner", "ana@exemple.fr")
    formed = run("company", "group", "tout", "Tout", "alpha", "beta", "--lang", "en")
    assert formed.stdout == "Group formed: Tout (tout).\n"
    assert run("company", "list").stdout.count("Tout") == 2
    assert run("company", "group", "rien", "Rien", "alpha").exit_code == 2
