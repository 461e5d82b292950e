"""What happened since somebody's last visit, and that the visit took place."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from quittance.storage.access import Access, customers_of
from quittance.storage.models import Event, Membership

SHOWN = 12
ABOUT_PEOPLE = ("company", "member", "invitation")


def events_since_last_visit(access: Access) -> list[Event]:
    """The last events of each company in view that its member has not seen, the newest first.

    Not the member's own. Who may not read the journal is told of books and customers alone; who
    is kept to own customers, of those.
    """
    unseen = Q(pk__in=[])
    for one in access.memberships:
        mine = Q(company_id=one.company_id, position__gt=one.last_seen_position)
        unseen |= mine & ~Q(actor_id=one.user_id)
    if not access.may("journal.read"):
        unseen &= ~Q(subject_kind__in=ABOUT_PEOPLE)
    if access.is_restricted:
        unseen &= Q(customer_id__in=customers_of(access).values("pk"))
    found = Event.objects.filter(unseen).select_related("company").order_by("-at", "-position")
    return list(found[:SHOWN])


def mark_seen(memberships: Sequence[Membership], *, at: datetime) -> None:
    """Remember how far somebody has read the journal of each company in view."""
    for one in memberships:
        last = Event.objects.filter(company_id=one.company_id).order_by("-position").first()
        position = last.position if last else 0
        Membership.objects.filter(pk=one.pk).update(last_seen_position=position, last_seen_at=at)
