"""The components of the screens as tags: `{% load design %}`. docs/design.md lists them.

A tag that shows words or numbers takes the page's language from the context (`lang`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zlib import crc32

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from quittance.core.phrase import Language, Phrase
from quittance.reports.render.formats import (
    NUMERIC,
    date_text,
    figure_text,
    number_text,
    value_text,
)
from quittance.reports.render.html_views import charts
from quittance.reports.report import Chart, Figure, Kind
from quittance.web import icons
from quittance.web.chart_table import chart_rows
from quittance.web.charts import ages_bar, sparkline
from quittance.web.table_views import Table
from quittance.web.tones import age_tone

register = template.Library()
VALUE_LONG = 13
HUES = 5
TABLE_OPTIONS = (
    "is_bare", "searched", "empty_title", "empty_text", "empty_href", "empty_label", "bulk",
    "bulk_template", "saved", "may_export",
)  # fmt: skip
AGO = Phrase("{day} à {hour}", "{day} at {hour}")


def language(context: Context) -> Language:
    """The language of the page."""
    return "en" if context.get("lang") == "en" else "fr"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A sign of web/icons.py; `label` when it stands alone."""
    return icons.icon(name, label)


@register.simple_tag(takes_context=True)
def say(context: Context, phrase: Phrase, **facts: object) -> str:
    """A phrase in the page's language."""
    return (phrase.filled(**facts) if facts else phrase).text(language(context))


@register.simple_tag(takes_context=True)
def money(context: Context, amount_minor: int | None, *, currency: str) -> str:
    """An amount with its currency: `{% money row.open_minor currency=row.currency %}`."""
    return value_text(amount_minor, "money", lang=language(context), currency=currency)


@register.simple_tag(takes_context=True)
def amount(context: Context, value: float | str | date | None, *, kind: Kind) -> str:
    """Any value of a report: `{% amount 44.3 kind="days" %}`."""
    return value_text(value, kind, lang=language(context))


@register.simple_tag(takes_context=True)
def number(context: Context, value: float, *, decimals: int = 0) -> str:
    """A number with its thousands set apart."""
    return number_text(value, lang=language(context), decimals=decimals)


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | None) -> SafeString:
    """A day in words, with its machine form."""
    if value is None:
        return SafeString("–")
    text = date_text(value, language(context))
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", text)


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None) -> SafeString:
    """An instant, in the time of the place."""
    if value is None:
        return SafeString("–")
    local, lang = localtime(value), language(context)
    text = AGO.filled(day=date_text(local.date(), lang), hour=f"{local:%H:%M}").text(lang)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_tag
def tag(text: str, tone: str = "", *, dot: bool = False) -> SafeString:
    """A tag: no tone, ok, warn, bad, accent, or age-0 to age-4."""
    return format_html(
        '<span class="tag{}" data-tone="{}">{}</span>', " dot" if dot else "", tone, text
    )


@register.simple_tag(takes_context=True)
def days_past_due(context: Context, days: int | None) -> SafeString:
    """A number of days past due, in the tone of its age."""
    if days is None:
        return SafeString("–")
    return tag(value_text(days, "days", lang=language(context)), age_tone(days))


@register.simple_tag
def avatar(name: str, *, is_small: bool = False) -> SafeString:
    """The initials of a person, silent to a screen reader: the name stands beside them."""
    look = "avatar small" if is_small else "avatar"
    hue = crc32(name.encode()) % HUES
    return format_html(
        '<span class="{}" data-hue="{}" aria-hidden="true">{}</span>', look, hue, initials(name)
    )


def initials(name: str) -> str:
    """The first letters of the first and the last word.

    >>> initials("Marie-Claire Dupont"), initials("owner@example.org")
    ('MD', 'O')
    """
    words = [word for word in name.split("@", maxsplit=1)[0].split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@register.simple_tag
def spark(values: Sequence[float | None], label: str = "") -> SafeString:
    """A small trend."""
    return sparkline(values, label)


@register.simple_tag
def ages(amounts: Sequence[int], label: str, *, largest: int | None = None) -> SafeString:
    """What is owed by age as one bar, across its place."""
    return ages_bar(amounts, label, largest=largest, slim=False)


@register.inclusion_tag("web/parts/figure.html", takes_context=True)
def figure_card(
    context: Context,
    figure: Figure,
    *,
    href: str = "",
    trend: Sequence[float | None] = (),
    change: Phrase | str = "",
    tone: str = "",
) -> dict[str, Any]:
    """A key figure: value, label, trend, change, and its formula on demand."""
    lang = language(context)
    value = figure_text(figure, lang)
    looks = {
        "none": figure.value is None,
        "negative": figure.kind in NUMERIC and value.startswith("-"),
        "long": len(value) > VALUE_LONG,
    }
    return {
        "label": figure.label.text(lang),
        "value": value,
        "look": " ".join(name for name, holds in looks.items() if holds),
        "formula": figure.formula.text(lang),
        "comment": figure.comment.text(lang) if figure.comment else "",
        "trend": sparkline(trend, "") if trend else "",
        "href": href,
        "change": change.text(lang) if isinstance(change, Phrase) else change,
        "tone": tone,
    }


@register.simple_tag(takes_context=True)
def table(context: Context, shown: Table, **options: object) -> SafeString:
    """A table of web/tables.py, with the options that web/parts/table.html describes."""
    found: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    found |= {"table": shown, **dict.fromkeys(TABLE_OPTIONS), **options}
    return mark_safe(render_to_string("web/parts/table.html", found))  # noqa: S308  (a template)


@register.inclusion_tag("web/parts/chart.html", takes_context=True)
def chart(context: Context, drawn: Chart, *, is_titled: bool = True) -> dict[str, Any]:
    """A chart with its caption and its values as a table."""
    lang = language(context)
    return {
        "title": drawn.title.text(lang),
        "is_titled": is_titled,
        "charts": [mark_safe(one) for one in charts(drawn, lang)],  # noqa: S308  (escaped there)
        "rows": chart_rows(drawn, lang),
    }


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, *, unit: str = "") -> dict[str, Any]:
    """A field of a form with label, hint and errors, tied together for screen readers."""
    said = [f"{bound.auto_id}-hint"] if bound.help_text else []
    said += [f"{bound.auto_id}-error"] if bound.errors else []
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(said)} if said else {}
    attributes |= {"aria-invalid": "true"} if bound.errors else {}
    kind = getattr(bound.field.widget, "input_type", "")
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attributes),
        "is_choice": kind == "checkbox" and not hasattr(bound.field, "choices"),
        "is_set": bool(bound.field.widget.use_fieldset),
        "unit": unit,
    }


@register.simple_block_tag
def notice(content: SafeString, tone: str = "info", *, title: str = "") -> SafeString:
    """A message in the page: `{% notice "warning" title="…" %}…{% endnotice %}`."""
    role = "alert" if tone == "error" else "note"
    head = format_html("<strong>{}</strong> ", title) if title else ""
    return format_html(
        '<div class="notice" data-tone="{}" role="{}">{}<div class="notice-body">{}{}</div></div>',
        tone, role, icons.icon(tone), head, content,
    )  # fmt: skip


@register.simple_block_tag
def panel(content: SafeString, title: str = "", *, href: str = "", more: str = "") -> SafeString:
    """A framed part of a page with its heading and a link to more."""
    if not title:
        return format_html('<section class="panel">{}</section>', content)
    name = f"panel-{crc32(title.encode()):08x}"
    link = format_html('<a href="{}">{}</a>', href, more) if href else ""
    return format_html(
        '<section class="panel" aria-labelledby="{0}"><div class="block-head">'
        '<h2 id="{0}">{1}</h2>{2}</div>{3}</section>',
        name, title, link, content,
    )  # fmt: skip


@register.simple_block_tag
def dialog(content: SafeString, name: str, *, title: str, close: str) -> SafeString:
    """A dialog that `<button commandfor="name" command="show-modal">` opens."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title"><div class="dialog-head">'
        '<h2 id="{0}-title">{1}</h2><button class="icon-button" type="button" commandfor="{0}"'
        ' command="close" aria-label="{2}">{3}</button></div>{4}</dialog>',
        name, title, close, icons.icon("close"), content,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def address(context: Context, name: str, **arguments: object) -> str:
    """The address of a screen in the present company: `{% address "customer" pk=7 %}`."""
    where, _, slug = context["desk"].access.path.partition("/")
    return reverse(name, kwargs={"where": where, "slug": slug, **arguments})


@register.filter
def may(desk: Any, permission: str) -> bool:
    """Whether the user may: `{% if desk|may:"imports.write" %}`."""
    return bool(desk) and bool(desk.may(permission))


@register.filter
def message_tone(level: str) -> str:
    """The tone of a message of django.contrib.messages."""
    return level if level in ("success", "warning", "error") else "info"


@register.filter
def at(found: Mapping[str, Any], name: str) -> Any:
    """The value under a name that is itself a variable."""
    return found.get(name)


@register.filter
def joined(texts: Iterable[str], mark: str = " · ") -> str:
    """Those texts that say something, on one line."""
    return mark.join(str(text) for text in texts if text)
