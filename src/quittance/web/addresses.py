"""The addresses of the screens, under a company or a group."""

from django.urls import URLPattern, path

from quittance.web.views import dashboard

urlpatterns: list[URLPattern] = [
    path("", dashboard.dashboard, name="dashboard"),
]
