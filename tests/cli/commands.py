"""The command line as a test drives it, and the small books that it reads."""

import json
from pathlib import Path
from typing import Any

from tests.readers import fecs
from typer.testing import CliRunner, Result

from quittance.cli.main import app

LUMIERE = Path(__file__).parents[2] / "examples" / "lumiere"
BOOKS = """
journal  entry  date      account  customer  name        piece  debit    credit   code  matched
VE       1      20260131  411000   C1        Morel       FA-1   1200,00  0,00     A     20260320
VE       1      20260131  707000   -         -           FA-1   0,00     1200,00  -     -
VE       2      20260215  411000   C1        Morel       FA-2   600,00   0,00     -     -
VE       2      20260215  707000   -         -           FA-2   0,00     600,00   -     -
VE       3      20260228  411000   C2        Brunel      FA-3   99,90    0,00     -     -
VE       3      20260228  707000   -         -           FA-3   0,00     99,90    -     -
BQ       4      20260315  512000   -         -           R-1    1200,00  0,00     -     -
BQ       4      20260315  411000   C1        Morel       R-1    0,00     1200,00  A     20260320
BQ       5      20260331  512000   -         -           R-2    100,00   0,00     -     -
BQ       5      20260331  411000   C1        Morel       R-2    0,00     100,00   -     -
"""


def run(*arguments: object) -> Result:
    """What a command does; a fault of the program is raised, a refusal is not."""
    result = CliRunner(env={"COLUMNS": "100"}).invoke(app, [str(one) for one in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def asked(*arguments: object) -> dict[str, Any]:
    """The JSON that a command prints, when all went well."""
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def written(folder: Path, table: str = BOOKS, name: str = "ventes.txt") -> Path:
    """A FEC in a folder."""
    path = folder / name
    path.write_bytes(fecs.fec(table))
    return path


def listed(folder: Path, text: str, name: str = "factures.csv") -> Path:
    """A text list in a folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
