"""What the frame of every page needs: `{% load frame %}`, used by web/base.html alone."""

from typing import Any

from django import template
from django.template import Context

from quittance.core.phrase import LANGUAGES
from quittance.web.books_end import books_end as end_of_books
from quittance.web.look import CHOICES
from quittance.web.navigation import address_of, companies_of, places_of
from quittance.web.table_filters import address
from quittance.web.templatetags.design import language

register = template.Library()
NAMES = {"fr": "Français", "en": "English"}


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[Any]:
    """The places that the user may enter."""
    desk = context.get("desk")
    return places_of(desk.access, desk.request, lang=desk.lang) if desk else []


@register.simple_tag(takes_context=True)
def companies(context: Context) -> list[Any]:
    """The companies and groups that the user may go to."""
    desk = context.get("desk")
    return companies_of(desk.access, desk.request) if desk else []


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[tuple[str, str, bool]]:
    """The languages: code, name, whether it is spoken now."""
    return [(code, NAMES[code], code == context.get("lang")) for code in LANGUAGES]


@register.simple_tag(takes_context=True)
def looks(context: Context, kind: str) -> list[tuple[str, str, bool]]:
    """The choices of a look (`theme`, `density`): code, words, whether it is chosen."""
    lang = language(context)
    chosen = context.get(kind) or next(iter(CHOICES[kind]))
    return [(code, phrase.text(lang), code == chosen) for code, phrase in CHOICES[kind].items()]


@register.simple_tag(takes_context=True)
def place(context: Context, name: str) -> str:
    """The address of a screen in the present company; empty where there is none."""
    desk = context.get("desk")
    return address_of(name, desk.access.path) if desk else ""


@register.simple_tag(takes_context=True)
def books_end(context: Context) -> dict[str, Any] | None:
    """Where the books stop, what is said of it, and the present address on that day."""
    desk = context.get("desk")
    found = end_of_books(desk) if desk else None
    if desk is None or found is None:
        return None
    href = address(desk.request.GET, as_of=found.day.isoformat(), page=None)
    return {"day": found.day, "sentence": found.sentence(desk), "href": href}


@register.simple_tag(takes_context=True)
def without(context: Context, *names: str) -> str:
    """A link to the present address without some parameters."""
    request = context.get("request")
    return address(request.GET, **dict.fromkeys(names)) if request else "?"


@register.simple_tag(takes_context=True)
def kept(context: Context, *without: str) -> list[tuple[str, str]]:
    """The parameters of the present address as hidden fields, but for some."""
    request = context.get("request")
    if request is None:
        return []
    return [(n, v) for n, vs in request.GET.lists() if n not in without for v in vs]
