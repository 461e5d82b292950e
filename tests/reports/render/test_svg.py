"""Elements of SVG."""

import doctest

from quittance.reports.render import svg
from quittance.reports.render.svg import element, path, words_of


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(svg).failed == 0


def test_attributes_are_escaped_and_named() -> None:
    assert element("text", words_of("<a & b>"), class_='x"y', font_size=12) == (
        '<text class="x&quot;y" font-size="12">&lt;a &amp; b&gt;</text>'
    )


def test_a_path_is_short() -> None:
    assert path([(0.0, 1.005), (10.123, 2.0)]) == "M0 1 L10.12 2"
