import pytest
from tests.cli.commands import run


@pytest.mark.usefixtures("fresh_db")
def test_a_command_asks_which_company_where_there_are_several() -> None:
    none = run("imports", "list", "--lang", "en")
    assert (none.exit_code, "No company yet" in none.stderr) == (2, True)
    for slug in ("alpha", "beta"):
        run("company", "open", slug, slug, "--owner", "ana@exemple.fr")
    several = run("imports", "list", "--lang", "en")
    assert (several.exit_code, several.stderr) == (2, "Say which with --company: alpha, beta.\n")
    assert run("imports", "list", "--company", "beta").exit_code == 0


def test_who_runs_a_command_is_named() -> None:
    from quittance.cli.record import actor

    assert actor().origin.startswith(f"cli {actor().name}@")
