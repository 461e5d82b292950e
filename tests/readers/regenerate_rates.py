"""Write the golden file beside every sample of exchange rates, from what the reader says today.

    .venv/bin/python tests/readers/regenerate_rates.py

A case is `samples/ecb_rates/<case>.csv`, `.xml` or `.zip`; its golden file is that name with
`.expected.txt`. The samples are short files in the bank's own layouts.
"""

from pathlib import Path

from quittance.core.problems import sentences, set_aside
from quittance.readers import ecb_rates
from quittance.readers.reader import Source

SAMPLES = Path(__file__).parent / "samples" / "ecb_rates"


def cases() -> list[str]:
    """The names of the samples."""
    return sorted(p.name for p in SAMPLES.iterdir() if p.suffix in (".csv", ".xml", ".zip"))


def golden(case: str) -> Path:
    """Where the golden file of a case lies."""
    return SAMPLES / f"{case}.expected.txt"


def dump(case: str) -> str:
    """All that the reader says of a case, as text."""
    reading = ecb_rates.read(Source(case, (SAMPLES / case).read_bytes()))
    aside = set_aside(reading.problems)
    heading = f"{reading.lines} lines = {reading.rows.height} rows + {aside} set aside"
    rows = [
        f"{line:>4}  {currency}  {day}  {rate_e6:>14}"
        for _, line, currency, day, rate_e6 in reading.rows.iter_rows()
    ]
    met = [
        f"{severity}, {lines} set aside: {text}"
        for (severity, lines), text in zip(
            reading.problems.select("severity", "lines").iter_rows(),
            sentences(reading.problems, "fr"),
            strict=True,
        )
    ]
    title = f"== {case}: {reading.facts['form']}, {heading}"
    return "\n".join([title, "", *rows, "", *(met or ["no problem"]), ""])


if __name__ == "__main__":
    for one in cases():
        golden(one).write_text(dump(one), encoding="utf-8", newline="\n")
