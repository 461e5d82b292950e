"""The mail that carries an invitation's link."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail

from quittance.core.phrase import Language, Phrase, day_words
from quittance.storage.models import Invitation, User

SUBJECT = Phrase("{name} vous invite dans {company}", "{name} invites you to {company}")
TEXT = Phrase(
    """Bonjour,

{name} vous invite à rejoindre {company} sur Quittance.

Ouvrez ce lien pour accepter ; il est personnel et vaut jusqu'au {day} :

{address}

Si vous n'attendiez pas ce message, ne faites rien.
""",
    """Hello,

{name} invites you to join {company} on Quittance.

Open this link to accept; it is personal and holds until {day}:

{address}

If you did not expect this message, do nothing.
""",
)
log = logging.getLogger(__name__)


def mail_invitation(invitation: Invitation, address: str, *, by: User, lang: Language) -> bool:
    """Send the link to the invited address; whether the mail server took it."""
    facts = {
        "name": " ".join(str(by).split()),
        "company": " ".join(invitation.company.name.split()),
        "day": day_words(invitation.expires_at.date()),
        "address": address,
    }
    subject, text = (phrase.filled(**facts).text(lang) for phrase in (SUBJECT, TEXT))
    try:
        return bool(send_mail(f"[Quittance] {subject}", text, None, [invitation.email]))
    except (OSError, SMTPException) as fault:
        log.warning("the mail server did not take an invitation: %s", type(fault).__name__)
        return False
