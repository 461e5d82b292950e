"""How allauth behaves here: nobody signs up without an invitation, links are on our address."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's door, closed to strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by accepting an invitation."""
        return False
