"""A page of a report as a table: cells, links, pages, totals, and its speed."""

import time
from datetime import date

import polars as pl
import pytest
from django.http import QueryDict

from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Column, Report
from quittance.web.table_views import Picture, Shape, Table
from quittance.web.tables import table_of

NOT_DUE = Column(
    "not_due_minor", Phrase("Non échu", "Not due"), "money", Phrase("À échoir", "Due later")
)


def report(count: int = 3, *, currencies: tuple[str, ...] = ("EUR",)) -> Report:
    rows = pl.DataFrame(
        {
            "customer": [f"C{n:03d}" for n in range(count)],
            "name": [f"Client {n}" for n in range(count)],
            "currency": [currencies[n % len(currencies)] for n in range(count)],
            "not_due_minor": [100_050 * n for n in range(count)],
            "days_past_due": [45 * n for n in range(count)],
            "balance_minor": [-100 * n for n in range(count)],
        },
        schema_overrides={"not_due_minor": pl.Int64, "balance_minor": pl.Int64},
    )
    return Report(
        "aging", Phrase("Balance âgée", "Aged balance"), date(2026, 9, 30),
        (columns.CUSTOMER, columns.NAME, columns.CURRENCY, NOT_DUE, columns.DAYS_PAST_DUE,
         columns.BALANCE),
        rows, columns.totals(rows, "not_due_minor", "balance_minor"),
    )  # fmt: skip


def shown(query: str = "", count: int = 3, **options: object) -> Table:
    return table_of(report(count), QueryDict(query), lang="fr", **options)  # type: ignore[arg-type]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_cells_read_as_in_every_other_report() -> None:
    assert texts(shown())[1] == ["Client 1", "C001", "1\u202f000,50", "45", "-1,00"]
    english = table_of(report(), QueryDict(), lang="en")
    assert texts(english)[1] == ["Client 1", "C001", "1,000.50", "45", "-1.00"]


def test_the_name_comes_first_and_another_column_may() -> None:
    assert [head.name for head in shown().headings][:2] == ["name", "customer"]
    chosen = shown(shape=Shape(lead="balance_minor"))
    assert chosen.headings[0].name == "balance_minor"


def test_one_currency_is_said_once_and_two_have_their_column() -> None:
    assert "currency" not in {head.name for head in shown().headings}
    assert shown().caption == "3 lignes · Montants en EUR"
    two = table_of(report(currencies=("EUR", "CHF")), QueryDict("q=client+0"), lang="fr")
    assert "currency" in {head.name for head in two.headings}


def test_numbers_below_zero_at_zero_and_late_look_so() -> None:
    first, second, _ = shown().rows
    assert first.cells[2].look == "n zero"
    assert second.cells[4].look == "n neg"
    assert [row.cells[3].tone for row in shown().rows] == ["age-0", "age-2", "age-3"]


def test_totals_stand_under_their_columns_one_row_a_currency() -> None:
    (total,) = shown().totals
    assert [cell.text for cell in total] == ["Total", "", "3\u202f001,50", "", "-3,00"]
    two = table_of(report(currencies=("EUR", "CHF")), QueryDict(), lang="fr")
    assert [row[2].text for row in two.totals] == ["CHF", "EUR"]


def test_totals_are_of_all_pages_and_of_the_filter() -> None:
    (total,) = shown(count=100, page_size=10).totals
    assert total[4].text == "-4\u202f950,00"
    (total,) = shown("q=C001", count=100).totals
    assert total[4].text == "-1,00"


def test_a_row_has_its_link_and_its_key() -> None:
    table = shown(row_link=lambda row: f"/c/{row['customer']}" if row["balance_minor"] else None,
                  shape=Shape(key="customer"))  # fmt: skip
    assert [row.href for row in table.rows] == ["", "/c/C001", "/c/C002"]
    assert [row.key for row in table.rows] == ["C000", "C001", "C002"]
    assert table.is_selectable
    assert not shown().is_selectable


def test_other_columns_have_links_pictures_and_groups_of_their_own() -> None:
    picture = Picture("ages", Phrase("Âges", "Ages"), lambda row: f"<svg>{row['name']}</svg>",
                      before="not_due_minor")  # fmt: skip
    shape = Shape(links={"customer": lambda row: f"#{row['name']}"}, pictures=(picture,),
                  group=lambda row: row["customer"] == "C000")  # fmt: skip
    table = shown(shape=shape)
    assert table.rows[1].cells[1].href == "#Client 1"
    assert table.rows[1].cells[2].picture == "<svg>Client 1</svg>"
    assert table.headings[2].label == "Âges"
    assert table.headings[2].href == ""
    assert table.totals[0][2].text == ""
    assert [row.is_group for row in table.rows] == [True, False, False]


def test_headings_sort_numbers_downwards_and_texts_upwards_then_turn() -> None:
    links = {head.name: head.href for head in shown("as_of=2026-01-01&page=2").headings}
    assert links["balance_minor"] == "?as_of=2026-01-01&sort=-balance_minor"
    assert links["name"] == "?as_of=2026-01-01&sort=name"
    (by_name,) = [head for head in shown("sort=name").headings if head.sort]
    assert (by_name.name, by_name.sort, by_name.href) == ("name", "ascending", "?sort=-name")
    (by_sum,) = [head for head in shown("sort=-balance_minor").headings if head.sort]
    assert (by_sum.sort, by_sum.href) == ("descending", "?sort=balance_minor")


def test_hints_are_told() -> None:
    assert shown().hints == [("Non échu", "À échoir")]


def test_pages_are_cut_and_linked() -> None:
    table = shown("page=2&q=client", count=45, page_size=20)
    assert len(table.rows) == 20
    assert texts(table)[0][0] == "Client 20"
    pager = table.pager
    assert (pager.page, pager.pages, pager.text) == (2, 3, "21–40 sur 45")
    assert (pager.first, pager.next) == ("?q=client", "?page=3&q=client")


@pytest.mark.parametrize(("asked", "page"), [("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1)])
def test_a_page_that_is_not_there_is_the_nearest(asked: str, page: int) -> None:
    assert shown(f"page={asked}", count=45, page_size=20).pager.page == page


def test_a_table_without_a_row_still_has_its_headings() -> None:
    empty = table_of(report(0), QueryDict(), lang="fr")
    assert (empty.rows, empty.totals, empty.all, empty.pager.pages) == ((), (), 0, 1)
    assert empty.headings


def test_files_keep_what_is_asked() -> None:
    assert shown("q=a&sort=name").csv == "?q=a&sort=name&format=csv"
    assert shown("open.q=a", prefix="open.").xlsx == "?open.q=a&format=xlsx&table=open"


def test_what_a_screen_reader_hears_tells_rows_and_order() -> None:
    assert shown().said == "1–3 sur 3"
    assert shown("sort=-balance_minor").said == "1–3 sur 3, par Solde, décroissant"


def test_markup_in_a_name_stays_text_in_the_table(db: None) -> None:
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    rows = report().rows.with_columns(name=pl.lit("<script>alert(1)</script>"))
    table = table_of(Report("a", columns.NAME.label, date(2026, 1, 1), report().columns, rows),
                     QueryDict(), lang="fr")  # fmt: skip
    page = render_to_string("web/parts/table.html", {"table": table, "lang": "fr",
                            "request": RequestFactory().get("/")})  # fmt: skip
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_forty_thousand_rows_cost_less_than_a_fifth_of_a_second() -> None:
    large = report(40_000)
    table_of(large, QueryDict("sort=-balance_minor"), lang="fr")
    began = time.perf_counter()
    table = table_of(large, QueryDict("q=client+39&sort=name"), lang="fr")
    assert time.perf_counter() - began < 0.2 * 4  # four times: the machine is shared
    assert table.count == sum("39" in str(n) for n in range(40_000))


def test_a_hidden_column_filters_and_is_in_files_but_is_not_shown() -> None:
    shape = Shape(hidden=frozenset({"days_past_due"}))
    shown = table_of(report(), QueryDict("sort=-days_past_due"), lang="fr", shape=shape)
    assert "days_past_due" not in [head.name for head in shown.headings]
    assert [row.cells[0].text for row in shown.rows] == ["Client 2", "Client 1", "Client 0"]


def test_all_the_rows_are_on_one_page_when_asked_for() -> None:
    paged = shown("q=client&page=2", count=45, page_size=20).pager
    assert paged.whole == "?q=client&rows=all"
    whole = shown("q=client&rows=all", count=45, page_size=20)
    assert (len(whole.rows), whole.pager.pages, whole.pager.whole) == (45, 1, "")
    assert shown(count=3).pager.whole == ""
    assert shown(count=2_001, page_size=20).pager.whole == ""  # too many to be printed
