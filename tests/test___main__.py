import subprocess
import sys

from quittance import __version__


def test_the_package_runs_as_a_program() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "quittance", "--version"], capture_output=True, text=True, check=True
    )
    assert shown.stdout == f"quittance {__version__}\n"
