"""What every screen stands on: who is there, in which company, on which day.

`@screen("permission")` turns a function of a `Desk` into a view: it asks the sign-in, the access,
the permission and the method, the second factor where the company wants one, and the password
again for sensitive acts, before anything else runs. What is not allowed and what does not exist
answer alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from quittance import clock
from quittance.core.phrase import Language
from quittance.services.journal import Actor
from quittance.services.refusals import UnableTo
from quittance.storage.access import (
    Access,
    NotThereError,
    enter_company,
    enter_group,
    visible_codes,
)
from quittance.storage.book import Books, load_books
from quittance.storage.permissions import BY_CODE
from quittance.web.origin import client_address

if TYPE_CHECKING:
    from quittance.storage.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)  # of the days that a view is computed for
View = Callable[..., HttpResponse]
SCREENS: dict[str, str] = {}  # name of the view → permission


@dataclass(frozen=True)
class Desk:
    """One request of a signed-in user in a company or a group."""

    request: HttpRequest
    access: Access
    as_of: date | None  # asked for; None: the present day
    lang: Language

    @property
    def user(self) -> "User":
        """Who is there."""
        return self.access.user

    @property
    def now(self) -> datetime:
        """The present instant, for what a service writes."""
        return clock.now()

    @property
    def actor(self) -> Actor:
        """Who acts, for the journal."""
        return Actor(self.user.name or self.user.email, origin_of(self.request), self.user.pk)

    @cached_property
    def books(self) -> Books:
        """The books of the company or companies in view, of the user's customers alone."""
        codes = visible_codes(self.access)
        end = None if self.known is None else end_of(self.known)
        return load_books(self.access.companies, codes=codes, known_at=end)

    @cached_property
    def known(self) -> date | None:
        """The day whose knowledge is asked for (`known=2026-09-30`); None: all that is known."""
        return day_in(self.request, "known")

    @property
    def day(self) -> date:
        """The day of the view: the one asked for, else the one whose knowledge is, else today.

        Never the last day of the books: due dates pass although nobody imports.
        """
        return self.as_of or self.known or clock.today()

    def url(self, name: str, **parts: Any) -> str:
        """The address of a screen of the same company or group."""
        where, slug = self.access.path.split("/", 1)
        return reverse(name, kwargs={"where": where, "slug": slug, **parts})

    def may(self, permission: str) -> bool:
        """Whether the user may."""
        return self.access.may(permission)

    def tell(self, text: str) -> None:
        """Say on the next page that something was done."""
        messages.success(self.request, text)

    def refuse(self, refusal: UnableTo) -> None:
        """Say on the next page why something was not done, and what to do."""
        messages.error(self.request, refusal.text(self.lang))


def screen(
    permission: str,
    *,
    methods: tuple[str, ...] = ("GET",),
    in_group: bool = True,
    is_sensitive: bool = False,
) -> Callable[[View], View]:
    """A view for those who have a permission in the company or group of the address.

    `in_group=False`: the screen exists for one company only. `is_sensitive`: whoever has not given
    a password or second factor in the last minutes gives it again, and the act then goes on.
    """
    if permission not in BY_CODE:
        raise ValueError(f"unknown permission {permission}")
    answered = (*methods, "HEAD") if "GET" in methods else methods

    def decorate(view: View) -> View:
        SCREENS[f"{view.__module__}.{view.__name__}"] = permission

        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, where: str, *, slug: str, **rest: Any) -> HttpResponse:
            desk = seated(request, where, slug=slug)
            is_elsewhere = desk.access.is_group and not in_group
            if is_elsewhere or not desk.may(permission) or request.method not in answered:
                raise Http404
            if wants_second_factor(desk):
                return led_to_second_factor(desk)

            def act(_request: HttpRequest) -> HttpResponse:
                return answer(view, desk, **rest)

            checked = reauthentication_required(act) if is_sensitive else act
            return cast("HttpResponse", checked(request))

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        guarded.in_group = in_group  # type: ignore[attr-defined]
        return guarded

    return decorate


def answer(view: View, desk: Desk, **rest: Any) -> HttpResponse:
    """What a view answers; not there where it finds nothing; kept by no cache but the browser's.

    A text with a NUL is refused at the door: PostgreSQL can neither keep nor search it.
    """
    sent = (*desk.request.GET.lists(), *desk.request.POST.lists())
    if any("\0" in text for _name, texts in sent for text in texts):
        raise BadRequest("a NUL in what was sent")
    try:
        response = view(desk, **rest)
    except NotThereError:
        raise Http404 from None
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def seated(request: HttpRequest, where: str, *, slug: str) -> Desk:
    """The desk of a request; Http404 for whoever has no place there."""
    user = cast("User", request.user)
    try:
        access = enter_group(user, slug) if where == "g" else enter_company(user, slug)
    except NotThereError:
        raise Http404 from None
    return Desk(request, access, day_in(request, "as_of"), spoken())


def spoken() -> Language:
    """The language of the page."""
    return "en" if get_language() == "en" else "fr"


def origin_of(request: HttpRequest) -> str:
    """From where a request comes, for the journal."""
    return f"web {client_address(request)}"


def day_in(request: HttpRequest, name: str) -> date | None:
    """A day that the address asks for (`as_of=2026-09-30`); one that is unreadable is none."""
    try:
        asked = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return asked if EARLIEST <= asked <= LATEST else None


def end_of(day: date) -> datetime:
    """The instant at which a day is over, where the company is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def wants_second_factor(desk: Desk) -> bool:
    """Whether a company in view wants a second factor that the user has not set up."""
    is_wanted = any(company.requires_second_factor for company in desk.access.companies)
    return is_wanted and not is_mfa_enabled(desk.user, FACTORS)


def led_to_second_factor(desk: Desk) -> HttpResponse:
    """To the page where a second factor is set up, with the reason."""
    text = gettext("%(company)s exige un second facteur : ajoutez-en un pour entrer.")
    messages.warning(desk.request, text % {"company": desk.access.name})
    return redirect("mfa_index")


def today() -> date:
    """The present day."""
    return clock.today()
