"""The words of the problems of the lists, and those of every rule of the readers and the CLI."""

import pytest

from quittance.cli import books, files
from quittance.core import opening
from quittance.core.problems import RULES, Rule, problem, sentences
from quittance.readers import fec_rules, registry, tabular_rules
from quittance.readers.headings import HEADINGS

MODULES = (tabular_rules, fec_rules, registry, books, files, opening)
ALL = [value for module in MODULES for value in vars(module).values() if isinstance(value, Rule)]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_problem_is_three_sentences_in_each_language(rule: Rule) -> None:
    """What was found, the rule, what to do: each ends where the next one starts."""
    for phrase in (rule.found, rule.rule, rule.remedy):
        assert phrase.fr.endswith("."), phrase.fr
        assert phrase.en.endswith("."), phrase.en
        assert phrase.fr != phrase.en


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_every_fact_is_said_in_both_languages(rule: Rule) -> None:
    facts = [f"<{name}>" for name in rule.fields]
    for lang in ("fr", "en"):
        (said,) = sentences(problem(rule, *facts), lang)
        assert all(fact in said for fact in facts)


def test_the_example_of_a_mapping_names_a_field_that_exists() -> None:
    for rule in (RULES["list-unknown"], RULES["file-unknown"]):
        for text in (rule.remedy.fr, rule.remedy.en):
            field = text.partition("--map ")[2].partition("=")[0]
            assert field in HEADINGS
