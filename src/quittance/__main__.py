"""`python -m quittance`: the command line, for processes that Quittance starts itself."""

from quittance.cli.main import run

if __name__ == "__main__":
    run()
