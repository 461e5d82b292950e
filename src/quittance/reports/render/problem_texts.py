"""Problems as columns of words: the facts are written into the rules' sentences, by the column."""

from string import Formatter

import polars as pl

from quittance.core.phrase import Language, Phrase
from quittance.core.problems import RULES
from quittance.reports.render import words
from quittance.reports.render.formats import counted
from quittance.reports.render.tables import with_parts
from quittance.reports.report import Report

TEXT_COLUMNS = ("file", "line", "lines", "code", "severity", "found", "rule", "remedy", "text")


def problems_of(report: Report) -> pl.DataFrame:
    """Every problem of a report and its parts, once each, in their order."""
    frames = [one.problems for one in with_parts(report) if one.problems.height]
    if len(frames) <= 1:
        return frames[0] if frames else report.problems
    return pl.concat(frames).unique(maintain_order=True)


def problem_texts(problems: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """The columns of `TEXT_COLUMNS`: `text` is the whole sentence with its place."""
    found, rule, remedy = (
        _by_code(problems, part, lang=lang) for part in ("found", "rule", "remedy")
    )
    line = pl.lit(":") + pl.col("line").cast(pl.String)
    place = pl.concat_str("file", line.fill_null(""))
    before = pl.when(place == "").then(pl.lit("")).otherwise(place + pl.lit(": "))
    texts = problems.with_columns(found=found, rule=rule, remedy=remedy)
    sentence = pl.concat_str("found", "rule", "remedy", separator=" ")
    return texts.with_columns(text=before + sentence).select(TEXT_COLUMNS)


def problem_counts(problems: pl.DataFrame, lang: Language) -> str:
    """How many errors and warnings there are, and how many lines they set aside."""
    errors = problems.filter(pl.col("severity") == "error").height
    counts = (
        (errors, words.ONE_ERROR, words.ERRORS),
        (problems.height - errors, words.ONE_WARNING, words.WARNINGS),
        (int(problems["lines"].sum()), words.ONE_LINE_SET_ASIDE, words.LINES_SET_ASIDE),
    )
    return ", ".join(counted(n, lang, one=one, many=many) for n, one, many in counts if n)


def _by_code(problems: pl.DataFrame, part: str, *, lang: Language) -> pl.Expr:
    """For each row, the sentence of its own rule with the row's facts written in."""
    text = pl.lit(None, dtype=pl.String)
    for code in problems["code"].unique(maintain_order=True):
        rule = RULES[code]
        phrase: Phrase = getattr(rule, part)
        sentence = _filled(phrase.text(lang), rule.fields)
        text = pl.when(pl.col("code") == code).then(sentence).otherwise(text)
    return text


def _filled(template: str, fields: tuple[str, ...]) -> pl.Expr:
    """A sentence as an expression: its own words, and the facts at their places."""
    pieces = [pl.lit("")]
    for literal, field, _, _ in Formatter().parse(template):
        pieces.append(pl.lit(literal))
        if field is not None:
            fact = pl.col("facts").list.get(fields.index(field), null_on_oob=True)
            pieces.append(fact.fill_null(""))
    return pl.concat_str(pieces)
