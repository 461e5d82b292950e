"""What happens at once when an account is made safer: whoever else is signed in comes again."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest


@receiver(authenticator_added, dispatch_uid="quittance.end_other_sessions")
def end_sessions_without_second_factor(
    *, request: HttpRequest, user: Any, authenticator: Authenticator, **_about: Any
) -> None:
    """Sessions that were opened with the password alone end when a second factor comes."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        here = request.session.session_key
        others = UserSession.objects.filter(user=user).exclude(session_key=here)
        get_adapter().end_sessions(list(others))
