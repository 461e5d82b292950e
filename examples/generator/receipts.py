"""Payments received: each customer by its habit, several invoices in one transfer."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from generator import company
from generator.books import Books, Entry, Line, Movement, share
from generator.customers import CUSTOMERS, Customer
from generator.sales import Invoice
from generator.timeline import END, month_end, pay_day, working_day
from generator.wording import PAYERS, plain, receipt_text, remittance

DELAYS = {  # days past the due date, before the next day on which the customer pays
    "punctual": (-2, 2),
    "plus_8": (5, 11),
    "late": (15, 23),
    "slow": (25, 40),
    "hard": (44, 58),
    "very_slow": (62, 95),
    "public": (12, 34),
}
# The large customer that slides: days past due by month of the due date, in 2026.
SLIDE = {1: 9, 2: 14, 3: 20, 4: 28, 5: 40, 6: 52, 7: 66, 8: 80, 9: 90}
SMALL_DIFFERENCES = 70  # one payment out of so many is a few cents short


def delay(rng: Random, invoice: Invoice) -> int:
    """How many days after the due date the customer wants to pay an invoice."""
    habit = invoice.customer.habit
    if habit != "deteriorating":
        return rng.randint(*DELAYS[habit])
    if invoice.due.year < 2026:
        return rng.randint(4, 9)
    return SLIDE.get(invoice.due.month, 90) + rng.randrange(4)


def settlement_day(rng: Random, invoice: Invoice) -> date:
    """The day on which the customer pays an invoice, after any credit note on it."""
    wanted = invoice.due + timedelta(days=delay(rng, invoice))
    for day, _ in invoice.credits:
        wanted = max(wanted, day + timedelta(days=2))
    return pay_day(wanted, invoice.customer.pay_days)


def post_receipts(books: Books, invoices: list[Invoice]) -> None:
    """The payments of every invoice that no story holds."""
    for customer in CUSTOMERS.values():
        mine = [i for i in invoices if i.customer == customer and not i.held]
        rng = Random(f"receipts {customer.code}")
        if customer.means == "LCR":
            settle_by_bills(books, customer, mine)
        elif customer.habit == "discount":
            settle_with_discount(books, rng, mine)
        else:
            settle_in_batches(books, rng, mine)


def settle_in_batches(books: Books, rng: Random, invoices: list[Invoice]) -> None:
    """One payment for all invoices that the customer pays on the same day."""
    batches: defaultdict[date, list[Invoice]] = defaultdict(list)
    for invoice in invoices:
        batches[settlement_day(rng, invoice)].append(invoice)
    for day, batch in sorted(batches.items()):
        if day <= END:
            short = rng.randrange(1, 60) if rng.randrange(SMALL_DIFFERENCES) == 0 else 0
            receive(books, batch, day, rng=rng, short=short)


def group_of(invoices: list[Invoice], name: str) -> None:
    """Give the invoices and their credit notes one group."""
    for invoice in invoices:
        invoice.line.group = name
        for _, line in invoice.credits:
            line.group = name


def movement_of(
    rng: Random, customer: Customer, day: date, *, means: str, numbers: list[str]
) -> tuple[str, Movement]:
    """The reference that the bookkeeper notes, and what the bank says of a payment received."""
    place = f"{customer.postcode} {customer.town}"
    if means == "CHQ":
        piece = f"CHQ {rng.randrange(10**7):07d}"
        return piece, Movement("cheque", customer.name, text=f"REMISE CHEQUE {piece[4:]}")
    text, end_to_end = remittance(rng, customer, day, numbers)
    party = PAYERS.get(customer.code, plain(customer.name))
    transfer = Movement(
        "transfer_in", party, customer.iban, place, text=text, end_to_end=end_to_end
    )
    return f"VIR{day:%d%m}{rng.randrange(1000):03d}", transfer


def receive(
    books: Books,
    invoices: list[Invoice],
    day: date,
    *,
    rng: Random,
    short: int = 0,
    paid: int | None = None,
    words: str = "",
) -> Entry:
    """A payment of some invoices, matched with them; `short` cents are let go.

    With `paid`, the customer pays that amount and no more or less: what exceeds the invoices stays
    open on a line of its own.
    """
    customer = invoices[0].customer
    owed = sum(invoice.open for invoice in invoices)
    received = owed - short if paid is None else paid
    name = f"{customer.code} {day} {invoices[0].number}"
    group_of(invoices, name)
    numbers = [invoice.number for invoice in invoices]
    piece, movement = movement_of(rng, customer, day, means=customer.means, numbers=numbers)
    lines = [Line(company.BANK, received), Line("658000", short)]
    lines.append(Line(company.CUSTOMER, -min(received + short, owed), customer.code, name))
    excess = received - owed
    if excess > 0:
        lines.append(Line(company.CUSTOMER, -excess, customer.code, text="Trop-perçu à rembourser"))
    text = words or receipt_text(customer, day, customer.means)
    return books.post(Entry("BQ", day, piece, text, lines, movement))


def settle_with_discount(books: Books, rng: Random, invoices: list[Invoice]) -> None:
    """Two percent off for payment within eight days (escompte)."""
    for invoice in invoices:
        day = working_day(invoice.day + timedelta(days=rng.randrange(5, 9)))
        if day > END:
            continue
        name = f"{invoice.customer.code} {day} {invoice.number}"
        group_of([invoice], name)
        numbers = [invoice.number]
        piece, movement = movement_of(rng, invoice.customer, day, means="VIR", numbers=numbers)
        net, vat = share(invoice.net, 2), share(invoice.vat, 2)
        lines = [
            Line(company.BANK, invoice.gross - net - vat),
            Line("665000", net),
            Line(company.VAT_20, vat),
            Line(company.CUSTOMER, -invoice.gross, invoice.customer.code, name),
        ]
        text = f"Virement {invoice.customer.name} esc. 2 % {invoice.number}"
        books.post(Entry("BQ", day, piece, text, lines, movement))


def settle_by_bills(books: Books, customer: Customer, invoices: list[Invoice]) -> None:
    """One bill of exchange (LCR) for the invoices of a month: 411 to 413, then the bank."""
    by_month: defaultdict[date, list[Invoice]] = defaultdict(list)
    for invoice in invoices:
        by_month[month_end(invoice.day)].append(invoice)
    for end, batch in sorted(by_month.items()):
        drawn, due = working_day(end + timedelta(days=4)), batch[-1].due
        bill = f"LCR{end:%y%m}-{customer.code[1:]}"
        amount = sum(invoice.open for invoice in batch)
        if drawn > END:
            continue
        group_of(batch, bill)
        text = f"LCR {customer.name} éch. {due:%d/%m/%Y}"
        debit = Line(company.BILL, amount, customer.code, bill)
        credit = Line(company.CUSTOMER, -amount, customer.code, bill)
        books.post(Entry("EF", drawn, bill, text, [debit, credit]))
        if (cashed := working_day(due)) <= END:
            text = f"Encaissement {bill} {customer.name}"
            lines = [Line(company.BANK, amount), Line(company.BILL, -amount, customer.code, bill)]
            movement = Movement("bill", plain(customer.name), text=f"EFFET ENCAISSE {bill}")
            books.post(Entry("BQ", cashed, f"REM{due:%y%m%d}", text, lines, movement))
