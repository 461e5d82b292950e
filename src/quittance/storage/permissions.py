"""Who may do what: the one table of permissions, shown on a screen and tested as a matrix."""

from dataclasses import dataclass

from quittance.core.phrase import Phrase

ROLE_NAMES = {
    "owner": Phrase("propriétaire", "owner"),
    "credit_manager": Phrase("credit manager", "credit manager"),
    "collector": Phrase("chargé de recouvrement", "collector"),
    "accountant": Phrase("comptable", "accountant"),
    "sales": Phrase("commercial", "sales"),
    "auditor": Phrase("auditeur", "auditor"),
}
EVERYBODY = tuple(ROLE_NAMES)


@dataclass(frozen=True)
class Permission:
    """One thing that may be allowed, and the roles that it is allowed to."""

    code: str
    label: Phrase
    roles: tuple[str, ...]


TABLE = (
    Permission("books.read", Phrase("Voir les comptes des clients", "See customers' accounts"),
               EVERYBODY),
    Permission("books.export", Phrase("Exporter les tableaux", "Export tables"),
               ("owner", "credit_manager", "collector", "accountant", "auditor")),
    Permission("customers.comment", Phrase("Écrire des notes", "Write notes"),
               ("owner", "credit_manager", "collector", "accountant", "sales")),
    Permission("customers.edit", Phrase("Modifier les clients et leurs contacts",
                                        "Edit customers and their contacts"),
               ("owner", "credit_manager", "collector", "accountant")),
    Permission("customers.assign", Phrase("Répartir les portefeuilles et modifier en nombre",
                                          "Assign portfolios and edit in bulk"),
               ("owner", "credit_manager")),
    Permission("allocations.write", Phrase("Lettrer et délettrer", "Allocate and undo"),
               ("owner", "credit_manager", "accountant")),
    Permission("imports.read", Phrase("Voir les imports", "See imports"),
               ("owner", "credit_manager", "accountant", "auditor")),
    Permission("imports.write", Phrase("Importer, appliquer, annuler", "Import, apply, undo"),
               ("owner", "credit_manager", "accountant")),
    Permission("journal.read", Phrase("Lire et vérifier le journal", "Read and verify the journal"),
               ("owner", "credit_manager", "auditor")),
    Permission("settings.read", Phrase("Voir les réglages et les droits",
                                       "See settings and permissions"),
               ("owner", "credit_manager", "auditor")),
    Permission("settings.write", Phrase("Modifier les réglages", "Change settings"), ("owner",)),
    Permission("members.write", Phrase("Inviter, changer un rôle, retirer un accès",
                                       "Invite, change a role, remove an access"), ("owner",)),
)  # fmt: skip
BY_CODE = {permission.code: permission for permission in TABLE}


def may(role: str, permission: str) -> bool:
    """Whether a role has a permission; KeyError for one that the table does not know."""
    return role in BY_CODE[permission].roles
