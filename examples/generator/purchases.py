"""Purchases: goods for resale and the bills of every month, and how they are paid."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from generator import company
from generator.books import Books, Entry, Line, Movement, share
from generator.sales import expected_sales
from generator.suppliers import CONTRACTS, GOODS_SUPPLIERS, VAN_DEALER, Contract, Supplier
from generator.timeline import (
    END,
    WARM_UP,
    day_of,
    due_date,
    months,
    next_month,
    pay_day,
    working_day,
    working_days_of,
)
from generator.wording import plain

PURCHASES_PERCENT = 58
GOODS_INVOICES_A_MONTH = 26
PAY_DAYS = (10, 25)
Debts = dict[tuple[Supplier, date], list[tuple[str, Line]]]


def post_purchases(books: Books) -> None:
    """Every purchase of the period, and every payment that falls within it."""
    transfers: Debts = defaultdict(list)
    debits: Debts = defaultdict(list)
    for month in months(WARM_UP, END):
        post_goods(books, month, transfers)
        for contract in CONTRACTS:
            if (month.month - 1) % contract.every == 0:
                post_contract(
                    books, month, contract, debits if contract.direct_debit else transfers
                )
    post_van(books, transfers)
    pay(books, transfers, kind="transfer_out")
    pay(books, debits, kind="direct_debit")


def vat_lines(supplier: Supplier, net: int, percent: int) -> tuple[int, list[Line]]:
    """The VAT of a purchase; within the Union the buyer owes it himself."""
    vat = share(net, percent)
    if supplier.country != "FR":
        return 0, [Line(company.VAT_INTRA, vat), Line(company.VAT_INTRA_DUE, -vat)]
    return vat, [Line(company.VAT_ON_PURCHASES, vat)]


def post_goods(books: Books, month: date, debts: Debts) -> None:
    """The purchases of goods of a month: a share of the sales of this month and the next."""
    rng = Random(f"goods {month}")
    following = min(next_month(month), END.replace(day=1))
    budget = share((expected_sales(month) + expected_sales(following)) // 2, PURCHASES_PERCENT)
    weights = [supplier.weight for supplier in GOODS_SUPPLIERS]
    sellers = rng.choices(GOODS_SUPPLIERS, weights, k=GOODS_INVOICES_A_MONTH)
    sizes = [rng.lognormvariate(0, 0.6) for _ in sellers]
    days = sorted(rng.choice(working_days_of(month)) for _ in sellers)
    for supplier, size, day in zip(sellers, sizes, days, strict=True):
        net = int(budget * size / sum(sizes))
        account = "607000" if supplier.country == "FR" else "607100"
        piece = f"{day:%y}{rng.randrange(10_000, 99_999)}"
        post_bill(books, day, supplier, account=account, net=net, piece=piece, debts=debts)


def post_contract(books: Books, month: date, contract: Contract, debts: Debts) -> None:
    """One bill of a contract."""
    rng = Random(f"contract {contract.supplier.code} {contract.day} {month}")
    net = contract.net
    if contract.account not in {"613200", "613500", "616000", "622600"}:
        net = share(net, rng.randrange(88, 113)) + rng.randrange(100)
    post_bill(
        books,
        day_of(month, contract.day),
        contract.supplier,
        account=contract.account,
        net=net,
        piece=f"{month:%Y%m}-{rng.randrange(1000):03d}",
        debts=debts,
        percent=contract.vat_percent,
    )


def post_bill(
    books: Books,
    day: date,
    supplier: Supplier,
    *,
    account: str,
    net: int,
    piece: str,
    debts: Debts,
    percent: int = 20,
) -> None:
    """One purchase and its debt, to be paid on the day it is due."""
    vat, taxes = vat_lines(supplier, net, percent)
    debt = Line(company.SUPPLIER, -net - vat, supplier.code)
    text = f"{supplier.name} fact. {piece}"
    books.post(Entry("AC", day, piece, text, [debt, Line(account, net), *taxes]))
    due = due_date(supplier.terms, day)
    direct = int(supplier.terms) < 20
    debts[supplier, working_day(due) if direct else pay_day(due, PAY_DAYS)].append((piece, debt))


def post_van(books: Books, debts: Debts) -> None:
    """A delivery van, bought in May 2025 with a loan (see `finance`)."""
    day, piece, net, vat = date(2025, 5, 14), "VN-20771", 31_500_00, 6_300_00
    debt = Line(company.ASSET_SUPPLIER, -net - vat, VAN_DEALER.code)
    lines = [debt, Line("218200", net), Line(company.VAT_ON_ASSETS, vat)]
    books.post(Entry("AC", day, piece, "Fourgon de livraison 12 m3", lines))
    debts[VAN_DEALER, working_day(day + timedelta(days=12))].append((piece, debt))


def pay(books: Books, debts: Debts, *, kind: str) -> None:
    """One payment for all that falls due on a day to one supplier."""
    for (supplier, day), bills in sorted(debts.items(), key=lambda d: (d[0][1], d[0][0].code)):
        if day > END:
            continue
        group = f"{supplier.code} {day} {kind}"
        for _, line in bills:
            line.group = group
        amount = -sum(line.amount for _, line in bills)
        account = bills[0][1].account
        words = "Prélèvement" if kind == "direct_debit" else "Virement"
        reference = f"LUM{day:%y%m%d}{supplier.code}"
        movement = Movement(
            kind,
            plain(supplier.name),
            supplier.iban,
            f"{supplier.postcode} {supplier.town}",
            supplier.country,
            text="FACT. " + " ".join(piece for piece, _ in bills),
            end_to_end=reference,
        )
        paid = [Line(account, amount, supplier.code, group), Line(company.BANK, -amount)]
        books.post(Entry("BQ", day, reference, f"{words} {supplier.name}", paid, movement))
