"""Small pictures beside figures: a trend, and the ages of an amount. No style, classes only."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from quittance.reports.render.svg import element, path

AGE_LOOKS = ("age-0", "age-1", "age-2", "age-3", "age-4")


def sparkline(
    values: Sequence[float | None], label: str, *, width: int = 88, height: int = 26
) -> SafeString:
    """A line through the known values, its last one marked; nothing for fewer than two."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return SafeString("")
    low, high = min(v for _, v in known), max(v for _, v in known)
    span, step = (high - low) or 1, (width - 6) / max(len(values) - 1, 1)
    points = [(3 + p * step, 3 + (height - 6) * (high - v) / span) for p, v in known]
    drawn = (
        element("path", d=path(points), fill="none", stroke="currentColor", stroke_width=1.5,
                stroke_linejoin="round", stroke_linecap="round", stroke_opacity=0.75),
        element("circle", cx=points[-1][0], cy=points[-1][1], r=2.5, fill="currentColor"),
    )  # fmt: skip
    return drawing("spark", *drawn, label=label, width=width, height=height)


def ages_bar(
    amounts: Sequence[int], label: str, *, largest: int | None = None, slim: bool = True
) -> SafeString:
    """What is owed by age, as one bar: not due first, the oldest last.

    `largest` is the amount that fills the whole width, so that rows compare with one another.
    """
    shares = [max(amount, 0) for amount in amounts]
    whole = largest if largest is not None else sum(shares)
    if whole <= 0:
        return SafeString("")
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + 100 * share / whole)
    bars = [
        element("rect", x=left, width=right - left, height=8, class_=look)
        for (left, right), look in zip(pairwise(edges), AGE_LOOKS, strict=True)
        if right > left
    ]
    look = "ages slim" if slim else "ages"
    return drawing(look, *bars, label=label, width=100, height=8, preserveAspectRatio="none")


def drawing(
    look: str, *drawn: str, label: str, width: int, height: int, **attributes: str
) -> SafeString:
    """An SVG with a name for those who do not see it; without one, it is not spoken of."""
    said = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    svg = element("svg", *drawn, class_=look, viewBox=f"0 0 {width} {height}", width=width,
                  height=height, **said, **attributes)  # fmt: skip
    return mark_safe(svg)  # noqa: S308  (reports/render/svg.py escapes every attribute)
