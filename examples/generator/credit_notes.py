"""Credit notes: two a month, most deducted from a payment, some forgotten on the account."""

from datetime import date, timedelta
from random import Random

from generator import company
from generator.books import Books, Entry, Line, share
from generator.sales import Invoice, in_month
from generator.timeline import END, months, working_day

FIRST_MONTH = date(2024, 10, 1)
PERCENTS = (5, 8, 10, 15, 25, 40, 100)
FORGOTTEN_EVERY = 9
REASONS = {5: "remise commerciale", 8: "remise commerciale", 10: "ristourne", 100: "annulation"}


def may_have_credit(invoice: Invoice) -> bool:
    """Whether an invoice is an ordinary one, big enough to be worth a credit note."""
    plain_habit = invoice.customer.habit != "discount" and invoice.customer.means != "LCR"
    small = invoice.net < 400_00 or invoice.net > 9_000_00
    return plain_habit and not small and not invoice.tag and invoice.customer.kind == "entreprise"


def post_credit_notes(books: Books, invoices: list[Invoice]) -> None:
    """Two credit notes on invoices of each month, dated one to three weeks later."""
    rng = Random("credit notes")
    drafts = []
    for month in months(FIRST_MONTH, END):
        candidates = [i for i in in_month(invoices, month) if may_have_credit(i)]
        for invoice in rng.sample(candidates, 2):
            day = working_day(invoice.day + timedelta(days=rng.randrange(7, 22)))
            drafts.append((day, invoice, rng.choice(PERCENTS)))
    serials = {2024: 31, 2025: 1, 2026: 1}
    ordered = sorted(drafts, key=lambda draft: (draft[0], draft[1].number))
    for rank, (day, invoice, percent) in enumerate(ordered, start=1):
        if day <= END:
            number = f"AV{day:%y}-{serials[day.year]:04d}"
            serials[day.year] += 1
            line = post_credit_note(books, invoice, day=day, number=number, percent=percent)
            attach(invoice, day, line, forgotten=rank % FORGOTTEN_EVERY == 0)


def post_credit_note(
    books: Books, invoice: Invoice, *, day: date, number: str, percent: int
) -> Line:
    """The entry of a credit note; gives its line on the customer's account."""
    net, vat = share(invoice.net, percent), share(invoice.vat, percent)
    reduced = invoice.vat * 8 < invoice.net
    revenue = "709700" if percent <= 10 else "706200" if reduced else "707000"
    credit = Line(company.CUSTOMER, -net - vat, invoice.customer.code)
    vat_line = Line(company.VAT_10 if reduced else company.VAT_20, vat)
    reason = REASONS.get(percent, "retour de marchandises")
    text = f"Avoir {number} s/ {invoice.number} {reason}"
    books.post(Entry("VE", day, number, text, [credit, Line(revenue, net), vat_line]))
    return credit


def attach(invoice: Invoice, day: date, line: Line, *, forgotten: bool) -> None:
    """Link the credit note with its invoice, unless nobody did."""
    if forgotten and invoice.gross + line.amount:
        return
    invoice.credits.append((day, line))
    if not invoice.open:
        invoice.held = True
        invoice.line.group = line.group = f"annul {invoice.number}"
