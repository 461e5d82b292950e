"""The door of the terminal."""

import io
import subprocess
import sys
from collections.abc import Callable

import pytest

from quittance.core.phrase import LANGUAGES, Language
from quittance.reports.render.terminal import print_report
from quittance.reports.report import Report


def printed(report: Report, lang: Language, width: int = 100, rows: int = 40) -> str:
    out = io.StringIO()
    print_report(report, lang, width=width, file=out, rows=rows)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_whole_page(report: Report, golden: Callable[[str, str], None], lang: Language) -> None:
    golden(f"terminal.{lang}.txt", printed(report, lang))


def test_rows_are_limited(open_items: Callable[[int], Report]) -> None:
    text = printed(open_items(50), "en", rows=10)
    assert "… 40 more rows (use -o or --format csv)" in text
    assert "1 more row " in printed(open_items(11), "en", rows=10)


def test_rich_is_not_loaded_before_a_page_is_printed() -> None:
    code = "import sys, quittance.reports.render.terminal; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
