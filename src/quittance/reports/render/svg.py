"""Elements of SVG as text: attributes and words are escaped here and nowhere else."""

from html import escape

from quittance.reports.render.formats import clean


def element(name: str, *children: str, **attributes: object) -> str:
    """One element around children that are already SVG.

    `class_` becomes `class`, an underscore a hyphen; an attribute that is None is left out.

    >>> element("rect", x=1.25, fill_opacity=None)
    '<rect x="1.25"/>'
    """
    written = "".join(
        f' {_attribute(key)}="{escape(_text(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def words_of(text: str) -> str:
    """Any text, safe between two tags.

    >>> words_of("A & B")
    'A &amp; B'
    """
    return escape(clean(text))


def path(points: list[tuple[float, float]]) -> str:
    """The `d` of a line through the points."""
    return "M" + " L".join(f"{_text(x)} {_text(y)}" for x, y in points)


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _text(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
