"""Every address that the program answers, found by walking its URL patterns."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

PLACE = "{where}/{slug}/"


@dataclass(frozen=True)
class Address:
    """One pattern: its route with `{parameters}`, its name, its view."""

    route: str
    name: str
    view: Callable[..., Any]

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(re.findall(r"\{(\w+)\}", self.route))

    @property
    def is_of_a_place(self) -> bool:
        """Whether it is under a company or a group."""
        return self.route.startswith(PLACE)

    @property
    def permission(self) -> str:
        return str(getattr(self.view, "permission", ""))

    @property
    def methods(self) -> tuple[str, ...]:
        return tuple(getattr(self.view, "methods", ()))

    @property
    def in_group(self) -> bool:
        return bool(getattr(self.view, "in_group", True))

    def filled(self, **values: object) -> str:
        """The address with its parameters."""
        return "/" + self.route.format(**values)

    def __str__(self) -> str:
        return self.route or "/"


def every_address() -> list[Address]:
    return list(walked(get_resolver().url_patterns, ""))


def walked(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
    for one in patterns:
        route = before + written(one.pattern)
        if isinstance(one, URLResolver):
            yield from walked(one.url_patterns, route)
        else:
            yield Address(route, one.name or "", one.callback)


def written(pattern: Any) -> str:
    """A pattern with its parameters as `{name}`."""
    text = str(pattern)
    if isinstance(pattern, RegexPattern):
        named = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)", r"{\1}", text)
        return named.lstrip("^").rstrip("$")
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", text)
