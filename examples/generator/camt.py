"""The statement as camt.053.001.08, the XML of ISO 20022."""

import xml.etree.ElementTree as ET

from generator import company
from generator.statement import BankLine, Statement

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
CREATED = "2026-10-01T05:40:12+02:00"
# Kind of movement: domain, family and sub-family of the bank transaction code.
CODES = {
    "transfer_in": ("PMNT", "RCDT", "ESCT"),
    "transfer_out": ("PMNT", "ICDT", "ESCT"),
    "payroll": ("PMNT", "ICDT", "SALA"),
    "direct_debit": ("PMNT", "RDDT", "ESDD"),
    "cheque": ("PMNT", "RCHQ", "CCHQ"),
    "unpaid": ("PMNT", "RCHQ", "UPCQ"),
    "bill": ("PMNT", "DRFT", "STAM"),
    "loan": ("LDAS", "FTLN", "PPAY"),
    "fee": ("ACMT", "MDOP", "CHRG"),
}
# Tags on the way down to a value are joined with a stroke.
Pairs = tuple[tuple[str, str], ...]


def add(parent: ET.Element, path: str, text: str = "") -> ET.Element:
    """A new element below `parent`, with the elements of its path that lead to it."""
    node = parent
    for tag in path.split("/"):
        node = ET.SubElement(node, tag)
    node.text = text or None
    return node


def add_all(parent: ET.Element, pairs: Pairs) -> None:
    """Several new elements, in order."""
    for path, text in pairs:
        add(parent, path, text)


def amount_text(cents: int) -> str:
    """An amount without sign, with a point."""
    return f"{abs(cents) // 100}.{abs(cents) % 100:02d}"


def sign(cents: int) -> str:
    """Credit or debit, from the account holder's side."""
    return "CRDT" if cents >= 0 else "DBIT"


def add_amount(parent: ET.Element, cents: int) -> None:
    """An amount with its currency and sign."""
    add(parent, "Amt", amount_text(cents)).set("Ccy", "EUR")
    add(parent, "CdtDbtInd", sign(cents))


def add_balance(parent: ET.Element, code: str, cents: int, day: str) -> None:
    """The opening or the closing balance."""
    balance = add(parent, "Bal")
    add(balance, "Tp/CdOrPrtry/Cd", code)
    add_amount(balance, cents)
    add(balance, "Dt/Dt", day)


def add_summary(parent: ET.Element, lines: tuple[BankLine, ...]) -> None:
    """How many movements there are, and their sums."""
    summary = add(parent, "TxsSummry")
    net = sum(line.amount for line in lines)
    total = add(summary, "TtlNtries")
    add(total, "NbOfNtries", str(len(lines)))
    add(total, "Sum", amount_text(sum(abs(line.amount) for line in lines)))
    add_amount(add(total, "TtlNetNtry"), net)
    for tag, side in (("TtlCdtNtries", 1), ("TtlDbtNtries", -1)):
        mine = [line.amount for line in lines if line.amount * side > 0]
        add_all(
            add(summary, tag),
            (("NbOfNtries", str(len(mine))), ("Sum", amount_text(sum(mine)))),
        )


def add_parties(parent: ET.Element, line: BankLine) -> None:
    """The other party, and its account where the bank knows it."""
    movement = line.movement
    if movement.kind in {"fee", "loan", "cheque", "unpaid"}:
        return
    role = "Dbtr" if line.amount > 0 else "Cdtr"
    parties = add(parent, "RltdPties")
    party = add(parties, f"{role}/Pty")
    add(party, "Nm", movement.party[:70])
    if movement.place:
        postcode, _, town = movement.place.partition(" ")
        pairs = (("PstCd", postcode), ("TwnNm", town), ("Ctry", movement.country))
        add_all(add(party, "PstlAdr"), pairs)
    if movement.iban:
        add(parties, f"{role}Acct/Id/IBAN", movement.iban)


def add_entry(parent: ET.Element, line: BankLine) -> None:
    """One movement."""
    entry = add(parent, "Ntry")
    add(entry, "NtryRef", str(line.number))
    add_amount(entry, line.amount)
    day = line.day.isoformat()
    pairs = (("Sts/Cd", "BOOK"), ("BookgDt/Dt", day), ("ValDt/Dt", day))
    add_all(entry, (*pairs, ("AcctSvcrRef", line.reference)))
    domain, family, sub_family = CODES[line.movement.kind]
    code = add(entry, "BkTxCd/Domn")
    add(code, "Cd", domain)
    add_all(add(code, "Fmly"), (("Cd", family), ("SubFmlyCd", sub_family)))
    details = add(entry, "NtryDtls/TxDtls")
    references = (("AcctSvcrRef", line.reference), ("EndToEndId", line.movement.end_to_end))
    add_all(add(details, "Refs"), references)
    add_amount(details, line.amount)
    add_parties(details, line)
    if line.movement.text:
        add(details, "RmtInf/Ustrd", line.movement.text)


def camt_bytes(statement: Statement) -> bytes:
    """The whole message."""
    root = ET.Element("Document", xmlns=NAMESPACE)
    message = add(root, "BkToCstmrStmt")
    header = add(message, "GrpHdr")
    add_all(header, (("MsgId", "BQC20261001-0042-053"), ("CreDtTm", CREATED)))
    add_all(add(header, "MsgPgntn"), (("PgNb", "1"), ("LastPgInd", "true")))
    body = add(message, "Stmt")
    add_all(body, (("Id", "RELEVE-2026-09"), ("ElctrncSeqNb", "9"), ("CreDtTm", CREATED)))
    first, last = statement.first.isoformat(), statement.last.isoformat()
    period = (
        ("FrDtTm", f"{first}T00:00:00+02:00"),
        ("ToDtTm", f"{last}T23:59:59+02:00"),
    )
    add_all(add(body, "FrToDt"), period)
    account = add(body, "Acct")
    names = (("Id/IBAN", company.IBAN), ("Ccy", "EUR"), ("Ownr/Nm", company.NAME))
    add_all(account, names)
    servicer = add(account, "Svcr/FinInstnId")
    add_all(servicer, (("BICFI", company.BIC), ("Nm", company.BANK_NAME)))
    add_balance(body, "OPBD", statement.opening, first)
    add_balance(body, "CLBD", statement.closing, last)
    add_summary(body, statement.lines)
    for line in statement.lines:
        add_entry(body, line)
    ET.indent(root, " ")
    content: str = ET.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode()
