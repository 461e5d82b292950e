from pathlib import Path

import pytest

from quittance.storage.permissions import BY_CODE, EVERYBODY, ROLE_NAMES, TABLE, may

PAGE = Path(__file__).parents[2] / "docs" / "operations" / "security.md"


def test_the_table_of_the_documentation_is_the_table_of_the_program() -> None:
    written = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    head = "| | " + " | ".join(name.en for name in ROLE_NAMES.values()) + " |"
    start = written.index(head)
    ticks = [
        f"| {one.label.en} | "
        + " | ".join("✓" if r in one.roles else "" for r in ROLE_NAMES)
        + " |"
        for one in TABLE
    ]
    assert written[start + 1 : start + 1 + len(TABLE)] == ticks


def test_every_permission_is_there_once_for_known_roles_in_both_languages() -> None:
    assert len(BY_CODE) == len(TABLE)
    for permission in TABLE:
        assert set(permission.roles) <= set(ROLE_NAMES)
        assert permission.label.fr
        assert permission.label.en


def test_an_owner_may_do_everything() -> None:
    assert all(may("owner", permission.code) for permission in TABLE)


def test_only_an_owner_decides_who_may_what() -> None:
    for code in ("settings.write", "members.write"):
        assert BY_CODE[code].roles == ("owner",)


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_writes_may_read(role: str) -> None:
    for write, read in (("imports.write", "imports.read"), ("settings.write", "settings.read")):
        assert may(role, read) or not may(role, write)
    assert may(role, "books.read")


def test_an_auditor_reads_and_writes_nothing() -> None:
    allowed = [permission.code for permission in TABLE if may("auditor", permission.code)]
    assert all(code.endswith((".read", ".export")) for code in allowed)


def test_an_unknown_permission_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        may("owner", "everything")
