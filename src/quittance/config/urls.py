"""Root addresses: sign-in, then everything under the company (`c/`) or the group (`g/`)."""

from django.urls import include, path, re_path

from quittance.web import account_addresses, addresses
from quittance.web.views import home, invitations, look

handler500 = "quittance.web.lost_server.failed"
urlpatterns = [
    path("", home.home, name="home"),
    path("language/", home.language, name="language"),
    path("look/", look.look, name="look"),
    path("health", home.health, name="health"),
    path("account/", include(account_addresses.urlpatterns)),
    path("invitation/<str:secret>", invitations.invitation, name="invitation"),
    re_path(r"^(?P<where>[cg])/(?P<slug>[-a-z0-9]+)/", include(addresses.urlpatterns)),
]
