"""The invented books of Lumière & Fils: the same bytes each time, and books that add up."""

import csv
import doctest
import importlib
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from stdnum.fr import siren, siret, tva
from tests.examples.books import (
    EXAMPLES,
    FOLDER,
    SIREN,
    Fec,
    Row,
    amount,
    of_account,
    on_customers,
    sums,
    unmatched,
)

# --- the files are what the program writes --------------------------------------------------


def test_a_fresh_run_writes_the_committed_bytes(tmp_path: Path) -> None:
    command = [sys.executable, str(EXAMPLES / "generate.py"), "--output", str(tmp_path)]
    subprocess.run(command, check=True, timeout=60, env={**os.environ, "PYTHONHASHSEED": "7"})
    fresh = {str(p.relative_to(tmp_path)): p.read_bytes() for p in tmp_path.rglob("*.*")}
    committed = {str(p.relative_to(FOLDER)): p.read_bytes() for p in FOLDER.rglob("*.*")}
    assert sorted(fresh) == sorted(committed)
    assert [name for name in fresh if fresh[name] != committed[name]] == []
    assert sum(map(len, fresh.values())) < 3_000_000


def test_the_docstrings_of_the_generator_are_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    tried = 0
    for path in sorted((EXAMPLES / "generator").glob("[a-z]*.py")):
        result = doctest.testmod(importlib.import_module(f"generator.{path.stem}"))
        assert result.failed == 0, path.name
        tried += result.attempted
    assert tried > 5


# --- the entries ----------------------------------------------------------------------------


def test_the_siren_is_well_formed() -> None:
    assert siren.is_valid(SIREN)


def test_each_file_has_the_line_ends_and_accents_of_its_program(fecs: dict[int, Fec]) -> None:
    assert fecs[2025].content.count(b"\r\n") == len(fecs[2025].rows) + 1
    assert b"\r" not in fecs[2026].content
    with pytest.raises(UnicodeDecodeError):
        fecs[2025].content.decode("utf-8")
    for fec in fecs.values():
        assert len(fec.header) == 18
        names = {row["CompAuxLib"] for row in fec.rows}
        assert {"Hôtels Bellecour", 'SARL "Le Petit Bouchon"', "Galerie Œil-de-Bœuf"} <= names


@pytest.mark.parametrize("year", [2025, 2026])
def test_each_entry_balances(fecs: dict[int, Fec], year: int) -> None:
    totals = sums(fecs[year].rows, "JournalCode", "EcritureNum")
    assert len(totals) > 1500
    assert not any(totals.values())


@pytest.mark.parametrize("year", [2025, 2026])
def test_one_side_of_each_line_is_zero_and_dates_lie_in_the_year(
    fecs: dict[int, Fec], year: int
) -> None:
    for row in fecs[year].rows:
        assert (row["Debit"] == "0,00") != (row["Credit"] == "0,00")
        assert row["EcritureDate"][:4] == str(year)
        assert row["PieceDate"] <= row["EcritureDate"]
        assert row["PieceRef"]
        assert row["EcritureLib"] == row["EcritureLib"].strip()
        assert bool(row["EcritureLet"]) == bool(row["DateLet"])
        assert row["ValidDate"] == "" or row["ValidDate"] >= row["EcritureDate"]


@pytest.mark.parametrize("year", [2025, 2026])
def test_entries_are_numbered_without_a_gap_in_each_journal(
    fecs: dict[int, Fec], year: int
) -> None:
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for row in fecs[year].rows:
        number = int(row["EcritureNum"])
        if number not in seen[row["JournalCode"]][-1:]:
            seen[row["JournalCode"]].append(number)
    assert set(seen) == {"AN", "VE", "AC", "EF", "BQ", "OD"}
    for numbers in seen.values():
        assert numbers == list(range(1, len(numbers) + 1))


def test_only_the_last_month_is_not_validated(fecs: dict[int, Fec]) -> None:
    drafts = {row["EcritureDate"][:6] for fec in fecs.values() for row in fec.rows
              if not row["ValidDate"]}  # fmt: skip
    assert drafts == {"202609"}


# --- from one year to the next --------------------------------------------------------------


def test_2026_opens_with_what_2025_left(fecs: dict[int, Fec]) -> None:
    closing = sums(fecs[2025].rows, "CompteNum", "CompAuxNum")
    result = sum(closing.pop(key) for key in list(closing) if key[0][0] in "67")
    closing["120000", ""] = closing.get(("120000", ""), 0) + result
    opening = sums([r for r in fecs[2026].rows if r["JournalCode"] == "AN"],
                   "CompteNum", "CompAuxNum")  # fmt: skip
    assert opening == {key: total for key, total in closing.items() if total}
    assert result < 0, "2025 makes a profit"


def test_each_open_invoice_is_carried_over_under_its_own_number_and_date(
    fecs: dict[int, Fec],
) -> None:
    opening = [r for r in fecs[2026].rows if r["JournalCode"] == "AN"]
    customers = of_account(opening, "411", "413", "416")
    assert len(customers) > 150
    documents = {(r["PieceRef"], r["PieceDate"]) for r in fecs[2025].rows}
    assert {(r["PieceRef"], r["PieceDate"]) for r in customers} <= documents
    assert any(r["EcritureLet"] for r in customers)


def test_the_result_of_2025_goes_to_reserves_and_shareholders(fecs: dict[int, Fec]) -> None:
    rows = [r for r in fecs[2026].rows if r["PieceRef"] == "AGO2026"]
    assert {r["CompteNum"] for r in rows} == {"106800", "110000", "120000", "457000"}
    assert sum(amount(r) for r in of_account(fecs[2026].rows, "120")) == 0


# --- matching codes -------------------------------------------------------------------------


def code_groups(rows: list[Row]) -> dict[tuple[str, ...], int]:
    coded = [row for row in rows if row["EcritureLet"]]
    return sums(coded, "CompteNum", "CompAuxNum", "EcritureLet")


PARTIAL = {
    2025: {("C013", 2760_00)},
    2026: {("C015", 1000_00), ("C030", 324_00), ("C041", 3620_00)},
}


@pytest.mark.parametrize("year", [2025, 2026])
def test_codes_cover_balanced_groups_but_for_a_few(fecs: dict[int, Fec], year: int) -> None:
    groups = code_groups(fecs[year].rows)
    assert len(groups) > 500
    left = {(key[1], total) for key, total in groups.items() if total}
    assert left == PARTIAL[year]
    names = {key[2] for key in groups if key[:2] == ("411000", "C002")}
    assert min(names) == "AAA"


@pytest.mark.parametrize("year", [2025, 2026])
def test_no_customer_owes_less_than_its_stray_credits(fecs: dict[int, Fec], year: int) -> None:
    rows = of_account(fecs[year].rows, "411")
    stray = sums([r for r in unmatched(rows) if amount(r) < 0], "CompAuxNum")
    for customer, balance in sums(rows, "CompAuxNum").items():
        assert balance >= stray.get(customer, 0), customer
    open_rows = sums(unmatched(rows), "CompAuxNum")
    partial = sum(total for _, total in PARTIAL[year])
    assert sum(open_rows.values()) + partial == sum(amount(r) for r in rows)


# --- realism: a company that has cash to gain -----------------------------------------------


@pytest.mark.parametrize(("year", "days"), [(2025, 365), (2026, 273)])
def test_the_main_figures_are_those_of_the_company_we_tell_of(
    fecs: dict[int, Fec], year: int, days: int
) -> None:
    rows = fecs[year].rows
    receivables = sum(amount(r) for r in of_account(rows, "411"))
    sales = -sum(amount(r) for r in of_account(rows, "70"))
    invoiced = sum(amount(r) for r in of_account(rows, "411") if r["JournalCode"] == "VE")
    assert 800_000_00 < receivables < 900_000_00
    assert 3_100_000_00 < sales * 365 // days < 3_350_000_00
    assert 75 < receivables * days / invoiced < 85
    assert 60_000_00 < sum(amount(r) for r in of_account(rows, "512")) < 250_000_00


def test_the_readme_tells_the_figures_of_the_books(fecs: dict[int, Fec]) -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    for fec in fecs.values():
        for prefix, sign in (("411", 1), ("70", -1), ("512", 1)):
            total = sign * sum(amount(r) for r in of_account(fec.rows, prefix))
            assert f"{round(total / 100):,} €" in text


def test_invoices_lie_between_the_smallest_and_the_largest(fecs: dict[int, Fec]) -> None:
    invoices = [r for r in of_account(fecs[2025].rows, "411")
                if r["JournalCode"] == "VE" and r["PieceRef"].startswith("FA")]  # fmt: skip
    assert 1_100 <= len(invoices) <= 1_400
    assert all(120_00 <= amount(r) <= 38_000_00 for r in invoices)
    assert [r["PieceRef"] for r in invoices] == [
        f"FA25-{n:05d}" for n in range(1, len(invoices) + 1)
    ]


# --- the stories of examples/README.md ------------------------------------------------------


def test_four_disputed_invoices_are_unpaid(fecs: dict[int, Fec]) -> None:
    disputed = [r for r in on_customers(fecs[2026].rows, "C005") if "ILOT B" in r["EcritureLib"]
                and amount(r) in {18720_00, 9456_00, 12348_00, 6984_00}]  # fmt: skip
    assert len(disputed) == 4
    assert unmatched(disputed) == disputed


def test_a_builder_in_insolvency_is_doubtful_and_depreciated(fecs: dict[int, Fec]) -> None:
    assert sum(amount(r) for r in on_customers(fecs[2025].rows, "C023")) == 0
    claims = [r for r in of_account(fecs[2026].rows, "416") if r["CompAuxNum"] == "C023"]
    assert [amount(r) for r in claims] == [4944_00, 3912_00, 3144_00]
    assert sum(amount(r) for r in of_account(fecs[2026].rows, "491")) == -6000_00


def test_a_lost_claim_is_written_off_with_its_vat(fecs: dict[int, Fec]) -> None:
    lost = [r for r in fecs[2026].rows if r["PieceRef"] == "OD-PERTE"]
    assert sum(amount(r) for r in of_account(lost, "654")) == 4500_00
    assert sum(amount(r) for r in of_account(lost, "44571")) == 900_00
    assert sum(amount(r) for r in of_account(lost, "7817")) == -2250_00
    claims = [r for r in of_account(fecs[2026].rows, "416") if r["CompAuxNum"] == "C032"]
    assert len(claims) == 4
    assert unmatched(claims) == []


def test_old_invoices_keep_their_date_and_stay_open(fecs: dict[int, Fec]) -> None:
    old = [r for r in of_account(fecs[2026].rows, "411") if r["PieceDate"] < "20250101"]
    assert [(r["PieceRef"], r["CompAuxNum"]) for r in sorted(old, key=lambda r: r["PieceDate"])][
        :7
    ] == [
        ("FA21-00611", "C033"),
        ("FA21-00964", "C045"),
        ("FA21-01132", "C044"),
        ("FA22-01207", "C012"),
        ("FA23-00188", "C041"),
        ("FA23-00297", "C025"),
        ("FA23-00402", "C013"),
    ]
    assert unmatched(old) == old


def test_a_bounced_cheque_leaves_its_invoice_open(fecs: dict[int, Fec]) -> None:
    rows = on_customers(fecs[2026].rows, "C036")
    mine = [r for r in rows if abs(amount(r)) == 2874_00]
    assert [amount(r) for r in mine] == [2874_00, -2874_00, 2874_00]
    assert [bool(r["EcritureLet"]) for r in mine] == [False, True, True]


@pytest.mark.parametrize(
    ("customer", "credit"),
    [("C040", 1848_00), ("C033", 1236_40), ("C013", 5000_00), ("C003", 10_000_00),
     ("C021", 120_00), ("C014", 96_00)],
)  # fmt: skip
def test_stray_payments_are_not_matched(fecs: dict[int, Fec], customer: str, credit: int) -> None:
    rows = unmatched(on_customers(fecs[2026].rows, customer))
    assert -credit in {amount(r) for r in rows}


def test_bills_discounts_advances_and_accruals_are_there(fecs: dict[int, Fec]) -> None:
    for account in ("413", "665", "4191", "418", "486", "709", "4452", "706200"):
        assert of_account(fecs[2025].rows, account), account
    advance = of_account(fecs[2026].rows, "4191")
    assert [(r["CompAuxNum"], amount(r)) for r in advance] == [("C010", -12_000_00)]


def test_every_customer_has_its_terms_and_kind(fecs: dict[int, Fec]) -> None:
    header, *lines = (FOLDER / "conditions.csv").read_text("utf-8").splitlines()
    assert header == "client;conditions;type"
    terms = {line.split(";")[0]: line.split(";")[1:] for line in lines}
    codes = {r["CompAuxNum"] for fec in fecs.values() for r in of_account(fec.rows, "41")}
    assert codes - {""} <= set(terms)
    kinds = [kind for _, kind in terms.values()]
    assert (kinds.count("public"), kinds.count("particulier")) == (3, 3)
    assert all(re.fullmatch(r"\d+( EOM( \d+)?)?", text) for text, _ in terms.values())


def listed_clients() -> list[dict[str, str]]:
    text = (FOLDER / "clients.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def test_every_customer_has_its_line_and_its_contacts(fecs: dict[int, Fec]) -> None:
    lines = listed_clients()
    known = [line for line in lines if line["Nom"]]
    codes = {r["CompAuxNum"] for fec in fecs.values() for r in of_account(fec.rows, "41")}
    assert codes - {""} <= {line["Code client"] for line in known}
    names = {r["CompAuxNum"]: r["CompAuxLib"] for fec in fecs.values() for r in fec.rows}
    assert all(line["Nom"].startswith(names.get(line["Code client"], "")) for line in known)
    assert len({line["Segment"] for line in known}) == 7
    assert len({line["Groupe"] for line in known} - {""}) == 3
    assert 50 < len(lines) == len({line["E-mail"] for line in lines})


def test_what_the_list_of_customers_says_is_well_formed_and_nobodys() -> None:
    for line in listed_clients():
        assert line["E-mail"].endswith(".example")
        assert line["Téléphone"].startswith("01 99 00 ")  # kept by ARCEP for fiction
        if line["SIREN"]:
            assert siren.is_valid(line["SIREN"])
            assert line["SIREN"].startswith("001 ")
            assert siret.is_valid(line["SIRET"])
            assert tva.is_valid(line["N° TVA"])
            assert line["SIRET"].startswith(line["SIREN"].replace(" ", ""))
