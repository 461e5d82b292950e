"""Benchmarks: `make bench`. Medians of a few runs, ratios within one run, the machine stated.

    python bench/run.py [--quick] [--keep]

Whole-process figures are wall time and peak memory of the command; function figures are taken in
one process after a warm-up. "Plain" rows are the same work written by hand in Polars, with none of
the checks, in the same run: their ratios travel between machines, seconds do not.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from generate import write_fec, write_ledger
from quittance.cli.books import Settings, load
from quittance.core.aging import aging
from quittance.core.book import Book
from quittance.core.late_charges import Policy, late_charges
from quittance.storage.embedded import stop

HERE = Path(__file__).parent
DATA = HERE / "data"
ROOT = HERE.parent
QUITTANCE = str(Path(sys.executable).parent / "quittance")
AS_OF = date(2026, 6, 30)


@dataclass(frozen=True)
class Measure:
    """One line of the result: what, how long, how much memory, against which limit."""

    name: str
    seconds: float
    mebibytes: float | None
    limit: str
    note: str = ""


def process(arguments: list[str], runs: int) -> tuple[float, float]:
    """Median wall time in seconds and largest peak memory in MiB of a command."""
    times, peaks = [], []
    for _ in range(runs):
        start = time.perf_counter()
        null = os.open(os.devnull, os.O_WRONLY)
        child = os.posix_spawn(
            arguments[0],
            arguments,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)],
        )
        _, status, usage = os.wait4(child, 0)
        os.close(null)
        times.append(time.perf_counter() - start)
        peaks.append(usage.ru_maxrss / 1024)
        if os.waitstatus_to_exitcode(status) > 1:
            raise SystemExit(f"{' '.join(arguments)} failed")
    return statistics.median(times), max(peaks)


def function(work: Callable[[], object], runs: int) -> float:
    """Median wall time of a call, after one to warm up."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def plain_aging(book: Book) -> pl.DataFrame:
    """The aged balance written by hand on the same frames: no check, no name, fixed buckets."""
    settled = (
        pl.concat(
            [
                book.allocations.filter(pl.col("date") <= AS_OF).select(
                    item="debit_item", settled=-pl.col("amount_minor")
                ),
                book.allocations.filter(pl.col("date") <= AS_OF).select(
                    item="credit_item", settled="amount_minor"
                ),
            ]
        )
        .group_by("item")
        .agg(pl.col("settled").sum())
    )
    left = pl.col("amount_minor") + pl.col("settled").fill_null(0)
    days = (pl.lit(AS_OF) - pl.col("due_date")).dt.total_days()
    owed = (
        book.items.filter(pl.col("date") <= AS_OF)
        .join(settled, on="item", how="left")
        .with_columns(left=left, days=days)
        .filter(pl.col("left") != 0)
    )
    debit, amount = pl.col("amount_minor") > 0, pl.col("left")
    place = pl.col("days")
    return owed.group_by("customer", "currency").agg(
        amount.filter(debit & (place <= 0)).sum().alias("not_due"),
        amount.filter(debit & place.is_between(1, 30)).sum().alias("d30"),
        amount.filter(debit & place.is_between(31, 60)).sum().alias("d60"),
        amount.filter(debit & place.is_between(61, 90)).sum().alias("d90"),
        amount.filter(debit & (place > 90)).sum().alias("over"),
        amount.filter(~debit).sum().alias("unallocated"),
        amount.sum().alias("balance"),
    )  # fmt: skip


PLAIN_CSV = """
import polars as pl, datetime
i = pl.read_csv("{folder}/invoices.csv", try_parse_dates=True)
p = pl.read_csv("{folder}/payments.csv", try_parse_dates=True)
paid = p.group_by("invoice_id").agg(pl.col("amount").sum().alias("paid"))
o = i.join(paid, left_on="id", right_on="invoice_id", how="left")
o = o.with_columns(left=pl.col("amount") - pl.col("paid").fill_null(0),
                   days=(pl.lit(datetime.date(2026, 6, 30)) - pl.col("due_date")).dt.total_days())
print(o.filter(pl.col("left") > 0).group_by("customer_id", pl.col("days").clip(0, 91) // 30)
      .agg(pl.col("left").sum()).height)
"""
PLAIN_FEC = """
import polars as pl
f = pl.read_csv("{path}", separator="\\t", quote_char=None, infer_schema=False)
f = f.with_columns(pl.col("Debit", "Credit").str.replace(",", ".").cast(pl.Float64))
print(f.filter(pl.col("CompteNum").str.starts_with("411")).group_by("CompAuxNum")
      .agg((pl.col("Debit") - pl.col("Credit")).sum()).height)
"""


def of_ledger(runs: int, sizes: list[int]) -> list[Measure]:
    """Aging as a whole process and as a function, late charges, and the cost of a row."""
    largest = sizes[-1]
    folder = write_ledger(largest, DATA)
    seconds, peak = process([QUITTANCE, "aging", str(folder), "--as-of", str(AS_OF)], runs)
    plain, plain_peak = process([sys.executable, "-c", PLAIN_CSV.format(folder=folder)], runs)
    found = [
        Measure(f"aging, {largest:,} invoices from CSV", seconds, peak, "2.5 s, 1 536 MiB"),
        Measure("  plain Polars, no checks", plain, plain_peak, "", f"ratio {seconds / plain:.1f}"),
    ]
    book = load([folder], Settings()).book
    ours = function(lambda: aging(replace(book), AS_OF), runs * 3)  # nothing kept
    hand = function(lambda: plain_aging(book), runs * 3)
    charges = function(lambda: late_charges(replace(book), AS_OF, policy=Policy()), runs)
    found += [
        Measure(
            "aged balance, the function", ours, None, "1.5 × plain", f"ratio {ours / hand:.2f}"
        ),
        Measure("  the same expression by hand", hand, None, ""),
        Measure("late charges of every late invoice", charges, None, "1.5 s"),
    ]
    return found + cost_per_row(runs, sizes)


def cost_per_row(runs: int, sizes: list[int]) -> list[Measure]:
    """The aged balance's cost per invoice at growing sizes."""
    found = []
    for size in sizes:
        book = load([write_ledger(size, DATA)], Settings()).book
        seconds = function(lambda book=book: aging(replace(book), AS_OF), runs * 3)
        note = f"{seconds / size * 1e9:.0f} ns per invoice"
        found.append(Measure(f"  aged balance, {size:,} invoices", seconds, None, "flat", note))
    return found


def of_fec(runs: int, lines: int) -> list[Measure]:
    """An FEC to its aged balance, all checks made."""
    path = write_fec(lines, DATA)
    size = path.stat().st_size / 1e6
    seconds, peak = process([QUITTANCE, "aging", str(path), "--terms", "30"], runs)
    plain, plain_peak = process([sys.executable, "-c", PLAIN_FEC.format(path=path)], runs)
    return [
        Measure(
            f"FEC of {lines:,} lines ({size:.0f} MB) to aging", seconds, peak, "8 s, 3 072 MiB"
        ),
        Measure("  plain Polars, no checks", plain, plain_peak, "", f"ratio {seconds / plain:.1f}"),
    ]


def of_commands(runs: int) -> list[Measure]:
    """The commands that people wait for."""
    page = DATA / "report.html"
    DATA.mkdir(exist_ok=True)
    books = str(ROOT / "examples" / "lumiere")
    help_seconds, help_peak = process([QUITTANCE, "--help"], runs * 3)
    seconds, peak = process([QUITTANCE, "report", books, "-o", str(page)], runs)
    kilobytes = page.stat().st_size / 1000
    return [
        Measure("quittance --help", help_seconds, help_peak, "0.3 s"),
        Measure("the demo's HTML report", seconds, peak, "3 s, 1.5 MB", f"{kilobytes:.0f} kB"),
    ]


def machine() -> str:
    """The machine, in one line."""
    cores = os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.machine()}, {cores} cores, {memory:.0f} GiB, Python "
        f"{platform.python_version()}, Polars {pl.__version__}"
    )


def main() -> None:
    """Run everything and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="one run each, a tenth of the size")
    quick = parser.parse_args().quick
    runs = 1 if quick else 5
    sizes = [10_000, 100_000] if quick else [10_000, 100_000, 1_000_000]
    found = [
        *of_commands(runs),
        *of_ledger(runs, sizes),
        *of_fec(runs, 200_000 if quick else 2_000_000),
    ]
    print(f"{machine()}; median of {runs} run(s)\n")
    print(f"{'':44} {'seconds':>8} {'MiB':>7}  {'limit':<18} note")
    for one in found:
        peak = f"{one.mebibytes:7.0f}" if one.mebibytes else " " * 7
        print(f"{one.name:44} {one.seconds:8.3f} {peak}  {one.limit:<18} {one.note}")
    of_screens(sizes[-1])


def of_screens(invoices: int) -> None:
    """The screens, then the customers' with other words each time, on the same company."""
    home = Path(tempfile.mkdtemp(prefix="quittance-screens-"))
    try:
        for script in ("pages.py", "customers.py"):
            print(f"\nthe screens (bench/{script})", flush=True)
            words = [str(HERE / script), "--invoices", str(invoices), "--home", str(home)]
            subprocess.run([sys.executable, *words], check=True)
    finally:
        stop(home, is_forced=True)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
