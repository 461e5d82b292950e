"""The people of a company, their roles and accesses; and what people change of themselves."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from quittance.core.phrase import LANGUAGES, Phrase
from quittance.services.companies import locked
from quittance.services.journal import Actor, Subject, journal
from quittance.services.refusals import UnableTo
from quittance.storage.access import memberships_of
from quittance.storage.models import Company, Membership, User
from quittance.storage.models.user import ROLES, SCOPES
from quittance.storage.scope import see_companies

RESTRICTED = ("collector", "sales")  # the roles that may be kept to their own customers


class UnableToFindMember(UnableTo):
    """A person who is not, or no longer, a member of the company."""

    code = "member-unknown"
    sentence = Phrase(
        "Cette personne n'est pas membre de la société.",
        "This person is not a member of the company.",
    )
    remedy = Phrase("Rechargez la page des membres.", "Load the page of members again.")


class UnableToLeaveWithoutOwner(UnableTo):
    """The last owner stays owner: nobody could let anybody in again."""

    code = "last-owner"
    sentence = Phrase(
        "{name} est le dernier propriétaire de la société.",
        "{name} is the last owner of the company.",
    )
    remedy = Phrase(
        "Nommez d'abord un autre propriétaire.",
        "Make somebody else an owner first.",
    )


class UnableToGiveRole(UnableTo):
    """A role that does not exist, or a scope that it cannot have."""

    code = "role"
    sentence = Phrase(
        "Le rôle « {role} » ne peut pas avoir l'étendue « {scope} ».",
        "The role '{role}' cannot have the scope '{scope}'.",
    )
    remedy = Phrase(
        "Seuls les chargés de recouvrement et les commerciaux peuvent n'avoir que leurs clients.",
        "Only collectors and salespeople can be kept to their own customers.",
    )


class UnableToSpeak(UnableTo):
    """A language that the product does not know."""

    code = "language"
    sentence = Phrase(
        "La langue « {language} » n'existe pas ici.", "No language '{language}' here."
    )
    remedy = Phrase("Choisissez fr ou en.", "Choose fr or en.")


def change_role(
    company_id: int, user_id: int, *, role: str, scope: str, by: Actor, now: datetime
) -> Membership:
    """Another role or scope for a member. Never the last owner's.

    Raises UnableToFindMember, UnableToGiveRole, UnableToLeaveWithoutOwner.
    """
    check_role(role, scope)
    with transaction.atomic():
        member = locked_member(company_id, user_id)
        if (member.role, member.scope) == (role, scope):
            return member
        if role != "owner":
            check_owner_stays(member)
        before = {"role": member.role, "scope": member.scope}
        member.role, member.scope = role, scope
        member.save(update_fields=["role", "scope"])
        journal(
            company_id,
            "member.role_changed",
            by=by,
            at=now,
            subject=subject_of(member),
            before=before,
            after={"role": role, "scope": scope},
        )
    return member


def remove_member(company_id: int, user_id: int, *, by: Actor, now: datetime) -> None:
    """End an access from the next request on; portfolios and what the person wrote stay.

    Raises UnableToFindMember, UnableToLeaveWithoutOwner.
    """
    with transaction.atomic():
        member = locked_member(company_id, user_id)
        check_owner_stays(member)
        subject, before = subject_of(member), {"role": member.role, "scope": member.scope}
        member.delete()
        journal(company_id, "member.removed", by=by, at=now, subject=subject, before=before)


def change_own_name(user: User, name: str) -> None:
    """How a person is called, on screens and in the journal from now on."""
    user.name = " ".join(name.split())[:150]
    user.save(update_fields=["name"])


def change_own_language(user: User, language: str) -> None:
    """The language of a person's screens. Raises UnableToSpeak."""
    if language not in LANGUAGES:
        raise UnableToSpeak(language=language)
    user.language = language
    user.save(update_fields=["language"])


def prove_address(user: User) -> None:
    """A signed-in person has read a mail sent to the account's address: note it, once.

    An account may have been made by whoever was handed an invitation's link, mailbox or not, with
    a passkey that would still open it after the mailbox's owner has taken it over. So the second
    factors made before the proof are forgotten, and set up anew.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
            return
        Authenticator.objects.filter(user=user).delete()
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


def forget_second_factor(user: User, *, by: Actor, at: datetime) -> list[str]:
    """Let a person who lost every second factor in with the password alone: the operator's act.

    What was open ends. The journal of each company of the person tells it. The kinds forgotten.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        factors = Authenticator.objects.filter(user=user)
        kinds = sorted(set(factors.values_list("type", flat=True)))
        factors.delete()
        end_sessions(user)
        if kinds:
            tell_companies(user, "member.second_factor_forgotten", by=by, at=at, kinds=kinds)
    return kinds


def give_password(user: User, password: str, *, by: Actor, at: datetime) -> None:
    """Another password for a person whom no mail reaches: the operator's act. What was open ends.

    Raises ValidationError for a password that is too weak.
    """
    validate_password(password, user)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
        tell_companies(user, "member.password_given", by=by, at=at)


def end_sessions(user: User) -> None:
    """End every session of a person."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def tell_companies(
    user: User, action: str, *, by: Actor, at: datetime, kinds: Sequence[str] = ()
) -> None:
    """An event in the journal of each company of a person."""
    members = memberships_of(user)
    see_companies(one.company_id for one in members)
    before = {"factors": list(kinds)} if kinds else None
    for one in sorted(members, key=lambda one: one.company_id):
        journal(one.company_id, action, by=by, at=at, subject=subject_of(one), before=before)


def check_role(role: str, scope: str) -> None:
    """Refuse a role that does not exist or a scope that it cannot have."""
    is_possible = scope == "all" or (scope in SCOPES and role in RESTRICTED)
    if role not in ROLES or not is_possible:
        raise UnableToGiveRole(role=role, scope=scope)


def check_owner_stays(member: Membership) -> None:
    """Refuse that a company loses its last owner. The company is locked."""
    owners = Membership.objects.filter(company_id=member.company_id, role="owner")
    if member.role == "owner" and not owners.exclude(pk=member.pk).exists():
        raise UnableToLeaveWithoutOwner(name=str(member.user))


def locked_member(company_id: int, user_id: int) -> Membership:
    """A member, while nobody else changes the members of the company."""
    locked(Company.objects.filter(pk=company_id)).get()
    found = Membership.objects.select_related("user").filter(company=company_id, user=user_id)
    member = found.first()
    if member is None:
        raise UnableToFindMember
    return member


def subject_of(member: Membership) -> Subject:
    """The person an event is about."""
    return Subject("member", member.user_id, f"{member.user} <{member.user.email}>")


def user_of(email: str) -> User | None:
    """The user of an address, if there is one."""
    return User.objects.filter(email=email.strip().lower()).first()


def make_user(email: str, password: str, *, now: datetime) -> User:
    """A user made by the operator of the machine, with a password."""
    return User.objects.create_user(email, password, joined_at=now)
