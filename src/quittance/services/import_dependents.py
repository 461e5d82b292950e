"""What was done since an import and rests on what it brought: it keeps the import from going."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from quittance.storage.models import Allocation

if TYPE_CHECKING:
    from quittance.services.books import Manual


@dataclass(frozen=True)
class Dependent:
    """An allocation that a person made, and what it would lose."""

    customer_id: int
    customer: str
    document: str
    payment: str
    currency: str
    lost_minor: int
    at: datetime
    by: str


def dependents_of(manual: "Manual") -> list[Dependent]:
    """Every allocation made by hand that would be cut or lost, the first made first."""
    lost = losses(manual)
    made = Allocation.objects.filter(pk__in=list(lost)).select_related(
        "debit__customer", "credit", "added_by"
    )
    return list(named(made.order_by("pk").iterator(), lost))


def losses(manual: "Manual") -> dict[int, int]:
    """By allocation, the amount that would be lost."""
    left = manual.followed.group_by("id").agg(left=pl.col("amount_minor").sum())
    cut = manual.reversed.join(left, on="id", how="left").select(
        "id", lost=pl.col("amount_minor") - pl.col("left").fill_null(0)
    )
    return dict(cut.filter(pl.col("lost") > 0).iter_rows())


def named(made: Iterator[Allocation], lost: dict[int, int]) -> Iterator[Dependent]:
    """Allocations in the words of a screen."""
    for one in made:
        customer = one.debit.customer
        yield Dependent(
            customer_id=customer.pk,
            customer=f"{customer.code} · {customer.name}",
            document=one.debit.document,
            payment=one.credit.document,
            currency=one.currency,
            lost_minor=lost[one.pk],
            at=one.recorded_at,
            by=one.added_by.actor_name,
        )
