from pathlib import Path

import pytest
from tests.storage.opened import AT, BY

from quittance.services.demo import EMAIL, open_demo
from quittance.storage.models import Company, Import, User
from quittance.storage.scope import see_as_operator

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.usefixtures("db")
def test_the_demonstration_opens_once_with_a_new_password_each_time() -> None:
    first = open_demo(EXAMPLES, by=BY, at=AT)
    second = open_demo(EXAMPLES, by=BY, at=AT)
    see_as_operator()
    user = User.objects.get(email=EMAIL)
    assert first[0] == second[0] == EMAIL
    assert not user.check_password(first[1])
    assert user.check_password(second[1])
    assert Company.objects.filter(slug="lumiere").count() == 1
    assert [one.state for one in Import.objects.all()] == ["applied"]
