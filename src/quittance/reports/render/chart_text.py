"""How wide a text is, without a browser: enough to wrap it, shorten it, and avoid collisions.

Widths are those of a common sans-serif face at one pixel of size, rounded up, so that a text never
takes more room than was kept for it.
"""

from dataclasses import dataclass, field
from itertools import pairwise

SIZE = 12.0  # pixels
LINE = 14.0
STEPS = 8  # places of a line where no label may stand, between two points
ELLIPSIS = "…"
CLASSES = ((".,;:'’|!iljI·\u202f", 0.3), ("frt()[]-/ \u00a0°", 0.4), ("mwMW%—…@", 0.95))
CAPITALS, OTHERS = 0.72, 0.6
WIDTHS = {sign: width for signs, width in CLASSES for sign in signs}


def text_width(text: str, size: float = SIZE) -> float:
    """The width of a text in pixels, at most."""
    return size * sum(WIDTHS.get(c, CAPITALS if c.isupper() else OTHERS) for c in text)


def shortened(text: str, width: float) -> str:
    """The text itself, or its beginning and an ellipsis, within a width."""
    if text_width(text) <= width:
        return text
    kept = text
    while kept and text_width(kept + ELLIPSIS) > width:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def wrapped(text: str, width: float, *, lines: int) -> list[str]:
    """The text on at most so many lines, broken at spaces, the last one shortened."""
    found: list[str] = []
    rest = text.split(" ")
    while rest and len(found) < lines - 1:
        count = 1
        while count < len(rest) and text_width(" ".join(rest[: count + 1])) <= width:
            count += 1
        found.append(shortened(" ".join(rest[:count]), width))
        rest = rest[count:]
    return [*found, shortened(" ".join(rest), width)] if rest else found


def longest_word(text: str) -> float:
    """The width of the longest word of a text."""
    return max((text_width(word) for word in text.split(" ")), default=0.0)


@dataclass
class Room:
    """The places that labels take, so that no two of them overlap."""

    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def take(self, x: float, y: float, *, width: float, anchor: str = "middle") -> bool:
        """Keep the place of one line of text whose baseline is at y, if it is free."""
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        box = (left - 2, y - SIZE, left + width + 2, y + 3)
        if any(_overlap(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        return True

    def block(self, left: float, top: float, *, right: float, bottom: float) -> None:
        """Keep labels away from a mark."""
        self.taken.append((left, top, right, bottom))

    def block_line(self, points: list[tuple[float, float]]) -> None:
        """Keep labels away from a line."""
        for (x, y), (x_end, y_end) in pairwise(points):
            for step in range(STEPS):
                share = (step + 0.5) / STEPS
                here, there = x + (x_end - x) * share, y + (y_end - y) * share
                self.block(here - 1, there - 1, right=here + 1, bottom=there + 1)


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]
