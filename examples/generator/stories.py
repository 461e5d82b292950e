"""What is hidden in the books on purpose: disputes, failures, partial and stray payments.

The invoices that a story needs are asked for as drafts (`SCRIPTED`), so that they take their place
in the numbering; each story then finds its own by tag and writes what happens to it.
"""

from datetime import date
from random import Random

from generator import company
from generator.books import Books, Entry, Line, Movement, share
from generator.customers import CUSTOMERS
from generator.receipts import receive
from generator.sales import Draft, Invoice
from generator.wording import plain

# tag | customer | date | amount without VAT | words on the entry
SCRIPT = """
dispute 1|C005|2026-03-12|15600.00|CHANTIER CONFLUENCE ILOT B / suspensions hall
dispute 2|C005|2026-04-09|7880.00|CHANTIER CONFLUENCE ILOT B - LITIGE non-conformité
dispute 3|C005|2026-04-28|10290.00|CHANTIER CONFLUENCE ILOT B - LITIGE réserves
dispute 4|C005|2026-05-19|5820.00|CHANTIER CONFLUENCE ILOT B - LITIGE réserves
doubtful 1|C023|2025-06-24|4120.00|villa Vénissieux, appliques & spots
doubtful 2|C023|2025-08-27|3260.00|reprise d'éclairage d'atelier
doubtful 3|C023|2025-09-30|2620.00|reprise d'éclairage, solde
part cheque|C015|2026-05-12|2500.00|SARL "Le Petit Bouchon" salle du 1er étage
retention|C030|2026-03-18|5400.00|Immobilière Saône-Azur parties communes
instalments|C013|2025-09-16|3550.00|Bistrots Réunis terrasse d'hiver
bounce|C036|2026-05-20|2395.00|Au Vieux Moulin suspensions salle à manger
old bounce|C024|2025-03-11|1164.00|Boulangeries Fontanel vitrines
twice|C040|2026-03-05|1680.00|Cabinet Morestel Syndic cage d'escalier B
overpaid|C021|2025-02-04|900.00|Optique Saint-Jean éclairage de vitrine
unmatched|C033|2026-04-22|1030.33|Galerie Œil-de-Bœuf cimaises
advance final|C034|2025-06-19|14800.00|Spa Thermal des Alpes bassin extérieur
short paid|C041|2026-05-06|6350.00|Concept Stores Nacre corner Part-Dieu
consumer lapsing|C043|2024-10-01|780.00|Mme Berthelot lustre et pose
"""

# number | customer | original date | amount with VAT: still unpaid when 2025 opens
OLD_INVOICES = """
FA21-00611|C033|2021-06-14|1122.00
FA21-00964|C045|2021-09-20|4318.80
FA21-01132|C044|2021-11-08|842.60
FA22-01207|C012|2022-11-15|2412.00
FA23-00188|C041|2023-03-09|5640.00
FA23-00297|C025|2023-04-18|3192.00
FA23-00402|C013|2023-05-25|2856.00
"""


def scripted_drafts() -> list[Draft]:
    """The invoices that the stories need."""
    drafts = []
    for row in SCRIPT.strip().splitlines():
        tag, code, day, net, words = row.split("|")
        customer = CUSTOMERS[code]
        reduced = tag in {"twice", "consumer lapsing"}
        cents = int(net.replace(".", ""))
        drafts.append(Draft(customer, date.fromisoformat(day), cents, reduced, tag, words))
    return drafts


def post_stories(books: Books, tagged: dict[str, Invoice]) -> None:
    """Everything that does not follow a customer's habit."""
    for invoice in tagged.values():
        invoice.held = True
    rng = Random("stories")
    post_old_invoices(books)
    post_doubtful(books, tagged)
    post_write_off(books)
    post_bounces(books, tagged, rng)
    post_partial_payments(books, tagged, rng)
    post_stray_payments(books, tagged, rng)
    post_advances(books, tagged, rng)


def post_old_invoices(books: Books) -> None:
    """Invoices of former years, which nobody paid and nobody wrote off."""
    for row in OLD_INVOICES.strip().splitlines():
        number, code, day, gross = row.split("|")
        cents, name = int(gross.replace(".", "")), CUSTOMERS[code].name
        lines = [Line(company.CUSTOMER, cents, code), Line("707000", -cents)]
        books.post(Entry("VE", date.fromisoformat(day), number, f"Facture {number} {name}", lines))


def move_to_doubtful(books: Books, day: date, invoice: Invoice, words: str) -> None:
    """411 to 416, invoice by invoice, under the number and date of the invoice."""
    name = f"doubtful {invoice.number}"
    invoice.line.group = name
    code = invoice.customer.code
    lines = [
        Line(company.DOUBTFUL, invoice.gross, code, "", invoice.number, invoice.day),
        Line(company.CUSTOMER, -invoice.gross, code, name, invoice.number, invoice.day),
    ]
    books.post(Entry("OD", day, "OD-DOUTEUX", f"{invoice.number} {words}", lines))


def post_doubtful(books: Books, tagged: dict[str, Invoice]) -> None:
    """A builder in court-ordered recovery: 416, and 60 % of the net amount in 491."""
    day = date(2025, 11, 28)
    claims = [tagged[f"doubtful {n}"] for n in (1, 2, 3)]
    for invoice in claims:
        move_to_doubtful(books, day, invoice, "RJ TC Lyon 18/11/2025 Da Silva")
    amount = share(sum(invoice.net for invoice in claims), 60)
    lines = [Line("681740", amount), Line("491000", -amount)]
    words = "Dépréciation 60 % HT Maçonnerie Da Silva"
    books.post(Entry("OD", year_end(2025), "OD-491", words, lines))


def year_end(year: int) -> date:
    """The last day of a fiscal year."""
    return date(year, 12, 31)


def post_write_off(books: Books) -> None:
    """A florist wound up without assets: 654, the VAT taken back, the depreciation released."""
    claims = {
        "FA23-00455": (date(2023, 6, 12), 3840_00),
        "FA23-00702": (date(2023, 9, 21), 1560_00),
    }
    closed, name = date(2026, 4, 22), CUSTOMERS["C032"].name
    for number, (day, gross) in claims.items():
        net = gross * 10 // 12
        claim = [Line(company.DOUBTFUL, gross, "C032", number), Line("707000", -gross)]
        books.post(Entry("VE", day, number, f"Facture {number} {name}", claim))
        loss = [
            Line("654400", net),
            Line(company.VAT_20, gross - net),
            Line(company.DOUBTFUL, -gross, "C032", number, number, day),
        ]
        words = f"Perte {number} LJ clôturée insuff. d'actif"
        books.post(Entry("OD", closed, "OD-PERTE", words, loss))
    kept = [Line("681740", 2250_00), Line("491000", -2250_00)]
    books.post(Entry("OD", year_end(2024), "OD-491", f"Dépréciation 50 % {name}", kept))
    freed = [Line("491000", 2250_00), Line("781740", -2250_00)]
    books.post(Entry("OD", closed, "OD-PERTE", f"Reprise dépréciation {name}", freed))


def bounce(books: Books, cheque: Entry, day: date, *, group: str) -> Entry:
    """A cheque that comes back unpaid, and what the bank takes for it."""
    credit = cheque.lines[-1]
    name = CUSTOMERS[credit.party].name
    text = f"IMPAYE {cheque.piece} {name}"
    debit = Line(company.CUSTOMER, -credit.amount, credit.party, group)
    movement = Movement("unpaid", name, text=f"CHEQUE IMPAYE {cheque.piece[4:]} SANS PROVISION")
    lines = [debit, Line(company.BANK, credit.amount)]
    entry = books.post(Entry("BQ", day, cheque.piece, text, lines, movement))
    fee = [Line("627000", 18_50), Line(company.BANK, -18_50)]
    movement = Movement("fee", company.BANK_NAME, text="FRAIS SUR CHEQUE IMPAYE")
    books.post(Entry("BQ", day, "FRAIS", f"Frais d'impayé {name}", fee, movement))
    return entry


def post_bounces(books: Books, tagged: dict[str, Invoice], rng: Random) -> None:
    """Two cheques unpaid: one matched with its return, one whose return stays open for a while."""
    inn = tagged["bounce"]
    cheque = receive(books, [inn], date(2026, 7, 6), rng=rng)
    group = cheque.lines[-1].group = f"returned {inn.number}"
    inn.line.group = ""
    bounce(books, cheque, date(2026, 7, 15), group=group)
    bakery = tagged["old bounce"]
    cheque = receive(books, [bakery], date(2025, 4, 17), rng=rng)
    replaced = f"replaced {bakery.number}"
    returned = bounce(books, cheque, date(2025, 4, 29), group=replaced)
    pay_again(books, returned, date(2025, 6, 12), replaced)


def pay_again(books: Books, returned: Entry, day: date, group: str) -> None:
    """The transfer that makes good an unpaid cheque."""
    debit = returned.lines[0]
    customer = CUSTOMERS[debit.party]
    lines = [
        Line(company.BANK, debit.amount),
        Line(company.CUSTOMER, -debit.amount, customer.code, group),
    ]
    movement = Movement("transfer_in", plain(customer.name), customer.iban, text="REMPLACT CHEQUE")
    text = f"Virement {customer.name} (rempl. chèque impayé)"
    books.post(Entry("BQ", day, "VIR1206", text, lines, movement))


def post_partial_payments(books: Books, tagged: dict[str, Invoice], rng: Random) -> None:
    """Payments that share the code of an invoice without covering it."""
    for tag, day, paid in (
        ("part cheque", date(2026, 7, 3), 2000_00),
        ("retention", date(2026, 6, 15), 6156_00),
        ("instalments", date(2025, 12, 10), 1500_00),
        ("short paid", date(2026, 9, 8), 4000_00),
    ):
        words = f"RG 5 % {tagged[tag].customer.name}" if tag == "retention" else ""
        receive(books, [tagged[tag]], day, rng=rng, paid=paid, words=words)
        books.partial_groups.add(tagged[tag].line.group)
    rest = tagged["instalments"]
    code, amount = rest.customer.code, rest.gross - 1500_00
    lines = [Line(company.BANK, amount), Line(company.CUSTOMER, -amount, code, rest.line.group)]
    movement = Movement("transfer_in", plain(rest.customer.name), rest.customer.iban, text="SOLDE")
    text = f"Solde {rest.number} {rest.customer.name}"
    books.post(Entry("BQ", date(2026, 3, 16), "VIR1603", text, lines, movement))


def post_stray_payments(books: Books, tagged: dict[str, Invoice], rng: Random) -> None:
    """Money that nobody matched: paid twice, too much, on account, or simply overlooked."""
    receive(books, [tagged["twice"]], date(2026, 4, 7), rng=rng)
    receive(books, [tagged["overpaid"]], date(2025, 3, 14), rng=rng, paid=1200_00)
    again, missed = tagged["twice"], tagged["unmatched"]
    for code, day, amount, text in (
        ("C040", date(2026, 4, 21), again.gross, f"FACTURES {again.number}"),
        ("C033", date(2026, 6, 24), missed.gross, "VIREMENT GALERIE"),
        ("C013", date(2026, 8, 18), 5000_00, "ACOMPTE SUR COMPTE"),
        ("C003", date(2026, 9, 16), 10_000_00, "VERSEMENT A VALOIR"),
        ("C014", date(2025, 11, 6), 96_00, "TROP VERSE PORT"),
    ):
        customer = CUSTOMERS[code]
        lines = [Line(company.BANK, amount), Line(company.CUSTOMER, -amount, code)]
        place = f"{customer.postcode} {customer.town}"
        movement = Movement("transfer_in", plain(customer.name), customer.iban, place, text=text)
        words = f"VIR RECU {plain(customer.name)}"
        books.post(
            Entry("BQ", day, f"VIR{day:%d%m}{rng.randrange(1000):03d}", words, lines, movement)
        )


def receive_advance(books: Books, code: str, day: date, *, amount: int) -> None:
    """An advance on an order (4191), and the VAT that falls due with it."""
    customer, vat = CUSTOMERS[code], amount - amount * 10 // 12
    lines = [Line(company.BANK, amount), Line(company.ADVANCE, -amount, code, f"advance {code}")]
    text = f"Acompte sur commande {customer.name}"
    movement = Movement("transfer_in", plain(customer.name), customer.iban, text="ACOMPTE COMMANDE")
    books.post(Entry("BQ", day, f"VIR{day:%d%m}", text, lines, movement))
    lines = [Line("445800", vat), Line(company.VAT_20, -vat)]
    books.post(Entry("OD", day, "OD-ACOMPTE", f"TVA sur acompte {customer.name}", lines))


def post_advances(books: Books, tagged: dict[str, Invoice], rng: Random) -> None:
    """An advance deducted from the final invoice in 2025, another still waiting in 2026."""
    final = tagged["advance final"]
    receive_advance(books, "C034", date(2025, 4, 14), amount=6000_00)
    deducted = Line(company.CUSTOMER, -6000_00, "C034")
    lines = [Line(company.ADVANCE, 6000_00, "C034", "advance C034"), deducted]
    lines += [Line("445800", -1000_00), Line(company.VAT_20, 1000_00)]
    text = f"Imputation acompte s/ {final.number}"
    books.post(Entry("OD", final.day, "OD-ACOMPTE", text, lines))
    final.credits.append((final.day, deducted))
    receive(books, [final], date(2025, 8, 11), rng=rng)
    receive_advance(books, "C010", date(2026, 8, 24), amount=12_000_00)
