"""Invented but well-formed identifiers: check digits of IBAN, RIB and SIREN.

The bank codes 99901 to 99909 belong to nobody, so no account here can be anybody's.
"""

from random import Random

BANK_CODES = ("99901", "99902", "99903", "99904", "99906", "99908")


def rib_key(bank: str, branch: str, account: str) -> str:
    """The two check digits of a French account number."""
    return f"{97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97:02d}"


def iban(country: str, account: str) -> str:
    """The IBAN of a national account number (ISO 13616, modulo 97)."""
    digits = "".join(str(int(letter, 36)) for letter in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


def french_iban(bank: str, branch: str, account: str) -> str:
    """The IBAN of a French account."""
    return iban("FR", f"{bank}{branch}{account}{rib_key(bank, branch, account)}")


def party_iban(code: str, country: str) -> str:
    """An account for a customer or a supplier, always the same for the same code."""
    rng = Random(f"iban {code}")
    if country == "DE":
        return iban("DE", f"999{rng.randrange(10**5):05d}{rng.randrange(10**10):010d}")
    if country == "AT":
        return iban("AT", f"99{rng.randrange(10**3):03d}{rng.randrange(10**11):011d}")
    branch, account = f"{rng.randrange(100, 2000):05d}", f"{rng.randrange(10**11):011d}"
    return french_iban(rng.choice(BANK_CODES), branch, account)


def with_luhn_digit(digits: str) -> str:
    """The digits followed by the one that makes their Luhn sum a multiple of ten (SIREN).

    >>> with_luhn_digit("84921753")
    '849217534'
    """
    doubled = (int(digit) * (2 - position % 2) for position, digit in enumerate(digits[::-1]))
    total = sum(sum(divmod(number, 10)) for number in doubled)
    return f"{digits}{-total % 10}"
