"""The catalogues are complete, in step with the sources, and French is French."""

import re
from pathlib import Path

import polib
import pytest
from tests.web import catalog

FOUND = catalog.messages()
ENGLISH = re.compile(
    r"\b(the|of|and|with|your|you|please|sign|password|enter|this|that|are|is|not|no|"
    r"save|cancel|delete|search|customer|invoice|payment|settings)\b", re.IGNORECASE,
)  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
REMEDY = (
    "run `make messages`, write the English in web/locale/en/LC_MESSAGES/django.po, run it again"
)


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgid, entry.msgid_plural, entry.msgctxt or ""


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_catalogue_holds_the_texts_of_the_sources_and_no_other(lang: str) -> None:
    wanted = {(one.text, one.plural, one.context) for one in FOUND}
    known = {key(entry) for entry in catalog.catalogue(lang)}
    known -= {(text, "", "") for text in catalog.OVER_ALLAUTH}
    assert (wanted - known, known - wanted) == (set(), set()), REMEDY


def test_every_text_has_its_english() -> None:
    missing = [e.msgid for e in catalog.catalogue("en") if not all(texts(e))]
    assert missing == [], REMEDY


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nothing_is_doubtful_or_out_of_use(lang: str) -> None:
    entries = catalog.catalogue(lang)
    assert entries.fuzzy_entries() == []
    assert entries.obsolete_entries() == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_places_to_fill_agree(lang: str) -> None:
    for entry in catalog.catalogue(lang):
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in filter(None, texts(entry)):
            assert set(PLACEHOLDER.findall(text)) <= wanted, entry.msgid
        assert not texts(entry)[-1] or set(PLACEHOLDER.findall(texts(entry)[-1])) == wanted


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_compiled_is_what_is_written(lang: str) -> None:
    path = catalog.path_of(lang)
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    written = {key(e): texts(e) for e in catalog.catalogue(lang) if any(texts(e))}
    assert {key(e): texts(e) for e in compiled} == written, REMEDY


def test_the_french_catalogue_holds_marks_to_their_word() -> None:
    for entry in catalog.catalogue("fr"):
        said = catalog.OVER_ALLAUTH.get(entry.msgid, entry.msgid)
        assert texts(entry)[0] == catalog.typeset(said)
    assert catalog.typeset("l'un : « a » ?") == "l’un\xa0: «\xa0a\xa0»\xa0?"


@pytest.mark.parametrize("message", FOUND, ids=lambda one: one.text[:40])
def test_sources_are_in_french(message: catalog.Message) -> None:
    plain = PLACEHOLDER.sub("", message.text)
    assert not ENGLISH.search(plain), f"{plain!r} in {FOUND[message]}"


def test_what_allauth_translates_is_left_to_it() -> None:
    assert "Sign In" in catalog.of_allauth()
    assert not {one.text for one in FOUND} & catalog.of_allauth()


def test_templates_and_modules_are_both_read() -> None:
    template = (
        "{% blocktranslate count n=n %}{{ n }} ligne{% plural %}{{ n }} lignes"
        '{% endblocktranslate %}{{ _("d’un") }}'
    )
    assert list(catalog.messages_of_template(template)) == [
        catalog.Message("%(n)s ligne", plural="%(n)s lignes"), catalog.Message("d’un"),
    ]  # fmt: skip
    module = "from x import gettext\ngettext('un')\npgettext_lazy('c', 'deux')\nother('trois')"
    assert list(catalog.messages_of_module(module)) == [
        catalog.Message("un"), catalog.Message("deux", context="c"),
    ]  # fmt: skip


def test_new_texts_wait_and_old_ones_go(tmp_path: Path) -> None:
    known = catalog.headed("en")
    known.append(polib.POEntry(msgid="gardé", msgstr="kept"))
    known.append(polib.POEntry(msgid="parti", msgstr="gone"))
    made = catalog.english({catalog.Message("gardé"): ["a"], catalog.Message("neuf"): ["b"]}, known)
    assert [(entry.msgid, entry.msgstr) for entry in made] == [("gardé", "kept"), ("neuf", "")]


def test_what_is_said_otherwise_than_by_allauth_is_said_by_allauth() -> None:
    assert set(catalog.OVER_ALLAUTH) <= catalog.of_allauth()
