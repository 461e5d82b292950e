"""Working capital and the cash that collection can free (*FDR, BFR, trésorerie nette*).

    FRNG − BFR = net cash      (functional balance sheet, gross amounts)

Computed from the trial balance of the same books. See docs/algorithms/working_capital.md.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.open_items import open_items
from quittance.core.schema import ACCOUNT_GROUPS, LEDGER, checked

CURRENT_ASSETS = ("inventories", "customers", "operating_assets", "other_assets", "cash_assets")
CURRENT_LIABILITIES = (
    "suppliers",
    "operating_liabilities",
    "other_liabilities",
    "cash_liabilities",
)
IMPAIRMENT = r"^(39|49|59)"  # deducted from current assets where a ratio takes net amounts


@dataclass(frozen=True)
class WorkingCapital:
    """The functional balance sheet on a day, in minor units of the books' currency."""

    groups: dict[str, int]  # balance of each group, counted on the group's own side
    impairment_minor: int  # depreciation of current assets, ≥ 0
    has_opening: bool  # without opening balances the picture is only the period's movements

    def total(self, *names: str) -> int:
        """The sum of some groups."""
        return sum(self.groups.get(name, 0) for name in names)

    @property
    def frng_minor(self) -> int:
        """Stable resources less stable uses (*fonds de roulement net global*)."""
        return self.total("stable_resources") - self.total("stable_uses")

    @property
    def bfr_minor(self) -> int:
        """Current assets less current debts, cash apart (*besoin en fonds de roulement*)."""
        return self.total(*CURRENT_ASSETS[:-1]) - self.total(*CURRENT_LIABILITIES[:-1])

    @property
    def net_cash_minor(self) -> int:
        """Cash and securities less bank overdrafts (*trésorerie nette*)."""
        return self.total("cash_assets") - self.total("cash_liabilities")

    @property
    def current_ratio(self) -> float | None:
        """Net current assets over current liabilities (*liquidité générale*)."""
        debts = self.total(*CURRENT_LIABILITIES)
        return (self.total(*CURRENT_ASSETS) - self.impairment_minor) / debts if debts else None

    @property
    def customers_share_percent(self) -> float | None:
        """What the customers owe, in percent of the working-capital need."""
        need = self.bfr_minor
        return self.total("customers") / need * 100 if need > 0 else None


@dataclass(frozen=True)
class CashToGain:
    """What faster collection would bring to the bank, in minor units."""

    per_day_minor: int  # for each day of DSO saved
    at_terms_minor: int  # if every customer paid on its due date: what is overdue now
    days_at_terms: float | None  # the same in days of DSO


def working_capital(book: Book, as_of: date) -> WorkingCapital | None:
    """The functional balance sheet on a day; None when the book has no trial balance by then."""
    if book.ledger.filter(pl.col("date") <= as_of).is_empty():
        return None
    balances = account_balances(book.ledger, as_of)
    grouped = in_groups(balances, book.law.account_groups)
    resources = ("stable_resources", "suppliers", "operating_liabilities", "other_liabilities")
    is_debt = pl.col("group").is_in([*resources, "cash_liabilities"])
    signed = pl.when(is_debt).then(-pl.col("balance_minor")).otherwise("balance_minor")
    sums = grouped.group_by("group").agg(signed.sum().alias("amount"))
    held = balances.filter(pl.col("account").str.contains(IMPAIRMENT))
    openings = book.ledger.filter("is_opening", pl.col("date") <= as_of)
    return WorkingCapital(
        groups={str(name): int(amount) for name, amount in sums.iter_rows()},
        impairment_minor=-int(held["balance_minor"].sum()),
        has_opening=not openings.is_empty(),
    )


@checked(ledger=LEDGER)
def account_balances(ledger: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Debit less credit of each account on a day: `account`, `balance_minor`.

    The count starts with the last opening entries on or before the day, which hold all that came
    before; without any, with the first entry.
    """
    known = ledger.filter(pl.col("date") <= as_of)
    start = known.filter("is_opening")["date"].max()
    if start is not None:
        known = known.filter(pl.col("date") >= start)
    balance = (pl.col("debit_minor") - pl.col("credit_minor")).sum()
    return known.group_by("account").agg(balance_minor=balance).sort("account")


@checked(groups=ACCOUNT_GROUPS)
def in_groups(balances: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Each account's balance with its group: the longest prefix decides, then the balance's side.

    An account of classes 1 to 7 that no prefix catches raises ValueError; classes 8 and 9 are left
    out: they balance by themselves.
    """
    inside = balances.filter(
        ~pl.col("account").str.contains(r"^[89]"), pl.col("balance_minor") != 0
    )
    is_debit = pl.col("balance_minor") > 0
    side = pl.when(is_debit).then(pl.lit("debit")).otherwise(pl.lit("credit"))
    found = (
        inside.with_columns(own_side=side)
        .join(groups, how="cross")
        .filter(
            pl.col("account").str.starts_with(pl.col("prefix")),
            pl.col("side").is_in(["both"]) | (pl.col("side") == pl.col("own_side")),
        )
        .sort("account", pl.col("prefix").str.len_chars(), descending=[False, True])
        .unique("account", keep="first", maintain_order=True)
    )
    if found.height < inside.height:
        lost = inside.join(found, on="account", how="anti")["account"].to_list()
        raise ValueError(f"accounts of no group in the chart of accounts: {lost}")
    return found.drop("own_side")


def cash_to_gain(sales_minor: int, days: int, *, overdue_minor: int) -> CashToGain:
    """What each day of DSO saved, and reaching the contractual terms, would bring.

    `sales_minor` (VAT included) are those of the last `days`; `overdue_minor` is what is owed past
    its due date.
    """
    per_day = (2 * sales_minor + days) // (2 * days) if days else 0
    return CashToGain(
        per_day_minor=per_day,
        at_terms_minor=max(overdue_minor, 0),
        days_at_terms=overdue_minor / (sales_minor / days) if sales_minor > 0 and days else None,
    )


def collectable(book: Book, as_of: date) -> dict[str, int]:
    """What is past due less what its customer has already paid, by currency, in minor units.

    Customer by customer and never below zero; doubtful claims (416) are left out.
    """
    owed = open_items(book, as_of).filter(pl.col("kind") != "doubtful")
    is_debit, is_late = pl.col("amount_minor") > 0, pl.col("days_past_due") > 0
    net = pl.col("open_minor").filter(~is_debit | is_late).sum().clip(lower_bound=0)
    per_customer = owed.group_by("customer", "currency").agg(net.alias("net"))
    return dict(per_customer.group_by("currency").agg(pl.col("net").sum()).iter_rows())


def sales_to_repay(loss_minor: int, margin_percent: float) -> int:
    """The sales it takes to earn back one bad debt at a margin: loss ÷ margin.

    >>> sales_to_repay(1_000_000, 5)
    20000000
    """
    if margin_percent <= 0:
        raise ValueError("the margin must be above zero")
    return round(loss_minor / margin_percent * 100)
