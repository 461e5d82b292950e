"""What the frame of a page needs."""

from types import SimpleNamespace
from typing import Any

from django.template import Context, Template
from django.test import RequestFactory


def made(source: str, **facts: Any) -> str:
    facts = {"lang": "fr", "request": RequestFactory().get("/here?as_of=2026-01-01&q=a&page=2"),
             **facts}  # fmt: skip
    return Template("{% load frame %}" + source).render(Context(facts))


def test_the_other_parameters_are_kept_in_order() -> None:
    source = '{% kept "as_of" "page" as found %}{{ found|safe }}'
    assert made(source) == "[('q', 'a')]"
    assert made('{% without "as_of" "page" %}') == "?q=a"


def test_a_page_without_a_desk_has_no_navigation() -> None:
    assert made("{% navigation as found %}{{ found }}") == "[]"
    assert made("{% companies as found %}{{ found }}") == "[]"
    assert made('{% place "dashboard" %}') == ""


def test_a_place_that_is_not_there_has_no_address() -> None:
    desk = SimpleNamespace(access=SimpleNamespace(path="c/lumiere"))
    assert made('{% place "dashboard" %}', desk=desk) == "/c/lumiere/"
    assert made('{% place "unicorn" %}', desk=desk) == ""


def test_the_present_language_and_look_are_marked() -> None:
    assert made("{% languages as found %}{{ found|safe }}", lang="en") == (
        "[('fr', 'Français', False), ('en', 'English', True)]"
    )
    source = '{% looks "theme" as found %}{% for c, w, on in found %}{{ w }}{{ on }} {% endfor %}'
    assert made(source, theme="dark") == "SystèmeFalse ClairFalse SombreTrue "
    assert made(source) == "SystèmeTrue ClairFalse SombreFalse "
