"""The sessions of a user as the page of sessions lists them, without a write at every click."""

from collections.abc import Callable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponseBase

from quittance import clock
from quittance.web.origin import client_address

NOTED_EVERY = timedelta(minutes=1)


class SessionsMiddleware:
    """Note when and from where a session was last used, at most once a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, having noted the session."""
        if request.session.session_key and request.user.is_authenticated:
            note(request)
        return self.get_response(request)


def note(request: HttpRequest) -> None:
    """Write the session's last use where it is older than a minute or from elsewhere."""
    key = request.session.session_key
    known = UserSession.objects.filter(session_key=key).values("ip", "last_seen_at").first()
    is_fresh = known is not None and clock.now() - known["last_seen_at"] < NOTED_EVERY
    if known and is_fresh and known["ip"] == client_address(request):
        return
    UserSession.objects.create_from_request(request)
