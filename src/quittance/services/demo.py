"""An invented company to try everything on: its books, its people, and what they wrote."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max

from quittance.services import companies, imports
from quittance.services.invitations import accept_invitation, invite_member
from quittance.services.journal import Actor
from quittance.services.notes import write_note
from quittance.storage.models import Company, Customer, LedgerItem, User
from quittance.storage.scope import see_as_operator, see_as_user, seeing

SLUG = "lumiere"


@dataclass(frozen=True)
class Colleague:
    """Somebody of the invented company; `examples/lumiere/clients.csv` names the same people."""

    name: str
    role: str
    scope: str = "all"

    @property
    def email(self) -> str:
        """The address to sign in with; no mail ever reaches it."""
        return ".".join(self.name.lower().replace("è", "e").split()) + "@lumiere.example"


OWNER = Colleague("Camille Morel", "owner")
NADIA = Colleague("Nadia Benali", "collector")
JULIEN = Colleague("Julien Ferrand", "sales", "own")
INES = Colleague("Inès Roche", "accountant")
COLLEAGUES = (NADIA, JULIEN, INES)
NOTES = (  # customer, author, text: each tells of a story of examples/README.md
    ("C008", OWNER, "Factures déposées sur Chorus Pro et mises en paiement : compter encore deux à "
     "cinq semaines."),
    ("C005", OWNER, "Îlot B : quatre factures retenues (47 508 €) tant que le procès-verbal de "
     "réception n'est pas signé. @Julien Ferrand, peux-tu l'obtenir ?"),
    ("C005", JULIEN, "Vu le conducteur de travaux : il signe à la prochaine réunion de chantier. "
     "Les autres factures suivent leur cours."),
    ("C040", INES, "Une facture payée deux fois : 1 848 € à rembourser, ou à déduire de la "
     "prochaine. J'attends leur réponse."),
    ("C041", NADIA, "4 000 € reçus le 8 septembre sur 7 620 €. Le solde est promis en deux "
     "virements. @Camille Morel, on accepte ?"),
    ("C001", NADIA, "Appelé la comptabilité : trésorerie tendue depuis le printemps. Promesse : "
     "18 000 € par virement avant le 15 octobre. À rappeler le 16. @Camille Morel, pour ton "
     "rendez-vous avec leur direction."),
)  # fmt: skip


@dataclass(frozen=True)
class Demo:
    """Who may sign in, the owner first, and the one password of all of them."""

    people: tuple[Colleague, ...]
    password: str
    last_day: date  # of its books: the day on which to look at them


def open_demo(examples: Path, *, by: Actor, at: datetime) -> Demo:
    """Open the company once, give its people a new password each time."""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        see_as_operator()
        owner = User.objects.filter(email=OWNER.email).first() or made(OWNER, at)
        known = Company.objects.filter(slug=SLUG).first()
        company = known or companies.open_company(
            SLUG, companies.Chosen(name="Lumière SAS"), owner=owner, by=by, now=at
        )
        if known is None:
            for one in COLLEAGUES:
                join(company, one, by=Actor(OWNER.name, by.origin, owner.pk), at=at)
    if known is None:
        received = imports.receive_files(company.pk, books(examples / SLUG), by=by, at=at)
        imports.read_import(company.pk, received.pk)
        imports.apply_import(company.pk, received.pk, by=by, at=at)
        write_notes(company, origin=by.origin, at=at)
    everybody = {one.email: one for one in (OWNER, *COLLEAGUES)}
    theirs = User.objects.filter(email__in=everybody)
    theirs.update(password=make_password(password))  # made once: it takes its time on purpose
    there = set(theirs.values_list("email", flat=True))
    people = tuple(one for email, one in everybody.items() if email in there)
    return Demo(people, password, last_day_of(company))


def last_day_of(company: Company) -> date:
    """The day of the last movement of a company's books."""
    with seeing(company.pk):
        last = LedgerItem.objects.filter(company=company).aggregate(last=Max("date"))["last"]
    found: date = last
    return found


def made(one: Colleague, at: datetime) -> User:
    """An account without a password."""
    return User.objects.create_user(one.email, name=one.name, joined_at=at)


def join(company: Company, one: Colleague, *, by: Actor, at: datetime) -> None:
    """Invite somebody, who accepts."""
    user = User.objects.filter(email=one.email).first() or made(one, at)
    link = invite_member(company.pk, one.email, role=one.role, scope=one.scope, by=by, now=at)
    accept_invitation(link.secret, user, origin=by.origin, now=at)
    see_as_user(None)


def write_notes(company: Company, *, origin: str, at: datetime) -> None:
    """What people wrote on some customers, in order."""
    with seeing(company.pk):
        numbers = dict(Customer.objects.filter(company=company).values_list("code", "pk"))
        authors = dict(User.objects.values_list("email", "pk"))
        for code, author, text in NOTES:
            by = Actor(author.name, origin, authors[author.email])
            write_note(company.pk, numbers[code], text=text, by=by, at=at)


def books(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The ledgers and the lists of customers of an example company."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".txt", ".csv"):
            yield path.name, path.read_bytes()
