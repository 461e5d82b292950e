"""The FEC reader: every quirk in a golden file, and what holds of any FEC."""

import re
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.readers import fecs, regenerate

from quittance.core.aging import aging
from quittance.core.allocations import residuals
from quittance.core.book import Book
from quittance.core.ledger import receivables
from quittance.core.problems import UnusableInput, sentences, set_aside
from quittance.core.schema import ENTRIES
from quittance.core.terms import with_due_dates
from quittance.law.tables import load_law
from quittance.readers import fec
from quittance.readers.reader import Source

FEW = settings(max_examples=25, derandomize=True, deadline=None)
LAW = load_law()
SAME_AS_TAB = {
    "amount-and-side-letters", "amount-and-side-signs", "amounts-empty-for-zero",
    "amounts-with-thousands", "cash-basis-22-columns", "columns-in-another-order", "cp1252",
    "crcrlf", "crlf", "headings-in-capitals", "headings-in-small-letters", "iso-8859-15",
    "no-newline-at-the-end", "old-mac-cr", "pipe", "semicolon", "space-padded",
    "trailing-separator", "trailing-separator-in-lines", "trailing-separator-in-some-lines",
    "utf-16-with-bom", "utf-16-without-bom", "utf-8-with-bom", "zero-padded-amounts",
}  # fmt: skip
READ_WITH_A_WARNING = {
    "decimal-point", "french-dates", "headings-misspelled", "iso-dates",
}  # fmt: skip


def without_place(case: str) -> str:
    """A golden file without its first line, which names the file and its form."""
    return regenerate.golden(case).read_text(encoding="utf-8").split("\n", 1)[1]


def rows_of(case: str) -> str:
    """The rows of a golden file and what the customers owe, without the problems."""
    return re.sub(r"\n\n(warning|error|no problem)[^=]*", "\n\n", without_place(case))


@pytest.mark.parametrize("case", regenerate.cases())
def test_a_sample_reads_as_its_golden_file_shows(case: str) -> None:
    """After a wanted change: .venv/bin/python tests/readers/regenerate.py, and read the diff."""
    assert regenerate.dump(case) == regenerate.golden(case).read_text(encoding="utf-8")


def test_every_golden_file_has_its_sample() -> None:
    golden = {path.name.split(".")[0] for path in regenerate.SAMPLES.glob("*.expected.txt")}
    assert golden == {case for case in regenerate.cases() if regenerate.files(case)}


@pytest.mark.parametrize("case", sorted(SAME_AS_TAB))
def test_a_liberty_of_form_changes_nothing(case: str) -> None:
    assert without_place(case) == without_place("tab")


@pytest.mark.parametrize("case", sorted(READ_WITH_A_WARNING))
def test_a_liberty_that_the_law_forbids_is_read_and_told(case: str) -> None:
    assert rows_of(case) == rows_of("tab")
    assert "warning, 0 set aside" in without_place(case)


@pytest.mark.parametrize("case", regenerate.cases())
def test_rows_and_lines_set_aside_are_the_lines_of_the_sample(case: str) -> None:
    for path in regenerate.files(case):
        content = path.read_bytes()
        reading = fec.read(Source(path.name, content))
        assert reading.rows.height + set_aside(reading.problems) == reading.lines


def test_the_samples_have_the_bytes_that_their_names_promise() -> None:
    """A tool that rewrites newlines or encodings would make the samples prove nothing."""
    content = {
        case: (regenerate.SAMPLES / f"{case}.txt").read_bytes() for case in regenerate.cases()
    }
    assert b"remise 5 \xa4" in content["iso-8859-15"]
    assert b"\xbcuvre" in content["iso-8859-15"]
    assert b"remise 5 \x80" in content["cp1252"]
    assert b"\x8cuvre" in content["cp1252"]
    assert content["utf-8-with-bom"].startswith(b"\xef\xbb\xbf")
    assert content["utf-16-with-bom"].startswith(b"\xff\xfe")
    assert content["crlf"].count(b"\r\n") == 9
    assert content["crcrlf"].count(b"\r\r\n") == 9
    assert content["old-mac-cr"].count(b"\r") == 9
    assert b"\n" not in content["old-mac-cr"]
    assert b"\r" not in content["tab"]


# What the file says of itself


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("732829320FEC20251231.txt", []),
        ("732829320fec20251231.TXT", []),
        ("732829321FEC20251231.txt", ["fec-name-siren"]),
        ("732829320FEC20241231.txt", ["fec-name-period"]),  # the entries come after the closing
        ("732829320FEC20270331.txt", ["fec-name-period"]),  # …or more than a year before it
        ("732829320FEC20259931.txt", ["fec-name-period"]),  # no such day
        ("ventes.txt", []),
    ],
)
def test_the_name_is_checked_against_the_content(name: str, codes: list[str]) -> None:
    reading = fec.read(fecs.source(name=name))
    assert reading.problems["code"].to_list() == codes
    assert reading.rows.height == 7


def test_the_name_never_decides_what_a_file_is() -> None:
    assert fec.identify(fecs.source(name="picture.png"))
    assert not fec.identify(Source("732829320FEC20251231.txt", b"a;b;c\n1;2;3\n"))


def test_entries_come_out_in_their_stated_columns() -> None:
    rows = fec.read(fecs.source()).rows
    assert dict(rows.schema) == dict(ENTRIES)
    assert rows["line"].to_list() == [2, 3, 4, 5, 6, 7, 8]
    assert rows["entry_id"].n_unique() == 3


def test_two_entries_of_one_number_in_two_journals_are_two() -> None:
    table = """
    journal  entry  date      account  customer  piece  debit  credit
    VE       1      20250131  411000   C1        FA-1   10,00  0,00
    VE       1      20250131  707000   -         FA-1   0,00   10,00
    BQ       1      20250131  512000   -         R-1    10,00  0,00
    BQ       1      20250131  411000   C1        R-1    0,00   10,00
    """
    assert fec.read(fecs.source(table)).rows["entry_id"].n_unique() == 2


# What cannot be read


def test_a_file_without_a_heading_is_refused() -> None:
    headless = fecs.fec().split(b"\n", 1)[1]
    assert not fec.identify(Source("a.txt", headless))
    with pytest.raises(UnusableInput, match="does not hold the column names of a FEC"):
        fec.read(Source("a.txt", headless))


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("JournalCode", "JournalCode missing"),
        ("EcritureDate", "EcritureDate missing"),
        ("CompteNum", "CompteNum missing"),
        ("Debit", "Debit/Credit missing"),
    ],
)
def test_without_an_essential_column_nothing_is_read(missing: str, told: str) -> None:
    columns = [name for name in fecs.COLUMNS if name != missing]
    content = fecs.written(fecs.lines(fecs.SALE_AND_PAYMENT), columns=columns)
    with pytest.raises(UnusableInput, match=told):
        fec.read(Source("a.txt", content))


def test_fewer_columns_are_told_and_the_rest_is_read() -> None:
    columns = [name for name in fecs.COLUMNS if name not in ("EcritureLet", "DateLet", "ValidDate")]
    content = fecs.written(fecs.lines(fecs.SALE_AND_PAYMENT), columns=columns)
    reading = fec.read(Source("a.txt", content))
    assert reading.rows.height == 7
    assert sentences(reading.problems, "en") == [
        "a.txt:1: missing columns: EcritureLet, DateLet, ValidDate. A FEC has 18 columns "
        "(LPF art. A47 A-1). The rest is read; export the complete file before a tax audit."
    ]


def test_an_entry_is_read_whole_or_set_aside_whole() -> None:
    table = fecs.SALE_AND_PAYMENT.replace("0,00     200,00 ", "0,00     2OO,00 ")
    reading = fec.read(fecs.source(table))
    assert reading.rows["line"].to_list() == [5, 6, 7, 8]
    assert reading.problems.select("line", "lines", "code").rows() == [
        (2, 2, "fec-entry-incomplete"),
        (4, 1, "fec-amount"),
    ]


def test_two_unbalanced_entries_of_two_days_do_not_make_up_for_each_other() -> None:
    """Only on one day of one journal may lines of different numbers be one entry."""
    table = """
    journal  entry  date      account  customer  piece  debit  credit
    VE       1      20250131  411000   C1        FA-1   12,00  0,00
    VE       1      20250131  707000   -         FA-1   0,00   10,00
    VE       2      20250201  411000   C1        FA-2   10,00  0,00
    VE       2      20250201  707000   -         FA-2   0,00   12,00
    """
    reading = fec.read(fecs.source(table))
    assert reading.rows.is_empty()
    assert reading.problems["code"].to_list() == ["fec-entry-unbalanced", "fec-entry-unbalanced"]
    same_day = fec.read(fecs.source(table.replace("20250201", "20250131")))
    assert same_day.rows.height == 4


def test_a_line_with_two_faults_is_told_twice_and_counted_once() -> None:
    table = fecs.SALE_AND_PAYMENT.replace("411000   C2        FA-2   600,00", "?  C2  FA-2  6OO,00")
    told = fec.read(fecs.source(table)).problems
    assert told.filter(line=5).select("code", "lines").rows() == [
        ("fec-account", 1),
        ("fec-amount", 0),
    ]


def test_an_empty_amount_beside_a_side_is_not_zero() -> None:
    rows = fecs.lines(fecs.SALE_AND_PAYMENT)
    sided = [
        {**row, "Montant": max(row["Debit"], row["Credit"], key=len), "Sens": side}
        for row, side in zip(rows, "DCCDCDC", strict=True)
    ]
    sided[3]["Montant"] = " "
    columns = [*fecs.COLUMNS[:11], "Montant", "Sens", *fecs.COLUMNS[13:]]
    reading = fec.read(Source("a.txt", fecs.written(sided, columns=columns)))
    assert reading.problems["code"].to_list() == ["fec-amount-missing", "fec-entry-incomplete"]


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("999999999999,99", 99_999_999_999_999),  # the largest amount
        ("1000000000000,00", None),
        ("1000000000000000,00", None),  # 10^15
        ("12,345", None),
        ("12,340", 1234),
        ("abc", None),
        ("1e3", None),
        ("12,5", 1250),
        ("12", 1200),
        ("-12,00", None),  # a negative debit is a credit
    ],
)
def test_an_amount_is_exact_or_refused(written: str, minor: int | None) -> None:
    table = f"""
    journal  entry  date      account  customer  piece  debit  credit
    VE       1      20250131  411000   C1        FA-1   {written}  0,00
    VE       1      20250131  707000   -         FA-1   0,00   {written}
    """
    rows = fec.read(fecs.source(table)).rows
    assert rows["debit_minor"].to_list() == ([minor, 0] if minor else [0, 1200][: rows.height])


def test_a_negative_debit_is_a_credit() -> None:
    table = """
    journal  entry  date      account  customer  piece  debit    credit
    VE       1      20250131  411000   C1        FA-1   -120,00  0,00
    VE       1      20250131  707000   -         FA-1   0,00     -120,00
    """
    rows = fec.read(fecs.source(table)).rows
    assert rows.select("debit_minor", "credit_minor").rows() == [(0, 12000), (12000, 0)]


def test_texts_cannot_command_the_terminal() -> None:
    hostile = fecs.fec().replace(b"20250215\t411000", b"2025\x1b[2J\t411000", 1)
    (told,) = [
        text
        for text in sentences(fec.read(Source("a.txt", hostile)).problems, "en")
        if "entry date" in text
    ]
    assert "\x1b" not in told


# What holds of any FEC


FAULTS = {
    "a field dropped": lambda line, at: line[:at] + line[at + 1 :],
    "a field added": lambda line, at: [*line[:at], "x", *line[at:]],
    "garbage for an amount": lambda line, at: [*line[:11], "1.2.3", *line[12:]],
    "another amount": lambda line, at: [*line[:11], "7,77", *line[12:]],
    "no amount": lambda line, at: [*line[:11], "", "", *line[13:]],
    "31 February": lambda line, at: [*line[:3], "20250231", *line[4:]],
    "no date": lambda line, at: [*line[:3], "", *line[4:]],
    "another date": lambda line, at: [*line[:3], "20250404", *line[4:]],
    "no account": lambda line, at: [*line[:4], "", *line[5:]],
    "an empty line": lambda line, at: [""],
    "any field broken": lambda line, at: [*line[:at], "\x00?\u00e9", *line[at + 1 :]],
}


@st.composite
def books(draw: st.DrawFn) -> list[list[str]]:
    """The lines of a FEC of sales and payments, some of them matched, as fields."""
    sales = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["C1", "C2", "C3"]),
                st.integers(1, 28),
                st.integers(1, 99_999),
                st.sampled_from(["", "A", "B"]),
                st.booleans(),
            ),
            min_size=2,
            max_size=8,
        )
    )
    table = [
        ["journal", "entry", "date", "account", "customer", "piece", "debit", "credit", "code"]
    ]
    for number, (customer, day, cents, code, is_sale) in enumerate(sales, 1):
        amount = f"{cents // 100},{cents % 100:02}"
        journal, other = ("VE", "707000") if is_sale else ("BQ", "512000")
        head = [journal, str(number), f"202501{day:02}"]
        owed, piece = [amount, "0,00"], f"P{number}"
        here = owed if is_sale else owed[::-1]
        table.append([*head, "411000", customer, piece, *here, code or "-"])
        table.append([*head, other, "-", piece, *here[::-1], "-"])
    text = "\n".join("  ".join(row) for row in table)
    return [[row[name] for name in fecs.COLUMNS] for row in fecs.lines(text)]


def content_of(lines: list[list[str]]) -> bytes:
    return "\n".join("\t".join(line) for line in [[*fecs.COLUMNS], *lines]).encode()


@FEW
@given(
    books(),
    st.lists(
        st.tuples(st.integers(0, 99), st.sampled_from(sorted(FAULTS)), st.integers(0, 17)),
        max_size=6,
    ),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_rows_and_lines_set_aside_are_the_lines_whatever_is_broken(
    lines: list[list[str]], faults: list[tuple[int, str, int]], encoding: str
) -> None:
    for place, name, at in faults:
        lines[place % len(lines)] = FAULTS[name](lines[place % len(lines)], at)
    content = content_of(lines).decode().encode(encoding)
    reading = fec.read(Source("a.txt", content))
    assert reading.lines == len([line for line in lines if any(line)])
    assert reading.rows.height + set_aside(reading.problems) == reading.lines
    balance = reading.rows.group_by("journal", "date").agg(
        pl.col("debit_minor", "credit_minor").sum()
    )
    assert balance.filter(pl.col("debit_minor") != pl.col("credit_minor")).is_empty()


@FEW
@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(tail: bytes) -> None:
    """Whatever follows the heading, a file is read, or refused with a sentence."""
    heading = "\t".join(fecs.COLUMNS).encode()
    reading = fec.read(Source("a.txt", heading + b"\n" + tail))
    assert reading.rows.height + set_aside(reading.problems) == reading.lines


def owed(content: bytes, *others: bytes) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The aged balance, and what is open of each document, of some exports."""
    files = [fec.read(Source(f"{n}.txt", one)) for n, one in enumerate((content, *others))]
    found = receivables(pl.concat([one.rows for one in files]))
    items = with_due_dates(found.items, found.customers, default="30")
    book = Book(found.customers, items, found.allocations, LAW)
    open_now = residuals(items, found.allocations).group_by("customer", "document", "kind").agg(
        pl.col("amount_minor", "open_minor").sum()
    )  # fmt: skip
    return aging(book, date(2025, 4, 1)), open_now.sort("customer", "document", "kind")


@FEW
@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_never_matters(lines: list[list[str]], chance: object) -> None:
    before = owed(content_of(lines))
    chance.shuffle(lines)  # type: ignore[attr-defined]
    after = owed(content_of(lines))
    assert_frame_equal(after[0], before[0])
    assert_frame_equal(after[1], before[1])


@FEW
@given(books())
def test_an_export_given_twice_counts_once(lines: list[list[str]]) -> None:
    once, twice = owed(content_of(lines)), owed(content_of(lines), content_of(lines))
    assert_frame_equal(twice[0], once[0])
    assert_frame_equal(twice[1], once[1])


def test_a_reading_is_the_same_each_time() -> None:
    one, other = fec.read(fecs.source()), fec.read(fecs.source())
    assert replace(one, rows=None, problems=None) == replace(other, rows=None, problems=None)
    assert_frame_equal(one.rows, other.rows)
