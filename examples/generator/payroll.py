"""Pay: the entry of each month, and what is paid to staff, social bodies and the Treasury."""

from datetime import date

from generator.books import Books, Entry, Line, Movement, share
from generator.timeline import END, OPENING, day_of, month_end, months, next_month
from generator.wording import plain

FIRST_MONTH = date(2024, 11, 1)
MONTHLY_GROSS = {2024: 43_350_00, 2025: 44_910_00, 2026: 46_120_00}
BONUS_PERCENT = {6: 12, 12: 38}
STAFF_PERCENT, EMPLOYER_PERCENT, WITHHELD_PERCENT = 22, 41, 5
BODIES = {"431000": 70, "437300": 22, "437200": 8}
PARTIES = {
    "431000": ("URSSAF Rhône-Alpes", 15),
    "437300": ("Retraite Complémentaire Alpha", 25),
    "437200": ("Mutuelle des Canuts", 12),
    "442100": ("DGFiP prélèvement à la source", 15),
}


def post_payroll(books: Books) -> None:
    """The pay of every month from the end of 2024."""
    for month in months(FIRST_MONTH, END):
        due = post_pay_of(books, month)
        pay_bodies(books, month, due)


def split(amount: int) -> dict[str, int]:
    """A contribution shared among the social bodies, to the cent."""
    parts = {account: share(amount, percent) for account, percent in BODIES.items()}
    parts["431000"] += amount - sum(parts.values())
    return parts


def post_pay_of(books: Books, month: date) -> dict[str, int]:
    """The entry of pay of a month and the transfer to staff; gives what is owed to each body."""
    day, label = month_end(month), f"{month:%m/%Y}"
    gross = share(MONTHLY_GROSS[month.year], 100 + BONUS_PERCENT.get(month.month, 0))
    staff, employer = share(gross, STAFF_PERCENT), share(gross, EMPLOYER_PERCENT)
    withheld = share(gross - staff, WITHHELD_PERCENT)
    net = gross - staff - withheld
    due = {account: split(staff)[account] + split(employer)[account] for account in BODIES}
    due["442100"] = withheld
    lines = [Line("641100", gross), Line("645000", employer), Line("421000", -net)]
    lines += [Line(account, -amount) for account, amount in due.items()]
    books.post(Entry("OD", day, f"PAIE{month:%m%y}", f"Salaires {label}", lines))
    paid = [Line("421000", net), Line("512000", -net)]
    movement = Movement("payroll", "SALARIES DIVERS", text=f"VIREMENT SALAIRES {month:%m %Y}")
    transfer_day = max(d for d in (day_of(month, n) for n in (25, 26, 27, 28)) if d <= day)
    books.post(
        Entry("BQ", transfer_day, f"SAL{month:%m%y}", f"Virement salaires {label}", paid, movement)
    )
    return due


def pay_bodies(books: Books, month: date, due: dict[str, int]) -> None:
    """The contributions of a month, taken from the bank the month after."""
    following = next_month(month)
    for account, amount in due.items():
        party, number = PARTIES[account]
        day = day_of(following, number)
        if OPENING.replace(year=2024) <= day <= END:
            lines = [Line(account, amount), Line("512000", -amount)]
            movement = Movement("direct_debit", plain(party), text=f"COTISATIONS {month:%m/%Y}")
            text = f"Prélèvement {party} {month:%m/%Y}"
            books.post(Entry("BQ", day, f"PRLV{day:%d%m%y}", text, lines, movement))
