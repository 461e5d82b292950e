"""Root addresses: sign-in, then everything under the company (`c/`) or the group (`g/`)."""

from django.urls import include, path, re_path

from quittance.web import addresses
from quittance.web.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", home.language, name="language"),
    path("health", home.health, name="health"),
    path("account/", include("allauth.urls")),
    re_path(r"^(?P<where>[cg])/(?P<slug>[-a-z0-9]+)/", include(addresses.urlpatterns)),
]
