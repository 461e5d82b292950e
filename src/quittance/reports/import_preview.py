"""What an import would change, as lines of text for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from quittance.core.money import money_text
from quittance.core.phrase import Language, Phrase
from quittance.reports.columns import KINDS

Summary = Mapping[str, Any]

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
ALLOCATIONS = Phrase(
    "Lettrages : {new} ajoutés, {reversed} retirés ; faits à la main : {manual_followed} suivent "
    "leur pièce corrigée, {manual_lost} perdent la leur",
    "Allocations: {new} added, {reversed} removed; made by hand: {manual_followed} follow their "
    "corrected item, {manual_lost} lose theirs",
)
BALANCE = Phrase("Solde des clients : {before} → {after}", "Customers' balance: {before} → {after}")
NOTHING = Phrase("Rien ne change.", "Nothing changes.")
PROBLEMS = Phrase("Problèmes : {count}", "Problems: {count}")


def preview_lines(summary: Summary, lang: Language) -> Iterator[str]:
    """The lines of a preview: files, what is new, corrected, vanished, the balance, problems."""
    for file in summary.get("files", []):
        yield FILE.filled(**{k: file[k] for k in ("name", "format", "lines")}).text(lang)
    if "new" in summary:
        yield from change_lines(summary, lang)
    problems = summary["problems"]
    if problems["count"]:
        yield PROBLEMS.filled(count=problems["count"]).text(lang)
        yield from (f"  {one[lang]}" for one in problems["sentences"][:10])


def change_lines(summary: Summary, lang: Language) -> Iterator[str]:
    """What would change, sort by sort."""
    if summary["is_empty"]:
        yield NOTHING.text(lang)
        return
    for name, heading in HEADINGS.items():
        for row in summary[name]:
            kind = KINDS[row["kind"]].text(lang)
            amount = money_text(row["amount_minor"], row["currency"], lang=lang)
            yield f"{heading.text(lang)} : {kind} × {row['count']}, {amount}"
    yield UNCHANGED.filled(count=summary["unchanged"]).text(lang)
    yield CUSTOMERS.filled(**summary["customers"]).text(lang)
    yield ALLOCATIONS.filled(**summary["allocations"]).text(lang)
    before, after = (
        " · ".join(money_text(amount, code, lang=lang) for code, amount in side.items()) or "0"
        for side in (summary["balance"]["before"], summary["balance"]["after"])
    )
    yield BALANCE.filled(before=before, after=after).text(lang)
