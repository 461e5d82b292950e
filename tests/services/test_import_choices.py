"""What a person says of an import that waits."""

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services.import_choices import (
    UnableToLeaveOut,
    UnableToMap,
    choose_columns,
    choose_replaces,
    leave_file_out,
)
from quittance.services.imports import UnableToApply, apply_import, read_import, receive_files
from quittance.storage.models import Company, Import, ImportFile, LedgerItem

pytestmark = pytest.mark.usefixtures("db")
LISTED = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")
SCAN = ("scan.csv", b"%PDF-1.7")


def refused(one: Company) -> Import:
    received = receive_files(one.pk, [LISTED, SCAN], by=BY, at=AT)
    return read_import(one.pk, received.pk)


def test_two_columns_for_one_field_are_refused() -> None:
    one = company()
    file = refused(one).files.first()
    assert file is not None
    with pytest.raises(UnableToMap, match=r"Invoice date.*several columns \(a, b\)"):
        choose_columns(one.pk, file.pk, columns={"a": "issue_date", "b": "issue_date"}, by=BY)


def test_a_file_that_cannot_be_read_is_left_out_and_the_others_go_on() -> None:
    one = company()
    found = refused(one)
    leave_file_out(one.pk, ImportFile.objects.get(name="scan.csv").pk, by=BY)
    assert read_import(one.pk, found.pk).state == "ready"
    apply_import(one.pk, found.pk, by=BY, at=AT)
    with pytest.raises(UnableToApply):
        leave_file_out(one.pk, found.files.get().pk, by=BY)


def test_the_only_file_is_not_left_out() -> None:
    one = company()
    received = receive_files(one.pk, [SCAN], by=BY, at=AT)
    with pytest.raises(UnableToLeaveOut):
        leave_file_out(one.pk, received.files.get().pk, by=BY)


def test_what_older_files_hold_and_these_do_not_is_told_and_stays_unless_it_was_deleted() -> None:
    one = company()
    imported(one, [invoices(
        "C1;Alpha;F1;05/01/2026;04/02/2026;100,00", "C1;Alpha;F2;10/01/2026;09/02/2026;40,00",
        "C1;Alpha;F3;20/01/2026;19/02/2026;60,00",
    )])  # fmt: skip
    later = invoices(
        "C1;Alpha;F1;05/01/2026;04/02/2026;100,00", "C1;Alpha;F3;20/01/2026;19/02/2026;60,00",
        name="b.csv",
    )  # fmt: skip
    received = receive_files(one.pk, [later], by=BY, at=AT)
    absent = read_import(one.pk, received.pk).summary["absent"]
    assert (absent["count"], absent["amounts"]) == (1, {"EUR": 4000})
    assert absent["examples"][0]["document"] == "F2"
    choose_replaces(one.pk, received.pk, replaces=True, by=BY)
    seen = read_import(one.pk, received.pk).summary
    assert [row["amount_minor"] for row in seen["vanished"]] == [4000]
    apply_import(one.pk, received.pk, by=BY, at=AT)
    live = LedgerItem.objects.filter(reversed_at=None).order_by("document")
    assert list(live.values_list("document", flat=True)) == ["F1", "F3"]
