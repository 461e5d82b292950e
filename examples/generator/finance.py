"""Loans, depreciation, small bank charges, local taxes and the VAT return of each month."""

from datetime import date

from generator import company
from generator.books import Books, Entry, Line, Movement
from generator.timeline import END, OPENING, WARM_UP, day_of, month_end, months, next_month

# name | capital left when 2025 opens (or lent later) | monthly capital | yearly rate in 1/10000
LOANS = (
    ("prêt agencements n° 0418", 168_000_00, 3_500_00, 310, OPENING),
    ("prêt fourgon n° 0977", 36_000_00, 600_00, 395, date(2025, 6, 1)),
)
# account of the asset's depreciation, of the charge, amount a month
DEPRECIATION = (
    ("280500", "681110", 210_00),
    ("281540", "681120", 640_00),
    ("281810", "681120", 1_480_00),
    ("281820", "681120", 1_920_00),
    ("281830", "681120", 430_00),
)
VAN_DEPRECIATION = 525_00
COLLECTED = (company.VAT_20, company.VAT_10, company.VAT_INTRA_DUE)
DEDUCTIBLE = (company.VAT_ON_PURCHASES, company.VAT_ON_ASSETS, company.VAT_INTRA)


def post_bank_entry(
    books: Books, day: date, account: str, amount: int, *, text: str, movement: Movement
) -> None:
    """A payment of `amount` from the bank, booked to one account."""
    if day <= END:
        lines = [Line(account, amount), Line(company.BANK, -amount)]
        books.post(Entry("BQ", day, f"RB{day:%d%m%y}", text, lines, movement))


def post_finance(books: Books) -> None:
    """Everything of the bank, the fixed assets and the local taxes from 2025 on."""
    for month in months(OPENING, END):
        post_loans(books, month)
        post_depreciation(books, month)
        post_charges(books, month)
    lent = Movement("loan", company.BANK_NAME, text="DEBLOCAGE PRET 0977")
    day = date(2025, 5, 23)
    post_bank_entry(
        books, day, "164000", -36_000_00, text="Déblocage prêt fourgon n° 0977", movement=lent
    )
    for year in (2025, 2026):
        post_local_taxes(books, year)


def post_loans(books: Books, month: date) -> None:
    """The instalment of each loan: capital and interest."""
    for name, capital, part, rate, first in LOANS:
        if month < first:
            continue
        paid = (month.year - first.year) * 12 + month.month - first.month
        interest = ((capital - paid * part) * rate + 60_000) // 120_000
        day = day_of(month, 5)
        text = f"Échéance {name}"
        lines = [
            Line("164000", part),
            Line("661160", interest),
            Line(company.BANK, -part - interest),
        ]
        movement = Movement("loan", company.BANK_NAME, text=f"ECHEANCE PRET {name[-4:]}")
        books.post(Entry("BQ", day, f"RB{day:%d%m%y}", text, lines, movement))


def post_depreciation(books: Books, month: date) -> None:
    """The monthly charge for depreciation of the fixed assets."""
    lines = []
    for asset, charge, amount in DEPRECIATION:
        van = VAN_DEPRECIATION if asset == "281820" and month >= date(2025, 6, 1) else 0
        lines += [Line(charge, amount + van), Line(asset, -amount - van)]
    text = f"Dotation aux amortissements {month:%m/%Y}"
    books.post(Entry("OD", month_end(month), f"AMORT{month:%m%y}", text, lines))


def post_charges(books: Books, month: date) -> None:
    """Bank charges and the travel expenses of the staff."""
    fee = 310_00 + (month.month * 37 % 11) * 17_45
    movement = Movement("fee", company.BANK_NAME, text="COMMISSIONS ET FRAIS DE TENUE DE COMPTE")
    day = day_of(month, 2)
    post_bank_entry(books, day, "627000", fee, text="Frais et commissions", movement=movement)
    travel = 980_00 + (month.month * 53 % 17) * 61_30
    movement = Movement("transfer_out", "SALARIES NOTES DE FRAIS", text=f"NDF {month:%m/%Y}")
    day = day_of(month, 20)
    text = f"Notes de frais {month:%m/%Y}"
    post_bank_entry(books, day, "625100", travel, text=text, movement=movement)


def post_local_taxes(books: Books, year: int) -> None:
    """Training levy in March, business property tax (CFE) in June and December."""
    rows = (
        (date(year, 3, 14), "633300", 4_870_00, "Contribution formation"),
        (date(year, 6, 15), "635110", 3_640_00, "Acompte CFE"),
        (date(year, 12, 15), "635110", 3_815_00, "Solde CFE"),
    )
    for day, account, amount, text in rows:
        movement = Movement("direct_debit", "DGFIP", text=text.upper())
        paid_on = day_of(day.replace(day=1), day.day)
        post_bank_entry(books, paid_on, account, amount, text=text, movement=movement)


def post_vat_returns(books: Books) -> None:
    """The return of each month (CA3), in whole euros, paid or carried on to the next."""
    carried = 0
    for month in months(WARM_UP, END):
        end = month_end(month)
        balances = {
            account: books.turnover_of(account, month, end) for account in (*COLLECTED, *DEDUCTIBLE)
        }
        exact = -sum(balances.values())
        rounded = (exact + 50) // 100 * 100
        payable = rounded - carried
        lines = [Line(account, -amount) for account, amount in balances.items()]
        lines += [Line("445670", -carried), Line("445510", -max(payable, 0))]
        carried = max(-payable, 0)
        lines.append(Line("445670", carried))
        gap = rounded - exact
        lines.append(Line("658000" if gap > 0 else "758000", gap))
        books.post(Entry("OD", end, f"CA3{month:%m%y}", f"Déclaration TVA {month:%m/%Y}", lines))
        if payable > 0:
            pay_vat(books, month, payable)


def pay_vat(books: Books, month: date, amount: int) -> None:
    """The payment of a return, around the 21st of the month after."""
    day = day_of(next_month(month), 21)
    movement = Movement("direct_debit", "DGFIP", text=f"TVA CA3 {month:%m/%Y}")
    text = f"TVA {month:%m/%Y}"
    post_bank_entry(books, day, "445510", amount, text=text, movement=movement)
