"""The ends of the fiscal years: stock, accruals, corporate tax, and where the result goes."""

from datetime import date

from generator.books import Books, Entry, Line, Movement, share
from generator.finance import post_bank_entry
from generator.timeline import CLOSING, OPENING, day_of

OPENING_STOCK = 258_450_00
STOCKS = {CLOSING: 274_730_00, date(2026, 6, 30): 281_960_00}

# Balance sheet when 2025 opens, besides the accounts that the trade of 2024 left open.
OPENING_BALANCES = {
    "101000": -150_000_00,
    "106100": -15_000_00,
    "106800": -438_000_00,
    "120000": -61_284_37,
    "164000": -168_000_00,
    "205000": 14_800_00,
    "215400": 61_350_00,
    "218100": 164_200_00,
    "218200": 118_640_00,
    "218300": 38_910_00,
    "275000": 14_000_00,
    "280500": -8_140_00,
    "281540": -38_225_00,
    "281810": -71_630_00,
    "281820": -57_480_00,
    "281830": -24_050_00,
    "370000": OPENING_STOCK,
    "455000": -45_000_00,
    "512000": 118_642_57,
}
RETAINED = "110000"  # what makes the opening balance

# customer or matter | charge or revenue | balance-sheet account | amount without VAT | VAT account
ACCRUALS = {
    2024: (
        ("Fact. à établir Hôtels Bellecour", "707000", "418100", 9_640_00, "445870"),
        ("Fact. à établir Atelier Jouvence", "707000", "418100", 5_215_00, "445870"),
        ("Fact. non parvenues fournisseurs", "607000", "408100", -18_430_00, "445860"),
        ("Assurances payées d'avance", "616000", "486000", 1_350_00, ""),
        ("Congés à payer", "641200", "428200", -31_700_00, ""),
        ("Charges sociales sur congés à payer", "645800", "438200", -12_997_00, ""),
    ),
    2025: (
        ("Fact. à établir Hôtels Bellecour", "707000", "418100", 14_380_00, "445870"),
        ("Fact. à établir Théâtre des Pentes", "707000", "418100", 6_150_00, "445870"),
        ("Fact. à établir CHU Trois-Rivières", "707000", "418100", 8_925_00, "445870"),
        ("Fact. non parvenues fournisseurs", "607000", "408100", -21_860_00, "445860"),
        ("Fact. non parvenue honoraires", "622600", "408100", -2_400_00, "445860"),
        ("Assurances payées d'avance", "616000", "486000", 1_420_00, ""),
        ("Congés à payer", "641200", "428200", -33_100_00, ""),
        ("Charges sociales sur congés à payer", "645800", "438200", -13_571_00, ""),
    ),
}
TAX_INSTALMENT = 3_400_00
TAX_OF_2024_LEFT = 2_860_00
LOW_RATE_CEILING = 42_500_00


def post_accruals(books: Books) -> None:
    """Invoices to issue and to receive, prepaid and accrued charges; reversed the next day."""
    for year, rows in ACCRUALS.items():
        for words, result, account, net, vat_account in rows:
            vat = net // 5 if vat_account else 0
            for day, sign, prefix in (
                (date(year, 12, 31), 1, ""),
                (date(year + 1, 1, 1), -1, "Extourne "),
            ):
                lines = [
                    Line(account, sign * (net + vat)),
                    Line(result, -sign * net),
                    Line(vat_account, -sign * vat),
                ]
                piece = "CLO" if sign > 0 else "EXT"
                books.post(Entry("OD", day, f"{piece}{year}", prefix + words, lines))


def post_stock(books: Books) -> None:
    """The stock counted at the closing and at the mid-year statement."""
    counted = OPENING_STOCK
    for day, stock in STOCKS.items():
        lines = [Line("370000", stock - counted), Line("603700", counted - stock)]
        text = f"Variation de stock au {day:%d/%m/%Y}"
        books.post(Entry("OD", day, f"STOCK{day:%m%y}", text, lines))
        counted = stock


def result_before_tax(books: Books) -> int:
    """The result of 2025 before corporate tax; above zero is a profit."""
    return -sum(books.turnover_of(digit, OPENING, CLOSING) for digit in ("6", "7"))


def post_corporate_tax(books: Books) -> int:
    """Instalments of both years, the tax of 2025 and its balance; gives the net result of 2025."""
    before = result_before_tax(books)
    low = min(max(before, 0), LOW_RATE_CEILING)
    tax = (share(low, 15) + share(max(before, 0) - low, 25)) // 100 * 100
    lines = [Line("695000", tax), Line("444000", -tax)]
    books.post(Entry("OD", CLOSING, "IS2025", "Impôt sur les bénéfices 2025", lines))
    owed = [Line("695000", TAX_OF_2024_LEFT), Line("444000", -TAX_OF_2024_LEFT)]
    books.post(Entry("OD", date(2024, 12, 31), "IS2024", "Impôt sur les bénéfices 2024", owed))
    for year, part in ((2025, TAX_INSTALMENT), (2026, tax // 400 * 100)):
        for month in (3, 6, 9, 12):
            pay_tax(books, day_of(date(year, month, 1), 15), part, "Acompte IS")
    pay_tax(books, date(2025, 5, 15), TAX_OF_2024_LEFT, "Solde IS 2024")
    pay_tax(books, date(2026, 5, 15), tax - 4 * TAX_INSTALMENT, "Solde IS 2025")
    return before - tax


def pay_tax(books: Books, day: date, amount: int, text: str) -> None:
    """A payment of corporate tax, or its refund."""
    movement = Movement("direct_debit", "DGFIP", text=text.upper())
    post_bank_entry(books, day, "444000", amount, text=text, movement=movement)


def post_appropriation(books: Books, net_2025: int) -> None:
    """The shareholders decide in June; dividends are paid in July."""
    rows = (
        (date(2025, 6, 27), -OPENING_BALANCES["120000"], 30_000_00),
        (date(2026, 6, 26), net_2025, 35_000_00),
    )
    for day, result, dividend in rows:
        kept = (result - dividend) // 1_000_00 * 1_000_00
        rest = result - dividend - kept
        lines = [Line("120000", result), Line("106800", -kept), Line(RETAINED, -rest)]
        lines.append(Line("457000", -dividend))
        text = f"Affectation du résultat {day.year - 1} (AGO {day:%d/%m/%Y})"
        books.post(Entry("OD", day, f"AGO{day.year}", text, lines))
        paid_on = day_of(date(day.year, 7, 1), 15)
        movement = Movement("transfer_out", "ASSOCIES LUMIERE", text="DIVIDENDES")
        text = f"Dividendes {day.year - 1}"
        post_bank_entry(books, paid_on, "457000", dividend, text=text, movement=movement)


def opening_balances(carried: int) -> dict[str, int]:
    """The balances given above, made to balance with what the trade of 2024 carries over."""
    total = carried + sum(OPENING_BALANCES.values())
    return {**OPENING_BALANCES, RETAINED: -total}
