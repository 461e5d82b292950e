"""Axes: ticks at 1, 2 or 5 times a power of ten, and where a value stands in pixels."""

import math
from dataclasses import dataclass

SMALLEST_SPAN = 1e-9  # of what is worth an axis


@dataclass(frozen=True)
class Plot:
    """The rectangle where marks are drawn, and the range of values over its height."""

    left: float
    top: float
    right: float
    bottom: float
    slots: int
    low: float
    high: float

    @property
    def slot_width(self) -> float:
        """The width that one label of the axis has."""
        return (self.right - self.left) / max(self.slots, 1)

    def middle(self, slot: int) -> float:
        """The horizontal place of a slot."""
        return self.left + (slot + 0.5) * self.slot_width

    def y(self, value: float) -> float:
        """The vertical place of a value."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return self.bottom - share * (self.bottom - self.top)


def ticks(low: float, high: float, *, count: int = 5, whole: bool = False) -> list[float]:
    """Round values from at or below `low` to at or above `high`, zero among them.

    >>> ticks(0, 1_230)
    [0, 500, 1000, 1500]
    """
    low, high = min(low, 0), max(high, 0)
    if high - low < SMALLEST_SPAN:
        return [0]
    step = _step((high - low) / count, whole=whole)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [_round(number * step) for number in range(first, last + 1)]


def _step(rough: float, *, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    return max(1.0, step) if whole else step


def _round(value: float) -> float:
    return round(value) if value == round(value) else round(value, 9)
