"""Seeded books for the benchmarks: a ledger as three CSV lists, and an FEC.

Customers are drawn with a heavy tail (Pareto), amounts are log-normal, 70 % of the invoices are
paid in full (six in ten on time), a fifth of the others in part; ages span two years.
"""

from pathlib import Path

import numpy as np
import polars as pl

SEED = 20260630
AS_OF = np.datetime64("2026-06-30")
FEC_HEADING = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\t"
    "CompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\t"
    "ValidDate\tMontantdevise\tIdevise\r\n"
)


def drawn(invoices: int) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Customers, invoices and payments of a ledger of that many invoices."""
    rng = np.random.default_rng(SEED)
    customers = max(1, invoices // 25)
    weights = rng.pareto(1.3, customers) + 0.05
    terms = rng.choice([30, 45, 60], customers, p=[0.5, 0.3, 0.2])
    who = rng.choice(customers, invoices, p=weights / weights.sum())
    age = np.sort(rng.integers(0, 730, invoices))[::-1]
    issue = AS_OF - age.astype("timedelta64[D]")
    due = issue + terms[who].astype("timedelta64[D]")
    amount = np.maximum(100, np.exp(rng.normal(np.log(85_000), 1.2, invoices))).astype("int64")
    likely_open = rng.exponential(1.0, invoices) / (0.9 * np.exp(-age / 180) + 0.082)
    is_open = np.zeros(invoices, bool)
    is_open[np.argsort(likely_open, kind="stable")[: int(invoices * 0.3)]] = True
    is_late = rng.random(invoices) < 0.4
    lag = np.where(is_late, np.ceil(rng.exponential(18, invoices)), -rng.integers(0, 10, invoices))
    paid_on = np.clip(due + lag.astype("timedelta64[D]"), issue, AS_OF)
    in_part = is_open & (rng.random(invoices) < 0.5)
    part = np.maximum(1, (amount * rng.uniform(0.1, 0.9, invoices)).astype("int64"))
    paid = np.where(is_open, np.where(in_part, part, 0), amount)
    has = paid > 0
    ids = np.arange(1, invoices + 1)
    return (
        pl.DataFrame({"id": np.arange(1, customers + 1), "terms": terms}).select(
            "id",
            code=pl.format("C{}", pl.col("id").cast(pl.String).str.zfill(6)),
            name=pl.format("Client {} SARL", pl.col("id").cast(pl.String).str.zfill(6)),
            terms="terms",
        ),
        pl.DataFrame(
            {
                "id": ids,
                "customer_id": who + 1,
                "issue_date": issue,
                "due_date": due,
                "cents": amount,
            }
        ).select(
            "id",
            pl.format("FA-{}", pl.col("id").cast(pl.String).str.zfill(7)).alias("number"),
            "customer_id",
            pl.col("issue_date", "due_date").cast(pl.Date),
            amount=decimal_text("cents"),
            currency=pl.lit("EUR"),
        ),
        pl.DataFrame(
            {"invoice_id": ids[has], "customer_id": who[has] + 1, "pay_date": paid_on[has],
             "cents": paid[has]}
        ).select(
            "invoice_id", "customer_id", pl.col("pay_date").cast(pl.Date),
            amount=decimal_text("cents"), currency=pl.lit("EUR"),
        ),
    )  # fmt: skip


def decimal_text(cents: str) -> pl.Expr:
    """Cents as text with a decimal point."""
    return pl.format(
        "{}.{}", pl.col(cents) // 100, (pl.col(cents) % 100).cast(pl.String).str.zfill(2)
    )


def write_ledger(invoices: int, folder: Path) -> Path:
    """The three lists of a ledger, written once."""
    target = folder / f"ledger-{invoices}"
    if not (target / "payments.csv").exists():
        target.mkdir(parents=True, exist_ok=True)
        for name, frame in zip(("customers", "invoices", "payments"), drawn(invoices), strict=True):
            frame.write_csv(target / f"{name}.csv")
    return target


def write_fec(lines: int, folder: Path) -> Path:
    """An FEC of that many lines: invoices of three lines, payments of two, half of them matched."""
    path = folder / f"123456782FEC20251231-{lines}.txt"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    entries = lines // 5
    ids = np.arange(1, entries + 1)
    day = np.datetime64("2025-01-01") + (ids * 330 // entries).astype("timedelta64[D]")
    base = pl.DataFrame(
        {
            "id": ids,
            "customer": rng.integers(0, 40_000, entries),
            "net": rng.integers(1_000, 900_000, entries),
            "day": day,
            "paid_on": day + rng.integers(1, 60, entries).astype("timedelta64[D]"),
            "is_matched": rng.random(entries) < 0.5,
        }
    ).with_columns(vat=pl.col("net") // 5, number=pl.col("id").cast(pl.String).str.zfill(7))
    rows = pl.concat(fec_parts(base)).sort("id", "place").drop("id", "place")
    with path.open("wb") as file:
        file.write(FEC_HEADING.encode())
        rows.write_csv(
            file, include_header=False, separator="\t", line_terminator="\r\n", quote_style="never"
        )
    return path


def fec_parts(base: pl.DataFrame) -> list[pl.DataFrame]:
    """The five lines of each pair of entries, one frame a line."""
    gross = pl.col("net") + pl.col("vat")
    zero = pl.lit(0)
    return [
        fec_line(base, 1, account="411000", debit=gross, credit=zero, is_bank=False),
        fec_line(base, 2, account="707000", debit=zero, credit=pl.col("net"), is_bank=False),
        fec_line(base, 3, account="445710", debit=zero, credit=pl.col("vat"), is_bank=False),
        fec_line(base, 4, account="512000", debit=gross, credit=zero, is_bank=True),
        fec_line(base, 5, account="411000", debit=zero, credit=gross, is_bank=True),
    ]


def fec_line(
    base: pl.DataFrame, place: int, *, account: str, debit: pl.Expr, credit: pl.Expr, is_bank: bool
) -> pl.DataFrame:
    """One of the five lines, for every pair of entries."""
    journal, label = ("BQ", "Banque") if is_bank else ("VE", "Journal des ventes")
    day = pl.col("paid_on" if is_bank else "day").cast(pl.Date).dt.strftime("%Y%m%d")
    is_customer = account == "411000"
    code = pl.format("C{}", pl.col("customer").cast(pl.String).str.zfill(6))
    name = pl.format("Client {} SARL", pl.col("customer").cast(pl.String).str.zfill(6))
    matched = pl.when(pl.col("is_matched")).then(pl.format("L{}", "id")).otherwise(pl.lit(""))
    piece = pl.format("VIR{}" if is_bank else "FA25-{}", "number")
    empty = pl.lit("")
    return base.select(
        "id",
        place=pl.lit(place),
        journal=pl.lit(journal),
        journal_label=pl.lit(label),
        entry=pl.format("B{}" if is_bank else "{}", "number"),
        day=day,
        account=pl.lit(account),
        account_label=pl.lit("Compte " + account),
        auxiliary=code if is_customer else empty,
        auxiliary_label=name if is_customer else empty,
        piece=piece,
        piece_day=day,
        label=pl.format("Facture FA25-{} du client", "number"),
        debit=decimal_comma(debit),
        credit=decimal_comma(credit),
        matched=matched if is_customer else empty,
        matched_on=empty,
        valid=day,
        foreign=empty,
        currency=empty,
    )


def decimal_comma(cents: pl.Expr) -> pl.Expr:
    """Cents as text with a decimal comma."""
    return pl.format("{},{}", cents // 100, (cents % 100).cast(pl.String).str.zfill(2))
