"""Files that other people's programs wrote: read with sane rows, or refused with a sentence.

They lie outside the repository (their licences differ); without them these tests are not collected.
"""

import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.tables import assert_rows

from quittance.cli.books import Settings, load
from quittance.core.aging import aging
from quittance.core.open_items import open_items
from quittance.core.problems import UnusableInput, sentences, set_aside
from quittance.readers import registry
from quittance.readers.reader import Reading, Source

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("QUITTANCE_SHARED", ROOT.parent / "shared")) / "data"
if not DATA.is_dir():
    pytest.skip("the shared files are not here", allow_module_level=True)

pytestmark = pytest.mark.real_files
FOLDERS = ("fec", "bank-csv", "ar-exports", "ar-datasets")
FILES = sorted(path for name in FOLDERS for path in (DATA / name).rglob("*") if path.is_file())
TRYTON = DATA / "fec/safiollah+tryton_rest_api/account_fr/tests"
IBM = DATA / "ar-datasets/pthiagu2+DataMining/WA_Fn-UseC_-Accounts-Receivable.csv"
LEDGER_SMB = DATA / "ar-exports/ledgersmb+LedgerSMB/example-ar-batch-upload.csv"
READ = {
    "FEC.csv": ("entries", 8),
    "FEC-previous.csv": ("entries", 2),
    "empty_activity.csv": ("invoices", 0),  # headings of a PayPal activity, without a line
    "example-ar-batch-upload.csv": ("invoices", 2),
    IBM.name: ("invoices", 2466),
}


def read(path: Path) -> Reading:
    return registry.read(Source(path.name, path.read_bytes()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_is_read_or_refused_with_a_sentence(path: Path) -> None:
    if path.name in READ:
        reading = read(path)
        assert (reading.kind, reading.rows.height) == READ[path.name]
        assert reading.rows.height + set_aside(reading.problems) == reading.lines
        return
    with pytest.raises(UnusableInput) as refused:
        read(path)
    for lang in ("fr", "en"):
        (told,) = sentences(refused.value.problems, lang)
        assert told.startswith(f"{path.name}: ")
        assert told.endswith(".")
        assert told.isprintable()


def test_the_files_that_are_read_are_all_there() -> None:
    assert set(READ) <= {path.name for path in FILES}


def test_no_bank_statement_is_taken_for_invoices() -> None:
    """A running balance read as a debt would be claimed from people who owe nothing."""
    for path in FILES:
        if "bank-csv" in path.parts and path.name != "empty_activity.csv":
            with pytest.raises(UnusableInput):
                read(path)


def test_two_years_written_by_tryton() -> None:
    """The opening of 5.00 is the sale of the year before; 42.00 were paid in cash."""
    loaded = load([TRYTON / "FEC-previous.csv", TRYTON / "FEC.csv"], Settings())
    assert loaded.problems["code"].to_list() == ["fec-side-date"]  # '{current_date}' in the file
    day = date(2018, 1, 31)
    assert_rows(open_items(loaded.book, day).sort("date", "amount_minor"), """
    customer  kind     date        amount  open
    2         invoice  2017-01-01  5.00    5.00
    2         invoice  2018-01-01  10.00   10.00
    """)  # fmt: skip
    assert_rows(aging(loaded.book, day), """
    customer  name   currency  not_due_minor  days_1_30_minor  days_over_90_minor  balance
    2         Party  EUR       1000           0                500                 15.00
    """)  # fmt: skip


def test_one_year_written_by_tryton_starts_from_its_opening() -> None:
    book = load([TRYTON / "FEC.csv"], Settings()).book
    assert_rows(book.items.sort("amount_minor"), """
    kind     amount  recorded_date
    payment  -42.00  2018-01-01
    opening  5.00    2018-01-01
    invoice  10.00   2018-01-01
    invoice  42.00   2018-01-01
    """)  # fmt: skip
    assert book.allocations["amount_minor"].to_list() == [4200]


def test_invoices_of_ledgersmb() -> None:
    assert_rows(read(LEDGER_SMB).rows, """
    document  issue       currency  amount
    AP001     2021-12-31  USD       10.00
    AP002     2021-12-31  CAD       15.00
    """)  # fmt: skip


def test_the_receivables_of_ibm_are_late_by_the_days_that_their_file_says() -> None:
    """2466 invoices, each with its days late as counted by the people who made the file."""
    loaded = load([IBM], Settings())
    assert loaded.problems.is_empty()
    told = pl.read_csv(IBM, infer_schema=False).select(
        document="invoiceNumber", told=pl.col("DaysLate").cast(pl.Int64)
    )
    book = loaded.book
    paid = book.allocations.join(
        book.items.select("document", "due_date", item="item"),
        left_on="debit_item",
        right_on="item",
    )
    late = (pl.col("value_date") - pl.col("due_date")).dt.total_days()
    ours = paid.select("document", ours=pl.max_horizontal(late, 0))
    both = told.join(ours, on="document", validate="1:1")
    assert both.height == 2466
    assert both.filter(pl.col("told") != pl.col("ours")).is_empty()


def test_the_receivables_of_ibm_come_to_nothing_once_all_are_paid() -> None:
    loaded = load([IBM], Settings())
    last = loaded.book.items["date"].max()
    assert aging(loaded.book, last).is_empty()  # type: ignore[arg-type]
    midway = aging(loaded.book, date(2012, 12, 31))
    assert (midway["balance_minor"] > 0).all()
    sales = loaded.book.items.filter(kind="invoice")
    assert sales["amount_minor"].sum() == 14_770_318
