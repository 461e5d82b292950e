"""The proof of a company's journal: its chain walked, its facts compared, its export written."""

from collections.abc import Iterator

from quittance.core.chain import HASHED, Break, Verdict, walk, written
from quittance.storage.fingerprints import all_fingerprints
from quittance.storage.models import Event


def verify_journal(company_id: int, *, head: str = "") -> Verdict:
    """Walk a company's chain and compare its facts; never stops at the first break.

    `head` is a hash noted elsewhere, which some event must bear.
    """
    events = Event.objects.filter(company_id=company_id).order_by("position")
    walked = walk(events.values(*HASHED, "hash").iterator(chunk_size=5_000), head=head)
    return Verdict(walked.events, walked.head, (*walked.breaks, *facts_breaks(company_id)))


def facts_breaks(company_id: int) -> Iterator[Break]:
    """The events whose facts are no longer those that they recorded."""
    found = all_fingerprints(company_id)
    events = Event.objects.filter(company_id=company_id).order_by("position")
    said = events.values_list("id", "position", "after__facts").iterator(chunk_size=5_000)
    for number, position, recorded in said:
        if found.pop(number, {}) != (recorded or {}):
            yield Break(position, "facts")
    if found:
        yield Break(0, "orphans")


def exported(company_id: int) -> Iterator[str]:
    """Every event as a line of JSON, the first one first: a file that is verified elsewhere."""
    events = Event.objects.filter(company_id=company_id).order_by("position")
    for fields in events.values(*HASHED, "hash").iterator(chunk_size=2_000):
        yield written(fields) + "\n"
