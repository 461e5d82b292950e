"""The bars of one series drawn with block characters, for a terminal."""

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from quittance.core.phrase import Language
from quittance.reports.render.chart_words import short_value, slot_labels
from quittance.reports.render.formats import DASH, clean
from quittance.reports.report import Chart

BLOCKS = " ▏▎▍▌▋▊▉█"
LABEL_MAX, BAR_MAX = 26, 40


def can_be_drawn(chart: Chart) -> bool:
    """Whether the chart is a single row of bars with something to show."""
    is_bars = chart.shape in ("bars", "stacked") and len(chart.series) == 1
    return is_bars and any(chart.series[0].values)


def bar_lines(chart: Chart, lang: Language, *, width: int) -> Iterator[Text]:
    """The title, then one line a bar: its label, the bar, its value; a negative bar is red."""
    values = chart.series[0].values
    labels = slot_labels(chart, lang)
    texts = [DASH if v is None else short_value(v, chart, lang=lang) for v in values]
    label_width = min(LABEL_MAX, max(map(cell_len, labels)))
    text_width = max(map(cell_len, texts))
    longest = max(4, min(BAR_MAX, width - label_width - text_width - 3))
    most = max(abs(value or 0) for value in values)
    yield Text(clean(chart.title.text(lang)), style="bold")
    for label, value, text in zip(labels, values, texts, strict=True):
        bar = set_cell_size(_bar(abs(value or 0) / most, longest), longest)
        name = set_cell_size(_cut(label, label_width), label_width)
        style = "red" if (value or 0) < 0 else "cyan"
        yield Text.assemble(f"{name} ", (bar, style), f" {text:>{text_width}}")


def _bar(share: float, longest: int) -> str:
    """A bar in eighths of a character; never nothing for a value that is not zero."""
    eighths = max(round(share * longest * 8), 1 if share else 0)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + BLOCKS[rest].strip()


def _cut(label: str, width: int) -> str:
    return label if cell_len(label) <= width else set_cell_size(label, width - 1) + "…"
