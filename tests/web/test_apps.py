from django.apps import apps
from django.template.loader import get_template


def test_the_screens_bring_their_templates() -> None:
    assert apps.get_app_config("web").name == "quittance.web"
    assert get_template("web/base.html") is not None
