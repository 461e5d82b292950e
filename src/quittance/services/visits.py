"""What happened since somebody's last visit, and that the visit took place."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max, Q

from quittance.storage.access import Access, customers_of
from quittance.storage.customer_events import CHANGE_UNDONE, CHANGED_TOGETHER
from quittance.storage.models import Event, Membership

MOST = 200  # events of one visit; the oldest first, so that none is passed over unread
ABOUT_PEOPLE = ("company", "member", "invitation")


def events_since_last_visit(access: Access) -> list[Event]:
    """The events of each company in view that its member has not seen, the newest first.

    Not the member's own. Who may not read the journal is told of books and customers alone; who
    is kept to own customers, of those, changes of many customers at once included.
    """
    unseen = Q(pk__in=[])
    for one in access.memberships:
        mine = Q(company_id=one.company_id, position__gt=one.last_seen_position)
        unseen |= mine & ~Q(actor_id=one.user_id)
    if not access.may("journal.read"):
        unseen &= ~Q(subject_kind__in=ABOUT_PEOPLE)
    if access.is_restricted:
        unseen &= about_own(access)
    found = Event.objects.filter(unseen).select_related("company").order_by("at", "position")
    return list(found[:MOST])[::-1]


def about_own(access: Access) -> Q:
    """The events of the customers that somebody is kept to."""
    mine = list(customers_of(access).values_list("pk", flat=True))
    together = Q(
        customer_id=None,
        action__in=(CHANGED_TOGETHER, CHANGE_UNDONE),
        before__customers__has_any_keys=[str(one) for one in mine],
    )
    return Q(customer_id__in=mine) | together


def mark_seen(memberships: Sequence[Membership], read: Mapping[int, int], *, at: datetime) -> None:
    """Remember how far somebody has read the journal of each company in view, never less far.

    `read` is company → position of the last event that was shown: what came since stays unseen.
    """
    for one in memberships:
        events = Event.objects.filter(
            company_id=one.company_id, position__lte=read.get(one.company_id, 0)
        )
        last = events.aggregate(last=Max("position"))["last"] or 0
        mine = Membership.objects.filter(pk=one.pk)
        mine.filter(last_seen_position__lt=last).update(last_seen_position=last)
        mine.update(last_seen_at=at)
