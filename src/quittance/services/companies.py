"""Companies and groups: open one, form a group of several, change what a company is."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from quittance.core import identifiers
from quittance.core.phrase import Phrase
from quittance.core.terms import UnreadableTerms, readable
from quittance.services.journal import Actor, Subject, journal
from quittance.services.refusals import UnableTo
from quittance.storage.models import Company, CompanyGroup, Membership, User
from quittance.storage.scope import see_companies

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ALLOCATION_RULES = ("books", "fifo")
CHOOSE_SLUG = Phrase(
    "Choisissez-en un autre : lettres minuscules, chiffres et tirets.",
    "Choose another: lower-case letters, digits and hyphens.",
)


class UnableToUseSlug(UnableTo):
    """A slug that is unreadable or taken, by a company or by a group."""

    code = "slug"
    sentence = Phrase(
        "L'adresse « {slug} » ne convient pas ou est déjà prise.",
        "The address '{slug}' does not fit or is taken already.",
    )
    remedy = CHOOSE_SLUG


class UnableToName(UnableTo):
    """A company or a group without a name."""

    code = "name"
    sentence = Phrase("Le nom est vide.", "The name is empty.")
    remedy = Phrase("Donnez le nom usuel.", "Give the usual name.")


class UnableToReadIdentifier(UnableTo):
    """A SIREN or VAT number whose form or check digits do not fit; `kind` says which."""

    code = "identifier"
    sentence = Phrase("{cause}", "{cause}")
    remedy = Phrase("Rien n'a été changé.", "Nothing was changed.")


class UnableToReadTerms(UnableTo):
    """Payment terms that nobody can read."""

    code = "terms"
    sentence = Phrase(
        "Le délai par défaut n'est pas lisible : {cause}",
        "The default terms cannot be read: {cause}",
    )
    remedy = Phrase("Rien n'a été changé.", "Nothing was changed.")


class UnableToAllocate(UnableTo):
    """An allocation rule that does not exist."""

    code = "allocation-rule"
    sentence = Phrase(
        "La règle de lettrage « {rule} » n'existe pas.",
        "The allocation rule '{rule}' does not exist.",
    )
    remedy = Phrase("Choisissez books ou fifo.", "Choose books or fifo.")


class UnableToFormGroup(UnableTo):
    """A group of fewer than two companies, or of companies of another group."""

    code = "group"
    sentence = Phrase(
        "Un groupe réunit au moins deux sociétés sans autre groupe.",
        "A group joins at least two companies that are in no other group.",
    )
    remedy = Phrase("Choisissez les sociétés à réunir.", "Choose the companies to join.")


@dataclass(frozen=True)
class Chosen:
    """What an owner decides about a company."""

    name: str
    siren: str = ""
    vat: str = ""
    default_terms: str = "30"
    allocation_rule: str = "books"
    requires_second_factor: bool = False


def open_company(
    slug: str, wanted: Chosen, *, owner: User, by: Actor, now: datetime, currency: str = "EUR"
) -> Company:
    """A new company, with its first owner; the present transaction then sees it alone.

    Raises UnableToUseSlug, UnableToName, UnableToReadIdentifier, UnableToReadTerms.
    """
    chosen = checked(wanted)
    with transaction.atomic():
        company = Company(
            id=next_number("company"),
            slug=free_slug(slug),
            currency=currency,
            opened_at=now,
            **asdict(chosen),
        )
        see_companies([company.pk])
        try:
            with transaction.atomic():
                company.save(force_insert=True)
        except IntegrityError:
            raise UnableToUseSlug(slug=slug) from None
        Membership.objects.create(user=owner, company=company, role="owner")
        subject = Subject("company", company.pk, company.name)
        journal(
            company.pk,
            "company.opened",
            by=by,
            at=now,
            subject=subject,
            after={"slug": slug, "currency": currency, "owner": owner.email, **asdict(chosen)},
        )
    return company


def form_group(
    slug: str, name: str, *, companies: Sequence[int], by: Actor, now: datetime
) -> CompanyGroup:
    """A group of several companies, which are then also seen together.

    Raises UnableToUseSlug, UnableToName, UnableToFormGroup.
    """
    if not name.strip():
        raise UnableToName
    with transaction.atomic():
        see_companies(companies)
        joined = list(locked(Company.objects.filter(pk__in=companies)).order_by("pk"))
        if len(joined) < 2 or any(one.group_id is not None for one in joined):
            raise UnableToFormGroup
        if slug in {one.slug for one in joined}:
            raise UnableToUseSlug(slug=slug)
        try:
            with transaction.atomic():
                group = CompanyGroup.objects.create(slug=free_slug(slug), name=name.strip())
        except IntegrityError:
            raise UnableToUseSlug(slug=slug) from None
        for company in joined:
            company.group = group
            company.save(update_fields=["group"])
            subject = Subject("company", company.pk, company.name)
            journal(
                company.pk,
                "company.grouped",
                by=by,
                at=now,
                subject=subject,
                after={"group": group.slug, "companies": [one.slug for one in joined]},
            )
    return group


def change_company(company_id: int, wanted: Chosen, *, by: Actor, now: datetime) -> Company:
    """What an owner decides anew about a company; an event only where something changed.

    Raises UnableToName, UnableToReadIdentifier, UnableToReadTerms, UnableToAllocate.
    """
    chosen = asdict(checked(wanted))
    with transaction.atomic():
        company = locked(Company.objects.filter(pk=company_id)).get()
        before = {name: getattr(company, name) for name in chosen}
        changed = [name for name in chosen if chosen[name] != before[name]]
        if not changed:
            return company
        for name in changed:
            setattr(company, name, chosen[name])
        company.save(update_fields=changed)
        subject = Subject("company", company.pk, company.name)
        journal(
            company.pk,
            "company.changed",
            by=by,
            at=now,
            subject=subject,
            before={name: before[name] for name in changed},
            after={name: chosen[name] for name in changed},
        )
    return company


def checked(wanted: Chosen) -> Chosen:
    """What an owner decides, in its canonical form, or the refusal of the first thing wrong."""
    if not wanted.name.strip():
        raise UnableToName
    if wanted.allocation_rule not in ALLOCATION_RULES:
        raise UnableToAllocate(rule=wanted.allocation_rule)
    try:
        readable(wanted.default_terms)
    except UnreadableTerms as fault:
        raise UnableToReadTerms(cause=fault.phrase) from None
    siren, vat = identifier("siren", wanted.siren), identifier("vat", wanted.vat)
    for refusal in identifiers.contradictions(siren=siren, vat=vat):
        raise UnableToReadIdentifier(kind="vat", cause=refusal.phrase)
    return Chosen(
        name=wanted.name.strip()[:200],
        siren=siren,
        vat=vat,
        default_terms=wanted.default_terms.strip(),
        allocation_rule=wanted.allocation_rule,
        requires_second_factor=wanted.requires_second_factor,
    )


def identifier(kind: str, text: str) -> str:
    """A SIREN or VAT number in its normal form; empty stays empty."""
    if not text.strip():
        return ""
    found = identifiers.siren(text) if kind == "siren" else identifiers.vat(text)
    if isinstance(found, identifiers.Refusal):
        raise UnableToReadIdentifier(kind=kind, cause=found.phrase)
    return found


def free_slug(slug: str) -> str:
    """A slug that reads well and that no group bears; companies' are unique by constraint."""
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise UnableToUseSlug(slug=slug)
    if CompanyGroup.objects.filter(slug=slug).exists():
        raise UnableToUseSlug(slug=slug)
    return slug


def locked(companies: QuerySet[Company]) -> QuerySet[Company]:
    """Companies that nobody else changes, nor their members, until the transaction ends."""
    return companies.select_for_update(no_key=True)


def next_number(table: str) -> int:
    """The number of a row to come, taken before it is seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return int(cursor.fetchone()[0])
