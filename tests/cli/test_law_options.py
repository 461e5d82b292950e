"""Options that name a row of the law's tables."""

from pathlib import Path

import pytest
from tests.cli.commands import asked, run

LUMIERE = Path(__file__).parents[2] / "examples" / "lumiere"


def test_a_sector_has_its_own_ceiling() -> None:
    usual, carrier = (
        asked("ceilings", LUMIERE, *options) for options in ([], ["--sector", "transport_30"])
    )
    assert len(carrier["rows"]) > len(usual["rows"])
    assert any("L441-11" in row["reference"] for row in carrier["rows"])


def test_a_regime_shortens_the_period() -> None:
    rows = asked("limitation", LUMIERE, "--regime", "TRANSPORT_1", "--within", "0")["rows"]
    assert any(row["customer"] == "C025" for row in rows)


@pytest.mark.parametrize(
    ("command", "option"), [("ceilings", "--sector"), ("limitation", "--regime")]
)
def test_an_unknown_code_is_refused_with_those_there_are(command: str, option: str) -> None:
    result = run(command, LUMIERE, option, "NOPE")
    assert result.exit_code == 2
    assert "TRANSPORT" in result.output
