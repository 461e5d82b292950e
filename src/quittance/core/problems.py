"""What could not be read, where, under which rule, and what to do about it.

A problem is a row of a frame (so that a file of a million bad lines stays a frame) whose words
come from a `Rule`: one value per kind of problem, in both languages. `lines` counts the lines that
the problem set aside, so that rows read + sum of `lines` = lines of the file; a warning sets
nothing aside.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from quittance.core.phrase import Language, Phrase
from quittance.core.schema import PROBLEMS, checked, empty, shaped

Severity = Literal["error", "warning"]
CONTROL = r"[\x00-\x1f\x7f-\x9f]"  # a file cannot command the terminal that shows it
RULES: dict[str, "Rule"] = {}


@dataclass(frozen=True)
class Rule:
    """One kind of problem: what was found (with the facts named), the rule, the remedy."""

    code: str
    severity: Severity
    fields: tuple[str, ...]
    found: Phrase
    rule: Phrase
    remedy: Phrase

    def __post_init__(self) -> None:
        """Register the rule under its code, which must be new."""
        if self.code in RULES:
            raise ValueError(f"two rules of problems are called {self.code}")
        RULES[self.code] = self


class UnusableInput(Exception):  # noqa: N818  (it is a refusal with its remedy, not a fault)
    """The input cannot be used at all; carries the problem that says why and what to do."""

    def __init__(self, problems: pl.DataFrame) -> None:
        self.problems = problems
        super().__init__("\n".join(sentences(problems, "en")))


def no_problems() -> pl.DataFrame:
    """A frame of problems without a row."""
    return empty(PROBLEMS)


def problem(
    rule: Rule, *facts: object, file: str = "", line: int | None = None, lines: int = 0
) -> pl.DataFrame:
    """One problem as a frame of one row; facts in the order of the rule's fields."""
    texts = [re.sub(CONTROL, " ", str(fact)) for fact in facts]
    row = (file, line, lines, rule.code, rule.severity, texts)
    return pl.DataFrame([row], schema=PROBLEMS, orient="row")


@checked(frame={"file": pl.String})
def problems_at(
    frame: pl.DataFrame, rule: Rule, *, facts: Sequence[pl.Expr | str], lines: int | pl.Expr = 1
) -> pl.DataFrame:
    """One problem for each row of a frame that has the columns `file` and `line`."""
    exprs = [pl.col(fact) if isinstance(fact, str) else fact for fact in facts]
    texts = [expr.cast(pl.String).fill_null("").str.replace_all(CONTROL, " ") for expr in exprs]
    facts_list = pl.concat_list(texts) if texts else pl.lit([], dtype=pl.List(pl.String))
    told = frame.with_columns(
        lines=lines if isinstance(lines, pl.Expr) else pl.lit(lines),
        code=pl.lit(rule.code),
        severity=pl.lit(rule.severity),
        facts=facts_list,
    )
    return shaped(told, PROBLEMS)


@checked(problems=PROBLEMS)
def set_aside(problems: pl.DataFrame) -> int:
    """How many lines of the files the problems set aside."""
    return int(problems["lines"].sum())


@checked(problems=PROBLEMS)
def has_errors(problems: pl.DataFrame) -> bool:
    """Whether something was set aside or contradicted (a warning alone is not)."""
    return bool((problems["severity"] == "error").any())


def parts(row: dict[str, object]) -> tuple[str, Phrase, Phrase, Phrase]:
    """The place, what was found, the rule and the remedy of one row of problems."""
    rule = RULES[str(row["code"])]
    facts = dict(zip(rule.fields, row["facts"], strict=True))  # type: ignore[call-overload]
    place = f"{row['file']}:{row['line']}" if row["line"] is not None else str(row["file"])
    found, law, remedy = (p.filled(**facts) for p in (rule.found, rule.rule, rule.remedy))
    return place, found, law, remedy


@checked(problems=PROBLEMS)
def sentences(problems: pl.DataFrame, lang: Language) -> list[str]:
    """Each problem as one line of text: place, what was found, the rule, the remedy."""
    lines = []
    for row in problems.iter_rows(named=True):
        place, *texts = parts(row)
        words = " ".join(phrase.text(lang) for phrase in texts)
        lines.append(f"{place}: {words}" if place else words)
    return lines
