from quittance.web.record_addresses import import_patterns, journal_patterns


def test_every_address_of_imports_and_of_the_journal_has_a_name_of_its_own() -> None:
    names = [one.name for one in (*import_patterns, *journal_patterns)]
    assert {"imports", "import", "import_apply", "import_undo", "journal"} <= set(names)
    assert len(names) == len(set(names))
