"""The page: self-contained, escaped, accessible."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from quittance.core.phrase import LANGUAGES, Language, same
from quittance.reports.render.html import to_html
from quittance.reports.report import Report

VOID = {"meta", "link", "br", "rect", "circle", "path", "line"}


class Outline(HTMLParser):
    """Checks that tags are closed in order, and collects what the tests look at."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def outline(page: str) -> Outline:
    parser = Outline()
    parser.feed(page)
    assert parser.open == []
    return parser


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_needs_nothing_else(report: Report, lang: Language) -> None:
    page = to_html(report, lang)
    assert f'<html lang="{lang}">' in page
    assert not re.search(r"<(script|link|img|iframe|object)\b", page)
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", page)
    assert not re.search(r"url\((?!#)|@import|\son\w+=|\sstyle=", page)
    assert page.count("<style>") == 1


def test_the_page_forbids_itself_everything_but_its_style(report: Report) -> None:
    page = to_html(report, "fr")
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page.replace("&#39;", "'")


def test_hostile_words_are_only_words(report: Report) -> None:
    page = to_html(report, "fr")
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#39;Été&#39;)&lt;/script&gt; &amp; Fils" in page
    assert "<b>1 000,00</b>" not in page
    assert "\x1b" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_structure_is_sound(report: Report, lang: Language) -> None:
    found = outline(to_html(report, lang))
    assert found.headings.count(1) == 1
    steps = zip(found.headings, found.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)
    assert len(found.ids) == len(set(found.ids))
    targets = {
        attrs["href"] for tag, attrs in found.tags if tag == "a" and (attrs["href"] or "")[0] == "#"
    }
    assert targets <= {f"#{identity}" for identity in found.ids}


def test_tables_can_be_read_and_scrolled_without_a_mouse(report: Report) -> None:
    found = outline(to_html(report, "fr"))
    tags = [tag for tag, _ in found.tags]
    assert tags.count("caption") == tags.count("table") == 2
    assert all("scope" in attrs for tag, attrs in found.tags if tag == "th")
    boxes = [attrs for tag, attrs in found.tags if attrs.get("class") == "scroll"]
    assert all(box["tabindex"] == "0" and box["role"] == "region" for box in boxes)
    assert [box["aria-label"] for box in boxes] == [
        "Tableau : Balance âgée",
        "Tableau : Postes ouverts",
    ]


def test_the_reader_finds_everything(report: Report) -> None:
    page = to_html(report, "fr")
    for text in (
        "Situation au 31/12/2025",
        "1\u202f234\u202f567,50\u00a0€",
        "non calculable",
        "Montant échu ÷ encours × 100",
        "59\u202f365,64",
        "Les avoirs figurent en négatif.",
        "13 erreurs, 1 avertissement, 13 lignes écartées",
        "Exportez à nouveau la période.",
        "Cette page présente les 200 premières lignes sur 260",
        "Établi avec Quittance 0.",
        "Aller au contenu",
    ):
        assert text in page, text
    assert page.count("<svg") == 3 * 5


def test_words_are_in_the_language_of_the_reader(report: Report) -> None:
    page = to_html(report, "en")
    assert "Position at 31 Dec 2025" in page
    assert "€1,234,567.50" in page
    for french in ("Balance âgée", "Formule", "Sommaire", "lignes"):
        assert french not in page


def test_a_small_report_is_a_small_page() -> None:
    page = to_html(Report("empty", same("Rien"), date(2025, 12, 31)), "fr")
    outline(page)
    assert len(page) < 16_000
    assert "<nav" not in page
    assert "<table" not in page


def test_a_table_without_rows_says_so(report: Report) -> None:
    empty = replace(report, rows=report.rows.head(0), parts=(), totals=report.totals.head(0))
    assert "Aucune ligne à présenter." in to_html(empty, "fr")


def test_a_wide_table_is_printed_across(report: Report) -> None:
    assert '<body class="wide">' in to_html(report, "fr")
    assert "<body>" in to_html(report.parts[0], "fr")
