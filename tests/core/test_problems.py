"""What could not be read: counted by lines, told in both languages with the rule and the remedy."""

from collections.abc import Iterator

import polars as pl
import pytest

from quittance.core.phrase import Phrase
from quittance.core.problems import (
    RULES,
    Rule,
    UnusableInput,
    has_errors,
    no_problems,
    problem,
    problems_at,
    sentences,
    set_aside,
)


@pytest.fixture(name="rule")
def rule_of_amounts() -> Iterator[Rule]:
    """A rule of this test only."""
    yield Rule(
        "test-amount",
        "error",
        ("text", "column"),
        Phrase("montant illisible « {text} » ({column})", "unreadable amount '{text}' ({column})"),
        Phrase("Un montant est un nombre.", "An amount is a number."),
        Phrase("Corrigez la colonne {column}.", "Correct the column {column}."),
    )
    del RULES["test-amount"]


@pytest.fixture(name="warning")
def rule_of_warnings() -> Iterator[Rule]:
    """A warning without facts."""
    told = Phrase("point décimal", "decimal point")
    yield Rule("test-point", "warning", (), told, Phrase("Virgule.", "Comma."), Phrase("", ""))
    del RULES["test-point"]


def test_a_code_names_one_rule(rule: Rule) -> None:
    with pytest.raises(ValueError, match="two rules of problems are called test-amount"):
        Rule(rule.code, "error", (), rule.found, rule.rule, rule.remedy)
    assert RULES[rule.code] is rule


def test_no_problem_is_an_empty_frame() -> None:
    assert set_aside(no_problems()) == 0
    assert not has_errors(no_problems())
    assert sentences(no_problems(), "en") == []


def test_a_problem_says_where_what_which_rule_and_what_to_do(rule: Rule) -> None:
    found = problem(rule, "12,3,4", "Debit", file="ventes.fec", line=214, lines=1)
    (french,), (english,) = sentences(found, "fr"), sentences(found, "en")
    assert english.startswith("ventes.fec:214: unreadable amount '12,3,4' (Debit)")
    assert english.endswith("An amount is a number. Correct the column Debit.")
    assert french.startswith("ventes.fec:214: montant illisible « 12,3,4 » (Debit)")
    assert french.endswith("Un montant est un nombre. Corrigez la colonne Debit.")
    assert set_aside(found) == 1
    assert has_errors(found)


def test_a_problem_of_the_whole_file_has_no_line(rule: Rule) -> None:
    (told,) = sentences(problem(rule, "x", "Credit", file="ventes.fec"), "en")
    assert told.startswith("ventes.fec: unreadable")
    (nowhere,) = sentences(problem(rule, "x", "Credit"), "en")
    assert nowhere.startswith("unreadable")


def test_problems_of_many_lines_at_once(rule: Rule) -> None:
    bad = pl.DataFrame({"file": ["a", "a"], "line": [3, 9], "amount": ["x", None], "size": [2, 5]})
    found = problems_at(bad, rule, facts=["amount", pl.lit("Debit")], lines=pl.col("size"))
    assert found["line"].to_list() == [3, 9]
    assert found["facts"].to_list() == [["x", "Debit"], ["", "Debit"]]
    assert set_aside(found) == 7
    assert set_aside(problems_at(bad, rule, facts=["amount", "size"])) == 2
    assert problems_at(bad.clear(), rule, facts=["amount", "size"]).is_empty()


def test_a_warning_sets_nothing_aside(rule: Rule, warning: Rule) -> None:
    told = problems_at(pl.DataFrame({"file": ["a"], "line": [1]}), warning, facts=[], lines=0)
    assert set_aside(told) == 0
    assert not has_errors(told)
    assert has_errors(pl.concat([told, problem(rule, "x", "y", lines=1)]))


def test_a_file_cannot_command_the_terminal_that_shows_it(rule: Rule) -> None:
    nasty = "\x1b[31mred\x07\r\n"
    (told,) = sentences(problem(rule, nasty, "Debit", file="a"), "en")
    bad = pl.DataFrame({"file": ["a"], "line": [1], "amount": [nasty]})
    (also,) = sentences(problems_at(bad, rule, facts=["amount", pl.lit("Debit")]), "en")
    assert told.isprintable()
    assert also.isprintable()


def test_an_unusable_input_says_why(rule: Rule) -> None:
    refusal = UnusableInput(problem(rule, "x", "Debit", file="a.txt"))
    assert str(refusal).startswith("a.txt: unreadable amount 'x'")
    assert refusal.problems.height == 1
