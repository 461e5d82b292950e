"""Due dates from a text of terms, instalments, discounts, and the ceilings of the law."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from tests.tables import allocations_frame, assert_rows, customers_frame, items_frame

from quittance.core.schema import SchemaError
from quittance.core.terms import (
    UnreadableTerms,
    beyond_ceiling,
    discount,
    due_date,
    instalments,
    parsed,
    split_into_instalments,
    with_due_dates,
)
from quittance.law.tables import load_law

CEILINGS = load_law().term_ceilings


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("terms", "start", "due"),
    [
        ("0", "2026-01-15", "2026-01-15"),
        ("30", "2026-01-15", "2026-02-14"),
        ("30", "2024-01-31", "2024-03-01"),  # over a leap day
        ("45 EOM", "2026-01-15", "2026-03-31"),
        ("45 EOM", "2026-01-31", "2026-03-31"),
        ("EOM 45", "2026-01-15", "2026-03-17"),
        ("EOM 45", "2026-01-31", "2026-03-17"),
        ("EOM 0", "2024-02-01", "2024-02-29"),
        ("0 EOM", "2026-12-31", "2026-12-31"),
        ("EOM", "2024-02-01", "2024-02-29"),
        ("30 EOM 10", "2026-01-15", "2026-03-10"),
        ("30 EOM 31", "2026-01-15", "2026-03-31"),
        ("30 ON 10", "2026-01-15", "2026-03-10"),
        ("30 ON 31", "2026-01-02", "2026-03-31"),
        ("30 ON 1", "2026-01-02", "2026-03-01"),
        ("30 ON 30", "2025-12-15", "2026-02-28"),
        ("30 ON 5,20", "2026-01-15", "2026-02-20"),
        ("0 ON 5,20", "2026-01-20", "2026-01-20"),
        ("0 ON 5,20", "2026-01-21", "2026-02-05"),
        ("0 ON 20,5", "2026-01-21", "2026-02-05"),
        ("2W", "2026-01-15", "2026-01-29"),
        ("2S", "2026-01-15", "2026-01-29"),
        ("2M", "2025-12-31", "2026-02-28"),
        ("2M EOM", "2026-01-15", "2026-03-31"),
        ("EOM 2M", "2025-12-15", "2026-02-28"),
    ],
)
def test_due_dates(terms: str, start: str, due: str) -> None:
    (term,) = parsed(terms)
    assert due_date(term, day(start)) == day(due)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("30 jours", "30"),
        ("30 days net", "30"),
        ("60 jours date de facture", "60"),
        ("45 jours fin de mois", "45 EOM"),
        ("45J FDM", "45 EOM"),
        ("45 days end of month", "45 EOM"),
        ("fin de mois 45 jours", "EOM 45"),
        ("fin de mois", "0 EOM"),
        ("30 jours fin de mois le 10", "30 EOM 10"),
        ("30 jours le 10", "30 ON 10"),
        ("comptant", "0"),
        ("Receipt", "0"),
        ("à réception", "0"),
        ("Immédiat", "0"),
        ("2 semaines", "2W"),
        ("2 mois fin de mois", "2M EOM"),
        (" 30 ", "30"),
    ],
)
def test_usual_wordings(text: str, same_as: str) -> None:
    assert parsed(text) == parsed(same_as)


@pytest.mark.parametrize(
    "text",
    [
        "", "bientôt", "30 EOM 32", "30 ON 0", "EOM 30 EOM", "1000", "-30", "30.5",
        "50% 30", "50% 30 + 60% 45", "50% 30 + 45", "30 + 45", "100% demain",
    ],
)  # fmt: skip
def test_terms_that_cannot_be_read_are_refused_with_examples(text: str) -> None:
    with pytest.raises(UnreadableTerms) as refusal:
        parsed(text)
    assert f"'{text}'" in refusal.value.phrase.en
    assert "45 EOM" in refusal.value.phrase.fr


@pytest.mark.parametrize(
    ("terms", "amount", "expected"),
    [
        ("30", 100, [("2026-02-14", 100)]),
        ("50% 0 + 50% 30", 3, [("2026-01-15", 2), ("2026-02-14", 1)]),
        ("33,33% 0 + 66.67% 30", 10000, [("2026-01-15", 3333), ("2026-02-14", 6667)]),
        (
            "30% 0 + 30% 30 + 40% 60",
            1,
            [("2026-01-15", 0), ("2026-02-14", 0), ("2026-03-16", 1)],
        ),
        ("100% 45 EOM", 7, [("2026-03-31", 7)]),
    ],
)
def test_the_last_instalment_takes_the_rest(
    terms: str, amount: int, expected: list[tuple[str, int]]
) -> None:
    found = instalments(terms, day("2026-01-15"), amount_minor=amount)
    assert found == [(day(due), part) for due, part in expected]


def test_a_discount_is_rounded_half_up() -> None:
    found = discount(12345, Decimal(2), days=8, start=day("2026-01-15"))
    assert (found.until, found.discount_minor, found.payable_minor) == (
        day("2026-01-23"),
        247,
        12098,
    )
    assert discount(25, Decimal(2), days=0, start=day("2026-01-15")).discount_minor == 1


ITEMS = items_frame(
    """
    item  customer  kind         date        issue       due         amount
    1     A         invoice      2026-01-20  2026-01-15  -           100.00
    2     B         invoice      2026-01-20  2026-01-15  -           100.00
    3     B         invoice      2026-01-20  2026-01-15  2026-01-31  100.00
    4     B         credit_note  2026-01-25  2026-01-24  -           -20.00
    5     X         invoice      2026-01-20  2026-01-15  -           100.00
    """
)
CUSTOMERS = customers_frame("customer  terms\nA         -\nB         45 EOM").with_columns(
    pl.col("terms").fill_null("")
)


def test_due_dates_that_are_not_known_come_from_the_customer_s_terms() -> None:
    assert_rows(
        with_due_dates(ITEMS, CUSTOMERS, default="30"),
        """
        item  due
        1     2026-02-14
        2     2026-03-31
        3     2026-01-31
        4     2026-01-25
        5     2026-02-14
        """,
    )


def test_nothing_to_date_leaves_the_frame_as_it_is() -> None:
    known = ITEMS.filter(pl.col("due_date").is_not_null())
    assert with_due_dates(known, CUSTOMERS, default="30") is known
    empty = ITEMS.clear()
    assert with_due_dates(empty, CUSTOMERS, default="30").is_empty()


def test_terms_of_the_default_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(UnreadableTerms):
        with_due_dates(ITEMS, CUSTOMERS, default="soon")
    with pytest.raises(SchemaError):
        with_due_dates(ITEMS, CUSTOMERS.drop("terms"), default="30")


def test_several_instalments_give_the_last_due_date_before_they_are_cut() -> None:
    dated = with_due_dates(ITEMS.head(1), CUSTOMERS, default="30% 15 + 70% 45")
    assert dated["due_date"].to_list() == [day("2026-03-01")]


def test_an_invoice_is_cut_into_its_instalments_with_what_had_settled_it() -> None:
    people = customers_frame("customer  terms\nA         30% 15 + 50% 30 + 20% 60\nB         30")
    items = items_frame(
        """
        item  customer  kind     date        due         amount   recorded
        1     A         invoice  2026-01-01  -           1000.01  2026-01-05
        2     B         invoice  2026-01-01  -           50.00    2026-01-05
        3     A         payment  2026-01-20  2026-01-20  -400.00  2026-01-21
        4     B         payment  2026-01-20  2026-01-20  -50.00   2026-01-21
        """
    )
    settled = allocations_frame(
        """
        debit  credit  amount  recorded
        1      3       400.00  2026-02-10
        2      4       50.00   2026-02-10
        """,
        items,
    )
    dated = with_due_dates(items, people, default="30")
    cut, moved = split_into_instalments(dated, settled, customers=people, default="30")
    assert_rows(
        cut,
        """
        item  customer  document  date        recorded    due         amount
        1     A         F1        2026-01-01  2026-01-05  2026-01-16  300.00
        2     B         F2        2026-01-01  2026-01-05  2026-01-31  50.00
        3     A         F3        2026-01-20  2026-01-21  2026-01-20  -400.00
        4     B         F4        2026-01-20  2026-01-21  2026-01-20  -50.00
        6     A         F1        2026-01-01  2026-01-05  2026-01-31  500.01
        7     A         F1        2026-01-01  2026-01-05  2026-03-02  200.00
        """,
    )
    assert_rows(
        moved.sort("debit_item"),
        """
        debit  credit  amount  date        value       recorded
        1      3       300.00  2026-01-20  2026-01-20  2026-02-10
        2      4       50.00   2026-01-20  2026-01-20  2026-02-10
        6      3       100.00  2026-01-20  2026-01-20  2026-02-10
        """,
    )


def test_the_first_instalment_due_is_settled_first_however_the_terms_are_written() -> None:
    people = customers_frame("customer  terms\nC1        70% 60 + 30% 30")
    items = items_frame(
        "date        due         amount\n2026-01-01  -           100\n2026-01-05  -           -40"
    )
    settled = allocations_frame("debit  credit  amount\n1      2       40", items)
    dated = with_due_dates(items, people, default="30")
    cut, moved = split_into_instalments(dated, settled, customers=people, default="30")
    assert_rows(
        cut.filter(pl.col("amount_minor") > 0).sort("due_date"),
        "due         amount\n2026-01-31  30.00\n2026-03-02  70.00",
    )
    paid = moved.join(cut.select(debit_item="item", due="due_date"), on="debit_item").sort("due")
    assert_rows(paid, "due         amount\n2026-01-31  30.00\n2026-03-02  10.00")


def test_a_due_date_that_a_list_states_is_not_cut() -> None:
    people = customers_frame("customer  terms\nC1        30% 15 + 70% 45")
    items = items_frame("date        due         amount\n2026-01-01  2026-01-10  100")
    cut, _ = split_into_instalments(
        items, allocations_frame("", items), customers=people, default="30"
    )
    assert cut.equals(items)


def test_without_instalments_nothing_changes() -> None:
    dated = with_due_dates(ITEMS, CUSTOMERS, default="30")
    none = allocations_frame("", ITEMS)
    cut, moved = split_into_instalments(dated, none, customers=CUSTOMERS, default="30")
    assert cut is dated
    assert moved is none


def ceilings_of(text: str, kind: str = "business", sector: str = "") -> pl.DataFrame:
    """The invoices of a table that are beyond the ceiling, all of one customer."""
    people = customers_frame(f"customer  kind\nC1        {kind}")
    return beyond_ceiling(items_frame(text), people, ceilings=CEILINGS, sector=sector)


@pytest.mark.parametrize(
    ("kind", "sector", "issue", "latest"),
    [
        ("business", "", "2026-01-15", "2026-03-31"),  # 45 days end of month, reading (a)
        ("business", "", "2026-01-31", "2026-04-01"),  # 60 days are later than both readings
        ("business", "", "2026-02-01", "2026-04-14"),  # reading (b): 28 February + 45
        ("business", "", "2026-02-15", "2026-04-30"),
        ("business", "", "2024-01-01", "2024-03-16"),  # (b) 31 January + 45 over a leap day
        ("public", "", "2026-01-15", "2026-02-14"),
        ("business", "TRANSPORT_30", "2026-01-15", "2026-02-14"),
        ("business", "TOYS_95", "2026-01-15", "2026-04-20"),
        ("business", "WINE_45EOM_60", "2026-01-15", "2026-03-31"),
        ("business", "WINE_45EOM_60", "2026-01-31", "2026-04-01"),  # 60 days net
        ("business", "WATCH_JEWEL_59EOM", "2026-01-15", "2026-03-31"),
        ("business", "LEATHER_54EOM", "2026-01-15", "2026-03-31"),
    ],
)
def test_the_latest_due_date_that_the_law_allows(
    kind: str, sector: str, issue: str, latest: str
) -> None:
    at, beyond = day(latest), day(latest) + timedelta(days=1)
    table = f"""
        issue    due       amount
        {issue}  {at}      1.00
        {issue}  {beyond}  1.00
        """
    (row,) = ceilings_of(table, kind, sector).to_dicts()
    assert (row["ceiling_date"], row["days_beyond"], row["due_date"]) == (at, 1, beyond)


def test_the_finding_names_the_article() -> None:
    (row,) = ceilings_of("issue       due         amount\n2026-01-15  2026-06-30  1.00").to_dicts()
    assert row["reference"] == "C. com. art. L441-10 I al. 2 · C. com. art. L441-10 I al. 3"
    assert row["days_beyond"] == 91
    public = ceilings_of("issue       due         amount\n2026-01-15  2026-06-30  1.00", "public")
    assert "R2192-10" in public["reference"][0]


@pytest.mark.parametrize(("sector", "is_verified"), [("", True), ("TOYS_95", False)])
def test_the_finding_says_whether_its_source_was_read(sector: str, is_verified: bool) -> None:
    late = "issue       due         amount\n2026-01-15  2026-06-30  1.00"
    assert ceilings_of(late, sector=sector)["verified"].to_list() == [is_verified]


def test_consumers_and_what_is_no_invoice_have_no_ceiling() -> None:
    late = "issue       due         amount\n2026-01-15  2026-12-31  1.00"
    assert ceilings_of(late, "consumer").is_empty()
    bill = "kind  issue       due         amount\nbill  2026-01-15  2026-12-31  1.00"
    assert ceilings_of(bill).is_empty()


def test_a_sector_that_the_table_does_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="no ceiling of payment terms is called TOYS_96"):
        ceilings_of(
            "issue       due         amount\n2026-01-15  2026-12-31  1.00", sector="TOYS_96"
        )
