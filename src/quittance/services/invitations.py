"""Invitations: a place kept for somebody, behind a link of which only the hash is kept here."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from quittance.core.phrase import Phrase
from quittance.services.companies import locked
from quittance.services.journal import Actor, Subject, journal
from quittance.services.members import check_role, prove_address
from quittance.services.refusals import UnableTo
from quittance.storage.models import Company, Invitation, Membership, User
from quittance.storage.scope import see_as_user, see_companies, see_invitation

VALID_FOR = timedelta(days=7)
MAILED = Signer(salt="quittance.invitation.mailed", sep="~")


class UnableToInvite(UnableTo):
    """Somebody who is a member already, or an address that is none."""

    code = "invitation"
    sentence = Phrase(
        "« {email} » est déjà membre, ou n'est pas une adresse.",
        "'{email}' is a member already, or is no address.",
    )
    remedy = Phrase("Vérifiez l'adresse.", "Check the address.")


class UnableToAcceptInvitation(UnableTo):
    """A link that is unknown, used, withdrawn or too old: the answer is the same."""

    code = "invitation-closed"
    sentence = Phrase(
        "Cette invitation n'existe pas ou n'est plus valable.",
        "This invitation does not exist or is no longer valid.",
    )
    remedy = Phrase(
        "Demandez-en une autre à la personne qui vous a invité.",
        "Ask the person who invited you for another.",
    )


class UnableToJoinAs(UnableTo):
    """An invitation for another address than the one of the person signed in."""

    code = "invitation-other-address"
    sentence = Phrase("Cette invitation est adressée à {email}.", "This invitation is for {email}.")
    remedy = Phrase(
        "Connectez-vous avec cette adresse, ou demandez une invitation à la vôtre.",
        "Sign in with that address, or ask for an invitation to yours.",
    )


class UnableToMakeAccount(UnableTo):
    """An account that exists already: its password is not changed by an invitation."""

    code = "account-exists"
    sentence = Phrase(
        "L'adresse {email} a déjà un compte.", "The address {email} has an account already."
    )
    remedy = Phrase("Connectez-vous pour accepter.", "Sign in to accept.")


class UnableToChoosePassword(UnableTo):
    """A password that is too short, too common or too near the name."""

    code = "password"
    sentence = Phrase("{reasons}", "{reasons}")
    remedy = Phrase("Choisissez un autre mot de passe.", "Choose another password.")


@dataclass(frozen=True)
class Link:
    """An invitation and its secret, which is shown once and kept nowhere."""

    invitation: Invitation
    secret: str = field(repr=False)

    @property
    def mailed(self) -> str:
        """The secret as it is mailed: only who reads the mailbox has it in this form."""
        return MAILED.sign(self.secret)


@dataclass(frozen=True)
class Account:
    """What a new person says of themselves; never printed with the password."""

    name: str
    password: str = field(repr=False)
    language: str = "fr"


def invite_member(
    company_id: int, email: str, *, role: str, scope: str = "all", by: Actor, now: datetime
) -> Link:
    """Keep a place for an address for seven days; an earlier invitation to it is withdrawn.

    Raises UnableToInvite, UnableToGiveRole.
    """
    check_role(role, scope)
    address = checked_address(email)
    with transaction.atomic():
        company = locked(Company.objects.filter(pk=company_id)).get()
        if Membership.objects.filter(company=company, user__email=address).exists():
            raise UnableToInvite(email=address)
        for earlier in open_invitations(company_id).filter(email=address):
            withdraw(earlier, by=by, now=now)
        secret = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            company=company, email=address, role=role, scope=scope, secret_sha256=hashed(secret),
            invited_by_id=by.user_id, invited_at=now, expires_at=now + VALID_FOR,
        )  # fmt: skip
        after = {"role": role, "scope": scope, "expires_at": invitation.expires_at.isoformat()}
        journal(
            company_id, "member.invited", by=by, at=now, subject=subject_of(invitation), after=after
        )
    return Link(invitation, secret)


def withdraw_invitation(company_id: int, invitation_id: int, *, by: Actor, now: datetime) -> None:
    """Close an invitation; its link answers as one that never was.

    Raises UnableToAcceptInvitation when it is closed already.
    """
    with transaction.atomic():
        found = open_invitations(company_id).select_for_update().filter(pk=invitation_id).first()
        if found is None:
            raise UnableToAcceptInvitation
        withdraw(found, by=by, now=now)


def withdraw(invitation: Invitation, *, by: Actor, now: datetime) -> None:
    """Close an invitation, with its event."""
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    journal(
        invitation.company_id, "invitation.withdrawn", by=by, at=now, subject=subject_of(invitation)
    )


def invitation_behind(secret: str, *, now: datetime) -> Invitation:
    """The open invitation that a link leads to. Raises UnableToAcceptInvitation."""
    digest = hashed(bare(secret))
    see_invitation(digest)
    invitation = Invitation.objects.select_related("company").filter(secret_sha256=digest).first()
    if invitation is None or not is_open(invitation, now):
        raise UnableToAcceptInvitation
    return invitation


def is_open(invitation: Invitation, now: datetime) -> bool:
    """Whether an invitation may be accepted."""
    is_closed = invitation.accepted_at is not None or invitation.withdrawn_at is not None
    return not is_closed and now < invitation.expires_at


def accept_invitation(secret: str, user: User, *, origin: str, now: datetime) -> Membership:
    """A person with an account joins the company.

    Raises UnableToAcceptInvitation, UnableToJoinAs.
    """
    with transaction.atomic():
        invitation = invitation_behind(secret, now=now)
        if user.email != invitation.email or not user.is_active:
            raise UnableToJoinAs(email=invitation.email)
        if is_mailed(secret):
            prove_address(user)
        return joined(invitation, user, origin=origin, now=now)


def accept_with_account(secret: str, account: Account, *, origin: str, now: datetime) -> Membership:
    """A new person joins the company: the account is made and the password set.

    Raises UnableToAcceptInvitation, UnableToMakeAccount, UnableToChoosePassword.
    """
    with transaction.atomic():
        invitation = invitation_behind(secret, now=now)
        if User.objects.filter(email=invitation.email).exists():
            raise UnableToMakeAccount(email=invitation.email)
        draft = User(email=invitation.email, name=account.name)
        try:
            validate_password(account.password, draft)
        except ValidationError as fault:
            raise UnableToChoosePassword(reasons=" ".join(fault.messages)) from None
        user = User.objects.create_user(
            invitation.email, account.password, joined_at=now, language=account.language,
            name=" ".join(account.name.split())[:150],
        )  # fmt: skip
        if is_mailed(secret):
            prove_address(user)
        return joined(invitation, user, origin=origin, now=now)


def joined(invitation: Invitation, user: User, *, origin: str, now: datetime) -> Membership:
    """The place that was kept, taken; who is a member already keeps the role."""
    see_as_user(user.pk)
    see_companies([invitation.company_id])
    if not is_open(Invitation.objects.select_for_update().get(pk=invitation.pk), now):
        raise UnableToAcceptInvitation  # in the meantime, by somebody quicker
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    member, _is_new = Membership.objects.get_or_create(
        user=user,
        company_id=invitation.company_id,
        defaults={"role": invitation.role, "scope": invitation.scope},
    )
    actor = Actor(str(user), origin, user.pk)
    subject = Subject("member", user.pk, f"{user} <{user.email}>")
    after = {"role": member.role, "scope": member.scope}
    journal(invitation.company_id, "member.joined", by=actor, at=now, subject=subject, after=after)
    return member


def open_invitations(company_id: int) -> QuerySet[Invitation]:
    """Those neither accepted nor withdrawn; they may be too old."""
    return Invitation.objects.filter(company=company_id, accepted_at=None, withdrawn_at=None)


def checked_address(email: str) -> str:
    """An address in lower case, or the refusal of what is none."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise UnableToInvite(email=address[:254]) from None
    return address


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def bare(secret: str) -> str:
    """The secret itself, whether it came by mail or by hand."""
    return secret.partition(MAILED.sep)[0]


def is_mailed(secret: str) -> bool:
    """Whether a secret bears the mark that only the mailed link has."""
    return secret == MAILED.sign(bare(secret))


def subject_of(invitation: Invitation) -> Subject:
    """What an event about an invitation is about."""
    return Subject("invitation", invitation.pk, invitation.email)
