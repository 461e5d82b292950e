"""What an event of the journal changed, field by field, in the words of a reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quittance.core.money import money_text
from quittance.core.phrase import Language, Phrase
from quittance.reports import customer_words
from quittance.reports.columns import KINDS
from quittance.reports.render.formats import number_text

Tree = Mapping[str, Any]
NAMES: Mapping[str, Phrase] = {
    **customer_words.CONTACT_FIELDS,
    **customer_words.FIELDS,
    "new": Phrase("Nouveau", "New"),
    "changed": Phrase("Corrigé", "Corrected"),
    "changed_from": Phrase("Corrigé, avant", "Corrected, before"),
    "vanished": Phrase("Disparu", "Vanished"),
    "unchanged": Phrase("Pièces inchangées", "Documents unchanged"),
    "customers": Phrase("Clients", "Customers"),
    "allocations": Phrase("Lettrages", "Allocations"),
    "reversed": Phrase("retirés", "removed"),
    "manual_followed": Phrase("à la main, suivent leur pièce", "by hand, follow their document"),
    "manual_lost": Phrase("à la main, perdus", "by hand, lost"),
    "movements": Phrase("Mouvements de comptes", "Movements of accounts"),
    "rates": Phrase("Cours de change", "Exchange rates"),
    "balance": Phrase("Solde", "Balance"),
    "before": Phrase("avant", "before"),
    "after": Phrase("après", "after"),
    "files": Phrase("Fichier", "File"),
    "notes": Phrase("Note", "Note"),
    "replaces": Phrase("Retire ce qui a disparu", "Removes what vanished"),
    "is_empty": Phrase("Rien ne change", "Nothing changes"),
    "facts": Phrase("Empreinte des écritures", "Fingerprint of the facts"),
    "role": Phrase("Rôle", "Role"),
    "scope": Phrase("Clients vus", "Customers seen"),
    "text": Phrase("Texte", "Text"),
    "owner": Phrase("Propriétaire", "Owner"),
    "currency": Phrase("Devise", "Currency"),
    "held_fields": Phrase("Champs tenus à la main", "Fields kept by hand"),
}
SUM = Phrase("{count} pour {amount}", "{count} for {amount}")
GIVEN = Phrase(
    "{format}, {lines} lignes, SHA-256 {sha256}", "{format}, {lines} lines, SHA-256 {sha256}"
)
UNREAD = Phrase("pas encore lu, SHA-256 {sha256}", "not read yet, SHA-256 {sha256}")
PARTS = " · "


@dataclass(frozen=True)
class Change:
    """One field of an event: its name, what it was, what it is; None is nothing."""

    label: str
    before: str | None
    after: str | None


def changes(before: Tree | None, after: Tree | None, *, lang: Language) -> list[Change]:
    """Every field that an event says something of."""
    was, now = dict(fields(before or {}, lang)), dict(fields(after or {}, lang))
    return [Change(name, was.get(name), now.get(name)) for name in {**was, **now}]


def fields(tree: Tree, lang: Language, *, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The fields of a tree by their path in words; sums, files and amounts are told whole."""
    for name, value in tree.items():
        place = (*path, name)
        if isinstance(value, Mapping):
            yield from fields(value, lang, path=place)
        elif isinstance(value, list):
            for number, one in enumerate(value, 1):
                label, said = listed(one, number, lang=lang)
                yield (
                    PARTS.join((worded(place, lang), label)) if label else worded(place, lang),
                    said,
                )
        else:
            yield worded(place, lang), text_of(value, place, lang=lang)


def listed(one: Any, number: int, *, lang: Language) -> tuple[str, str]:
    """An element of a list: its own label, and what it says."""
    if not isinstance(one, Mapping):
        return str(number), str(one)
    if {"kind", "count", "amount_minor", "currency"} <= set(one):
        amount = money_text(one["amount_minor"], one["currency"], lang=lang)
        count = number_text(one["count"], lang=lang)
        return KINDS[one["kind"]].text(lang), SUM.filled(count=count, amount=amount).text(lang)
    if {"name", "sha256"} <= set(one):
        return str(one["name"]), file_words(one, lang).text(lang)
    if {"fr", "en"} <= set(one):
        return str(number), str(one[lang])
    if {"documents", "amount_minor", "currency"} <= set(one):
        amount = money_text(one["amount_minor"], one["currency"], lang=lang)
        return " ← ".join(one["documents"]), amount
    return str(number), ", ".join(f"{name} {value}" for name, value in one.items())


def file_words(one: Mapping[str, Any], lang: Language) -> Phrase:
    """What was found in a file, and what proves it; files received are not read yet."""
    if not one.get("format"):
        return UNREAD.filled(sha256=one["sha256"])
    lines = number_text(one.get("lines", 0), lang=lang)
    return GIVEN.filled(format=one["format"], lines=lines, sha256=one["sha256"])


def worded(path: tuple[str, ...], lang: Language) -> str:
    """A path in words; a part without words stands as it is named."""
    known = [NAMES[part].text(lang) if part in NAMES else part for part in path]
    return PARTS.join(known)


def text_of(value: Any, path: tuple[str, ...], *, lang: Language) -> str:
    """A value in words: amounts under their currency, yes and no, numbers with their thousands."""
    if path[:1] == ("balance",) and isinstance(value, int):
        return money_text(value, path[-1], lang=lang)
    if isinstance(value, bool):
        return customer_words.YES_NO[value].text(lang)
    if isinstance(value, int):
        return number_text(value, lang=lang)
    return customer_words.field_words(path[-1], value).text(lang) if value else "–"
