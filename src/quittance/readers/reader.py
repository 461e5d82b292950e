"""What every reader takes and gives.

A reader is a module with a docstring that names the issuer, the version and the link of its
format, `identify(source)` and `read(source)`. No reader knows another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from quittance.core.problems import no_problems


@dataclass(frozen=True)
class Source:
    """A file as it was given: its name (never trusted over its content) and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Reading:
    """What a file said: rows, problems, and how many lines it has besides its heading.

    `rows` + the lines set aside by `problems` = `lines`. `kind` says what a row is: `entries`
    (lines of accounting entries), `invoices`, `payments`, `open_items`, `customers`, or
    `exchange_rates`.
    """

    format: str
    kind: str
    rows: pl.DataFrame
    lines: int
    problems: pl.DataFrame = field(default_factory=no_problems)
    facts: Mapping[str, str] = field(
        default_factory=dict
    )  # file, encoding, separator, columns of a list
