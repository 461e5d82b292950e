import pytest
from django.urls import NoReverseMatch, reverse

from quittance.web.account_addresses import urlpatterns


def test_the_pages_of_an_account_are_named_one_by_one() -> None:
    names = {getattr(one, "name", None) for one in urlpatterns}
    assert names >= {"account", "account_login", "account_logout", "usersessions_list"}


@pytest.mark.parametrize("name", ["account_email", "account_set_password", "mfa_trust"])
def test_pages_that_nobody_needs_are_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
