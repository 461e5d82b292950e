"""The places of the navigation: those that exist, and that the user may enter."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from quittance.core.phrase import Language, Phrase, same
from quittance.storage.access import Access, memberships_of
from quittance.storage.permissions import may


@dataclass(frozen=True)
class Entry:
    """A screen of the navigation.

    `name` is the name of its address; pages whose address's name begins with `stem` are inside it
    (`customer_notes` is inside `customers`). `letter` opens it from the keyboard, after `g`.
    """

    name: str
    stem: str
    label: Phrase
    permission: str
    letter: str = ""
    is_daily: bool = True  # keeps the date of the view; stands in the first part
    is_thumb: bool = False  # stands at the foot of a telephone's page
    short: Phrase | None = None


@dataclass(frozen=True)
class Place:
    """An entry as one page shows it."""

    name: str
    label: str
    short: str
    href: str
    is_current: bool
    letter: str
    is_daily: bool
    is_thumb: bool


@dataclass(frozen=True)
class Company:
    """A company or a group in the switcher."""

    name: str
    href: str
    is_group: bool
    is_current: bool


ENTRIES = (
    Entry("dashboard", "dashboard", Phrase("Tableau de bord", "Dashboard"), "books.read", "d",
          is_thumb=True, short=Phrase("Accueil", "Home")),
    Entry("aging", "aging", Phrase("Balance âgée", "Aged balance"), "books.read", "a",
          is_thumb=True, short=Phrase("Balance", "Ageing")),
    Entry("customers", "customer", Phrase("Clients", "Customers"), "books.read", "c",
          is_thumb=True),
    Entry("invoices", "invoice", Phrase("Factures", "Invoices"), "books.read", "i", is_thumb=True),
    Entry("payments", "payment", Phrase("Règlements", "Payments"), "books.read", "p"),
    Entry("imports", "import", same("Imports"), "imports.read", "m", is_daily=False),
    Entry("journal", "journal", Phrase("Journal", "Journal"), "journal.read", "j", is_daily=False),
    Entry("law", "law", Phrase("Droit", "Law"), "books.read", "l", is_daily=False),
    Entry("settings", "setting", Phrase("Réglages", "Settings"), "settings.read", "r",
          is_daily=False),
)  # fmt: skip
BY_NAME = {entry.name: entry for entry in ENTRIES}


def places_of(access: Access, request: HttpRequest, *, lang: Language) -> list[Place]:
    """The navigation of a user in a company or group, in order."""
    here = name_of(request)
    found = []
    for entry in ENTRIES:
        href = address_of(entry.name, access.path)
        if not href or not access.may(entry.permission):
            continue
        day = request.GET.get("as_of", "") if entry.is_daily else ""
        label = entry.label.text(lang)
        found.append(
            Place(
                entry.name, label, (entry.short or entry.label).text(lang),
                f"{href}?as_of={day}" if is_day(day) else href,
                is_current=here.startswith(entry.stem), letter=entry.letter,
                is_daily=entry.is_daily, is_thumb=entry.is_thumb,
            )
        )  # fmt: skip
    return found


def companies_of(access: Access, request: HttpRequest) -> list[Company]:
    """Where else the user may go: to the same screen of another company, if it may be seen there.

    Groups with at least two of the user's companies come first.
    """
    memberships = memberships_of(access.user)
    groups: dict[str, tuple[str, list[str]]] = {}
    companies = []
    for one in memberships:
        path = f"c/{one.company.slug}"
        href = same_screen(request, path, roles=[one.role])
        companies.append(Company(one.company.name, href, False, path == access.path))
        if one.company.group is not None:
            named = groups.setdefault(one.company.group.slug, (one.company.group.name, []))
            named[1].append(one.role)
    whole = [
        Company(name, same_screen(request, f"g/{slug}", roles=roles), True,
                access.path == f"g/{slug}")
        for slug, (name, roles) in sorted(groups.items(), key=lambda group: group[1][0].casefold())
        if len(roles) > 1
    ]  # fmt: skip
    return whole + companies


def same_screen(request: HttpRequest, path: str, *, roles: list[str]) -> str:
    """The present screen elsewhere, or the dashboard where it cannot be shown."""
    entry = BY_NAME.get(name_of(request))
    if entry is None or not all(may(role, entry.permission) for role in roles):
        return address_of("dashboard", path)
    return address_of(entry.name, path)


def address_of(name: str, path: str) -> str:
    """The address of a screen of a company or group (`c/lumiere`); empty when there is none."""
    where, _, slug = path.partition("/")
    try:
        return reverse(name, kwargs={"where": where, "slug": slug})
    except NoReverseMatch:
        return ""


def name_of(request: HttpRequest) -> str:
    """The name of the present address."""
    match = request.resolver_match
    return (match.url_name or "") if match else ""


def is_day(text: str) -> bool:
    """Whether a text has the form of a day."""
    return len(text) == 10 and text.replace("-", "").isdigit()
