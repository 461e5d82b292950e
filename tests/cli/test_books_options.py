"""The options that every command on books has, seen from outside."""

from pathlib import Path

import pytest
from tests.cli.commands import asked, listed, run, written


@pytest.fixture
def books(tmp_path: Path) -> Path:
    return written(tmp_path)


def test_as_of_says_on_which_day(books: Path) -> None:
    answer = asked("aging", books, "--as-of", "2026-03-10")
    assert answer["as_of"] == "2026-03-10"
    assert [row["balance_minor"] for row in answer["rows"]] == [180000, 9990]
    assert asked("aging", books, "--as-of", "10/03/2026")["rows"] == answer["rows"]


def test_known_on_forgets_what_was_recorded_later(books: Path) -> None:
    """The payment of 15 March was matched on the 20th: on the 16th it was not allocated yet."""
    day = ("--as-of", "2026-03-16")
    (row, _) = asked("aging", books, *day, "--known-on", "2026-03-16")["rows"]
    assert (row["unallocated_minor"], row["balance_minor"]) == (-120000, 60000)
    (row, _) = asked("aging", books, *day)["rows"]
    assert (row["unallocated_minor"], row["balance_minor"]) == (0, 60000)


def test_known_on_alone_is_as_of_what_was_known(books: Path) -> None:
    answer = asked("aging", books, "--known-on", "2026-03-16")
    assert answer["as_of"] == "2026-03-15"


def test_buckets_are_named_by_their_edges(books: Path) -> None:
    (row, _) = asked("aging", books, "--buckets", "10,20")["rows"]
    names = [name for name in row if name.endswith("_minor")]
    assert names == [
        "not_due_minor", "days_1_10_minor", "days_11_20_minor", "days_over_20_minor",
        "unallocated_minor", "balance_minor",
    ]  # fmt: skip
    assert row["days_11_20_minor"] == 60000


def test_customer_restricts_the_books(books: Path) -> None:
    assert [r["customer"] for r in asked("aging", books, "--customer", "C2")["rows"]] == ["C2"]
    both = asked("aging", books, "--customer", "C2", "--customer", "C1")
    assert both["rows"] == asked("aging", books)["rows"]


def test_allocate_fifo_settles_oldest_first_and_says_so(books: Path) -> None:
    answer = asked("aging", books, "--allocate", "fifo")
    assert answer["rows"][0]["days_1_30_minor"] == 50000
    assert answer["rows"][0]["unallocated_minor"] == 0
    assert [note for note in answer["notes"] if "--allocate fifo" in note] == [
        "1 lettrage(s) supposé(s), du plus ancien au plus récent (--allocate fifo) : 8 % des "
        "règlements et avoirs."
    ]
    assert not [note for note in asked("aging", books)["notes"] if "fifo" in note]


def test_books_without_a_matching_code_say_how_to_settle_them(books: Path) -> None:
    books.write_bytes(books.read_bytes().replace(b"\tA\t", b"\t\t"))
    assert any("--allocate fifo" in note for note in asked("aging", books)["notes"])


@pytest.mark.parametrize(
    ("terms", "due", "said"),
    [
        ((), "2026-03-17", "« 30 » (délai légal à défaut d'accord"),
        (("60",), "2026-04-16", "« 60 »."),
        (("45 EOM",), "2026-04-30", "« 45 EOM »."),
        (("30 fin de mois le 10",), "2026-04-10", "« 30 fin de mois le 10 »."),
    ],
)
def test_terms_give_the_due_dates_and_the_report_says_so(
    terms: tuple[str, ...], due: str, said: str, books: Path
) -> None:
    options = [word for text in terms for word in ("--terms", text)]
    answer = asked("open-items", books, *options)
    (row,) = (row for row in answer["rows"] if row["document"] == "FA-2")
    assert row["due_date"] == due
    assert any(said in note for note in answer["notes"])


def test_terms_by_customer_come_from_a_list(books: Path, tmp_path: Path) -> None:
    terms = listed(tmp_path, "client;conditions\nC1;60\nC9;10\n", "conditions.csv")
    answer = asked("open-items", books, "--terms", terms, "--terms", "45")
    due = {row["document"]: row["due_date"] for row in answer["rows"]}
    assert (due["FA-2"], due["FA-3"]) == ("2026-04-16", "2026-04-14")
    assert any(
        "les conditions propres à 1 client(s), et « 45 » pour les autres" in n
        for n in answer["notes"]
    )


def test_the_language_changes_words_and_never_numbers(books: Path) -> None:
    french, english = asked("aging", books), asked("aging", books, "--lang", "en")
    assert (french["title"], english["title"]) == ("Balance âgée", "Aged balance")
    assert french["rows"] == english["rows"]


# Output files


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.json", b"{"),
        ("a.csv", b"customer,"),
        ("a.xlsx", b"PK"),
        ("a.html", b"<!"),
        ("a.txt", "Balance âgée".encode()),
        ("deep/er/a.json", b"{"),
    ],
)
def test_the_suffix_of_the_output_says_the_format(
    name: str, start: bytes, books: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    result = run("aging", books, "-o", path)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == f"→ {path}\n"
    assert path.read_bytes().startswith(start)


def test_a_name_that_says_another_format_is_refused(books: Path, tmp_path: Path) -> None:
    for name, options in (("a.csv", ["--format", "json"]), ("a.pdf", []), ("a", [])):
        result = run("aging", books, *options, "-o", tmp_path / name)
        assert result.exit_code == 2
        assert not (tmp_path / name).exists()
