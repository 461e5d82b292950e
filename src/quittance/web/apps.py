"""The Django app of the staff's screens: templates, styles, scripts, words."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The screens, under the label `web`."""

    name = "quittance.web"
    label = "web"
