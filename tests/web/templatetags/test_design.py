"""The components as tags."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from quittance.core.phrase import Phrase
from quittance.reports.report import Figure
from quittance.web import samples
from quittance.web.tables import table_of
from quittance.web.templatetags.design import initials


def made(source: str, **facts: Any) -> str:
    facts = {"lang": "fr", "request": RequestFactory().get("/here"), **facts}
    return Template("{% load design %}" + source).render(Context(facts))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('{% money 123450 currency="EUR" %}', "1\u202f234,50\xa0€"),
        ('{% money 1234 currency="JPY" %}', "1\u202f234\xa0JPY"),
        ('{% money None currency="EUR" %}', "–"),
        ('{% amount 44.3 kind="days" %}', "44,3\xa0j"),
        ("{% number 40000 %}", "40\u202f000"),
        ("{% day when %}", '<time datetime="2026-09-30">30/09/2026</time>'),
        ("{% day None %}", "–"),
        ("{% say phrase count=3 %}", "3 lignes"),
        ('{% tag name "warn" %}', '<span class="tag" data-tone="warn">&lt;b&gt;</span>'),
        ("{% days_past_due 45 %}", '<span class="tag" data-tone="age-2">45\xa0j</span>'),
        ("{{ texts|joined }}", "a · b"),
    ],
)
def test_small_tags_write_what_a_reader_reads(source: str, text: str) -> None:
    found = made(source, when=date(2026, 9, 30), phrase=Phrase("{count} lignes", "{count} rows"),
                 texts=["a", "", "b"], name="<b>")  # fmt: skip
    assert found == text


def test_numbers_follow_the_language() -> None:
    assert made('{% money 123450 currency="EUR" %}', lang="en") == "€1,234.50"


def test_an_instant_is_told_in_the_time_of_the_place() -> None:
    found = made("{% moment at %}", at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    assert ">02/07/2026 à 00:30<" in found


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Marie-Claire Dupont", "MD"), ("Zoé", "Z"), ("a@x.example", "A"), ("", "?"), ("A B C", "AC")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_figure_opens_onto_its_formula_and_leads_to_its_rows() -> None:
    figure = Figure("dso", Phrase("DSO", "DSO"), -3_306_191, "money",
                    Phrase("a < b", "a < b"), "EUR", Phrase("pourquoi", "why"))  # fmt: skip
    found = made('{% figure_card one href="/rows" trend=trend change="x" tone="bad" %}',
                 one=figure, trend=[1, 2])  # fmt: skip
    assert '<a href="/rows">DSO</a>' in found
    assert "-33\u202f061,91\xa0€" in found
    assert "<p>a &lt; b</p>" in found
    assert "negative" in found
    assert "pourquoi" in found
    assert 'class="spark"' in found


def test_a_figure_without_value_says_so() -> None:
    figure = Figure("dso", Phrase("DSO", "DSO"), None, "days", Phrase("f", "f"))
    assert "not computable" in made("{% figure_card one %}", one=figure, lang="en")


def test_a_chart_has_three_widths_and_a_table() -> None:
    found = made("{% chart one %}", one=samples.chart())
    assert found.count("<svg") == 3
    assert '<th scope="col" class="n">Échu</th>' in found
    assert "style" not in found


def table(query: str = "") -> Any:
    return table_of(samples.aged_balance(), QueryDict(query), lang="fr")


def test_options_of_a_table_do_not_leak_from_the_page() -> None:
    saved = [{"label": "Mienne", "href": "#", "is_current": False}]
    assert "Mienne" in made("{% table t saved=saved %}", t=table(), saved=saved)
    assert "Mienne" not in made("{% table t %}", t=table(), saved=saved)


def test_files_are_offered_to_those_who_may_export() -> None:
    may = SimpleNamespace(may=lambda permission: permission == "books.export")
    may_not = SimpleNamespace(may=lambda _: False)
    assert "format=xlsx" in made("{% table t %}", t=table(), desk=may)
    assert "format=xlsx" not in made("{% table t %}", t=table(), desk=may_not)
    assert "format=xlsx" not in made("{% table t is_bare=True %}", t=table(), desk=may)


def test_headings_have_a_scope_and_the_sorted_one_says_so() -> None:
    found = made("{% table t %}", t=table("sort=-balance_minor"))
    assert found.count('aria-sort="descending"') == 1
    assert found.count('scope="col"') == 11 - 1  # without the drawn column
    assert found.count('scope="row"') == 42 + 2


def test_an_empty_table_teaches_and_a_filtered_one_leads_back() -> None:
    found = made("{% table t %}", t=table("q=zz"))
    assert "Effacer les filtres" in found
    none = samples.tables(QueryDict(), "fr")["empty"]
    found = made('{% table t empty_title="Rien" empty_href="/in" empty_label="Importer" %}', t=none)
    assert '<a class="button primary" href="/in">Importer</a>' in found


class Sample(forms.Form):
    mail = forms.EmailField(label="Courriel", help_text="Le vôtre")
    note = forms.CharField(required=False)
    is_held = forms.BooleanField(label="Bloqué", required=False)
    way = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A")], required=False)


def test_a_field_ties_label_hint_and_error_together() -> None:
    found = made("{% field form.mail %}", form=Sample({"mail": "x"}))
    assert '<label for="id_mail">' in found
    assert 'aria-describedby="id_mail-hint id_mail-error"' in found
    assert 'aria-invalid="true"' in found
    assert 'id="id_mail-hint">Le vôtre' in found
    assert 'class="error" id="id_mail-error"' in found


def test_a_field_says_when_it_may_stay_empty_and_takes_a_unit() -> None:
    found = made('{% field form.note unit="€" %}', form=Sample())
    assert "(facultatif)" in found
    assert "<span>€</span>" in found
    assert "aria-describedby" not in found


def test_a_box_stands_before_its_words_and_a_choice_in_a_set() -> None:
    assert 'class="choice"' in made("{% field form.is_held %}", form=Sample())
    assert "<fieldset" in made("{% field form.way %}", form=Sample())


def test_blocks_frame_their_content() -> None:
    warned = made('{% notice "warning" title=t %}<a href="#">voir</a>{% endnotice %}', t="<i>")
    assert 'data-tone="warning"' in warned
    assert "&lt;i&gt;" in warned
    assert '<a href="#">voir</a>' in warned
    framed = made("{% panel t %}x{% endpanel %}", t="Contacts")
    assert "aria-labelledby" in framed
    opened = made('{% dialog "d" title=t close=c %}x{% enddialog %}', t="Retirer ?", c="Fermer")
    assert 'commandfor="d" command="close" aria-label="Fermer"' in opened


def test_rights_are_asked_of_the_desk() -> None:
    source = '{% if desk|may:"journal.read" %}oui{% else %}non{% endif %}'
    assert made(source, desk=SimpleNamespace(may=lambda p: p == "journal.read")) == "oui"
    assert made(source) == "non"


def test_an_address_is_that_of_the_present_company() -> None:
    desk = SimpleNamespace(access=SimpleNamespace(path="c/lumiere"))
    assert made('{% address "design" %}', desk=desk) == "/c/lumiere/design/"
