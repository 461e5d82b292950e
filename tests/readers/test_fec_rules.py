"""The words of the problems of a FEC."""

import pytest

from quittance.core.problems import RULES, Rule, problem, sentences
from quittance.readers import fec_rules

FEC = [value for value in vars(fec_rules).values() if isinstance(value, Rule)]


@pytest.mark.parametrize("rule", FEC, ids=lambda rule: rule.code)
def test_every_rule_of_the_fec_names_its_law_and_is_registered(rule: Rule) -> None:
    assert RULES[rule.code] is rule
    assert rule.code.startswith("fec-")
    if rule is not fec_rules.INCOMPLETE:  # a rule of ours, not the law's
        assert fec_rules.ARTICLE in rule.rule.fr
        assert fec_rules.ARTICLE in rule.rule.en


@pytest.mark.parametrize("rule", FEC, ids=lambda rule: rule.code)
def test_every_fact_is_said_in_both_languages(rule: Rule) -> None:
    facts = [f"<{name}>" for name in rule.fields]
    for lang in ("fr", "en"):
        (said,) = sentences(problem(rule, *facts, file="a.txt", line=3), lang)
        assert said.startswith("a.txt:3: ")
        assert all(fact in said for fact in facts)
        assert said.endswith(".")
