"""All that was given to a company, folded into its receivables."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from tests.core.entries import entries, open_now
from tests.tables import assert_rows, frame

from quittance.core.customer_lists import CUSTOMER_ROWS, LISTED
from quittance.core.listing import INVOICE_ROWS, PAYMENT_ROWS
from quittance.core.problems import UnusableInput, sentences
from quittance.core.sources import Given, covered_and_absent, gathered

SALE = entries("""
journal  entry  date        account  customer  piece  debit    credit
VE       1      2026-01-31  411000   C1        FA-1   1200.00  0
VE       1      2026-01-31  707000   -         FA-1   0        1200.00
""")
FEC = Given("fec.txt", "entries", SALE)
INVOICES = Given("factures.csv", "invoices", frame("""
document  customer  issue       amount  currency
FA-1      C1        2026-01-31  100.00  EUR
FA-2      C1        2026-02-28  50.00   EUR
""", INVOICE_ROWS))  # fmt: skip
PAYMENTS = Given("reglements.csv", "payments", frame("""
document  payment_date  amount
FA-1      2026-03-10    100.00
""", PAYMENT_ROWS))  # fmt: skip


def people(text: str, file: str = "clients.csv", batch: int = 0) -> Given:
    return Given(file, "customers", frame(text, CUSTOMER_ROWS), batch)


@pytest.mark.parametrize("beside", [INVOICES, PAYMENTS])
def test_entries_and_lists_of_movements_are_not_added_up(beside: Given) -> None:
    with pytest.raises(UnusableInput) as refused:
        gathered([FEC, beside])
    (told,) = sentences(refused.value.problems, "en")
    assert f"(fec.txt) and a list of invoices or payments ({beside.file}) together" in told


def test_the_label_of_the_file_is_the_one_given() -> None:
    """Two files of one name were uploaded: their rows both say the same."""
    found = gathered([Given("fec.txt (2)", "entries", SALE)])
    assert found.sources["file"].to_list() == ["fec.txt (2)"]


def test_a_list_of_customers_gives_terms_and_kind_beside_a_fec() -> None:
    found = gathered(
        [FEC, people("customer  name   terms  customer_kind\nC1  Morel  60  Mairie\n")]
    )
    assert found.customers.rows() == [("C1", "C1", "public", "60")]


def test_of_several_lists_of_customers_each_says_what_it_knows_and_the_last_decides() -> None:
    named = people("customer  name   terms\nC1  Morel  30\n", "a.csv")
    timed = people("customer  terms\nC1  60\n", "b.csv", batch=1)
    for sources in ([INVOICES, named, timed], [timed, named, INVOICES]):
        assert gathered(sources).customers.rows() == [("C1", "Morel", "business", "60")]


def test_nothing_given_is_nothing_owed() -> None:
    assert gathered([]).items.is_empty()
    assert isinstance(gathered([]).sources, pl.DataFrame)


# The life of a record


def fec(text: str, file: str, batch: int, *, replaces: bool = False) -> Given:
    head = "journal  entry  date        account  customer  piece  debit   credit  code\n"
    return Given(file, "entries", entries(head + text, file=file), batch, replaces)


def bills(text: str, file: str, batch: int, *, replaces: bool = False) -> Given:
    head = "customer  document  issue       due         amount  paid  open\n"
    rows = frame(head + text, INVOICE_ROWS, currency="EUR")
    return Given(file, "invoices", rows, batch, replaces)


def receipts(text: str, file: str, batch: int, *, replaces: bool = False) -> Given:
    head = "document  payment_date  amount\n"
    return Given(file, "payments", frame(head + text, PAYMENT_ROWS), batch, replaces)


def facts(*given: Given) -> dict[str, int]:
    """The amount of each item, by its natural key."""
    found = gathered(given)
    joined = found.sources.join(found.items, on="item", validate="1:1")
    return dict(joined.select("key", "amount_minor").iter_rows())


def still_open(*given: Given) -> dict[str, int]:
    """What is left of each item, by its natural key."""
    found = gathered(given)
    left = open_now(found).join(found.sources, on="item")
    return dict(left.select("key", "open_minor").iter_rows())


JANUARY = """
VE  1  2026-01-31  411000  C1  FA-1  100.00  0  A
VE  2  2026-01-31  411000  C1  FA-2  200.00  0  -
"""
FEBRUARY = "BQ  3  2026-02-28  411000  C1  R-1  0  100.00  A\n"
FA_1, FA_2 = (f"entry|VE|2026-01-31|{number}|411000|C1|D|1" for number in (1, 2))
R_1 = "entry|BQ|2026-02-28|3|411000|C1|C|1"


def test_a_corrected_export_keeps_its_keys_and_changes_what_they_say() -> None:
    first = fec(JANUARY, "1.txt", 1)
    again = fec(JANUARY.replace("200.00", "250.00"), "2.txt", 2)
    assert facts(first) == {FA_1: 10000, FA_2: 20000}
    assert facts(first, again) == {FA_1: 10000, FA_2: 25000}
    assert facts(again, first) == facts(first, again)


def test_a_later_export_that_contains_the_earlier_one_adds_what_is_new() -> None:
    first, longer = fec(JANUARY, "1.txt", 1), fec(JANUARY + FEBRUARY, "2.txt", 2)
    assert still_open(first) == {FA_1: 10000, FA_2: 20000}
    assert still_open(first, longer) == {FA_1: 0, FA_2: 20000, R_1: 0}


def test_undoing_an_import_is_the_fold_without_it() -> None:
    first, second = fec(JANUARY, "1.txt", 1), fec(FEBRUARY, "2.txt", 2)
    assert still_open(first, second) == {FA_1: 0, FA_2: 20000, R_1: 0}
    assert still_open(first) == {FA_1: 10000, FA_2: 20000}


def test_a_code_joins_a_year_that_came_in_parts() -> None:
    halves = [fec(JANUARY, "1.txt", 1), fec(FEBRUARY, "2.txt", 2)]
    whole = fec(JANUARY + FEBRUARY, "year.txt", 1)
    assert still_open(*halves) == still_open(*halves[::-1]) == still_open(whole)


def test_what_a_file_that_replaces_no_longer_holds_has_vanished() -> None:
    first = fec(JANUARY, "1.txt", 1)
    shorter = JANUARY.splitlines(keepends=True)[1]
    kept, replaced = (fec(shorter, "2.txt", 2, replaces=one) for one in (False, True))
    assert facts(first, kept) == {FA_1: 10000, FA_2: 20000}
    assert facts(first, replaced) == {FA_1: 10000}
    assert_rows(covered_and_absent([first, kept], 2), """
    key                     file   covering  date        customer  document  currency  amount
    entry|VE|2026-01-31|2   1.txt  2.txt     2026-01-31  C1        FA-2      EUR       200.00
    """)  # fmt: skip
    assert covered_and_absent([first, kept], 1).is_empty()


INVOICE = "C1  FA-1  2026-01-31  2026-03-02  100.00  -  -\n"
FA = "invoice|C1|FA-1|2026-01-31"


def test_an_invoice_of_two_lists_counts_once_and_the_later_list_decides() -> None:
    """January's list, then February's, where 40 are paid and it is due later."""
    february = INVOICE.replace("-  -", "40.00  -").replace("2026-03-02", "2026-03-31")
    lists = [bills(INVOICE, "1.csv", 1), bills(february, "2.csv", 2)]
    assert still_open(*lists) == still_open(*lists[::-1]) == {f"{FA}|1": 6000, f"{FA}|1|paid": 0}
    assert gathered(lists).items["due_date"][0] == date(2026, 3, 31)
    assert gathered(lists).problems.is_empty()


def test_of_two_lists_given_together_the_one_that_goes_further_decides() -> None:
    february = INVOICE.replace("-  -", "40.00  -") + "C1  FA-2  2026-02-10  -  50.00  -  -\n"
    lists = [bills(february, "a.csv", 0), bills(INVOICE, "b.csv", 0)]
    assert still_open(*lists)[f"{FA}|1"] == still_open(*lists[::-1])[f"{FA}|1"] == 6000
    (told,) = sentences(gathered(lists).problems, "en")
    assert told.startswith("b.csv: customer C1, invoice FA-1: a.csv says otherwise (1 in all).")


def test_two_instalments_become_one() -> None:
    two = INVOICE.replace("100.00", "50.00") + INVOICE.replace("100.00", "50.00").replace(
        "-02", "-31"
    )
    lists = [bills(two, "1.csv", 1), bills(INVOICE, "2.csv", 2)]
    assert facts(lists[0]) == {f"{FA}|1": 5000, f"{FA}|2": 5000}
    assert facts(*lists) == {f"{FA}|1": 10000}


def test_a_number_that_comes_back_on_another_day_is_another_invoice_and_is_told() -> None:
    """A rent under its contract's number: no month may take the place of the one before."""
    rents = [
        bills(f"C1  BAIL  2026-{month}-01  -  900.00  -  -\n", f"{month}.csv", int(month))
        for month in ("01", "02")
    ]
    assert list(facts(*rents).values()) == [90000, 90000]
    (told,) = sentences(gathered(rents).problems, "en")
    assert told.startswith("02.csv:")
    assert "invoice BAIL: same number on another date in another file (1 in all)" in told


def test_two_true_equal_payments_stay_two_and_a_repetition_changes_nothing() -> None:
    twice = "FA-1  2026-03-10  20.00\n" * 2
    once = receipts("FA-1  2026-03-10  20.00\n", "3.csv", 3)
    bill, both = bills(INVOICE, "1.csv", 1), receipts(twice, "2.csv", 1)
    again = receipts(twice, "4.csv", 4)
    for given in ([bill, both], [bill, both, again], [bill, once, both], [bill, again, once]):
        assert still_open(*given)[f"{FA}|1"] == 6000
        assert len(facts(*given)) == 3


def test_what_a_list_that_replaces_no_longer_holds_has_vanished() -> None:
    first = bills(INVOICE + INVOICE.replace("FA-1", "FA-2"), "1.csv", 1)
    paid = receipts("FA-1  2026-03-10  20.00\nFA-1  2026-03-10  30.00\n", "2.csv", 1)
    kept = [bills(INVOICE, "3.csv", 2), receipts("FA-1  2026-03-10  20.00\n", "4.csv", 2)]
    replaced = [replace(one, replaces=True) for one in kept]
    assert len(facts(first, paid, *kept)) == 4
    assert list(facts(first, paid, *replaced).values()) == [10000, -2000]
    absent = covered_and_absent([first, paid, *kept], 2)
    assert absent.select("document", "covering", "amount_minor").rows() == [
        ("FA-2", "3.csv", 10000),
        ("FA-1", "4.csv", -3000),
    ]


def test_the_newest_list_of_open_amounts_takes_the_place_of_the_older_ones() -> None:
    january = bills(INVOICE.replace("-  -", "-  100.00") + "C2  FA-9  2026-01-05  -  -  -  7.00\n",
                    "1.csv", 1)  # fmt: skip
    february = [
        bills(INVOICE.replace("-  -", "-  60.00"), "2.csv", 2),
        bills("C3  FA-5  2026-02-05  -  -  -  5.00\n", "3.csv", 2),
    ]
    assert facts(january) == {f"{FA}|1": 10000, "invoice|C2|FA-9|2026-01-05|1": 700}
    now = {f"{FA}|1": 6000, "invoice|C3|FA-5|2026-02-05|1": 500}
    assert facts(january, *february) == facts(*february[::-1], january) == now
    assert covered_and_absent([january, *february], 2).is_empty()


def test_which_instalment_a_part_payment_settles_does_not_hang_on_the_order_of_lines() -> None:
    lines = [f"C1  FA-1  2026-01-31  2026-{month}-01  50.00  -  -\n" for month in ("04", "03")]
    paid = receipts("FA-1  2026-02-10  50.00\n", "r.csv", 1)
    for order in (lines, lines[::-1]):
        left = still_open(bills("".join(order), "1.csv", 1), paid)
        assert (left[f"{FA}|1"], left[f"{FA}|2"]) == (0, 5000)  # the first due is settled first


def test_lists_of_customers_complete_those_of_the_books_whatever_their_source() -> None:
    rows = {
        "customer": "C1", "siren": "732829320", "segment": "Public", "contact_name": "Anne",
        "line": 2, "file": "x",
    }  # fmt: skip
    told = Given("c.csv", "customers", pl.DataFrame([rows], schema=dict(LISTED)))
    for movements in (FEC, INVOICES):
        found = gathered([told, movements])
        assert found.details.select("customer", "siren", "segment").rows() == [
            ("C1", "732829320", "Public")
        ]
        assert found.contacts.select("customer", "name").rows() == [("C1", "Anne")]


def test_a_list_read_before_its_fields_were_known_states_none_of_them() -> None:
    found = gathered([INVOICES, people("customer  name\nC1        Alpha")])
    assert found.details.row(0) == ("C1", *[None] * 10)
    assert found.contacts.is_empty()
