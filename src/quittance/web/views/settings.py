"""The settings of a company: identity, terms, allocation rule, second factor, group."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quittance.services.companies import Chosen, UnableToReadIdentifier, change_company, form_group
from quittance.services.refusals import UnableTo
from quittance.storage.access import memberships_of
from quittance.web.desk import Desk, screen

FIELDS = {"name": "name", "terms": "default_terms", "allocation-rule": "allocation_rule"}


class CompanyForm(forms.Form):
    """What an owner decides about a company."""

    name = forms.CharField(label=_("Raison sociale"), max_length=200)
    siren = forms.CharField(label=_("SIREN"), max_length=20, required=False)
    vat = forms.CharField(label=_("N° de TVA"), max_length=30, required=False)
    default_terms = forms.CharField(
        label=_("Délai de règlement par défaut"),
        max_length=100,
        help_text=_("Pour les clients sans délai propre : 30, 45 fin de mois, fin de mois 45…"),
    )
    allocation_rule = forms.ChoiceField(
        label=_("Règlements que les comptes ne lettrent pas"),
        choices=[
            ("books", _("les laisser non affectés")),
            ("fifo", _("les supposer affectés aux plus anciennes échéances")),
        ],
    )
    requires_second_factor = forms.BooleanField(
        label=_("Exiger un second facteur de tous les membres"),
        required=False,
        help_text=_("Qui n'en a pas est conduit à en ajouter un avant de voir quoi que ce soit."),
    )


class GroupForm(forms.Form):
    """Which companies to see together, under which name."""

    group_name = forms.CharField(label=_("Nom du groupe"), max_length=200)
    group_slug = forms.SlugField(
        label=_("Adresse"), max_length=60, help_text=_("Lettres minuscules, chiffres et tirets.")
    )
    companies = forms.TypedMultipleChoiceField(
        label=_("Sociétés"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, desk: Desk, **named: Any) -> None:
        super().__init__(*given, **named)
        alone = [
            one.company
            for one in memberships_of(desk.user)
            if one.role == "owner" and one.company.group is None
        ]
        self.fields["companies"].choices = [(one.pk, one.name) for one in alone]  # type: ignore[attr-defined]
        self.is_possible = len(alone) > 1 and desk.may("settings.write")


@screen("settings.read", in_group=False)
def settings(desk: Desk) -> HttpResponse:
    """What the company is; an owner can change it."""
    company = desk.access.company
    form = CompanyForm(initial={name: getattr(company, name) for name in CompanyForm.base_fields})
    return page(desk, form=form)


def page(
    desk: Desk, *, form: CompanyForm, group: GroupForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of settings, with its forms as they stand."""
    for field in form.fields.values():
        field.disabled = not desk.may("settings.write")
    said = {
        "desk": desk,
        "company": desk.access.company,
        "form": form,
        "group": group or GroupForm(desk=desk),
    }
    return render(desk.request, "web/settings.html", said, status=status)


@screen("settings.write", methods=("POST",), in_group=False, is_sensitive=True)
def change(desk: Desk) -> HttpResponse:
    """Decide anew about the company."""
    form = CompanyForm(desk.request.POST)
    if not form.is_valid():
        return page(desk, form=form, status=422)
    try:
        change_company(
            desk.access.company.pk, Chosen(**form.cleaned_data), by=desk.actor, now=desk.now
        )
    except UnableTo as refusal:
        form.add_error(field_of(refusal), refusal.text(desk.lang))
        return page(desk, form=form, status=422)
    desk.tell(gettext("Les réglages sont enregistrés."))
    return back(desk)


def field_of(refusal: UnableTo) -> str | None:
    """The field of the form that a refusal is about."""
    if isinstance(refusal, UnableToReadIdentifier):
        return str(refusal.fields["kind"])
    return FIELDS.get(refusal.code)


@screen("settings.write", methods=("POST",), in_group=False, is_sensitive=True)
def group(desk: Desk) -> HttpResponse:
    """See several of one's companies together."""
    form = GroupForm(desk.request.POST, desk=desk)
    company = desk.access.company
    kept = CompanyForm(initial={name: getattr(company, name) for name in CompanyForm.base_fields})
    if not form.is_valid():
        return page(desk, form=kept, group=form, status=422)
    said = form.cleaned_data
    try:
        form_group(
            said["group_slug"],
            said["group_name"],
            companies=said["companies"],
            by=desk.actor,
            now=desk.now,
        )
    except UnableTo as refusal:
        form.add_error(None, refusal.text(desk.lang))
        return page(desk, form=kept, group=form, status=422)
    desk.tell(gettext("Le groupe est formé."))
    return back(desk)


def back(desk: Desk) -> HttpResponse:
    """To the page of settings."""
    return redirect("settings", where="c", slug=desk.access.company.slug)
