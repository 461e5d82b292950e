"""The words of the screens: `make messages` gathers them and writes the catalogues.

French is in the sources. English is in `en/LC_MESSAGES/django.po`: a text that is new has an empty
translation there, one that is no longer used is taken out. The French catalogue is made here whole:
it sets apostrophes and the spaces before French marks. Both are compiled beside, without GNU
gettext. What allauth translates itself (its texts are in English) is left to allauth.

    make messages                                            gather, write, say what lacks English
    .venv/bin/python tests/web/catalog.py "Nom" "Name" …     the same, with the English of some
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import allauth
import polib
from django.utils.translation.template import templatize

from quittance.reports.render.formats import held

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "quittance"
LOCALE = SOURCE / "web" / "locale"
LITERAL = r"""u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*\""""
CALL = re.compile(rf"\b(_|n?p?gettext(?:_lazy)?)\(\s*({LITERAL})(?:\s*,\s*({LITERAL}))?", re.DOTALL)
NAMES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


@dataclass(frozen=True, order=True)
class Message:
    """One text of the sources."""

    text: str
    plural: str = ""
    context: str = ""


def messages() -> dict[Message, list[str]]:
    """Every text of every template and module, with the files it is in."""
    found: dict[Message, set[str]] = {}
    foreign = of_allauth()
    for path in sources():
        for message in messages_of(path):
            if message.text in foreign:
                continue
            found.setdefault(message, set()).add(str(path.relative_to(SOURCE)))
    return {message: sorted(found[message]) for message in sorted(found)}


def of_allauth() -> set[str]:
    """The texts that allauth translates."""
    path = Path(allauth.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    return {entry.msgid for entry in polib.pofile(str(path)) if entry.translated()}


def sources() -> list[Path]:
    """The templates and modules that may hold texts."""
    templates = [p for p in (SOURCE / "web" / "templates").rglob("*") if p.is_file()]
    return sorted([*templates, *SOURCE.rglob("*.py")])


def messages_of(path: Path) -> Iterator[Message]:
    """The texts of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from messages_of_module(text)
    else:
        yield from messages_of_template(text)


def messages_of_template(text: str) -> Iterator[Message]:
    """The texts that a template marks, as Django reads them."""
    for name, *found in CALL.findall(templatize(text)):
        yield message(name, [ast.literal_eval(literal) for literal in found if literal])


def messages_of_module(text: str) -> Iterator[Message]:
    """The texts that a module passes to gettext."""
    if "gettext" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
            words = [one.value for one in node.args if isinstance(one, ast.Constant)]
            yield message(node.func.id, [str(word) for word in words])


def message(name: str, words: list[str]) -> Message:
    """A call of gettext as a text."""
    if name.startswith("n"):
        return Message(words[0], plural=words[1])
    if name.startswith("p"):
        return Message(words[1], context=words[0])
    return Message(words[0])


# What allauth says in other words than the screens: one name for a thing, the same everywhere.
OVER_ALLAUTH = {
    "Two-Factor Authentication": "Second facteur",
    "Use a security key": "Utiliser une clé d'accès",
    "Security Keys": "Clés d'accès",
    "Security key": "Clé d'accès",
    "Passkey": "Clé d'accès",
    "Create Passkey": "Créer une clé d'accès",
    "Add Security Key": "Ajouter une clé d'accès",
    "Edit Security Key": "Modifier la clé d'accès",
    "Remove Security Key": "Retirer une clé d'accès",
    "Are you sure you want to remove this security key?": "Retirer cette clé d'accès ?",
    "No security keys have been added.": "Aucune clé d'accès n'a été ajoutée.",
    "Security key added.": "Clé d'accès ajoutée.",
    "Security key removed.": "Clé d'accès retirée.",
    "Security Key Added": "Clé d'accès ajoutée",
    "Security Key Removed": "Clé d'accès retirée",
    "A new security key has been added.": "Une nouvelle clé d'accès a été ajoutée.",
    "A security key has been removed.": "Une clé d'accès a été retirée.",
}


def path_of(lang: str) -> Path:
    return LOCALE / lang / "LC_MESSAGES" / "django.po"


def catalogue(lang: str) -> polib.POFile:
    """The catalogue that is written, empty when there is none."""
    path = path_of(lang)
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def english(found: dict[Message, list[str]], known: polib.POFile) -> polib.POFile:
    """The English catalogue: what is known is kept, what is new is empty, nothing else stays."""
    kept = {(one.msgid, one.msgid_plural, one.msgctxt or ""): one for one in known}
    made = headed("en")
    for one, places in found.items():
        old = kept.get((one.text, one.plural, one.context))
        entry = entry_of(one, places)
        if old is not None and one.plural:
            entry.msgstr_plural = old.msgstr_plural
        elif old is not None:
            entry.msgstr = old.msgstr
        made.append(entry)
    return made


def french(found: dict[Message, list[str]]) -> polib.POFile:
    """The French catalogue: the texts themselves, typeset."""
    made = headed("fr")
    for one, places in found.items():
        entry = entry_of(one, places)
        if one.plural:
            entry.msgstr_plural = {0: typeset(one.text), 1: typeset(one.plural)}
        else:
            entry.msgstr = typeset(one.text)
        made.append(entry)
    for text, words in OVER_ALLAUTH.items():
        made.append(polib.POEntry(msgid=text, msgstr=typeset(words)))
    return made


def typeset(text: str) -> str:
    """A French text with its apostrophes, and its marks held to their word."""
    return held(re.sub(r"(?<=\w)'(?=\w)", "’", text))


def entry_of(one: Message, places: list[str]) -> polib.POEntry:
    entry = polib.POEntry(msgid=one.text, occurrences=[(place, "") for place in places])
    entry.msgctxt = one.context or None
    if one.plural:
        entry.msgid_plural = one.plural
        entry.msgstr_plural = {0: "", 1: ""}
    return entry


def headed(lang: str) -> polib.POFile:
    made = polib.POFile(wrapwidth=0)
    made.metadata = {
        "Project-Id-Version": "Quittance",
        "Language": lang,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals=2; plural=(n {'> 1' if lang == 'fr' else '!= 1'});",
    }
    return made


def write(given: dict[str, str]) -> int:
    """Write and compile both catalogues; how many English texts are missing."""
    found = messages()
    for lang, made in (("en", english(found, catalogue("en"))), ("fr", french(found))):
        for entry in made if lang == "en" else ():
            entry.msgstr = given.get(entry.msgid, entry.msgstr)
        path_of(lang).parent.mkdir(parents=True, exist_ok=True)
        made.save(str(path_of(lang)))
        made.save_as_mofile(str(path_of(lang).with_suffix(".mo")))
    missing = catalogue("en").untranslated_entries()
    for entry in missing:
        places = ", ".join(place for place, _ in entry.occurrences)
        sys.stderr.write(f"no English yet: {entry.msgid!r} ({places})\n")
    sys.stderr.write(f"{len(found)} texts, {len(missing)} without English\n")
    return len(missing)


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(1 if write(dict(zip(words[::2], words[1::2], strict=True))) else 0)
