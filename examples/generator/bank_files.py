"""The statement in the formats that banks offer; the plain ones (CSV and OFX) are written here."""

from xml.sax.saxutils import escape

from generator import company
from generator.camt import camt_bytes
from generator.cfonb import cfonb_bytes
from generator.statement import BankLine, Statement

CSV_WORDS = {
    "transfer_in": "VIREMENT REÇU",
    "transfer_out": "VIREMENT ÉMIS",
    "payroll": "VIREMENT ÉMIS",
    "direct_debit": "PRÉLÈVEMENT",
    "cheque": "REMISE DE CHÈQUE",
    "unpaid": "CHÈQUE IMPAYÉ",
    "bill": "EFFET ENCAISSÉ",
    "loan": "PRÊT",
    "fee": "FRAIS",
}
OFX_TYPES = {
    "transfer_in": "CREDIT",
    "transfer_out": "DEBIT",
    "payroll": "DEBIT",
    "direct_debit": "DIRECTDEBIT",
    "cheque": "DEP",
    "unpaid": "DEBIT",
    "bill": "CREDIT",
    "loan": "DEBIT",
    "fee": "SRVCHG",
}
OFX_HEADER = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
    "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
)


def comma(cents: int) -> str:
    """An amount with a decimal comma, without sign."""
    return f"{abs(cents) // 100},{abs(cents) % 100:02d}"


def signed_comma(cents: int) -> str:
    """An amount with a decimal comma and, below zero, a minus sign."""
    return ("-" if cents < 0 else "") + comma(cents)


def signed_point(cents: int) -> str:
    """An amount with a decimal point and, below zero, a minus sign."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def csv_text(field: str) -> str:
    """A field of the file, quoted where it holds a quote or the separator."""
    return '"' + field.replace('"', '""') + '"' if set(field) & {'"', ";"} else field


def csv_bytes(statement: Statement) -> bytes:
    """Semicolons, French headings, debit and credit apart, the balance after each movement."""
    rows = ["Date;Libellé;Débit;Crédit;Solde"]
    balance = statement.opening
    for line in statement.lines:
        balance += line.amount
        words = f"{CSV_WORDS[line.movement.kind]} {line.movement.party} {line.movement.text}"
        debit = comma(line.amount) if line.amount < 0 else ""
        credit = comma(line.amount) if line.amount > 0 else ""
        label = csv_text(words.strip())
        rows.append(f"{line.day:%d/%m/%Y};{label};{debit};{credit};{signed_comma(balance)}")
    return "".join(f"{row}\r\n" for row in rows).encode("cp1252")


def ofx_transaction(line: BankLine) -> str:
    """One movement."""
    movement = line.movement
    return (
        f"<STMTTRN>\n<TRNTYPE>{OFX_TYPES[movement.kind]}\n<DTPOSTED>{line.day:%Y%m%d}\n"
        f"<TRNAMT>{signed_point(line.amount)}\n<FITID>{line.reference}\n"
        f"<NAME>{escape(movement.party[:32])}\n<MEMO>{escape(movement.text)}\n</STMTTRN>\n"
    )


def ofx_bytes(statement: Statement) -> bytes:
    """OFX 1.02: SGML, values without closing tags."""
    day = f"{statement.last:%Y%m%d}"
    head = (
        "<OFX>\n<SIGNONMSGSRSV1>\n<SONRS>\n<STATUS>\n<CODE>0\n<SEVERITY>INFO\n</STATUS>\n"
        "<DTSERVER>20261001054012\n<LANGUAGE>FRA\n</SONRS>\n</SIGNONMSGSRSV1>\n"
        "<BANKMSGSRSV1>\n<STMTTRNRS>\n<TRNUID>0\n<STATUS>\n<CODE>0\n<SEVERITY>INFO\n</STATUS>\n"
        f"<STMTRS>\n<CURDEF>EUR\n<BANKACCTFROM>\n<BANKID>{company.BANK_CODE}\n"
        f"<BRANCHID>{company.BRANCH_CODE}\n<ACCTID>{company.ACCOUNT_NUMBER}\n"
        "<ACCTTYPE>CHECKING\n</BANKACCTFROM>\n"
        f"<BANKTRANLIST>\n<DTSTART>{statement.first:%Y%m%d}\n<DTEND>{day}\n"
    )
    balances = "".join(
        f"<{tag}>\n<BALAMT>{signed_point(statement.closing)}\n<DTASOF>{day}\n</{tag}>\n"
        for tag in ("LEDGERBAL", "AVAILBAL")
    )
    body = "".join(ofx_transaction(line) for line in statement.lines)
    tail = f"</BANKTRANLIST>\n{balances}</STMTRS>\n</STMTTRNRS>\n</BANKMSGSRSV1>\n</OFX>\n"
    return f"{OFX_HEADER}{head}{body}{tail}".encode("cp1252")


def bank_files(statement: Statement) -> dict[str, bytes]:
    """Each file of the bank, by its path."""
    name = f"banque/releve-{statement.first:%Y-%m}"
    return {
        f"{name}.camt053.xml": camt_bytes(statement),
        f"{name}.cfonb120.txt": cfonb_bytes(statement),
        f"{name}.csv": csv_bytes(statement),
        f"{name}.ofx": ofx_bytes(statement),
    }
