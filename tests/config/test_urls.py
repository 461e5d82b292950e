import pytest
from django.urls import Resolver404, resolve


@pytest.mark.parametrize("path", ["/c/lumiere/", "/g/groupe-lumiere/"])
def test_a_company_and_a_group_have_the_same_screens(path: str) -> None:
    assert resolve(path).url_name == "dashboard"


@pytest.mark.parametrize("path", ["/x/lumiere/", "/c/Lumière/"])
def test_nothing_else_has(path: str) -> None:
    with pytest.raises(Resolver404):
        resolve(path)
