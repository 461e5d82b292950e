import re

import pytest
from tests.cli.commands import run

pytestmark = pytest.mark.usefixtures("fresh_db")
EMAIL = "ana@exemple.fr"


def test_lost_second_factors_are_forgotten_and_the_journal_tells_it() -> None:
    run("company", "open", "alpha", "Alpha SA", "--owner", EMAIL)
    from allauth.mfa.models import Authenticator

    from quittance.storage.models import User

    Authenticator.objects.create(user=User.objects.get(email=EMAIL), type="totp", data={})
    done = run("member", "reset-second-factor", EMAIL.upper(), "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Second factors of {EMAIL.upper()} forgotten (application)")
    assert not Authenticator.objects.exists()
    told = run("journal", "export", "--company", "alpha").stdout
    assert '"action": "member.second_factor_forgotten"' in told
    assert '"origin": "cli ' in told
    again = run("member", "reset-second-factor", EMAIL, "--lang", "en")
    assert again.stdout == f"{EMAIL} has no second factor; the sessions were ended.\n"


def test_a_password_is_given_where_no_mail_leaves() -> None:
    run("company", "open", "alpha", "Alpha SA", "--owner", EMAIL)
    from quittance.storage.models import User

    given = run("member", "new-password", EMAIL)
    password = re.search(r"montré cette seule fois : (\S{20})", given.stdout)
    assert password is not None
    assert User.objects.get(email=EMAIL).check_password(password[1])


@pytest.mark.parametrize("command", ["reset-second-factor", "new-password"])
def test_an_address_that_nobody_has_is_refused(command: str) -> None:
    refused = run("member", command, "nobody@exemple.fr", "--lang", "en")
    assert refused.exit_code == 2
    assert refused.stderr == (
        "Nobody has the address nobody@exemple.fr in this installation; nothing was changed.\n"
    )
