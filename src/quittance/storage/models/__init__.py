"""The tables, one file per word."""

from quittance.storage.models.company import Company, CompanyGroup
from quittance.storage.models.customer import Contact, Customer, CustomerGroup, Note, SavedView
from quittance.storage.models.exchange_rates import ExchangeRate
from quittance.storage.models.imports import Import, ImportContent, ImportFile
from quittance.storage.models.journal import Event
from quittance.storage.models.ledger import AccountMovement, Allocation, LedgerItem
from quittance.storage.models.user import Invitation, Membership, User

__all__ = [
    "AccountMovement",
    "Allocation",
    "Company",
    "CompanyGroup",
    "Contact",
    "Customer",
    "CustomerGroup",
    "Event",
    "ExchangeRate",
    "Import",
    "ImportContent",
    "ImportFile",
    "Invitation",
    "LedgerItem",
    "Membership",
    "Note",
    "SavedView",
    "User",
]
