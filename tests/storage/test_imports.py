"""The imports that a user sees."""

import pytest
from tests.services.people import opened, user
from tests.storage.opened import imported, invoices

from quittance.storage.access import NotThereError, enter_company
from quittance.storage.imports import file_of, files_of, import_of, listed_imports
from quittance.storage.models import ImportFile

pytestmark = pytest.mark.usefixtures("db")


def test_imports_are_listed_newest_first_with_what_each_changed() -> None:
    owner = user("a@x.example")
    one = opened("essai", owner)
    access = enter_company(owner, "essai")
    first = imported(one, [invoices("C1;Alpha;F1;05/01/2026;;100", "C1;Alpha;F2;06/01/2026;;5")])
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;;120", name="b.csv")])
    rows = listed_imports(access, "Europe/Paris").to_dicts()
    assert [(row["files"], row["new"], row["changed"]) for row in rows] == [
        ("b.csv", None, 1), ("factures.csv", 2, None),
    ]  # fmt: skip
    assert str(rows[0]["date"]) == "2026-10-01"
    assert import_of(access, first.pk).applied_by is not None
    assert [file.name for file in files_of(first)] == ["factures.csv"]


def test_what_is_another_company_s_is_not_there() -> None:
    owner, other = user("a@x.example"), user("b@x.example")
    one = opened("essai", owner)
    found = imported(one, [invoices("C1;Alpha;F1;05/01/2026;;100")])
    number = ImportFile.objects.get().pk
    opened("autre", other)
    access = enter_company(other, "autre")
    for ask in (lambda: import_of(access, found.pk),
                lambda: file_of(access, found.pk, file_id=number)):  # fmt: skip
        with pytest.raises(NotThereError):
            ask()
    mine = enter_company(owner, "essai")
    assert file_of(mine, found.pk, file_id=number).name == "factures.csv"
    with pytest.raises(NotThereError):
        file_of(mine, found.pk + 1, file_id=number)
