"""How allauth behaves here: nobody signs up without an invitation, links are on our address."""

import secrets
from base64 import b32encode, urlsafe_b64encode
from hashlib import sha256
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme

from quittance.web.language import speak
from quittance.web.origin import client_address


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's door, closed to strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by accepting an invitation."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether a page to go on to is one of ours, at the address that the visitor is on."""
        request = cast(HttpRequest, self.request)
        return url_has_allowed_host_and_scheme(
            url, {request.get_host()}, require_https=request.is_secure()
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits and the list of sessions go by."""
        return client_address(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of a mail, on the public address and not on what a request's header says."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.PUBLIC_URL}{path.replace('UID-KEY', key)}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's account."""
        return reverse("account")

    def post_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse:
        """Go on, in the user's language."""
        answer = super().post_login(request, user, **about)
        return speak(answer, user.language, is_secure=request.is_secure())


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors whose secrets are kept encrypted: a copy of the database opens nothing."""

    def encrypt(self, text: str) -> str:
        """A secret, under the key of this installation."""
        return vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that was kept under a lost key fits no code."""
        try:
            return vault().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return b32encode(secrets.token_bytes(20)).decode()

    def _get_site_name(self) -> str:
        return "Quittance"


def note_password(request: HttpRequest, user: Any) -> None:
    """A password was just chosen here: it is not asked for again at once."""
    record_authentication(request, user, method="password", email=user.email, reauthenticated=True)


def vault() -> MultiFernet:
    """The keys made from the secret key and from those that it replaced."""
    given = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (sha256(b"quittance second factors " + force_bytes(one)).digest() for one in given)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
