"""Every command: what it answers, in every format, and its exit code."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.cli.commands import LUMIERE, asked, run, written

from quittance import __version__

ON_BOOKS = (
    "report", "aging", "open-items", "kpis", "late-charges", "working-capital", "limitation",
    "worklist", "problems",
)  # fmt: skip
CHARGES = ("charges", "--amount", "10000", "--due", "2026-05-01", "--on", "2026-09-03")


@pytest.fixture
def books(tmp_path: Path) -> Path:
    return written(tmp_path)


# Every command


def test_the_version_and_the_help_are_told() -> None:
    assert run("--version").stdout == f"quittance {__version__}\n"
    told = run("--help").stdout
    assert all(name in told for name in (*ON_BOOKS, "charges", "terms", "law"))


def test_without_a_command_the_help_is_shown() -> None:
    result = run()
    assert result.exit_code == 2
    assert "aging" in result.output


@pytest.mark.parametrize("command", ON_BOOKS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_command_on_books_prints_a_page(command: str, lang: str, books: Path) -> None:
    result = run(command, books, "--lang", lang)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 3
    assert "31/03/2026" in result.stdout if lang == "fr" else "31 Mar 2026" in result.stdout


@pytest.mark.parametrize("command", ON_BOOKS)
def test_a_command_reads_the_example(command: str) -> None:
    answer = asked(command, LUMIERE)
    assert answer["report"] == {"report": "overview"}.get(command, command)
    assert answer["as_of"] == "2026-09-30"
    assert answer["problems"] == []


@pytest.mark.parametrize("command", ON_BOOKS)
@pytest.mark.parametrize("form", ["json", "csv", "csv-fr", "xlsx", "html"])
def test_a_command_has_every_format(command: str, form: str, books: Path) -> None:
    content = run(command, books, "--format", form).stdout_bytes
    starts = {"json": b"{", "xlsx": b"PK\x03\x04", "html": b"<!"}
    assert content.lstrip().startswith(starts.get(form, b""))
    if form == "csv-fr":
        assert content.startswith(b"\xef\xbb\xbf")
        assert b";" in content


# Exit codes


def test_exit_code_0_is_fine_warnings_included(books: Path) -> None:
    books.write_bytes(books.read_bytes().replace(b"99,90", b"99.90"))
    result = run("aging", books, "--format", "csv")
    assert result.exit_code == 0
    assert "point décimal" in result.stderr


def test_exit_code_1_is_read_with_problems(books: Path) -> None:
    books.write_bytes(books.read_bytes().replace(b"99,90", b"99;90", 1))
    result = run("aging", books, "--format", "csv")
    assert result.exit_code == 1
    assert [line.split(",")[0] for line in result.stdout.splitlines()] == ["customer", "C1"]
    assert "montant illisible" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("aging",),
        ("aging", "nowhere.txt"),
        ("aging", "{books}", "--format", "yaml"),
        ("aging", "{books}", "--as-of", "hier"),
        ("aging", "{books}", "--known-on", "31/02/2026"),
        ("aging", "{books}", "--allocate", "lifo"),
        ("aging", "{books}", "--terms", "bientôt"),
        ("aging", "{books}", "--customer", "C9"),
        ("aging", "{books}", "--map", "amount"),
        ("aging", "{books}", "--buckets", "30,x"),
        ("charges", "--amount", "dix", "--due", "2026-05-01", "--on", "2026-09-03"),
        ("charges", "--amount", "-10", "--due", "2026-05-01", "--on", "2026-09-03"),
        (*CHARGES, "--payment", "2026-07-01"),
        (*CHARGES, "--rate", "beaucoup"),
        ("terms", "--invoice-date", "2026-01-01", "--terms", "bientôt"),
        ("law", "rates", "--on", "1789-07-14x"),
        ("nonsense",),
    ],
)
def test_exit_code_2_is_unusable_input_or_usage(arguments: tuple[str, ...], books: Path) -> None:
    result = run(*(one.format(books=books) for one in arguments))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip()


# The JSON contract of the issue


def test_the_contract_of_aging(books: Path) -> None:
    answer = asked("aging", books)
    assert set(answer) >= {"as_of", "currency", "rows", "totals", "notes", "problems"}
    assert (answer["as_of"], answer["currency"]) == ("2026-03-31", "EUR")
    assert answer["rows"] == [
        {
            "customer": "C1", "name": "Morel", "currency": "EUR", "not_due_minor": 0,
            "days_1_30_minor": 60000, "days_31_60_minor": 0, "days_61_90_minor": 0,
            "days_over_90_minor": 0, "unallocated_minor": -10000, "balance_minor": 50000,
        },
        {
            "customer": "C2", "name": "Brunel", "currency": "EUR", "not_due_minor": 0,
            "days_1_30_minor": 9990, "days_31_60_minor": 0, "days_61_90_minor": 0,
            "days_over_90_minor": 0, "unallocated_minor": 0, "balance_minor": 9990,
        },
    ]  # fmt: skip
    assert answer["totals"] == [
        {
            "currency": "EUR", "not_due_minor": 0, "days_1_30_minor": 69990, "days_31_60_minor": 0,
            "days_61_90_minor": 0, "days_over_90_minor": 0, "unallocated_minor": -10000,
            "balance_minor": 59990,
        }
    ]  # fmt: skip


def test_the_contract_of_open_items(books: Path) -> None:
    rows = asked("open-items", books)["rows"]
    contract = (
        "customer", "document", "kind", "issue_date", "due_date", "days_past_due", "currency",
        "amount_minor", "open_minor",
    )  # fmt: skip
    assert [tuple(row[name] for name in contract) for row in rows] == [
        ("C1", "FA-2", "invoice", "2026-02-15", "2026-03-17", 14, "EUR", 60000, 60000),
        ("C2", "FA-3", "invoice", "2026-02-28", "2026-03-30", 1, "EUR", 9990, 9990),
        ("C1", "R-2", "payment", "2026-03-31", "2026-03-31", 0, "EUR", -10000, -10000),
    ]


def test_the_contract_of_charges() -> None:
    answer = asked(*CHARGES, "--payment", "2026-07-01:4000")
    assert answer["principal_open_minor"] == 600000
    assert answer["indemnity_minor"] == 4000
    segments = answer["segments"]
    assert all(
        set(one)
        >= {"from_date", "to_date", "days", "base_minor", "rate_percent", "article"}
        for one in segments
    )  # fmt: skip
    assert segments[0]["from_date"] == "2026-05-02"  # the day after the due date
    assert segments[-1]["to_date"] == "2026-09-03"  # the last day counts
    exact = sum(
        Fraction(one["base_minor"])
        * Fraction(str(one["rate_percent"]))
        / 100
        * one["days"]
        / 365
        for one in segments
    )  # fmt: skip
    assert answer["interest_minor"] == int(exact + Fraction(1, 2))
    total = answer["interest_minor"] + answer["indemnity_minor"] + answer["principal_open_minor"]
    assert answer["total_due_minor"] == total


def test_segments_are_contiguous_and_count_their_days() -> None:
    segments = asked(*CHARGES, "--payment", "2026-07-01:4000")["segments"]
    days = [
        (date.fromisoformat(s["from_date"]), date.fromisoformat(s["to_date"])) for s in segments
    ]
    assert [s["days"] for s in segments] == [(last - first).days + 1 for first, last in days]
    assert all((days[n + 1][0] - days[n][1]).days == 1 for n in range(len(days) - 1))


def test_problems_are_part_of_the_answer(books: Path) -> None:
    books.write_bytes(books.read_bytes().replace(b"99,90", b"99;90", 1))
    result = run("aging", books, "--format", "json", "--lang", "en")
    (first, second) = json.loads(result.stdout)["problems"]
    assert (first["line"], first["code"], first["severity"]) == (6, "fec-amount", "error")
    assert first["text"].startswith("ventes.txt:6: unreadable amount: debit '99;90'")
    assert second["code"] == "fec-entry-incomplete"


# Money in other formats


def test_money_is_decimal_in_csv(books: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("open-items", books, "--format", "csv").stdout)))
    assert [Decimal(row["open"]) for row in rows] == [
        Decimal("600.00"),
        Decimal("99.90"),
        Decimal("-100.00"),
    ]
    assert [row["due_date"] for row in rows] == ["2026-03-17", "2026-03-30", "2026-03-31"]
    french = run("open-items", books, "--format", "csv-fr").stdout
    assert "99,90" in french


def test_money_is_a_number_in_xlsx(books: Path) -> None:
    content = run("open-items", books, "--format", "xlsx").stdout_bytes
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    pages = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    cells = [cell for page in pages for row in page for cell in row]
    assert 99.9 in cells
    assert date(2026, 3, 30) in cells


# One debt, terms, law


def test_charges_of_each_kind_of_customer() -> None:
    assert asked(*CHARGES)["indemnity_minor"] == 4000
    assert asked(*CHARGES, "--customer", "consumer")["interest_minor"] == 0
    noticed = asked(*CHARGES, "--customer", "consumer", "--notice", "2026-06-01")
    assert noticed["segments"][0]["from_date"] > "2026-06-01"
    assert noticed["indemnity_minor"] == 0
    assert asked(*CHARGES, "--customer", "public")["interest_minor"] > 0


def test_a_contract_rate_under_the_floor_is_told() -> None:
    answer = asked(*CHARGES, "--rate", "1%")
    assert "plancher" in answer["notes"][0]
    assert {segment["rate_percent"] for segment in answer["segments"]} == {1}
    assert len(asked(*CHARGES, "--rate", "3xlegal")["segments"]) >= 1


@pytest.mark.parametrize("currency", ["JPY", "jpy"])
def test_a_debt_in_another_currency_has_its_decimals(currency: str) -> None:
    answer = asked(*CHARGES, "--currency", currency)
    assert answer["principal_open_minor"] == 10000
    assert answer["currency"] == "JPY"


def test_nothing_is_due_on_the_due_date() -> None:
    answer = asked("charges", "--amount", "1", "--due", "2026-05-01", "--on", "2026-05-01")
    assert answer["segments"] == []
    assert answer["interest_minor"] == 0


def test_terms_of_an_invoice_and_their_ceiling() -> None:
    (row,) = asked("terms", "--invoice-date", "2026-01-15", "--terms", "45 EOM")["rows"]
    assert row["due_date"] == "2026-03-31"
    assert row["other_reading_date"] == "2026-03-17"
    two = asked("terms", "--invoice-date", "2026-01-15", "--terms", "30% 0 + 70% 90")["rows"]
    assert [row["due_date"] for row in two] == ["2026-01-15", "2026-04-15"]


def test_legal_rates_on_a_day() -> None:
    answer = asked("law", "rates", "--on", "2026-09-03")
    assert answer["as_of"] == "2026-09-03"
    assert len(answer["rows"]) > 1


def test_legal_rates_of_today_need_no_day() -> None:
    assert run("law", "rates", "--format", "json").exit_code == 0


# The program itself


def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    code = "from quittance.cli.main import run; run()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_the_program_answers_as_its_commands_do(books: Path) -> None:
    done = process("aging", books, "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["rows"] == asked("aging", books)["rows"]
    assert done.stderr == b""
    assert process("aging", "nowhere.txt").returncode == 2


def test_an_output_that_lacks_a_character_is_no_reason_to_stop(books: Path) -> None:
    """A page sent to a file on Windows is in cp1252, which has no blocks to draw bars with."""
    done = process("aging", books, PYTHONIOENCODING="cp1252")
    assert done.returncode == 0
    assert done.stdout.decode("cp1252").startswith("Balance âgée")


def test_help_loads_no_data_frame() -> None:
    """`--help` is instant because what a command needs is imported when it runs."""
    code = "import quittance.cli.main, sys; print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"False\n"
