import pytest
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.test import Client, RequestFactory
from tests.services.people import Authenticator, user


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("kind", "left"), [("totp", 1), ("webauthn", 1), ("recovery_codes", 2)])
def test_a_new_second_factor_ends_the_other_sessions(kind: str, left: int) -> None:
    one = user("ann@x.example")
    here, there = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    for client in (here, there):
        client.force_login(one)
        client.get("/account/")
    request = RequestFactory().get("/")
    request.session = here.session
    factor = Authenticator(user=one, type=kind, data={})
    authenticator_added.send(sender=Authenticator, request=request, user=one, authenticator=factor)
    assert UserSession.objects.filter(user=one).count() == left
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == (200 if left == 2 else 302)
