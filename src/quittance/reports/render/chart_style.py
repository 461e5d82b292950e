"""Colours, patterns and dashes: told apart by colour-blind eyes, and without any colour at all.

A page may set the CSS variables `--series-1` to `--series-6`, `--surface` and `--grid` to follow
its own theme; without them the colours below hold. Their contrast on white is at least 3 to 1.
"""

from quittance.reports.render.svg import element, path

COLOURS = ("#0067A5", "#C8500A", "#00806A", "#A8477F", "#6B7280", "#8A6A00")
SURFACE = "var(--surface,#fff)"
GRID = "var(--grid,#d5dcdf)"
DASHES = (None, "7 4", "2 3", "9 3 2 3", "4 2", "12 4")
MARKERS = ("circle", "square", "diamond", "triangle", "circle", "square")
STRIPE = {"stroke": SURFACE, "stroke_width": 1.6, "stroke_opacity": 0.75}


def colour(place: int) -> str:
    """The colour of a series, which a theme may change."""
    number = place % len(COLOURS)
    return f"var(--series-{number + 1},{COLOURS[number]})"


def filling(place: int, key: str) -> str:
    """How a bar of a series is filled: the first plain, the others with their pattern."""
    number = place % len(COLOURS)
    return colour(place) if number == 0 else f"url(#{key}-p{number})"


def patterns(count: int, key: str) -> str:
    """The definitions of the patterns that so many series need."""
    needed = range(1, min(count, len(COLOURS)))
    if not needed:
        return ""
    return element("defs", *(_pattern(number, f"{key}-p{number}") for number in needed))


def marker(x: float, y: float, *, place: int) -> str:
    """The sign of a point of a line."""
    shape = MARKERS[place % len(MARKERS)]
    look = {"fill": colour(place), "stroke": SURFACE, "stroke_width": 1}
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=3.6, **look)
    if shape == "square":
        return element("rect", x=x - 3.2, y=y - 3.2, width=6.4, height=6.4, **look)
    reach = 4.6
    corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
    if shape == "triangle":
        corners = [(x, y - reach), (x + reach, y + 3.6), (x - reach, y + 3.6)]
    return element("path", d=path(corners) + " Z", **look)


def line(points: list[tuple[float, float]], *, place: int) -> str:
    """A line through points, in the colour and dashes of a series."""
    return element(
        "path",
        d=path(points),
        fill="none",
        stroke=colour(place),
        stroke_width=2.2,
        stroke_dasharray=DASHES[place % len(DASHES)],
        stroke_linejoin="round",
        stroke_linecap="butt" if place else "round",
    )


def _pattern(number: int, key: str) -> str:
    """Stripes, dots, lines across, squares or stripes the other way, on the series' colour."""
    turn = {1: "rotate(45)", 5: "rotate(-45)"}.get(number)
    ground = element("rect", width=6, height=6, fill=colour(number))
    drawings = {
        1: element("path", d="M3 0 V6", **STRIPE),
        2: element("circle", cx=3, cy=3, r=1.3, fill=SURFACE, fill_opacity=0.85),
        3: element("path", d="M0 3 H6", **STRIPE),
        4: element("path", d="M0 3 H6 M3 0 V6", **STRIPE | {"stroke_width": 1}),
        5: element("path", d="M3 0 V6", **STRIPE | {"stroke_width": 2.6}),
    }
    return element(
        "pattern",
        ground,
        drawings[number],
        id=key,
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform=turn,
    )
