import pytest
from django.core import mail
from django.test import override_settings
from tests.services.people import BY, NOW, opened, user

from quittance.core.phrase import Language
from quittance.services.invitation_mail import mail_invitation
from quittance.services.invitations import invite_member
from quittance.storage.models import Invitation


@pytest.fixture
def invitation(db: None) -> Invitation:
    company = opened()
    return invite_member(company.pk, "bob@x.fr", role="sales", by=BY, now=NOW).invitation


@pytest.mark.parametrize(
    ("lang", "subject", "day"),
    [("fr", "Ann vous invite dans Essai", "08/10/2026"), ("en", "Ann invites you", "2026-10-08")],
)
def test_the_link_goes_to_the_invited_address_and_to_no_other(
    invitation: Invitation, lang: Language, subject: str, day: str
) -> None:
    mail.outbox = []
    by = user("ann@x.fr", name="Ann")
    assert mail_invitation(invitation, "https://q.example/invitation/s", by=by, lang=lang)
    (sent,) = mail.outbox
    assert sent.to == ["bob@x.fr"]
    assert subject in sent.subject
    assert "https://q.example/invitation/s" in sent.body
    assert day in sent.body


def test_a_name_with_a_line_break_makes_no_header(invitation: Invitation) -> None:
    mail.outbox = []
    by = user("ann@x.fr", name="Ann\nBcc: eve@x.fr")
    assert mail_invitation(invitation, "https://q.example", by=by, lang="fr")
    assert "\n" not in mail.outbox[0].subject


def test_a_mail_server_that_does_not_answer_is_told_and_stops_nothing(
    invitation: Invitation, caplog: pytest.LogCaptureFixture
) -> None:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=9):
        assert not mail_invitation(
            invitation, "https://q.example/invitation/s", by=user("ann@x.fr"), lang="fr"
        )
    assert "did not take an invitation" in caplog.text
    assert "q.example" not in caplog.text
