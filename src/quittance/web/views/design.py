"""The living page of components: each of them in each of its states, on invented figures."""

from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from quittance.core.phrase import Language
from quittance.web import samples
from quittance.web.desk import Desk, screen
from quittance.web.icons import ICONS


class SampleForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label="Nom", help_text="Tel qu'il figure sur les factures.")
    limit = forms.CharField(label="Plafond", required=False)
    terms = forms.ChoiceField(
        label="Conditions", choices=[("30", "30 jours"), ("45", "45 jours fin de mois")]
    )
    day = forms.DateField(label="Valable jusqu'au", required=False,
                          widget=forms.DateInput(attrs={"type": "date"}))  # fmt: skip
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    mail = forms.EmailField(label="Courriel")
    is_held = forms.BooleanField(label="Ne pas relancer pendant le litige", required=False)


@screen("books.read")
def design(desk: Desk) -> HttpResponse:
    """Every component in every state."""
    shown = shown_on(desk.request.GET, desk.lang)
    return render(desk.request, "web/design.html", {"desk": desk, **shown})


def shown_on(query: QueryDict, lang: Language) -> dict[str, Any]:
    """What the page shows."""
    href = "#"
    labels = ("Synthèse", "Postes", "Contacts") if lang == "fr" else ("Summary", "Items", "People")
    counts = (None, 42, 3)
    return {
        "as_of": samples.DAY,
        "tables": samples.tables(query, lang),
        "figures": samples.figures(),
        "chart": samples.chart(),
        "events": samples.events(lang),
        "facts": samples.facts(lang),
        "changes": samples.changes(lang),
        "form": SampleForm({"name": "Élan Événements", "mail": "compta@", "terms": "45"}),
        "icons": ICONS,
        "ages": [120_000, 80_000, 40_000, 20_000, 60_000],
        "crumbs": [("Clients" if lang == "fr" else "Customers", href), ("Élan Événements", "")],
        "tabs": [
            {"label": label, "href": href, "count": count, "is_current": place == 0}
            for place, (label, count) in enumerate(zip(labels, counts, strict=True))
        ],
        "saved": [
            {"label": label, "href": href, "is_current": place == 0}
            for place, label in enumerate(labels)
        ],
    }
