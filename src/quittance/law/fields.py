"""One field of a row of law: a parser per kind, which refuses what it cannot read exactly.

A parser takes the plain value that the YAML file holds and returns the value the product uses, or
raises ValueError with what was found and what to write instead.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

Parser = Callable[[object], Any]

PPM_IN_PERCENT = 10_000  # 1 % a year is 10 000 parts per million
GRADES = ("A", "B", "C")


def text(value: object) -> str:
    """A text, empty or not."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a text; write it in quotes")
    return value


def words(value: object) -> str:
    """A text of at least one character."""
    if not text(value).strip():
        raise ValueError("it is empty")
    return text(value)


def texts(value: object) -> list[str]:
    """A list of at least one text."""
    if not isinstance(value, list) or not value:
        raise ValueError(f"{value!r} is not a list of texts")
    return [words(each) for each in value]


def day(value: object) -> date:
    """A calendar day."""
    if not isinstance(value, date):
        raise ValueError(f"{value!r} is not a day; write it as 2027-01-01, without quotes")
    return value


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def whole(value: object) -> int:
    """A whole number above zero."""
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ValueError(f"{value!r} is not a whole number above zero")
    return value


def number(value: object) -> Decimal:
    """An exact decimal number, written in quotes with a point: "2.40"."""
    written = text(value)
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", written):
        raise ValueError(f"{written!r} is not a number such as 2.40")
    return Decimal(written)


def percent(value: object) -> int:
    """A percentage, as exact parts per million: "12.15" is 121 500."""
    ppm = number(value) * PPM_IN_PERCENT
    if ppm != int(ppm):
        raise ValueError(f"{value!r} has more than four decimals")
    return int(ppm)


def link(value: object) -> str:
    """An address that begins with https://."""
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+", text(value)):
        raise ValueError(f"{value!r} is not an https:// address")
    return text(value)


def one_of(*choices: str) -> Parser:
    """A parser that accepts one of some words."""

    def parser(value: object) -> str:
        if value not in choices:
            raise ValueError(f"{value!r} is none of {', '.join(choices)}")
        return text(value)

    return parser


def holiday(value: object) -> tuple[str, int, int]:
    """A holiday's rule: ("fixed", month, day), or ("easter", days after Easter Sunday, 0)."""
    written = text(value)
    if moving := re.fullmatch(r"easter([+-][0-9]{1,2})", written):
        return "easter", int(moving[1]), 0
    if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", written):
        raise ValueError(f"{written!r} is neither a month and day (05-08) nor easter+39")
    month, number_of_day = (int(part) for part in written.split("-"))
    date(2001, month, number_of_day)  # refuses 29 February too: not a day of every year
    return "fixed", month, number_of_day
