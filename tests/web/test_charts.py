"""Small pictures: well formed, named, without a style."""

from xml.etree import ElementTree as ET

from quittance.web.charts import ages_bar, sparkline


def test_a_trend_marks_its_last_known_value_and_skips_gaps() -> None:
    svg = ET.fromstring(sparkline([1, None, 3], "DSO"))  # noqa: S314  (our own text)
    assert svg.attrib["aria-label"] == "DSO"
    assert float(svg[1].attrib["cy"]) == 3.0  # the highest value is at the top
    assert svg[0].attrib["d"].count(" L") == 1


def test_a_flat_trend_is_a_line_and_one_value_is_none() -> None:
    assert "path" in sparkline([5, 5], "")
    assert sparkline([5], "") == ""
    assert sparkline([None, 5], "") == ""


def test_ages_share_the_width_oldest_last() -> None:
    svg = ET.fromstring(ages_bar([50, 0, 25, 0, 25], "Âges"))  # noqa: S314  (our own text)
    assert [(bar.attrib["class"], bar.attrib["width"]) for bar in svg] == [
        ("age-0", "50"), ("age-2", "25"), ("age-4", "25"),
    ]  # fmt: skip


def test_ages_compare_with_the_largest_row() -> None:
    svg = ET.fromstring(ages_bar([50, 0, 0, 0, 0], "", largest=200))  # noqa: S314  (our own text)
    assert svg[0].attrib["width"] == "25"


def test_nothing_owed_is_no_bar_and_credits_count_for_nothing() -> None:
    assert ages_bar([0, 0, 0, 0, -5], "") == ""


def test_a_name_cannot_break_out_and_no_style_is_written() -> None:
    picture = ages_bar([1, 0, 0, 0, 0], '"><script>')
    assert "<script>" not in picture
    assert "style" not in picture
