"""Files kept as they are given: byte for byte, once, within a limit, out of their zip."""

import io
import zipfile
from hashlib import sha256

import pytest
from django.conf import settings
from tests.readers.workbooks import written
from tests.services.zips import zipped
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services import import_files
from quittance.services.import_choices import choose_columns
from quittance.services.import_files import (
    UnableToCountTwice,
    UnableToImportAgain,
    UnableToImportApart,
    UnableToImportNothing,
    UnableToKeep,
    UnableToOpen,
    content_of,
    receive_files,
)
from quittance.services.imports import apply_import, discard_import, read_import, undo_import
from quittance.storage.models import Company, Event, Import, ImportContent

pytestmark = pytest.mark.usefixtures("db")
LISTED = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")
OTHER = invoices("C2;Beta;F2;05/01/2026;04/02/2026;50,00", name="autres.csv")


def given(one: Company, *files: tuple[str, bytes]) -> Import:
    return receive_files(one.pk, files, by=BY, at=AT)


def test_a_file_is_kept_byte_for_byte_whatever_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_files, "STRETCH", 7)
    content = bytes(range(256)) * 3
    found = receive_files(company().pk, [("a.bin", io.BytesIO(content))], by=BY, at=AT)
    (file,) = found.files.all()
    assert (file.size, file.sha256) == (768, sha256(content).hexdigest())
    assert file.contents.count() == 110
    assert content_of(file) == content


def test_what_was_given_is_in_the_journal() -> None:
    one = company()
    given(one, LISTED)
    event = Event.objects.get(action="file.received")
    (told,) = event.after["files"]
    assert (told["name"], told["sha256"]) == ("factures.csv", sha256(LISTED[1]).hexdigest())


def test_the_same_bytes_again_say_when_and_by_whom_they_were_given() -> None:
    one = company()
    imported(one, [LISTED])
    with pytest.raises(UnableToImportAgain) as refusal:
        given(one, ("renommé.csv", LISTED[1]))
    number = Import.objects.get().pk
    assert refusal.value.text("fr") == (
        f"Déjà donné : factures.csv (import {number}, appliqué, donné le 01/10/2026 par Camille). "
        "Le même fichier ne compte qu'une fois. Rien à faire ; un import en attente s'applique ou "
        "s'écarte depuis sa page, ou par quittance imports."
    )
    assert refusal.value.fields["waiting"] == []


def test_the_same_bytes_that_wait_are_known_too() -> None:
    one = company()
    first = given(one, LISTED)
    with pytest.raises(UnableToImportAgain) as refusal:
        given(one, LISTED)
    assert refusal.value.fields["waiting"] == [first.pk]


def test_the_new_files_of_several_are_kept_and_the_known_ones_told() -> None:
    one = company()
    imported(one, [LISTED])
    found = given(one, LISTED, OTHER, ("copie.csv", OTHER[1]))
    assert [file.name for file in found.files.all()] == ["autres.csv"]
    told = [known["en"] for known in found.summary["known"]]
    assert told[0].startswith("factures.csv (import ")
    assert told[1].startswith("autres.csv (import ")


def test_files_given_whole_are_refused_while_one_waits_elsewhere() -> None:
    one = company()
    first = given(one, LISTED)
    with pytest.raises(UnableToImportApart) as refusal:
        receive_files(one.pk, [OTHER, LISTED], by=BY, at=AT, is_whole=True)
    assert f"quittance imports apply {first.pk}" in refusal.value.text("fr")
    assert Import.objects.get() == first  # nothing of it was kept


def test_a_copy_within_files_given_whole_and_one_applied_already_are_left_out() -> None:
    one = company()
    imported(one, [LISTED])
    files = [LISTED, OTHER, ("copie.csv", OTHER[1])]
    found = receive_files(one.pk, files, by=BY, at=AT, is_whole=True)
    assert [file.name for file in found.files.all()] == ["autres.csv"]


def test_bytes_received_twice_while_nothing_read_them_count_once() -> None:
    one = company()
    odd = ("odd.csv", b"a;b;c;d\nC1;F1;05/01/2026;100,00\n")
    columns = {"a": "customer", "b": "document", "c": "issue_date", "d": "amount"}
    both = []
    for _ in range(2):
        found = given(one, odd)
        assert read_import(one.pk, found.pk).state == "refused"
        both.append(found)
    for found in both:
        choose_columns(one.pk, found.files.get().pk, columns=columns, by=BY)
        assert read_import(one.pk, found.pk).state == "ready"
    first, second = both
    apply_import(one.pk, first.pk, by=BY, at=AT)
    with pytest.raises(UnableToCountTwice, match=rf"odd.csv \(import {first.pk}, applied"):
        apply_import(one.pk, second.pk, by=BY, at=AT)
    undo_import(one.pk, first.pk, by=BY, at=AT)
    read_import(one.pk, second.pk)  # its preview was of before
    assert apply_import(one.pk, second.pk, by=BY, at=AT).state == "applied"


def test_the_bytes_of_a_discarded_import_are_forgotten_and_may_come_again() -> None:
    one = company()
    found = given(one, LISTED)
    discard_import(one.pk, found.pk, by=BY, at=AT)
    assert not ImportContent.objects.exists()
    assert Event.objects.latest("position").action == "file.discarded"
    assert given(one, LISTED).files.count() == 1


def test_nothing_given_is_told() -> None:
    one = company()
    for files in ([], [("vide.csv", b"")]):
        with pytest.raises(UnableToImportNothing):
            given(one, *files)
    assert not Import.objects.exists()


def test_more_than_the_installation_takes_is_refused_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_BYTES", 1024**2)
    one = company()
    bomb = zipped({"a.csv": LISTED[1], "b.csv": b"0" * 3 * 1024**2})
    assert len(bomb) < 10_000
    with pytest.raises(UnableToKeep, match="1 MB"):
        given(one, LISTED, ("bombe.zip", bomb))
    assert not Import.objects.exists()


def test_each_file_of_a_zip_is_kept_and_a_workbook_stays_whole() -> None:
    archive = zipped({
        "2026/factures.csv": LISTED[1], "2026/": b"", "__MACOSX/x": b"x", ".DS_Store": b"x",
        "autres.csv": OTHER[1],
    })  # fmt: skip
    book = written([["Client", "Facture", "Date", "Montant"], ["C1", "F1", "2026-01-05", 100]])
    found = given(company(), ("tout.zip", archive), ("liste.xlsx", book))
    names = list(found.files.order_by("pk").values_list("name", flat=True))
    assert names == ["factures.csv", "autres.csv", "liste.xlsx"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [(zipped({"a.csv": b"x" * 99})[:60], "unreadable archive"),
     (zipped({f"{n}.csv": b"x" for n in range(201)}), "archive of more than 200 files")],
    ids=["cut", "crowded"],
)  # fmt: skip
def test_a_zip_that_cannot_be_taken_says_why(content: bytes, cause: str) -> None:
    with pytest.raises(UnableToOpen, match=cause):
        given(company(), ("a.zip", content))


def test_a_locked_zip_says_so() -> None:
    locked = bytearray(zipped({"a.csv": b"x" * 99}))
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1  # the flag of an encrypted member, in the directory
    with pytest.raises(UnableToOpen, match="locked with a password"):
        given(company(), ("a.zip", bytes(locked)))


def test_a_name_in_an_archive_breaks_no_line_and_no_header() -> None:
    name = "dossier/ven\r\nSet-Cookie: a=b\x1b[2Jtes\u202e.csv"
    (file,) = given(company(), ("a.zip", zipped({name: LISTED[1]}))).files.all()
    assert file.name == "ven��Set-Cookie: a=b�[2Jtes�.csv"


@pytest.mark.parametrize("form", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_damaged_archive_is_a_refusal_however_it_is_packed(form: int) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", form) as archive:
        archive.writestr("a.csv", LISTED[1] * 50)
    broken = bytearray(content.getvalue())
    start = 30 + len("a.csv") + (4 if form == zipfile.ZIP_LZMA else 0)
    broken[start : start + 30] = bytes(range(255, 225, -1))
    with pytest.raises(UnableToOpen, match=r"unreadable archive|archive illisible"):
        given(company(), ("a.zip", bytes(broken)))
