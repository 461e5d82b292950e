from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.problems import problem
from quittance.readers import fec_rules
from quittance.reports.problems import problems_report


def test_each_problem_says_where_what_which_rule_and_what_to_do(lumiere: Book, as_of: date) -> None:
    met = problem(fec_rules.DATE, "20250231", file="ventes.txt", line=7, lines=1)
    row = problems_report(lumiere, as_of, problems=met).rows.row(0, named=True)
    assert row["place"] == "ventes.txt:7"
    assert row["severity_fr"] == "erreur"
    assert "20250231" in row["found_fr"]
    assert "A47 A-1" in row["rule_en"]
    assert row["remedy_en"]


def test_without_a_problem_there_is_no_row(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    assert problems_report(lumiere, as_of, problems=none).rows.is_empty()
