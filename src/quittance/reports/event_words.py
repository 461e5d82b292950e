"""An event of the journal in the words of a reader."""

from collections.abc import Mapping
from typing import Any, Protocol

from quittance.core.money import money_text
from quittance.core.phrase import Language, Phrase

WORDS: Mapping[str, Phrase] = {
    "file.received": Phrase("Fichiers reçus : {subject}", "Files received: {subject}"),
    "import.applied": Phrase("Import appliqué : {subject}", "Import applied: {subject}"),
    "import.undone": Phrase("Import annulé : {subject}", "Import undone: {subject}"),
    "import.discarded": Phrase("Import écarté : {subject}", "Import discarded: {subject}"),
    "allocation.added": Phrase("Lettrage fait : {subject}", "Allocated: {subject}"),
    "allocation.undone": Phrase("Lettrage annulé : {subject}", "Allocation undone: {subject}"),
    "customer.changed": Phrase("Client modifié : {subject}", "Customer changed: {subject}"),
    "customer.changed_together": Phrase(
        "Clients modifiés ensemble : {subject}", "Customers changed together: {subject}"
    ),
    "customer.change_undone": Phrase(
        "Modification annulée : {subject}", "Change undone: {subject}"
    ),
    "contact.added": Phrase("Contact ajouté : {subject}", "Contact added: {subject}"),
    "contact.changed": Phrase("Contact modifié : {subject}", "Contact changed: {subject}"),
    "contact.removed": Phrase("Contact retiré : {subject}", "Contact removed: {subject}"),
    "note.written": Phrase("Note sur {subject}", "Note about {subject}"),
    "note.withdrawn": Phrase("Note retirée : {subject}", "Note withdrawn: {subject}"),
    "allocation.restored": Phrase("Lettrage rétabli : {subject}", "Allocation restored: {subject}"),
    "company.opened": Phrase("Société ouverte : {subject}", "Company opened: {subject}"),
    "company.changed": Phrase("Réglages modifiés : {subject}", "Settings changed: {subject}"),
    "member.invited": Phrase("Invitation : {subject}", "Invitation: {subject}"),
    "member.joined": Phrase("Nouveau membre : {subject}", "New member: {subject}"),
    "member.second_factor_forgotten": Phrase(
        "Second facteur oublié : {subject}", "Second factor forgotten: {subject}"
    ),
    "member.password_given": Phrase("Mot de passe donné : {subject}", "Password given: {subject}"),
}
OTHER = Phrase("{action} : {subject}", "{action}: {subject}")
BALANCE = Phrase("solde {before} → {after}", "balance {before} → {after}")


class Told(Protocol):
    """What is needed of an event."""

    action: str
    subject: str
    after: Any


def event_words(event: Told, lang: Language) -> dict[str, str]:
    """The title of an event and, for an import, what it did to the balance."""
    known = WORDS.get(event.action, OTHER)
    title = known.filled(action=event.action, subject=event.subject).text(lang)
    balance = event.after.get("balance") if isinstance(event.after, dict) else None
    if not isinstance(balance, dict):
        return {"title": title, "text": ""}
    was, now = balance.get("before", {}), balance.get("after", {})
    before, after = (
        " · ".join(money_text(amount, code, lang=lang) for code, amount in side.items())
        for side in ({**dict.fromkeys(now, 0), **was}, {**dict.fromkeys(was, 0), **now})
    )
    return {"title": title, "text": BALANCE.filled(before=before, after=after).text(lang)}
