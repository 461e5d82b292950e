"""The statement as CFONB 120: records of 120 characters, amounts signed by their last digit."""

from datetime import date

from generator import company
from generator.statement import BankLine, Statement
from generator.wording import plain

# Kind of movement: interbank code of the operation, words of the first label.
KINDS = {
    "transfer_in": ("05", "VIR SEPA RECU"),
    "transfer_out": ("06", "VIR SEPA EMIS"),
    "payroll": ("06", "VIR SALAIRES"),
    "direct_debit": ("B1", "PRLV SEPA"),
    "cheque": ("02", "REMISE CHEQUE"),
    "unpaid": ("03", "CHEQUE IMPAYE"),
    "bill": ("04", "EFFET ENCAISSE"),
    "loan": ("62", "PRET"),
    "fee": ("62", "FRAIS"),
}
CREDIT, DEBIT = "{ABCDEFGHI", "}JKLMNOPQR"


def overpunched(cents: int) -> str:
    """Fourteen characters, the last of which holds both a digit and the sign.

    >>> overpunched(123_45), overpunched(-560_73)
    ('0000000001234E', '0000000005607L')
    """
    digits = f"{abs(cents):014d}"
    return digits[:-1] + (CREDIT if cents >= 0 else DEBIT)[int(digits[-1])]


def record(code: str, day: date, places: str, *, internal: str = "", operation: str = "") -> str:
    """One record: the head that all share, up to the date, then the places of its own kind."""
    head = (
        f"{code}{company.BANK_CODE}{internal:4}{company.BRANCH_CODE}EUR2 "
        f"{company.ACCOUNT_NUMBER}{operation:2}{day:%d%m%y}"
    )
    return f"{head}{places}".ljust(120)


def balance_record(code: str, day: date, cents: int) -> str:
    """The old balance (01) or the new one (07)."""
    return record(code, day, f"{'':50}{overpunched(cents)}")


def label_of(line: BankLine) -> str:
    """The first label of a movement, 31 characters."""
    words = KINDS[line.movement.kind][1]
    return plain(f"{words} {line.movement.party}")[:31]


def movement_records(line: BankLine) -> list[str]:
    """A movement (04) and what is known beside it (05)."""
    operation, _ = KINDS[line.movement.kind]
    head = {"internal": f"0{operation}0", "operation": operation}
    places = (
        f"  {line.day:%d%m%y}{label_of(line):31}  {line.number:07d}  "
        f"{overpunched(line.amount)}{line.reference:16}"
    )
    records = [record("04", line.day, places, **head)]
    for qualifier, text in complements(line):
        records.append(record("05", line.day, f"{'':5}{qualifier}{text:70}", **head))
    return records


def complements(line: BankLine) -> list[tuple[str, str]]:
    """The texts beside a movement: other party, end-to-end reference, free text."""
    movement = line.movement
    party = "NPY" if line.amount > 0 else "NBE"
    text = plain(movement.text)
    pairs = [(party, plain(movement.party)[:70]), ("LCC", text[:70])]
    if len(text) > 70:
        pairs.append(("LC2", text[70:140]))
    if movement.kind in {"transfer_in", "transfer_out", "direct_debit"}:
        pairs.append(("RCN", movement.end_to_end))
    return pairs


def cfonb_bytes(statement: Statement) -> bytes:
    """The whole file, one record a line."""
    records = [balance_record("01", date(2026, 8, 31), statement.opening)]
    for line in statement.lines:
        records += movement_records(line)
    records.append(balance_record("07", statement.last, statement.closing))
    return "".join(f"{text}\r\n" for text in records).encode("ascii")
