"""From facts to one Book: due dates that nothing states, settlements assumed, instalments.

Everything here depends on what may be edited later (a customer's terms, the choice of oldest
first), so that the record computes it again at each reading and stores none of it.
See docs/algorithms/terms.md and docs/algorithms/allocations.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from quittance.core import allocations as alloc
from quittance.core import terms as payment_terms
from quittance.core.book import Book, Law
from quittance.core.phrase import Phrase
from quittance.core.schema import ALLOCATIONS, CUSTOMERS, ITEMS, LEDGER, checked, shaped

DEFAULT_TERMS = "30"  # C. com. L441-10 I: thirty days where nothing is agreed

ASSUMED_TERMS = Phrase(
    "{count} échéance(s) absente(s) des fichiers (un FEC n'en a pas) : calculées avec {how}.",
    "{count} due date(s) absent from the files (a FEC has none): computed with {how}.",
)
BY_DEFAULT = Phrase("« {terms} »{law}", "'{terms}'{law}")
BY_CUSTOMER = Phrase(
    "les conditions propres à {count} client(s)", "the terms of {count} customer(s)"
)
BOTH_WAYS = Phrase("{own}, et {default} pour les autres", "{own}, and {default} for the others")
LEGAL_DEFAULT = Phrase(
    " (délai légal à défaut d'accord, C. com. L441-10 I ; {where})",
    " (the law's default, C. com. L441-10 I; {where})",
)
SETTLED_FIFO = Phrase(
    "{count} lettrage(s) supposé(s), du plus ancien au plus récent ({where}) : {share} % "
    "des règlements et avoirs.",
    "{count} allocation(s) assumed, oldest first ({where}): {share} % of payments and "
    "credit notes.",
)
NOT_MATCHED = Phrase(
    "Aucun lettrage utilisable dans les fichiers : les règlements restent non affectés. "
    "{where} les impute du plus ancien au plus récent.",
    "No usable matching code in the files: payments stay unallocated. "
    "{where} settles oldest first.",
)


BY_TERMS = Phrase("--terms pour le vôtre", "--terms for yours")
BY_ALLOCATE = Phrase("--allocate fifo", "--allocate fifo")


@dataclass(frozen=True)
class Assumptions:
    """What is assumed where the books say nothing, and where a reader of the notes changes it.

    `terms` are those of customers without their own ("": the law's). `is_fifo` settles oldest
    first what the books leave unmatched.
    """

    terms: str = ""
    is_fifo: bool = False
    change_terms: Phrase = BY_TERMS
    change_fifo: Phrase = BY_ALLOCATE


LEAST = Assumptions()


@checked(customers=CUSTOMERS, items=ITEMS, allocations=ALLOCATIONS, ledger=LEDGER)
def book_of(
    customers: pl.DataFrame,
    items: pl.DataFrame,
    *,
    allocations: pl.DataFrame,
    ledger: pl.DataFrame,
    law: Law,
    assumed: Assumptions = LEAST,
    notes: Sequence[Phrase] = (),
) -> Book:
    """The Book of some facts; `due_date` may be null on any item.

    `notes` come before those on what was assumed here. Raises `terms.UnreadableTerms`.
    """
    default = assumed.terms or DEFAULT_TERMS
    told = [*notes, *terms_notes(items, customers, assumed=assumed)]
    dated = payment_terms.with_due_dates(items, customers, default=default)
    if assumed.is_fifo:
        allocations, note = settled_oldest_first(dated, allocations, assumed=assumed)
        told.append(note)
    elif allocations.is_empty() and (dated["amount_minor"] < 0).any():
        told.append(NOT_MATCHED.filled(where=assumed.change_fifo))
    dated, allocations = payment_terms.split_into_instalments(
        dated, allocations, customers=customers, default=default
    )
    return Book(customers, dated, allocations, law, ledger, notes=tuple(told))


def terms_notes(
    items: pl.DataFrame, customers: pl.DataFrame, *, assumed: Assumptions = LEAST
) -> list[Phrase]:
    """What the report says of due dates that were computed: how many, and with which terms."""
    computed = items.filter(pl.col("due_date").is_null(), pl.col("amount_minor") > 0)
    if computed.is_empty():
        return []
    stated = computed.join(customers.select("customer", "terms"), on="customer", how="left")
    has_own = pl.col("terms").fill_null("") != ""
    own = BY_CUSTOMER.filled(count=stated.filter(has_own)["customer"].n_unique())
    law = Phrase("", "") if assumed.terms else LEGAL_DEFAULT.filled(where=assumed.change_terms)
    usual = BY_DEFAULT.filled(terms=assumed.terms or DEFAULT_TERMS, law=law)
    ways = {(True,): own, (False,): usual}
    found = set(stated.select(has_own).unique().iter_rows())
    how = ways[found.pop()] if len(found) == 1 else BOTH_WAYS.filled(own=own, default=usual)
    return [ASSUMED_TERMS.filled(count=computed.height, how=how)]


def settled_oldest_first(
    items: pl.DataFrame, allocations: pl.DataFrame, *, assumed: Assumptions = LEAST
) -> tuple[pl.DataFrame, Phrase]:
    """What the books leave unmatched settled oldest first, customer by customer, and a note.

    An advance is for an order not yet invoiced, a doubtful claim is apart: neither is touched.
    """
    sound = items.filter(~pl.col("kind").is_in(["advance", "doubtful"]))
    left = alloc.residuals(sound, allocations).filter(pl.col("open_minor") != 0)
    group = pl.struct("customer", "currency").hash(0).reinterpret(signed=True)
    members = left.select(
        "item", "date", group=group, amount_minor="open_minor", recorded_date=pl.lit(None)
    )
    supposed = alloc.oldest_first(shaped(members, alloc.MEMBERS))
    credits_ = int(-items.filter(pl.col("amount_minor") < 0)["amount_minor"].sum())
    share = round(int(supposed["amount_minor"].sum()) * 100 / credits_) if credits_ else 0
    where = assumed.change_fifo
    note = SETTLED_FIFO.filled(count=supposed.height, share=share, where=where)
    return pl.concat([allocations, supposed]), note
