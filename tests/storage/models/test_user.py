import pytest
from django.db import IntegrityError, transaction
from tests.storage.opened import company

from quittance.storage.models import Membership, User

pytestmark = pytest.mark.usefixtures("db")


def test_an_address_is_one_user_whatever_its_case() -> None:
    user = User.objects.create_user("Camille@Exemple.FR", "un mot de passe assez long")
    assert user.email == "camille@exemple.fr"
    assert user.check_password("un mot de passe assez long")
    assert User.objects.get_by_natural_key("CAMILLE@exemple.fr") == user
    with pytest.raises(IntegrityError, match="user_email_once"), transaction.atomic():
        User.objects.bulk_create([User(email="CAMILLE@EXEMPLE.FR", password="x")])


def test_a_user_without_password_cannot_sign_in_with_one() -> None:
    assert not User.objects.create_user("a@exemple.fr").has_usable_password()


def test_a_user_has_one_role_in_a_company_and_a_known_one() -> None:
    one, user = company(), User.objects.create_user("a@exemple.fr")
    Membership.objects.create(user=user, company=one, role="owner")
    with pytest.raises(IntegrityError, match="membership_once"), transaction.atomic():
        Membership.objects.create(user=user, company=one, role="auditor")
    other = User.objects.create_user("b@exemple.fr")
    with pytest.raises(IntegrityError, match="membership_role_known"), transaction.atomic():
        Membership.objects.create(user=other, company=one, role="king")
