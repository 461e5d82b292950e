"""A report as one HTML page that needs nothing else: no script, no font, no image, no network.

The page forbids itself everything but its own style sheet (Content-Security-Policy), reads well on
a telephone and on a wide screen, in the light and in the dark, and prints on A4.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined

import quittance
from quittance.core.phrase import Language, Phrase
from quittance.reports.render import words
from quittance.reports.render.formats import DASH, date_text
from quittance.reports.render.html_views import Section, problems_view, sections
from quittance.reports.report import Report

COLUMNS_UPRIGHT = 8  # a wider table is printed on landscape pages
ZEROS = frozenset({"0", "0,00", "0.00", "0,000", "0.000"})


def to_html(report: Report, lang: Language) -> str:
    """The whole report as one page."""
    top, *parts = sections(report, lang)
    position = words.POSITION_AT.filled(date=date_text(report.as_of, lang)).text(lang)
    style = _style()
    page = _environment().get_template("report.html.j2")
    return page.render(
        lang=lang,
        top=top,
        parts=parts,
        problems=problems_view(report, lang),
        position=position,
        made_by=words.MADE_BY.filled(version=quittance.__version__).text(lang),
        version=quittance.__version__,
        say=_words(lang),
        is_wide=any(_is_wide(one) for one in (top, *parts)),
        style=style,
        style_hash="sha256-" + b64encode(sha256(style.encode()).digest()).decode(),
        dash=DASH,
        zeros=ZEROS,
    )


def _is_wide(section: Section) -> bool:
    return section.table is not None and len(section.table.headings) > COLUMNS_UPRIGHT


def _words(lang: Language) -> dict[str, str]:
    """The fixed words of the page, by name."""
    names = {name: value for name, value in vars(words).items() if isinstance(value, Phrase)}
    return {name: phrase.text(lang) for name, phrase in names.items()}


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("quittance.reports.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


@cache
def _style() -> str:
    """The style sheet of the page, without the white space that only its author needs."""
    source = _environment().get_template("report.css").render()
    return "\n".join(line.strip() for line in source.splitlines() if line.strip())
