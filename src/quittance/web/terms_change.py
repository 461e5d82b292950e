"""Other terms of customers, entered on a card or for many: from which day, and with what effect."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict

from quittance.reports.terms_effect import TermsEffect, terms_effect
from quittance.services import customer_fields as fields
from quittance.services.customers import dated
from quittance.storage.terms_trial import books_with_terms
from quittance.web.desk import Desk

if TYPE_CHECKING:
    from quittance.storage.models import Customer


def start_in(posted: QueryDict) -> date | None:
    """The day from which other terms count; none: every invoice takes them."""
    try:
        return date.fromisoformat(posted.get("terms_from", ""))
    except ValueError:
        return None


def effect_to_show(
    desk: Desk, customers: "Sequence[Customer]", *, changes: Mapping[str, str]
) -> TermsEffect | None:
    """What other terms would change, where it is something and was not seen yet.

    What was seen comes back in `seen`: the terms and the day that the effect was shown for. Raises
    the refusals of customer_fields.
    """
    posted = desk.request.POST
    if "terms" not in changes or posted.get("seen") == sign_of(changes["terms"], posted):
        return None
    wanted = {"terms": fields.read_field(desk.access.company.pk, "terms", text=changes["terms"])}
    told = {one.code: dated(one, wanted, start=start_in(posted))["terms"] for one in customers}
    moved = {one.code: told[one.code] for one in customers if told[one.code] != one.terms}
    if not moved:
        return None
    company = desk.access.company
    before, after = books_with_terms(company, moved)
    found = terms_effect(before, after, as_of=desk.day, currency=company.currency)
    return found if found.moved else None


def sign_of(terms: str, posted: QueryDict) -> str:
    """What an effect was shown for, as the form sends it back."""
    start = start_in(posted)
    return f"{' '.join(terms.split())}|{start or ''}"
