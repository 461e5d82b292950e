"""Write `examples/lumiere/`: the books and bank files of an invented company, always the same.

    python examples/generate.py [--output FOLDER] [--figures]

No clock and no chance: the same bytes each time.
"""

import argparse
from pathlib import Path

from generator import company
from generator.bank_files import bank_files
from generator.clients import clients
from generator.customers import CUSTOMERS
from generator.fec import fec_bytes
from generator.figures import figures
from generator.statement import statement_of
from generator.story import Story, tell

FOLDER = Path(__file__).parent / "lumiere"


def conditions() -> str:
    """The terms and the kind of each customer, as the company keeps them beside its books."""
    rows = [f"{c.code};{c.terms};{c.kind}" for c in CUSTOMERS.values()]
    return "\n".join(["client;conditions;type", *rows]) + "\n"


def files(story: Story) -> dict[str, bytes]:
    """Every file, by its path in the folder."""
    statement = statement_of(story)
    return {
        f"{company.SIREN}FEC20251231.txt": fec_bytes(story.years[2025], 2025),
        f"{company.SIREN}FEC20260930.txt": fec_bytes(story.years[2026], 2026),
        "clients.csv": clients().encode("utf-8"),
        "conditions.csv": conditions().encode("utf-8"),
        **bank_files(statement),
    }


def main() -> None:
    """Write the files, and print the main figures when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=FOLDER)
    parser.add_argument("--figures", action="store_true")
    options = parser.parse_args()
    story = tell()
    for name, content in files(story).items():
        path = options.output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if options.figures:
        print("\n".join(figures(story)))


if __name__ == "__main__":
    main()
