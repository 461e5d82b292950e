"""The Django app of the staff's screens: templates, styles, scripts, words."""

from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The screens, under the label `web`."""

    name = "quittance.web"
    label = "web"

    def ready(self) -> None:
        """Take precautions when an account changes."""
        import_module("quittance.web.precautions")
