"""What every screen stands on: who is there, in which company, on which day.

`@screen("permission")` turns a function of a `Desk` into a view: it asks the sign-in, the second
factor where the company wants one, the access and the permission, before anything else runs. What
is not allowed and what does not exist answer alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from quittance import clock
from quittance.core.phrase import Language
from quittance.services.journal import Actor
from quittance.storage.access import Access, NotThereError, enter_company, enter_group
from quittance.storage.models import User
from quittance.storage.permissions import BY_CODE

SCREENS: dict[str, str] = {}  # name of the view → permission


@dataclass(frozen=True)
class Desk:
    """One request of a signed-in user in a company or a group."""

    request: HttpRequest
    access: Access
    as_of: date | None  # asked for; None: the last movement of the books
    lang: Language

    @property
    def user(self) -> User:
        """Who is there."""
        return self.access.user

    @property
    def actor(self) -> Actor:
        """Who acts, for the journal."""
        address = self.request.META.get("REMOTE_ADDR", "?")
        return Actor(self.user.name or self.user.email, f"web {address}", self.user.pk)

    def may(self, permission: str) -> bool:
        """Whether the user may."""
        return self.access.may(permission)


def screen(
    permission: str, *, methods: tuple[str, ...] = ("GET",)
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for those who have a permission in the company or group of the address."""
    if permission not in BY_CODE:
        raise ValueError(f"unknown permission {permission}")

    def decorate(
        view: Callable[..., HttpResponse],
    ) -> Callable[..., HttpResponse]:
        SCREENS[f"{view.__module__}.{view.__name__}"] = permission

        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, where: str, slug: str, **rest: Any) -> HttpResponse:
            desk = seated(request, where, slug=slug)
            if not desk.may(permission) or request.method not in (*methods, "HEAD"):
                raise Http404
            if wants_second_factor(desk):
                return redirect("mfa_index")
            try:
                return view(desk, **rest)
            except NotThereError:
                raise Http404 from None

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        return guarded

    return decorate


def seated(request: HttpRequest, where: str, *, slug: str) -> Desk:
    """The desk of a request; Http404 for whoever has no place there."""
    user = cast(User, request.user)
    try:
        access = enter_group(user, slug) if where == "g" else enter_company(user, slug)
    except NotThereError:
        raise Http404 from None
    lang: Language = "en" if get_language() == "en" else "fr"
    return Desk(request, access, asked_day(request), lang)


def asked_day(request: HttpRequest) -> date | None:
    """The day that the address asks for (`as_of=2026-09-30`); one that is unreadable is none."""
    try:
        return date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return None


def wants_second_factor(desk: Desk) -> bool:
    """Whether a company in view wants a second factor that the user has not set up."""
    is_wanted = any(company.requires_second_factor for company in desk.access.companies)
    return is_wanted and not is_mfa_enabled(desk.user)


def today() -> date:
    """The present day."""
    return clock.today()
