"""The four bank files of September 2026 say what account 512 says."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from stdnum import iban
from tests.examples.books import FOLDER, Fec, amount, cents, of_account

BANK = "banque/releve-2026-09"
OVERPUNCH = {letter: (n, 1) for n, letter in enumerate("{ABCDEFGHI")}
OVERPUNCH |= {letter: (n, -1) for n, letter in enumerate("}JKLMNOPQR")}
CAMT = "{urn:iso:std:iso:20022:tech:xsd:camt.053.001.08}"


@pytest.fixture(scope="module")
def statement() -> ET.Element:
    text = (FOLDER / f"{BANK}.camt053.xml").read_text("utf-8")
    found = ET.fromstring(text).find(f".//{CAMT}Stmt")  # noqa: S314 (our own file)
    assert found is not None
    return found


def bank_rows(fecs: dict[int, Fec]) -> tuple[int, list[tuple[str, int]], int]:
    """Opening balance, movements by day, closing balance of 512 in the books."""
    rows = of_account(fecs[2026].rows, "512")
    opening = sum(amount(r) for r in rows if r["EcritureDate"] < "20260901")
    moves = [(r["EcritureDate"], amount(r)) for r in rows if r["EcritureDate"] >= "20260901"]
    return opening, sorted(moves), sum(amount(r) for r in rows)


def signed(node: ET.Element) -> int:
    value = cents(node.findtext(f"{CAMT}Amt", ""))
    return value if node.findtext(f"{CAMT}CdtDbtInd") == "CRDT" else -value


def test_camt_balances_chain_and_equal_the_books(
    fecs: dict[int, Fec], statement: ET.Element
) -> None:
    opening, closing = (signed(node) for node in statement.findall(f"{CAMT}Bal"))
    moves = [
        (node.findtext(f"{CAMT}BookgDt/{CAMT}Dt", "").replace("-", ""), signed(node))
        for node in statement.findall(f"{CAMT}Ntry")
    ]
    assert opening + sum(value for _, value in moves) == closing
    assert (opening, sorted(moves), closing) == bank_rows(fecs)
    total = statement.find(f"{CAMT}TxsSummry/{CAMT}TtlNtries/{CAMT}TtlNetNtry")
    assert total is not None
    assert signed(total) == closing - opening


def test_camt_names_the_parties_with_valid_accounts(statement: ET.Element) -> None:
    accounts = [node.text or "" for node in statement.iter(f"{CAMT}IBAN")]
    assert len(set(accounts)) > 40
    assert [text for text in accounts if not iban.is_valid(text)] == []
    assert {text[:2] for text in accounts} == {"FR", "DE", "AT"}
    texts = [node.text or "" for node in statement.iter(f"{CAMT}Ustrd")]
    assert any(text.startswith("FACTURES FA26-") for text in texts)
    assert max(map(len, texts)) <= 140


def overpunched(text: str) -> int:
    digit, sign = OVERPUNCH[text[-1]]
    return sign * int(f"{text[:-1]}{digit}")


def test_cfonb_records_have_120_characters_and_equal_the_books(fecs: dict[int, Fec]) -> None:
    content = (FOLDER / f"{BANK}.cfonb120.txt").read_bytes().decode("ascii")
    records = content.removesuffix("\r\n").split("\r\n")
    assert {len(record) for record in records} == {120}
    assert [records[0][:2], records[-1][:2]] == ["01", "07"]
    assert {record[:2] for record in records[1:-1]} == {"04", "05"}
    moves = [
        (f"20{record[38:40]}{record[36:38]}{record[34:36]}", overpunched(record[90:104]))
        for record in records
        if record.startswith("04")
    ]
    ends = [overpunched(record[90:104]) for record in (records[0], records[-1])]
    assert (ends[0], sorted(moves), ends[1]) == bank_rows(fecs)


def test_the_csv_file_equals_the_books(fecs: dict[int, Fec]) -> None:
    header, *lines = (FOLDER / f"{BANK}.csv").read_bytes().decode("cp1252").splitlines()
    assert header == "Date;Libellé;Débit;Crédit;Solde"
    moves, balances = [], []
    for line in lines:
        start, debit, credit, balance = line.rsplit(";", 3)
        day, month, year = start[:10].split("/")
        moves.append((f"{year}{month}{day}", cents(credit or "0,00") - cents(debit or "0,00")))
        balances.append(cents(balance))
    opening, booked, closing = bank_rows(fecs)
    assert (sorted(moves), balances[-1]) == (booked, closing)
    assert balances[0] - moves[0][1] == opening


def ofx_values(content: str, tag: str) -> Iterator[str]:
    return (match.strip() for match in re.findall(rf"<{tag}>([^<\n]*)", content))


def test_the_ofx_file_equals_the_books(fecs: dict[int, Fec]) -> None:
    content = (FOLDER / f"{BANK}.ofx").read_bytes().decode("cp1252")
    assert content.startswith("OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n")
    days = ofx_values(content, "DTPOSTED")
    amounts = map(cents, ofx_values(content, "TRNAMT"))
    _, booked, closing = bank_rows(fecs)
    assert sorted(zip(days, amounts, strict=True)) == booked
    assert set(map(cents, ofx_values(content, "BALAMT"))) == {closing}
    references = list(ofx_values(content, "FITID"))
    assert len(set(references)) == len(references) == len(booked)
