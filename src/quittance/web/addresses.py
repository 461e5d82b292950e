"""The addresses of the screens, under a company or a group."""

from django.urls import URLPattern, path

from quittance.web.views import aging, dashboard, design, documents, law, members, settings

urlpatterns: list[URLPattern] = [
    path("", dashboard.dashboard, name="dashboard"),
    path("aging/", aging.aged_balance, name="aging"),
    path("aging/<int:customer_id>/", aging.aged_items, name="aging_items"),
    path("invoices/", documents.invoices, name="invoices"),
    path("payments/", documents.payments, name="payments"),
    path("law/", law.law, name="law"),
    path("law/<slug:part>/", law.law, name="law_part"),
    path("design/", design.design, name="design"),
    path("settings", settings.settings, name="settings"),
    path("settings/change", settings.change, name="settings_change"),
    path("settings/group", settings.group, name="settings_group"),
    path("members", members.people, name="settings_members"),
    path("members/invite", members.invite, name="settings_invite"),
    path("members/<int:user_id>/role", members.change_role, name="settings_role"),
    path("members/<int:user_id>/remove", members.remove, name="settings_remove"),
    path("invitations/<int:invitation_id>/withdraw", members.withdraw, name="settings_withdraw"),
    path("permissions", members.permissions, name="settings_permissions"),
]
