"""What an import would change, as lines of text for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from quittance.core.money import money_text
from quittance.core.phrase import Language, Phrase
from quittance.reports.columns import KINDS
from quittance.reports.customer_words import changed_sentence

Summary = Mapping[str, Any]
SHOWN = 10  # changed customers

HEADINGS = {
    "new": Phrase("Nouveau", "New"),
    "changed": Phrase("Corrigé", "Corrected"),
    "vanished": Phrase("Disparu", "Vanished"),
}
UNCHANGED = Phrase("Inchangé : {count}", "Unchanged: {count}")
FILE = Phrase("{name} : {format}, {lines} lignes", "{name}: {format}, {lines} lines")
CUSTOMERS = Phrase(
    "Clients : {new} nouveaux, {changed} modifiés", "Customers: {new} new, {changed} changed"
)
CONTACTS = Phrase(
    "Contacts : {new} nouveaux, {changed} modifiés, {vanished} retirés",
    "Contacts: {new} new, {changed} changed, {vanished} removed",
)
CUSTOMER_CHANGE = Phrase("  {customer} : {changes}", "  {customer}: {changes}")
ALLOCATIONS = Phrase(
    "Lettrages : {new} ajoutés, {reversed} retirés ; faits à la main : {manual_followed} suivent "
    "leur pièce corrigée, {manual_lost} perdent la leur",
    "Allocations: {new} added, {reversed} removed; made by hand: {manual_followed} follow their "
    "corrected item, {manual_lost} lose theirs",
)
BALANCE = Phrase("Solde des clients : {before} → {after}", "Customers' balance: {before} → {after}")
RATES = Phrase("Cours de change : {count}", "Exchange rates: {count}")
CHANGED_FROM = Phrase("(au lieu de {amount})", "(instead of {amount})")
UNREADABLE = Phrase("{name} : illisible", "{name}: cannot be read")
KNOWN = Phrase("Laissé de côté, déjà donné : {name}", "Left out, given already: {name}")
ABSENT = Phrase(
    "Absent de ces fichiers, dans leur période : {count} pièce(s), {amounts}, que des fichiers "
    "plus anciens contiennent. Elles restent ; --replaces les retire.",
    "Absent from these files, within their period: {count} document(s), {amounts}, which older "
    "files hold. They stay; --replaces removes them.",
)
REVERSIONS = Phrase(
    "Attention : {count} pièce(s) redeviennent ce qu'elles étaient avant l'import {number} "
    "({names}). Ces fichiers sont sans doute plus anciens que lui.",
    "Beware: {count} document(s) become again what they were before import {number} ({names}). "
    "These files are probably older than it.",
)
NOTHING = Phrase("Rien ne change.", "Nothing changes.")
PROBLEMS = Phrase("Problèmes : {count}", "Problems: {count}")


def preview_lines(summary: Summary, lang: Language) -> Iterator[str]:
    """The lines of a preview: files, what is new, corrected, vanished, the balance, problems."""
    for file in summary.get("files", []):
        told = FILE if file["kind"] else UNREADABLE
        yield told.filled(**{k: file[k] for k in ("name", "format", "lines")}).text(lang)
    for one in summary.get("known", []):
        yield KNOWN.filled(name=one[lang]).text(lang)
    if "new" in summary:
        yield from change_lines(summary, lang)
    problems = summary["problems"]
    if problems["count"]:
        yield PROBLEMS.filled(count=problems["count"]).text(lang)
        yield from (f"  {one[lang]}" for one in problems["sentences"][:10])


def reversion_warnings(summary: Summary) -> list[Phrase]:
    """What is told of corrections of newer imports that these files take back."""
    told = summary.get("reversions", {"count": 0, "imports": []})
    count = told["count"]
    return [REVERSIONS.filled(count=count, **one) for one in told["imports"]] if count else []


def change_lines(summary: Summary, lang: Language) -> Iterator[str]:
    """What would change, sort by sort."""
    if summary["is_empty"]:
        yield NOTHING.text(lang)
    else:
        yield from kinds_lines(summary, lang)
        yield UNCHANGED.filled(count=summary["unchanged"]).text(lang)
        yield from customer_lines(summary, lang)
        yield ALLOCATIONS.filled(**summary["allocations"]).text(lang)
        if summary["rates"]:
            yield RATES.filled(count=summary["rates"]).text(lang)
        before, after = (amounts(summary["balance"][side], lang) for side in ("before", "after"))
        yield BALANCE.filled(before=before, after=after).text(lang)
    yield from (one.text(lang) for one in reversion_warnings(summary))
    absent = summary["absent"]
    if absent["count"]:
        told = amounts(absent["amounts"], lang)
        yield ABSENT.filled(count=absent["count"], amounts=told).text(lang)


def customer_lines(summary: Summary, lang: Language) -> Iterator[str]:
    """How many customers and contacts are new or changed, and the first changes."""
    yield CUSTOMERS.filled(**summary["customers"]).text(lang)
    for one in summary.get("examples", {}).get("customers_changed", [])[:SHOWN]:
        before, after = ({n: pair[side] for n, pair in one["fields"].items()} for side in (0, 1))
        told = changed_sentence(before, after)
        yield CUSTOMER_CHANGE.filled(customer=one["customer"], changes=told).text(lang)
    if any(summary.get("contacts", {}).values()):
        yield CONTACTS.filled(**summary["contacts"]).text(lang)


def kinds_lines(summary: Summary, lang: Language) -> Iterator[str]:
    """New, corrected and vanished items, kind by kind."""
    was = {(row["kind"], row["currency"]): row for row in summary["changed_from"]}
    for name, heading in HEADINGS.items():
        for row in summary[name]:
            kind, code = KINDS[row["kind"]].text(lang), row["currency"]
            line = f"{heading.text(lang)} : {kind} × {row['count']}, "
            line += money_text(row["amount_minor"], code, lang=lang)
            earlier = was.get((row["kind"], code)) if name == "changed" else None
            if earlier is not None:
                before = money_text(earlier["amount_minor"], code, lang=lang)
                line += " " + CHANGED_FROM.filled(amount=before).text(lang)
            yield line


def amounts(sums: Mapping[str, int], lang: Language) -> str:
    """The sum of each currency, on one line."""
    return " · ".join(money_text(one, code, lang=lang) for code, one in sums.items()) or "0"
