"""Whole charts: well-formed, complete, and without two labels on one another."""

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from quittance.core.phrase import LANGUAGES, Language, same
from quittance.reports.render.chart_svg import chart_svg
from quittance.reports.render.chart_text import text_width
from quittance.reports.report import Chart, Series

SVG = "{http://www.w3.org/2000/svg}"
SIZES = ((340, 300), (720, 320))
NAMES = ["bars", "grouped", "stacked", "lines", "pareto"]


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  (our own text)


def boxes(svg: ET.Element) -> list[tuple[str, float, float, float, float]]:
    found = []
    for text in svg.iter(f"{SVG}text"):
        if "transform" in text.attrib:
            continue
        words = text.text or ""
        width = 0.85 * text_width(words)
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib["text-anchor"]]
        left, y = float(text.attrib["x"]) - share * width, float(text.attrib["y"])
        found.append((words, left, y - 9, left + width, y + 1))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_labels_stay_inside_and_apart(
    charts_by_name: dict[str, Chart], name: str, size: tuple[int, int], lang: Language
) -> None:
    width, height = size
    svg = parsed(chart_svg(charts_by_name[name], lang, width=width, height=height))
    found = boxes(svg)
    for _, left, top, right, bottom in found:
        assert left >= 0
        assert right <= width
        assert top >= 0
        assert bottom <= height
    for one, other in itertools.combinations(found, 2):
        apart = one[1] >= other[3] or other[1] >= one[3] or one[2] >= other[4] or other[2] >= one[4]
        assert apart, (one, other)


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_reader_gets_title_and_values(charts_by_name: dict[str, Chart], name: str) -> None:
    chart = charts_by_name[name]
    svg = parsed(chart_svg(chart, "fr", width=720, height=320))
    assert svg.attrib["role"] == "img"
    named = {element.attrib.get("id"): element.text or "" for element in svg}
    title, desc = svg.attrib["aria-labelledby"].split()
    assert named[title] == chart.title.fr
    assert all(series.label.fr in named[desc] for series in chart.series)


def test_values_and_labels_are_there(charts_by_name: dict[str, Chart]) -> None:
    text = chart_svg(charts_by_name["bars"], "fr", width=720, height=320)
    assert "712\u00a0k€</text>" in text
    assert "<title>Non échu, Encours\u00a0: 712\u202f000,00\u00a0€</title>" in text
    assert "1–30 j</text>" in text


def test_hostile_names_are_only_words(charts_by_name: dict[str, Chart]) -> None:
    text = chart_svg(charts_by_name["pareto"], "fr", width=720, height=320)
    assert "<script" not in text
    assert "\x1b" not in text
    assert "&lt;script&gt;alert(&#x27;Été&#x27;)&lt;/script&gt; &amp; Fils" in text


def test_nothing_is_loaded_and_nothing_is_styled_inline(charts_by_name: dict[str, Chart]) -> None:
    for chart in charts_by_name.values():
        text = chart_svg(chart, "en", width=340, height=300)
        assert not re.search(r"href|<style|style=|<script|url\((?!#)", text)


def test_two_charts_of_a_page_have_names_of_their_own(charts_by_name: dict[str, Chart]) -> None:
    ids = [
        identity
        for chart in charts_by_name.values()
        for width, height in SIZES
        for identity in re.findall(
            ' id="([^"]+)"', chart_svg(chart, "fr", width=width, height=height)
        )
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "values",
    [(), (None, None), (0, 0, 0), (5,), (-3, -7), (0.001,), (10**15, 1), (None, 4, None)],
)
@pytest.mark.parametrize("shape", ["bars", "stacked", "lines", "pareto"])
def test_strange_values_still_give_a_chart(shape: str, values: tuple[float | None, ...]) -> None:
    labels = tuple(same(f"L{n}") for n in range(len(values)))
    chart = Chart("bars", same("T"), labels, (Series(same("S"), values),), "money", "EUR")
    svg = parsed(chart_svg(replace(chart, shape=shape), "fr", width=340, height=200))  # type: ignore[arg-type]
    assert svg.attrib["viewBox"] == "0 0 340 200"
    if not any(value is not None for value in values):
        assert "Aucune donnée à représenter" in [text.text for text in svg.iter(f"{SVG}text")]
