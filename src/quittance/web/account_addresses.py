"""The addresses of a person's own account: those of allauth's pages that exist here.

Named one by one, so that a page that comes with another version of allauth does not open by
itself. There is no page to sign up and none to change the e-mail address: an address is what an
invitation reached.
"""

from allauth.account import views as account_views
from allauth.mfa.urls import urlpatterns as second_factor_patterns
from allauth.usersessions import views as session_views
from django.urls import URLPattern, URLResolver, include, path, re_path

from quittance.web.views import account

urlpatterns: list[URLPattern | URLResolver] = [
    path("", account.account, name="account"),
    path("login/", account_views.login, name="account_login"),
    path("signup/", account.nowhere, name="account_signup"),  # a name that allauth's mails need
    path("logout/", account_views.logout, name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account_views.password_change, name="account_change_password"),
    path("password/reset/", account_views.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        account_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sessions/", session_views.list_usersessions, name="usersessions_list"),
    path("2fa/", include(second_factor_patterns)),
]
