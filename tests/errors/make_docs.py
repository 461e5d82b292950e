"""Write docs/errors.md from the samples beside this file: what went in, what is printed.

    .venv/bin/python tests/errors/make_docs.py               the page
    .venv/bin/python tests/errors/make_docs.py --expected    first what is expected of each sample

A case is `<case>.command`: its title in French, its title in English, the files that it takes
(`name < sample`), and the command; the `.sample` files hold the bytes; `<case>.expected` is what
the command prints and its exit code, in French then in English. Read the difference before you
commit it: these are the words that a person reads when something is wrong.
"""

import contextlib
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from quittance.cli.main import app

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "errors.md"
GROUPS = {
    "file": ("Les fichiers", "Files"),
    "fec": ("Le FEC", "The FEC"),
    "list": ("Les listes de factures", "Lists of invoices"),
    "rates": ("Les cours de change", "Exchange rates"),
    "option": ("Les options", "Options"),
    "law": ("Le droit", "The law"),
}
HEAD = """# What is printed when something is wrong

Written by `python tests/errors/make_docs.py` from the samples of `tests/errors/`, each of which is
a test. Every problem says where it is, what was found, the rule, and what to do. Exit codes: 0 fine
(warnings included), 1 read with problems, 2 unusable input or usage. French first, English below.
"""


@dataclass(frozen=True)
class Case:
    """One bad input: its titles, its files, and the command that meets it."""

    name: str
    titles: tuple[str, str]
    files: dict[str, Path]
    command: str

    @property
    def expected(self) -> Path:
        """Where what is expected lies."""
        return HERE / f"{self.name}.expected"


def cases() -> list[Case]:
    """Every case, group by group."""
    found = [case_of(path) for path in sorted(HERE.glob("*.command"))]
    return sorted(found, key=lambda case: list(GROUPS).index(case.name.split("-")[0]))


def case_of(path: Path) -> Case:
    """The case that a file of a command states."""
    lines = path.read_text(encoding="utf-8").splitlines()
    french, english = (line.removeprefix("# ") for line in lines[:2])
    files = dict(line.split(" < ") for line in lines[2:-1])
    command = lines[-1].removeprefix("$ ")
    placed = {name: HERE / sample for name, sample in files.items()}
    return Case(path.stem, (french, english), placed, command)


def transcript(case: Case) -> str:
    """What the command prints and its exit code, in French, then in English."""
    return "\n".join(session(case, extra) for extra in ("", " --lang en"))


def session(case: Case, extra: str) -> str:
    """The command as typed, what it prints on both streams, and its exit code."""
    with placed(case):
        arguments = shlex.split(case.command + extra)[1:]
        result = CliRunner(env={"COLUMNS": "100"}).invoke(app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    text = result.output.replace("\r\n", "\n").rstrip("\n")
    printed = "\n".join(line.rstrip() for line in text.split("\n"))
    return f"$ {case.command}{extra}\n{printed}\nexit {result.exit_code}\n"


@contextlib.contextmanager
def placed(case: Case) -> Iterator[Path]:
    """A folder to stand in that holds the files of a case under their names."""
    back = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for name, sample in case.files.items():
            (Path(folder) / name).write_bytes(sample.read_bytes())
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(back)


def page() -> str:
    """The page of all cases."""
    parts = [HEAD]
    group = ""
    for case in cases():
        if case.name.split("-")[0] != group:
            group = case.name.split("-")[0]
            parts.append("## {} · {}\n".format(*GROUPS[group]))
        parts.append("### {} · {}\n".format(*case.titles))
        parts.append(f"```console\n{case.expected.read_text(encoding='utf-8').rstrip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--expected" in sys.argv:
        for one in cases():
            one.expected.write_text(transcript(one), encoding="utf-8", newline="\n")
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
