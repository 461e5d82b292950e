"""What an event of the journal changed, field by field, in the words of a reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
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
    "others": Phrase("Autres clients", "Other customers"),
    "held_fields": Phrase("Champs tenus à la main", "Fields kept by hand"),
    "contacts": Phrase("Contacts", "Contacts"),
    "default_terms": Phrase("Conditions par défaut", "Default terms"),
    "allocation_rule": Phrase("Règle de lettrage", "Allocation rule"),
    "mentions": Phrase("Prévenus", "Called on"),
    "version": Phrase("Version", "Version"),
    "versions": Phrase("Version", "Version"),
    "sha256": Phrase("Empreinte SHA-256", "SHA-256 hash"),
    "slug": Phrase("Nom court", "Short name"),
    "companies": Phrase("Sociétés", "Companies"),
    "requires_second_factor": Phrase("Second facteur exigé", "Second factor required"),
    "ledger_item.added": Phrase("pièces ajoutées", "documents added"),
    "ledger_item.reversed": Phrase("pièces retirées", "documents removed"),
    "allocation.added": Phrase("lettrages ajoutés", "allocations added"),
    "allocation.reversed": Phrase("lettrages retirés", "allocations removed"),
    "account_movement.added": Phrase("mouvements ajoutés", "movements added"),
    "account_movement.reversed": Phrase("mouvements retirés", "movements removed"),
    "exchange_rate.added": Phrase("cours ajoutés", "rates added"),
    "exchange_rate.reversed": Phrase("cours retirés", "rates removed"),
}
ORDER = (
    "files", "balance", "new", "changed", "vanished", "unchanged", "customers", "contacts",
    "allocations", "movements", "rates", "notes", "replaces", "is_empty",
)  # fmt: skip
COUNTS = frozenset(ORDER[5:]) - {"notes"}  # told only where there are any
PROOF = frozenset({"facts", "sha256", "version", "versions", "held_fields"})
MOST_CUSTOMERS = 50  # of a change in number
SHORT_HASH = 12
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
    is_proof: bool = False  # what proves the event or serves the program, folded away


def changes(
    before: Tree | None, after: Tree | None, *, lang: Language,
    customers: Mapping[str, str] = MappingProxyType({}),
) -> list[Change]:  # fmt: skip
    """Every field that an event says something of, what matters first, what proves it last.

    `customers` are the names of those that a change in number tells of, by their numbers.
    """
    was, now = sides(before or {}, after or {})
    found: list[Change] = []
    for name in sorted({**was, **now}, key=rank):
        old, new = (
            dict(fields({name: side[name]}, lang, customers=customers)) if name in side else {}
            for side in (was, now)
        )
        found += [
            Change(label, old.get(label), new.get(label), is_proof=name in PROOF)
            for label in {**old, **new}
        ]
    return sorted([*found, *hashes(now, lang)], key=lambda one: one.is_proof)


def rank(name: str) -> int:
    """Where a field stands: those of a customer or a company first, as they were written."""
    return ORDER.index(name) if name in ORDER else -1


def sides(before: Tree, after: Tree) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was and what is, each value of one beside that of the other."""
    was, now = dict(before), dict(after)
    for name, value in after.items():
        if isinstance(value, Mapping) and value and set(value) <= {"before", "after"}:
            was[name], now[name] = value.get("before", {}), value.get("after", {})
    if "changed_from" in now:
        was["changed"] = now.pop("changed_from")
    held = was.get("customers")
    if isinstance(held, Mapping) and held and all(number.isdecimal() for number in held):
        news = now.pop("customers", None) or same_for_all(now, held)
        shown = list(held)[:MOST_CUSTOMERS]
        was["customers"], now["customers"] = ({n: side.get(n, {}) for n in shown}
                                              for side in (held, news))  # fmt: skip
        if len(held) > len(shown):
            now["others"] = len(held) - len(shown)
    return was, now


def same_for_all(now: dict[str, Any], held: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields that a change in number gave to each of its customers, taken out of `now`."""
    given = {name: now.pop(name) for name in list(now) if name not in PROOF}
    return dict.fromkeys(held, given)


def hashes(now: Tree, lang: Language) -> Iterator[Change]:
    """The whole hash of each file that an event names."""
    files = now.get("files")
    for one in files if isinstance(files, list) else ():
        if isinstance(one, Mapping) and {"name", "sha256"} <= set(one):
            label = PARTS.join((NAMES["sha256"].text(lang), str(one["name"])))
            yield Change(label, None, str(one["sha256"]), is_proof=True)


def fields(
    tree: Tree, lang: Language, *, customers: Mapping[str, str], path: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """The fields of a tree by their path in words; sums, files and amounts are told whole."""
    for name, value in tree.items():
        place = (*path, name)
        is_customer = path == ("customers",) and name.isdecimal()
        if is_customer:
            place = (customers.get(name, f"n° {name}"),)
        if is_customer and isinstance(value, Mapping):
            told = {field: one for field, one in value.items() if field not in PROOF}
            yield from fields(told, lang, customers=customers, path=place)
        elif isinstance(value, Mapping):
            yield from fields(value, lang, customers=customers, path=place)
        elif not value and isinstance(value, int) and place[0] in COUNTS:
            continue
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
        return UNREAD.filled(sha256=shortened(one["sha256"]))
    lines = number_text(one.get("lines", 0), lang=lang)
    return GIVEN.filled(format=one["format"], lines=lines, sha256=shortened(one["sha256"]))


def shortened(sha256: str) -> str:
    """The beginning of a hash; the whole stands with the proof."""
    return sha256 if len(sha256) <= SHORT_HASH else f"{sha256[:SHORT_HASH]}…"


def worded(path: tuple[str, ...], lang: Language) -> str:
    """A path in words; a part without words stands as it is named."""
    known = [NAMES[part].text(lang) if part in NAMES else part for part in path]
    return PARTS.join(known)


CODES: Mapping[str, Mapping[str, Phrase]] = {
    "role": {
        "owner": Phrase("propriétaire", "owner"),
        "credit_manager": Phrase("credit manager", "credit manager"),
        "collector": Phrase("chargé de recouvrement", "collector"),
        "accountant": Phrase("comptable", "accountant"),
        "sales": Phrase("commercial", "sales"),
        "auditor": Phrase("auditeur", "auditor"),
    },
    "scope": {
        "all": Phrase("tous", "all"),
        "own": Phrase("les siens seulement", "own ones only"),
    },
}


def text_of(value: Any, path: tuple[str, ...], *, lang: Language) -> str:
    """A value in words: amounts under their currency, yes and no, numbers with their thousands."""
    if path[:1] == ("balance",) and isinstance(value, int):
        return money_text(value, path[-1], lang=lang)
    if isinstance(value, str) and value in CODES.get(path[-1], {}):
        return CODES[path[-1]][value].text(lang)
    if isinstance(value, bool):
        return customer_words.YES_NO[value].text(lang)
    if isinstance(value, int):
        return number_text(value, lang=lang)
    return customer_words.field_words(path[-1], value).text(lang) if value else "–"
