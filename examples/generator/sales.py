"""Sales: a year and a half of invoices, heavy-tailed by customer and seasonal by month."""

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from random import Random

from generator import company
from generator.books import Books, Entry, Line, share
from generator.customers import CUSTOMERS, Customer
from generator.timeline import END, WARM_UP, due_date, months, working_days_of
from generator.wording import invoice_text

SEASON = (0.84, 0.92, 1.06, 1.04, 0.98, 1.14, 1.06, 0.52, 1.08, 1.18, 1.16, 1.02)
GROWTH = {2024: 0.97, 2025: 1.0, 2026: 1.03}
SMALLEST, LARGEST = 110_00, 31_600_00  # without VAT, in cents
SPREAD = 0.8
FIRST_NUMBER = {2024: 187, 2025: 1, 2026: 1}
LAST_SALE = {"C023": date(2025, 6, 13), "C036": date(2026, 6, 30)}


@dataclass
class Draft:
    """An invoice before it has a number; a story finds its own again by the tag."""

    customer: Customer
    day: date
    net: int
    reduced: bool = False
    tag: str = ""
    words: str = ""


@dataclass
class Invoice:
    """An invoice, its line on the customer's account, and the credit notes given on it."""

    customer: Customer
    number: str
    day: date
    net: int
    vat: int
    line: Line
    tag: str = ""
    credits: list[tuple[date, Line]] = field(default_factory=list)
    held: bool = False  # a story decides when and how it is paid

    @property
    def gross(self) -> int:
        """The amount of the invoice, VAT included."""
        return self.net + self.vat

    @property
    def due(self) -> date:
        """When it falls due under the customer's terms."""
        return due_date(self.customer.terms, self.day)

    @property
    def open(self) -> int:
        """What is left of it after the credit notes."""
        return self.gross + sum(line.amount for _, line in self.credits)


def expected_sales(month: date) -> int:
    """What all customers together are expected to buy in a month, without VAT."""
    yearly = sum(customer.turnover for customer in CUSTOMERS.values())
    return int(yearly / 12 * SEASON[month.month - 1] * GROWTH[month.year])


def draw_drafts(customer: Customer) -> list[Draft]:
    """The ordinary invoices of one customer over the whole period."""
    rng = Random(f"sales {customer.code}")
    last = LAST_SALE.get(customer.code, END)
    drafts = []
    for month in months(WARM_UP, END):
        wanted = customer.invoices / 12 * SEASON[month.month - 1] * GROWTH[month.year]
        days = working_days_of(month)
        for _ in range(int(wanted + rng.random())):
            mean = customer.turnover / customer.invoices
            net = int(mean * rng.lognormvariate(-SPREAD * SPREAD / 2, SPREAD))
            net = min(max(net, SMALLEST), LARGEST)
            if net > 500_00:
                net -= net % rng.choice((1, 5, 10, 50, 100))
            reduced = rng.randrange(100) < customer.reduced_percent
            drafts.append(Draft(customer, rng.choice(days), net, reduced))
    return [draft for draft in drafts if draft.day <= last]


def revenue_lines(rng: Random, draft: Draft) -> list[Line]:
    """The credit side of an invoice: goods, fitting, carriage and VAT."""
    if draft.reduced:
        vat = share(draft.net, 10)
        return [Line("706200", -draft.net), Line(company.VAT_10, -vat)]
    extra = 0
    account = ""
    draw = rng.random()
    if draw < 0.14 and draft.net > 800_00:
        account, extra = "706000", share(draft.net, rng.randrange(15, 35))
    elif draw < 0.22:
        account, extra = "708500", rng.choice((18_00, 24_50, 36_00, 48_00))
    goods = Line("707000", extra - draft.net)
    return [goods, Line(account, -extra), Line(company.VAT_20, -share(draft.net, 20))]


def post_invoices(books: Books, scripted: list[Draft]) -> list[Invoice]:
    """Draw, number in order of date and post every invoice, the scripted ones among them."""
    drafts = [draft for customer in CUSTOMERS.values() for draft in draw_drafts(customer)]
    drafts = sorted([*drafts, *scripted], key=lambda draft: (draft.day, draft.customer.code))
    rng = Random("sales wording")
    serials = dict(FIRST_NUMBER)
    invoices = []
    for draft in drafts:
        number = f"FA{draft.day:%y}-{serials[draft.day.year]:05d}"
        serials[draft.day.year] += 1
        lines = revenue_lines(rng, draft)
        gross = -sum(line.amount for line in lines)
        debit = Line(company.CUSTOMER, gross, draft.customer.code)
        text = invoice_text(rng, draft.customer, number)
        if draft.words:
            text = f"{number} {draft.words}"
        books.post(Entry("VE", draft.day, number, text, [debit, *lines]))
        invoices.append(
            Invoice(
                draft.customer, number, draft.day, draft.net, gross - draft.net, debit, draft.tag
            )
        )
    return invoices


def in_month(invoices: list[Invoice], month: date) -> list[Invoice]:
    """The invoices of a month."""
    return [i for i in invoices if (i.day.year, i.day.month) == (month.year, month.month)]


def by_tag(invoices: list[Invoice]) -> dict[str, Invoice]:
    """The invoices that a story asked for."""
    return {
        invoice.tag: invoice for invoice in sorted(invoices, key=attrgetter("day")) if invoice.tag
    }
