"""Several exports together: entries given twice, and opening entries of the next year."""

from datetime import date

import polars as pl
import pytest
from tests.core.entries import entries, open_now
from tests.tables import assert_rows, shuffled

from quittance.core.ledger import receivables
from quittance.core.problems import sentences

HEAD = "file   journal  entry  date        account  customer  piece  debit   credit  code\n"
YEAR_1 = (
    HEAD
    + """
1.txt  VE       1      2025-01-31  411000   C1        FA-1   100.00  0       AA
1.txt  VE       2      2025-11-30  411000   C1        FA-2   200.00  0       -
1.txt  VE       3      2025-12-31  411000   C2        FA-3   50.00   0       -
1.txt  BQ       4      2025-03-01  411000   C1        R-1    0       100.00  AA
"""
)
OPENING = """
2.txt  AN       1      2026-01-01  411000   C1        FA-2   200.00  0       AA
2.txt  AN       1      2026-01-01  411000   C2        FA-3   50.00   0       -
"""
PAYMENT = """
2.txt  BQ       2      2026-02-15  411000   C1        R-2    0       200.00  AA
"""


def found(text: str) -> tuple[pl.DataFrame, list[str]]:
    read = receivables(entries(text))
    return open_now(read), sentences(read.problems, "en")


def test_each_settled_pair_has_the_code_of_the_books_even_one_carried_to_the_next_year() -> None:
    read = receivables(entries(YEAR_1 + OPENING + PAYMENT))
    pieces = dict(read.items.select("item", "document").iter_rows())
    told = {(pieces[debit], pieces[credit]): code for debit, credit, code in read.codes.iter_rows()}
    assert told == {("FA-1", "R-1"): "AA", ("FA-2", "R-2"): "AA"}


# Openings alone, corrected, or of what was left


def test_a_later_entry_of_the_opening_journal_is_as_ordinary_as_any_other() -> None:
    """A correction booked in March in journal AN repeats nothing of the year before."""
    text = (
        YEAR_1
        + OPENING
        + """
2.txt  AN       2      2026-03-05  411000   C2        FA-4   7.00    0       -
"""
    )
    items, told = found(text)
    assert told == []
    assert items["open_minor"].sum() == 20000 + 5000 + 700


def test_an_opening_line_may_carry_what_was_left() -> None:
    """FA-1 of 100 was paid 60: some programs carry the two lines forward, some the 40 left."""
    text = (
        YEAR_1.replace("R-1    0       100.00", "R-1    0       60.00 ")
        + """
2.txt  AN       1      2026-01-01  411000   C1        FA-1   40.00   0       B
2.txt  AN       1      2026-01-01  411000   C1        FA-2   200.00  0       -
2.txt  AN       1      2026-01-01  411000   C2        FA-3   50.00   0       -
2.txt  BQ       2      2026-02-15  411000   C1        R-2    0       40.00   B
"""
    )
    items, told = found(text)
    assert told == []
    assert items.filter(pl.col("document").is_in(["FA-1", "R-1", "R-2"]))["open_minor"].sum() == 0
    assert items.filter(document="FA-1")["open_minor"].to_list() == [0]


# Two years


def test_an_opening_alone_is_what_the_customer_owes() -> None:
    items, _ = found(HEAD + OPENING + PAYMENT)
    assert_rows(items, """
    document  kind     date        open
    FA-2      opening  2026-01-01  0.00
    FA-3      opening  2026-01-01  50.00
    R-2       payment  2026-02-15  0.00
    """)  # fmt: skip


def test_two_years_together_count_nothing_twice_and_keep_the_age() -> None:
    items, told = found(YEAR_1 + OPENING + PAYMENT)
    assert told == []
    assert_rows(items, """
    document  kind     date        amount   open
    FA-1      invoice  2025-01-31  100.00   0.00
    R-1       payment  2025-03-01  -100.00  0.00
    FA-2      invoice  2025-11-30  200.00   0.00
    FA-3      invoice  2025-12-31  50.00    50.00
    R-2       payment  2026-02-15  -200.00  0.00
    """)  # fmt: skip


def test_the_order_of_the_files_does_not_matter() -> None:
    lines = entries(YEAR_1 + OPENING + PAYMENT)
    expected = open_now(receivables(lines))
    for seed in range(5):
        assert open_now(receivables(shuffled(lines, seed))).equals(expected)


def test_a_code_reused_the_next_year_is_another_code() -> None:
    """What AA of one year left open is not settled by what AA of the next has too much of."""
    text = (
        YEAR_1.replace("R-1    0       100.00", "R-1    0       60.00 ")
        + """
2.txt  VE       2      2026-01-10  411000   C1        FA-9   70.00   0       AA
2.txt  BQ       3      2026-02-15  411000   C1        R-2    0       90.00   AA
"""
    )
    items, _ = found(text)
    left = items.filter(pl.col("open_minor") != 0).select("document", "open_minor")
    assert dict(left.rows()) == {"FA-1": 4000, "FA-2": 20000, "FA-3": 5000, "R-2": -2000}


def test_what_one_year_left_of_a_code_is_settled_the_next() -> None:
    text = (
        YEAR_1.replace("R-1    0       100.00", "R-1    0       60.00 ")
        + """
2.txt  AN       1      2026-01-01  411000   C1        FA-1   100.00  0       B
2.txt  AN       1      2026-01-01  411000   C1        R-1    0       60.00   B
2.txt  AN       1      2026-01-01  411000   C1        FA-2   200.00  0       -
2.txt  AN       1      2026-01-01  411000   C2        FA-3   50.00   0       -
2.txt  BQ       2      2026-02-15  411000   C1        R-2    0       40.00   B
"""
    )
    items, told = found(text)
    assert told == []
    assert dict(items.select("document", "open_minor").rows()) == {
        "FA-1": 0, "R-1": 0, "FA-2": 20000, "FA-3": 5000, "R-2": 0,
    }  # fmt: skip


def test_an_opening_line_stands_for_an_item_with_something_left() -> None:
    """A rent of the same amount each month, without a number: all paid but the last one."""
    text = (
        HEAD
        + """
1.txt  VE       1      2025-01-31  411000   C1        -      100.00  0       A
1.txt  BQ       2      2025-02-28  411000   C1        R-1    0       100.00  A
1.txt  VE       3      2025-12-31  411000   C1        -      100.00  0       -
2.txt  AN       1      2026-01-01  411000   C1        -      100.00  0       A
2.txt  BQ       2      2026-02-15  411000   C1        R-2    0       100.00  A
"""
    )
    items, _ = found(text)
    assert items["open_minor"].to_list() == [0, 0, 0, 0]


def test_a_code_on_an_opening_that_stands_for_nothing_is_let_go() -> None:
    """One balance for each customer: the books do not say which invoices the payment settled."""
    text = (
        YEAR_1
        + """
2.txt  AN       1      2026-01-01  411000   C1        AN     200.00  0       AA
2.txt  AN       1      2026-01-01  411000   C2        AN     50.00   0       -
"""
        + PAYMENT
    )
    items, told = found(text)
    assert told == []
    assert items.filter(document="R-2")["open_minor"].to_list() == [-20000]
    assert items["open_minor"].sum() == 5000


def test_an_opening_that_differs_from_the_closing_is_told_and_kept() -> None:
    items, told = found(YEAR_1 + OPENING.replace("50.00 ", "80.00 ") + PAYMENT)
    assert told == [
        "2.txt: customer C2: opening balance 80,00, previous closing 50,00. Opening balances are "
        "those of the previous closing (C. com. art. L123-19). The difference is counted apart; "
        "export both years again."
    ]
    assert_rows(items.filter(customer="C2"), """
    document           kind     date        amount  open
    FA-3               invoice  2025-12-31  50.00   50.00
    écart d'à-nouveau  opening  2026-01-01  30.00   30.00
    """)  # fmt: skip


@pytest.mark.parametrize("year", ["missing from the opening", "missing from the closing"])
def test_a_customer_of_one_year_only_is_told(year: str) -> None:
    lines = OPENING.splitlines(keepends=True)
    if year.endswith("opening"):
        text, balance = YEAR_1 + "".join(lines[:-1]), 0
    else:
        text = YEAR_1 + OPENING
        text, balance = text + "2.txt  AN  1  2026-01-01  411000  C9  X  7.00  0  -\n", 700
    items, told = found(text)
    assert len(told) == 1
    customer = "C2" if year.endswith("opening") else "C9"
    assert items.filter(customer=customer)["open_minor"].sum() == balance


def test_the_balance_is_always_the_newer_ledgers() -> None:
    items, _ = found(YEAR_1 + OPENING.replace("50.00 ", "80.00 ") + PAYMENT)
    assert items["amount_minor"].sum() == 20000 + 8000 - 20000


# Overlapping exports

FIRST_QUARTER = (
    HEAD
    + """
1.txt  VE       1      2026-01-31  411000   C1        FA-1   100.00  0       AA
1.txt  VE       2      2026-02-28  411000   C1        FA-2   200.00  0       -
1.txt  BQ       3      2026-03-10  411000   C1        R-1    0       100.00  AA
"""
)
FROM_FEBRUARY = """
2.txt  VE       2      2026-02-28  411000   C1        FA-2   200.00  0       AB
2.txt  BQ       3      2026-03-10  411000   C1        R-1    0       100.00  AA
2.txt  BQ       4      2026-04-10  411000   C1        R-2    0       200.00  AB
"""


def test_an_entry_found_in_two_exports_counts_once() -> None:
    items, told = found(FIRST_QUARTER + FROM_FEBRUARY)
    assert items["document"].to_list() == ["FA-1", "FA-2", "R-1", "R-2"]
    assert told == [
        "1.txt: entries already present in another file: 2. Two exports that overlap hold the same "
        "entries. They are counted once."
    ]


def test_a_code_joins_what_two_overlapping_exports_say_of_it() -> None:
    """FA-1 is in the first export only, its payment in both."""
    items, _ = found(FIRST_QUARTER + FROM_FEBRUARY)
    assert items["open_minor"].to_list() == [0, 0, 0, 0]


def test_what_the_newer_export_no_longer_matches_is_not_matched() -> None:
    items, _ = found(FIRST_QUARTER + FROM_FEBRUARY.replace("AA", "- "))
    assert items["open_minor"].to_list() == [10000, 0, -10000, 0]


def test_an_entry_with_two_contents_is_told_and_the_newer_export_decides() -> None:
    items, told = found(FIRST_QUARTER + FROM_FEBRUARY.replace("200.00  0 ", "250.00  0 "))
    assert items.filter(document="FA-2")["amount_minor"].to_list() == [25000]
    assert told[1] == (
        "1.txt:3: journal VE, entry 2 of 2026-02-28: its content differs in 2.txt. One entry "
        "cannot have two contents. The version of the newer export is kept; check which one is "
        "right."
    )


def test_two_true_equal_entries_of_one_export_stay_two() -> None:
    text = (
        HEAD
        + """
1.txt  VE       1      2026-01-31  411000   C1        FA-1   100.00  0       -
1.txt  VE       2      2026-01-31  411000   C1        FA-1   100.00  0       -
"""
    )
    assert found(text)[0].height == 2


def test_entries_without_a_number_are_the_same_by_their_piece() -> None:
    text = FIRST_QUARTER + FROM_FEBRUARY
    numbers = {"1", "2", "3", "4"}
    lines = entries(text).with_columns(entry=pl.lit("0"))
    assert set(entries(text)["entry"]) == numbers
    assert receivables(lines).items.height == 4


def test_one_year_exported_twice_with_its_opening_counts_once() -> None:
    january = (
        HEAD
        + """
1.txt  AN       1      2026-01-01  411000   C1        FA-0   30.00   0       -
1.txt  VE       2      2026-01-31  411000   C1        FA-1   100.00  0       -
"""
    )
    february = (
        january.replace("1.txt", "2.txt").replace(HEAD, "")
        + """
2.txt  VE       3      2026-02-28  411000   C1        FA-2   10.00   0       -
"""
    )
    items, _ = found(january + february)
    assert items["amount_minor"].to_list() == [3000, 10000, 1000]


def test_three_years_together() -> None:
    text = (
        YEAR_1
        + OPENING
        + PAYMENT
        + """
3.txt  AN       1      2027-01-01  411000   C2        FA-3   50.00   0       A
3.txt  BQ       2      2027-02-01  411000   C2        R-3    0       50.00   A
"""
    )
    items, told = found(text)
    assert told == []
    assert items["open_minor"].to_list() == [0] * 6
    before = open_now(receivables(entries(text)), date(2027, 1, 31))
    assert before["open_minor"].sum() == 5000


def test_a_missing_year_between_two_exports_is_told() -> None:
    later = OPENING.replace("2026-01-01", "2028-01-01")
    items, told = found(YEAR_1 + later)
    assert any("nothing between 2025-12-31 and the opening of 2028-01-01" in one for one in told)
    assert items["open_minor"].sum() == 25_000
