"""Somebody is invited, makes an account, must add a second factor, takes a new password."""

import re

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from tests.services.people import PASSWORD, opened, user
from tests.web.stories.acts import HOME, pressed
from tests.web.test_sign_in import code_of, with_totp
from tests.web.views.pages import text

pytestmark = pytest.mark.usefixtures("fresh_db")
FRESH, LATER = "une tonne de poires mûres", "deux tonnes de prunes bleues"
COMPANY = {"name": "Lumière", "default_terms": "30", "unmatched": "leave"}


def device() -> Client:
    return Client(SERVER_NAME="localhost")


def owner() -> Client:
    """The owner, signed in by password."""
    with transaction.atomic():
        opened("lumiere", user("ines@x.example", name="Inès Morel"))
    found = device()
    pressed(found, "/account/login/", login="ines@x.example", password=PASSWORD)
    return found


def test_from_the_invitation_to_a_safe_account() -> None:
    ines, laptop, telephone = owner(), device(), device()

    # The owner invites, and gives the password again to do so; the link is shown once.
    members = f"{HOME}members"
    there = pressed(ines, f"{members}/invite", email="bob@x.example", role="collector")
    assert there.startswith("/account/reauthenticate/")
    again = {"password": PASSWORD, "next": f"{members}/invite"}
    assert pressed(ines, there, **again) == members
    link = re.search(r'value="[^"]*(/invitation/[^"]+)"', text(ines, members))
    assert link
    assert "/invitation/" not in text(ines, members)

    # Bob makes his account with it, and is in; the link leads nowhere any more.
    assert pressed(laptop, link[1], name="Bob Petit", password=FRESH) == HOME
    assert "Les livres de la société ne sont pas encore là" in text(laptop, HOME)
    assert device().get(link[1]).status_code == 404
    assert "Bob Petit" in text(ines, members)

    # The owner wants second factors: neither sees anything before having one.
    settings = text(ines, f"{HOME}settings")
    fields = dict(re.findall(r'name="(\w+)"[^>]*?value="([^"]*)"', settings))
    wanted = {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}
    chosen = re.search(r'<select name="(\w+)".*?value="(\w+)" selected', settings, re.DOTALL)
    assert chosen
    pressed(ines, f"{HOME}settings/change", **{
        **wanted, chosen[1]: chosen[2], "requires_second_factor": "on",
    })  # fmt: skip
    for one in (ines, laptop):
        assert one.get(HOME).headers["Location"] == "/account/2fa/"
    secret = with_totp(laptop)
    assert "Les livres de la société ne sont pas encore là" in text(laptop, HOME)

    # On another device the password alone opens nothing, the code does.
    door = pressed(telephone, "/account/login/", login="bob@x.example", password=FRESH)
    assert door.startswith("/account/2fa/authenticate/")
    assert telephone.get(HOME).status_code == 302
    cache.clear()  # a code serves once; the one of this half-minute has
    pressed(telephone, "/account/2fa/authenticate/", code=code_of(secret))
    assert telephone.get(HOME).status_code == 200

    # A new password ends the session of the other device, and not this one.
    said = {"oldpassword": FRESH, "password1": LATER, "password2": LATER}
    pressed(laptop, "/account/password/change/", **said)
    assert laptop.get(HOME).status_code == 200
    assert telephone.get(HOME).headers["Location"].startswith("/account/login/")
