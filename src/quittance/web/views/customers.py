"""The customers: filtered, sorted, kept as views, changed in number with an undo."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from quittance.core.phrase import Phrase
from quittance.reports.customers import AGES, NOBODY, customers_report, with_notes
from quittance.reports.report import Report
from quittance.reports.terms_effect import TermsEffect
from quittance.services.customer_fields import IN_NUMBER, PEOPLE
from quittance.services.customers import change_customers, undo_change
from quittance.services.refusals import UnableTo
from quittance.services.saved_views import forget_view, save_view
from quittance.storage.access import customers_named
from quittance.storage.customers import (
    calling_customers,
    noted_customers,
    people_of,
    saved_views,
)
from quittance.web.charts import ages_bar
from quittance.web.customer_links import asked_before, customer_link
from quittance.web.desk import Desk, screen, today
from quittance.web.downloads import download, form_asked
from quittance.web.narrowing import narrowed
from quittance.web.table_filters import address
from quittance.web.table_views import Picture, Shape
from quittance.web.tables import table_of
from quittance.web.terms_change import effect_to_show, sign_of, start_in
from quittance.web.tones import age_tone

PAGE = "customers"
AGES_LABEL = Phrase("Âges", "Ages")
AGES_OF = Phrase("Âges de l'encours : {name}", "Ages of what is owed: {name}")
ALWAYS_HIDDEN = frozenset({"situation", "notes"})
HIDDEN_WHEN_ALIKE = ("company", "segment", "group", "kind", "collector_code")


@screen("books.read")
def customers(desk: Desk) -> HttpResponse:
    """Every customer with balance, overdue and habits, filtered as the address asks."""
    report = listed(desk, desk.day)
    query, form = desk.request.GET, form_asked(desk.request.GET)
    if form and desk.may("books.export"):
        return download(report, form, lang=desk.lang, company=desk.access.name, query=query)
    may_assign = desk.may("customers.assign")
    shape = Shape(
        key="customer_id" if may_assign else "",
        pictures=(ages_picture(desk),),
        hidden=hidden_in(report),
        tones={"oldest_days": age_tone},
    )
    context = {
        "desk": desk,
        "as_of": desk.day,
        "report": report,
        "shown": table_of(report, query, lang=desk.lang, row_link=customer_link(desk), shape=shape),
        "views": views_of(desk, query),
        "calls": int((report.rows["notes"] == "me").sum()),
        "calls_href": address(query, notes="me", page=None, format=None),
        "filters": address(query, page=None, format=None, table=None),
        "may_keep": not desk.access.is_group,
        **(choices_of(desk) if may_assign else {}),
    }
    return render(desk.request, "web/customers.html", context)


def listed(desk: Desk, day: date) -> Report:
    """The customers on a day, and who has notes."""
    books = desk.books
    company = desk.access.companies[0]
    report = books.once(
        ("customers", day),
        lambda: customers_report(books.book, day, people=books.people, currency=company.currency),
    )
    calling = calling_customers(desk.access)
    return with_notes(report, noted_customers(desk.access), calling=calling)


def ages_picture(desk: Desk) -> Picture:
    """What each customer owes by age, as a bar."""

    def draw(row: dict[str, Any]) -> str:
        label = AGES_OF.filled(name=row["name"]).text(desk.lang)
        return ages_bar([row[name] for name in AGES], label)

    return Picture("ages", AGES_LABEL, draw, before="oldest_days")


def hidden_in(report: Report) -> frozenset[str]:
    """The columns that would say the same of every customer, or that only filter."""
    rows = report.rows
    alike = {name for name in HIDDEN_WHEN_ALIKE if rows[name].n_unique() < 2}
    return ALWAYS_HIDDEN | alike


def views_of(desk: Desk, query: QueryDict) -> list[dict[str, Any]]:
    """The user's views, and which of them is shown."""
    shown = address(query, page=None, as_of=None, known=None).removeprefix("?")
    return [
        {"id": one.pk, "label": one.name, "href": f"?{one.query}", "is_current": one.query == shown}
        for one in saved_views(desk.access, PAGE)
    ]


def choices_of(desk: Desk) -> dict[str, Any]:
    """What a change in number may set."""
    people = desk.books.people
    return {
        "members": people_of(desk.access),
        "nobody": NOBODY,
        "segments": sorted(set(people["segment"]) - {""}, key=str.casefold),
        "groups": sorted(set(people["group"]) - {""}, key=str.casefold),
        "bulk": desk.url("customers_change"),
        "today": today(),
    }


@screen("customers.assign", methods=("POST",), in_group=False)
def change(desk: Desk) -> HttpResponse:
    """Set the same fields of the customers ticked, or of all that the filters leave."""
    there, query = asked_before(desk)
    back = redirect(there or desk.url("customers"))
    wanted = wanted_of(desk.request.POST)
    ids = chosen_ids(desk, query)
    if not wanted or not ids:
        messages.warning(desk.request, gettext("Rien à changer : cochez des clients et un champ."))
        return back
    chosen = list(customers_named(desk.access, ids))
    try:
        effect = effect_to_show(desk, chosen, changes=wanted)
        if effect is not None:
            return effect_page(desk, effect, wanted=wanted, count=len(ids))
        done = change_customers(
            desk.access.company.pk, ids, changes=wanted, by=desk.actor, at=desk.now,
            terms_from=start_in(desk.request.POST),
        )  # fmt: skip
    except UnableTo as refusal:
        desk.refuse(refusal)
        return back
    if done.event is None:
        desk.tell(gettext("Ces clients l'avaient déjà : rien n'a changé."))
        return back
    text = ngettext("%(count)s client modifié.", "%(count)s clients modifiés.", done.count)
    undo = desk.url("customers_undo", event_id=done.event.pk)
    messages.success(desk.request, text % {"count": done.count}, extra_tags=f"undo:{undo}")
    return back


def effect_page(
    desk: Desk, effect: TermsEffect, *, wanted: dict[str, str], count: int
) -> HttpResponse:
    """What other terms would change, with the form that does it; nothing is done yet."""
    posted = desk.request.POST
    beside = ("csrfmiddlewaretoken", "seen")
    context = {
        "desk": desk,
        "effect": effect,
        "fields": [(n, v) for n, values in posted.lists() if n not in beside for v in values],
        "seen": sign_of(wanted["terms"], posted),
        "count": count,
        "back": asked_before(desk)[0] or desk.url("customers"),
    }
    return render(desk.request, "web/customers_terms.html", context)


def wanted_of(posted: QueryDict) -> dict[str, str]:
    """The fields to set: those that hold something, and those to empty."""
    emptied = set(posted.getlist("clear")) & set(IN_NUMBER)
    wanted = {name: str(posted[name]) for name in IN_NUMBER if str(posted.get(name, "")).strip()}
    wanted |= dict.fromkeys(emptied, "")
    return {n: "" if n in PEOPLE and value == NOBODY else value for n, value in wanted.items()}


def chosen_ids(desk: Desk, query: QueryDict) -> list[int]:
    """The numbers of the customers ticked, or of every one that the page's filters leave."""
    posted = desk.request.POST
    if posted.get("all"):
        rows = narrowed(listed(desk, day_of(desk, query)), query, lang=desk.lang).rows
        return rows["customer_id"].unique().sort().to_list()
    return sorted({int(one) for one in posted.getlist("chosen") if one.isdecimal()})


def day_of(desk: Desk, query: QueryDict) -> date:
    """The day of the page that a form was sent from."""
    try:
        return date.fromisoformat(query.get("as_of", ""))
    except ValueError:
        return desk.day


@screen("customers.assign", methods=("POST",), in_group=False)
def undo(desk: Desk, event_id: int) -> HttpResponse:
    """Put back what customers had before a change."""
    referer = desk.request.headers.get("Referer", "")
    try:
        back = undo_change(desk.access.company.pk, event_id, by=desk.actor, at=desk.now)
    except UnableTo as refusal:
        desk.refuse(refusal)
        return redirect(safe(desk, referer))
    desk.tell(undone_text(back.restored, back.left))
    return redirect(safe(desk, referer))


def undone_text(restored: int, left: int) -> str:
    """How many customers have again what they had, and how many had changed since."""
    text = ngettext("%(count)s client rétabli.", "%(count)s clients rétablis.", restored)
    said = text % {"count": restored}
    if not left:
        return said
    rest = ngettext(
        "%(count)s a changé depuis et reste tel quel.",
        "%(count)s ont changé depuis et restent tels quels.",
        left,
    )
    return f"{said} {rest % {'count': left}}"


def safe(desk: Desk, referer: str) -> str:
    """The page that one came from, where it is a page of ours; else the list."""
    host = f"{desk.request.scheme}://{desk.request.get_host()}/"
    path = referer.removeprefix(host).lstrip("/\\")  # `//elsewhere` is another host
    return f"/{path}" if referer.startswith(host) else desk.url("customers")


@screen("books.read", methods=("POST",), in_group=False)
def keep_view(desk: Desk) -> HttpResponse:
    """Keep the filters of the list under a name."""
    there, query = asked_before(desk)
    asked = dict.fromkeys(("as_of", "known"))
    try:
        view = save_view(
            desk.access.company.pk, desk.user.pk, page=PAGE,
            name=desk.request.POST.get("name", ""), query=address(query, **asked),
        )  # fmt: skip
    except UnableTo as refusal:
        desk.refuse(refusal)
        return redirect(there or desk.url("customers"))
    desk.tell(gettext("Vue enregistrée : %(name)s.") % {"name": view.name})
    return redirect(f"{desk.url('customers')}?{view.query}")


@screen("books.read", methods=("POST",), in_group=False)
def drop_view(desk: Desk) -> HttpResponse:
    """Forget one of one's own views."""
    there, _ = asked_before(desk)
    number = desk.request.POST.get("view", "")
    if number.isdecimal():
        forget_view(desk.access.company.pk, int(number), user_id=desk.user.pk)
    return redirect(there or desk.url("customers"))
