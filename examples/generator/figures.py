"""The main figures of the story, to see that it could be a real company."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from generator import company
from generator.customers import CUSTOMERS
from generator.fiscal_year import Row
from generator.story import Story
from generator.timeline import CLOSING, END, OPENING, due_date, month_end, months

STABLE_RESOURCES = ("10", "11", "12", "16", "28", "29", "39", "49")
STABLE_USES = ("20", "21", "27")


def euros(cents: int) -> str:
    """Whole euros, with spaces between thousands."""
    return f"{round(cents / 100):,}".replace(",", " ") + " €"


def balance(rows: list[Row], *prefixes: str) -> int:
    """The balance of the accounts that start so."""
    return sum(row.amount for row in rows if row.account.startswith(prefixes))


def open_invoices(rows: list[Row]) -> list[Row]:
    """The debits on customers' accounts that no balanced code covers."""
    totals: defaultdict[tuple[str, str], int] = defaultdict(int)
    mine = [row for row in rows if row.account == company.CUSTOMER]
    for row in mine:
        totals[row.party, row.code] += row.amount
    return [row for row in mine if row.amount > 0 and (not row.code or totals[row.party, row.code])]


def overdue(rows: list[Row], day: date) -> int:
    """What is past due among the open invoices."""
    return sum(
        row.amount
        for row in open_invoices(rows)
        if due_date(CUSTOMERS[row.party].terms, row.piece_date) < day
    )


def sales(rows: list[Row]) -> int:
    """Turnover without VAT."""
    return -balance(rows, "70")


def closing_figures(rows: list[Row], day: date, days: int) -> Iterator[str]:
    """Receivables, working capital and cash on a day, after so many days of the year."""
    receivables, late = balance(rows, company.CUSTOMER), overdue(rows, day)
    opened = sum(row.amount for row in open_invoices(rows))
    invoiced = sum(
        row.amount for row in rows if row.account == company.CUSTOMER and row.journal == "VE"
    )
    stable = -balance(rows, *STABLE_RESOURCES, "6", "7") - balance(rows, *STABLE_USES)
    cash = balance(rows, "51")
    yield f"{day}: turnover {euros(sales(rows))}, invoiced incl. VAT {euros(invoiced)}"
    yield f"  411 {euros(receivables)}, 413 {euros(balance(rows, '413'))}"
    yield f"  open debits {euros(opened)}, overdue {euros(late)} ({100 * late / opened:.1f} %)"
    yield f"  DSO {receivables / invoiced * days:.1f} days"
    yield f"  FRNG {euros(stable)}, BFR {euros(stable - cash)}, cash {euros(cash)}"
    yield f"  suppliers {euros(balance(rows, '40'))}, stock {euros(balance(rows, '37'))}"
    yield f"  result {euros(-balance(rows, '6', '7'))}"


def cash_path(rows: list[Row]) -> Iterator[str]:
    """The lowest, the highest and the last bank balance of each month."""
    total = 0
    by_day: defaultdict[date, int] = defaultdict(int)
    for row in rows:
        if row.account == company.BANK:
            by_day[row.day] += row.amount
    for month in months(min(by_day), max(by_day)):
        seen = []
        for day in sorted(day for day in by_day if month <= day <= month_end(month)):
            total += by_day[day]
            seen.append(total)
        yield f"  cash {month:%Y-%m}: {euros(min(seen))} … {euros(max(seen))}, end {euros(total)}"


def weighted_terms(rows: list[Row]) -> float:
    """The average days of the terms, weighted by what was invoiced."""
    weights = days = 0
    for row in rows:
        if row.account == company.CUSTOMER and row.journal == "VE" and row.amount > 0:
            weights += row.amount
            due = due_date(CUSTOMERS[row.party].terms, row.piece_date)
            days += row.amount * (due - row.piece_date).days
    return days / weights


def customer_shares(rows: list[Row]) -> str:
    """The share of the ten largest customers in what was invoiced."""
    by_customer: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        if row.account == company.CUSTOMER and row.journal == "VE":
            by_customer[row.party] += row.amount
    largest = sorted(by_customer.values(), reverse=True)
    return f"{100 * sum(largest[:10]) / sum(largest):.1f} %"


def figures(story: Story) -> Iterator[str]:
    """All figures, one line each."""
    for year, day, days in ((2025, CLOSING, 365), (2026, END, 273)):
        rows = story.years[year]
        yield from closing_figures(rows, day, days)
        yield from cash_path(rows)
        pieces = {row.piece for row in rows if row.journal == "VE" and row.piece.startswith("FA")}
        yield f"  {len(pieces)} invoices, {len(rows)} rows, largest ten {customer_shares(rows)}"
        yield f"  terms {weighted_terms(rows):.1f} days"
    opening = [row for row in story.years[2025] if row.journal == "AN"]
    yield f"{OPENING}: 411 {euros(balance(opening, company.CUSTOMER))}"
    yield f"  retained {euros(balance(opening, '110'))}, all 1 {euros(balance(opening, '1'))}"
