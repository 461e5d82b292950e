"""The addresses of the screens, under a company or a group."""

from django.urls import URLPattern, URLResolver, include, path

from quittance.web.record_addresses import import_patterns, journal_patterns
from quittance.web.views import (
    aging,
    customer_card,
    customer_edits,
    customer_history,
    customers,
    dashboard,
    design,
    documents,
    law,
    members,
    search,
    settings,
)

customer_patterns = [
    path("", customer_card.summary, name="customer"),
    path("account", customer_card.items, name="customer_items"),
    path("behaviour", customer_card.behaviour, name="customer_behaviour"),
    path("charges", customer_card.charges, name="customer_charges"),
    path("documents", customer_card.documents, name="customer_documents"),
    path("history", customer_history.history, name="customer_history"),
    path("change", customer_edits.change, name="customer_change"),
    path("contacts/add", customer_edits.add_contact, name="customer_add_contact"),
    path("contacts/<int:contact_id>/change", customer_edits.change_contact,
         name="customer_change_contact"),
    path("contacts/<int:contact_id>/remove", customer_edits.remove_contact,
         name="customer_remove_contact"),
    path("notes/write", customer_edits.write_note, name="customer_write_note"),
    path("notes/<int:note_id>/withdraw", customer_edits.withdraw_note,
         name="customer_withdraw_note"),
]  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("", dashboard.dashboard, name="dashboard"),
    path("trends/", dashboard.trends, name="dashboard_trends"),
    path("seen/", dashboard.seen, name="dashboard_seen"),
    path("aging/", aging.aged_balance, name="aging"),
    path("aging/<int:customer_id>/", aging.aged_items, name="aging_items"),
    path("search", search.search, name="search"),
    path("customers/", customers.customers, name="customers"),
    path("customers/change", customers.change, name="customers_change"),
    path("customers/undo/<int:event_id>", customers.undo, name="customers_undo"),
    path("customers/views/keep", customers.keep_view, name="customers_keep_view"),
    path("customers/views/drop", customers.drop_view, name="customers_drop_view"),
    path("customers/<int:customer_id>/", include(customer_patterns)),
    path("invoices/", documents.invoices, name="invoices"),
    path("payments/", documents.payments, name="payments"),
    path("law/", law.law, name="law"),
    path("law/<slug:part>/", law.law, name="law_part"),
    path("imports/", include(import_patterns)),
    path("design/", design.design, name="design"),
    path("settings", settings.settings, name="settings"),
    path("settings/change", settings.change, name="settings_change"),
    path("settings/group", settings.group, name="settings_group"),
    path("members", members.people, name="settings_members"),
    path("members/invite", members.invite, name="settings_invite"),
    path("members/<int:user_id>/role", members.change_role, name="settings_role"),
    path("members/<int:user_id>/remove", members.remove, name="settings_remove"),
    path("journal/", include(journal_patterns)),
    path("invitations/<int:invitation_id>/withdraw", members.withdraw, name="settings_withdraw"),
    path("permissions", members.permissions, name="settings_permissions"),
]
