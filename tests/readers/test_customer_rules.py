"""The words of the problems of a list of customers."""

import pytest

from quittance.core.problems import Rule, problem, sentences
from quittance.readers import customer_rules

ALL = [value for value in vars(customer_rules).values() if isinstance(value, Rule)]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_problem_says_what_the_rule_and_what_to_do_in_each_language(rule: Rule) -> None:
    assert len(ALL) == 5
    for phrase in (rule.rule, rule.remedy):
        assert phrase.fr.endswith(".")
        assert phrase.en.endswith(".")
        assert phrase.fr != phrase.en
    facts = [f"<{name}>" for name in rule.fields]
    for lang in ("fr", "en"):
        (said,) = sentences(problem(rule, *facts), lang)  # type: ignore[arg-type]
        assert all(fact in said for fact in facts if not fact.startswith("<cause"))
        if "cause_fr" in rule.fields:
            assert said.startswith(f"<cause_{lang}>")
