"""What colleagues write about a customer, and whom they call on with an @.

The journal keeps the digest of a note's text and not the text: a note proves itself, and a text
that the law wants erased can be, without breaking the chain.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from quittance.core.phrase import Phrase
from quittance.services.journal import Actor, Subject, journal
from quittance.services.refusals import UnableTo
from quittance.storage.access import NotThereError
from quittance.storage.models import Customer, Membership, Note, User
from quittance.storage.people import searchable
from quittance.storage.scope import seeing

LONGEST = 10_000


class UnableToWriteNote(UnableTo):
    """A note without a word, or far too long."""

    code = "note-text"
    sentence = Phrase(
        "Une note a de 1 à {most} caractères, {count} saisis.",
        "A note has from 1 to {most} characters, {count} entered.",
    )
    remedy = Phrase("Rien n'a été écrit.", "Nothing was written.")


class UnableToWithdrawNote(UnableTo):
    """A note of somebody else's."""

    code = "note-of-another"
    sentence = Phrase(
        "Cette note est de {author} : seul son auteur la retire.",
        "This note is by {author}: only its author withdraws it.",
    )
    remedy = Phrase("Écrivez-en une autre à la suite.", "Write another one after it.")


def write_note(company_id: int, customer_id: int, *, text: str, by: Actor, at: datetime) -> Note:
    """A note on a customer; members named with an @ are called on, those who see the customer.

    Raises UnableToWriteNote; NotThereError for no customer.
    """
    plain = text.strip()
    if not 1 <= len(plain) <= LONGEST:
        raise UnableToWriteNote(most=LONGEST, count=len(plain))
    with seeing(company_id):
        customer = Customer.objects.filter(company_id=company_id, pk=customer_id).first()
        if customer is None:
            raise NotThereError(str(customer_id))
        members = Membership.objects.filter(company_id=company_id).select_related("user")
        called = mentioned(plain, [one.user for one in members if sees(one, customer)])
        note = Note.objects.create(
            company_id=company_id, customer=customer, author_id=by.user_id, text=plain,
            mentions=[user.pk for user in called], written_at=at,
        )  # fmt: skip
        journal(
            company_id, "note.written", by=by, at=at, subject=subject_of(note, customer),
            after={"sha256": digest(plain), "mentions": [str(user) for user in called]},
        )  # fmt: skip
    return note


def withdraw_note(company_id: int, note_id: int, *, by: Actor, at: datetime) -> Note:
    """Take one's own note back: it is shown no more, and kept.

    Raises UnableToWithdrawNote; NotThereError for no note, or one withdrawn already.
    """
    with seeing(company_id):
        found = Note.objects.select_for_update(of=("self",)).select_related("customer", "author")
        note = found.filter(company_id=company_id, pk=note_id, withdrawn_at=None).first()
        if note is None:
            raise NotThereError(str(note_id))
        if note.author_id != by.user_id:
            raise UnableToWithdrawNote(author=str(note.author or "?"))
        note.withdrawn_at = at
        note.save(update_fields=["withdrawn_at"])
        journal(
            company_id, "note.withdrawn", by=by, at=at, subject=subject_of(note, note.customer),
            before={"sha256": digest(note.text)},
        )  # fmt: skip
    return note


def mentioned(text: str, people: Iterable[User]) -> list[User]:
    """The people that a text names after an @, by whole name or by mailbox; case is free.

    Where one name begins another, the longer one is meant: `@Marie Dupont` is not `@Marie`. A first
    name alone is enough where one person has it.
    """
    members = list(people)
    called: dict[int, User] = {}
    for part in (searchable(one) for one in text.split("@")[1:]):
        meant = [(len(name), one) for one in members for name in names(one)
                 if part == name or part.startswith(f"{name} ")]  # fmt: skip
        meant = meant or by_first_name(part, members)
        longest = max((length for length, _ in meant), default=0)
        called |= {one.pk: one for length, one in meant if length == longest}
    return list(called.values())


def by_first_name(part: str, people: Iterable[User]) -> list[tuple[int, User]]:
    """The one person whose first name begins a text; nobody where several have it."""
    first = part.partition(" ")[0]
    found = [one for one in people if first and searchable(one.name).split(" ")[0] == first]
    return [(len(first), found[0])] if len(found) == 1 else []


def sees(member: Membership, customer: Customer) -> bool:
    """Whether a member sees a customer, as `storage.access.customers_of` decides."""
    whose = customer.salesperson_id if member.role == "sales" else customer.collector_id
    return member.scope == "all" or whose == member.user_id


def unheard(company_id: int, note: Note) -> list[str]:
    """The members that a note names and that were not told, as they do not see the customer."""
    with seeing(company_id):
        members = Membership.objects.filter(company_id=company_id).select_related("user")
        named = mentioned(note.text, [one.user for one in members])
    return [str(user) for user in named if user.pk not in note.mentions]


def names(user: User) -> set[str]:
    """How a person may be named after an @."""
    return {searchable(user.name), searchable(user.email.partition("@")[0])} - {""}


def digest(text: str) -> str:
    """What proves a text without holding it."""
    return sha256(text.encode()).hexdigest()


def subject_of(note: Note, customer: Customer) -> Subject:
    """A note as the subject of an event of its customer's timeline."""
    return Subject("note", note.pk, str(customer), customer.pk)
