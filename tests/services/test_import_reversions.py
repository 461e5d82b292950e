"""An older export given again: it is told that it takes a newer one's corrections back."""

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services import imports

pytestmark = pytest.mark.usefixtures("db")
OLD = ("C1;Alpha;F1;05/01/2026;04/02/2026;100,00", "C2;Beta;F2;06/01/2026;;50,00")
NEW = ("C1;Alpha;F1;05/01/2026;04/02/2026;120,00", "C2;Beta;F2;06/01/2026;;50,00")
OTHER = ("C1;Alpha;F1;05/01/2026;04/02/2026;130,00", "C2;Beta;F2;06/01/2026;;50,00")


def read(one: int, *rows: str, name: str) -> dict[str, object]:
    received = imports.receive_files(one, [invoices(*rows, name=name)], by=BY, at=AT)
    said = imports.read_import(one, received.pk).summary["reversions"]
    assert isinstance(said, dict)
    return said


def test_an_older_export_given_again_names_the_import_that_it_would_undo() -> None:
    one = company()
    imported(one, [invoices(*OLD)])
    newer = imported(one, [invoices(*NEW, name="corrigees.csv")])
    assert newer.summary["reversions"] == {"count": 0, "imports": []}
    assert read(one.pk, *OLD, "C3;Gamma;F3;07/01/2026;;5", name="ancien.csv") == {
        "count": 1, "imports": [{"number": newer.pk, "names": "corrigees.csv"}],
    }  # fmt: skip


def test_a_correction_to_something_new_takes_nothing_back() -> None:
    one = company()
    imported(one, [invoices(*OLD)])
    imported(one, [invoices(*NEW, name="b.csv")])
    assert read(one.pk, *OTHER, name="c.csv")["count"] == 0
