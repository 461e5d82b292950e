"""One invoice as reports: its due dates, its charges segment by segment."""

from datetime import date

from tests.tables import assert_rows, book

from quittance.core.late_charges import Policy, late_charges
from quittance.core.problems import no_problems
from quittance.core.settlement import settlement
from quittance.reports.document import charges_of_document, instalments_report

DAY = date(2026, 6, 30)
ITEMS = """
    item  document  date        due         amount
    1     F1        2026-01-05  2026-02-04  300.00
    2     F1        2026-01-05  2026-03-04  700.00
    3     F2        2026-01-05  2026-02-04  50.00
    4     P1        2026-03-01  2026-03-01  -300.00
    """
PAID = "debit  credit  amount\n1      4       300.00"


def test_the_instalments_of_one_document_in_order() -> None:
    rows = settlement(book(ITEMS, PAID), DAY).filter(document="F1")
    report = instalments_report(rows, DAY)
    assert_rows(
        report.rows,
        """
        due         amount  open    state
        2026-02-04  300.00  0.00    settled
        2026-03-04  700.00  700.00  overdue
        """,
    )
    assert report.totals["open_minor"].to_list() == [70_000]


def test_the_charges_of_one_document_are_those_of_the_book() -> None:
    owed = book(ITEMS, PAID)
    report = charges_of_document(owed, DAY, items=[1, 2], problems=no_problems(), policy=Policy())
    whole = late_charges(owed, DAY, policy=Policy()).filter(document="F1")
    (figure,) = report.figures
    assert figure.value == whole["interest_minor"].sum() + whole["indemnity_minor"].sum()
    assert figure.comment is not None
    assert figure.comment.fr.replace("\xa0", " ").endswith("+ 40,00 € d'indemnité")
    assert set(report.rows["debt"]) == {1, 2}
    assert "F2" not in report.rows["document"]
