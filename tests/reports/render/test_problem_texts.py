"""Problems as columns of words."""

from dataclasses import replace

import polars as pl

from quittance.core.problems import Rule, no_problems, problem, sentences
from quittance.reports.render.problem_texts import (
    TEXT_COLUMNS,
    problem_counts,
    problem_texts,
    problems_of,
)
from quittance.reports.report import Report


def test_the_texts_are_the_sentences_of_the_core(report: Report) -> None:
    for lang in ("fr", "en"):
        texts = problem_texts(report.problems, lang)
        assert texts["text"].to_list() == sentences(report.problems, lang)
        assert tuple(texts.columns) == TEXT_COLUMNS


def test_a_problem_without_a_place_has_no_colon(rules: tuple[Rule, Rule]) -> None:
    problems = pl.concat([problem(rules[1]), problem(rules[1], file="x.csv")])
    assert problem_texts(problems, "en")["text"].to_list() == sentences(problems, "en")


def test_no_problem_is_no_row() -> None:
    assert problem_texts(no_problems(), "fr").height == 0


def test_errors_warnings_and_lines_are_counted(report: Report, rules: tuple[Rule, Rule]) -> None:
    assert (
        problem_counts(report.problems, "fr") == "13 erreurs, 1 avertissement, 13 lignes écartées"
    )
    one = problem(rules[0], "VE", 1, 2, lines=1)
    assert problem_counts(one, "en") == "1 error, 1 line set aside"


def test_a_problem_met_by_two_parts_is_told_once(report: Report, rules: tuple[Rule, Rule]) -> None:
    other = problem(rules[1], file="other.csv", line=1)
    part = replace(report.parts[0], problems=pl.concat([report.problems, other]))
    whole = problems_of(replace(report, parts=(part,)))
    assert whole.height == report.problems.height + 1
    assert whole["file"][-1] == "other.csv"
