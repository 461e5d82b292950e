from quittance.web.record_addresses import import_patterns, journal_patterns


def test_each_address_has_a_name_of_its_own() -> None:
    names = [one.name for one in (*import_patterns, *journal_patterns)]
    assert len(set(names)) == len(names)
    assert all(name and name.startswith(("import", "journal")) for name in names)


def test_what_changes_something_takes_post_alone() -> None:
    changing = {"import_give", "import_read", "import_apply", "import_undo", "import_discard",
                "import_deletions", "import_columns", "import_leave_out"}  # fmt: skip
    for one in (*import_patterns, *journal_patterns):
        wanted = ("POST",) if one.name in changing else ("GET",)
        assert one.callback.methods == wanted, one.name
