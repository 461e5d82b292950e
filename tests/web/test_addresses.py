from tests.web.addresses import every_address

from quittance.web.addresses import urlpatterns


def test_every_screen_has_a_name_of_its_own() -> None:
    names = [one.name for one in urlpatterns if hasattr(one, "name")]
    assert len(names) == len(set(names))


def test_screens_are_found_under_a_company_or_a_group() -> None:
    found = {str(one) for one in every_address() if one.is_of_a_place}
    assert "{where}/{slug}/" in found
    assert "{where}/{slug}/members/{user_id}/role" in found
