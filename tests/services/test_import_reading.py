"""What is read in the files of an import, and the columns that a person names."""

import pytest
from tests.storage.opened import AT, BY, LUMIERE, company, imported, invoices

from quittance.services.import_choices import choose_columns
from quittance.services.import_reading import outline_of, problems_of
from quittance.services.imports import apply_import, read_import, receive_files
from quittance.storage.models import Company, ExchangeRate, Import, LedgerItem

pytestmark = pytest.mark.usefixtures("db")
UNKNOWN = b"Qui,Quoi,Quand,Combien\nC1,F1,2026-01-05,100.00\nC2,F2,2026-01-06,50.00\n"
COLUMNS = {"Qui": "customer", "Quoi": "document", "Quand": "issue_date", "Combien": "amount"}
MAPPING = {field: heading for heading, field in COLUMNS.items()}
RATES = b"Date,USD,GBP\n2026-09-30,1.0876,0.8421\n2026-09-29,1.0900,N/A\n"


def read(one: Company, *files: tuple[str, bytes], **options: object) -> Import:
    received = receive_files(one.pk, files, by=BY, at=AT, **options)  # type: ignore[arg-type]
    return read_import(one.pk, received.pk)


def test_a_list_that_is_not_recognised_waits_for_its_columns_to_be_named() -> None:
    one = company()
    found = read(one, ("export.csv", UNKNOWN))
    (file,) = found.files.all()
    assert (found.state, file.kind) == ("refused", "")
    assert "Qui,Quoi" in found.summary["problems"]["sentences"][0]["fr"]
    assert problems_of(file).height == 1
    seen = outline_of(file)
    assert seen is not None
    assert seen.headings == ("Qui", "Quoi", "Quand", "Combien")
    assert seen.lines[1] == ("C2", "F2", "2026-01-06", "50.00")
    choose_columns(one.pk, file.pk, columns=COLUMNS, by=BY)
    ready = read_import(one.pk, found.pk)
    assert ready.state == "ready", ready.summary
    assert ready.summary["new"][0]["amount_minor"] == 15000


def test_what_was_said_of_columns_serves_for_the_next_file_with_them() -> None:
    one = company()
    first = read(one, ("export.csv", UNKNOWN), mapping=MAPPING)
    assert first.state == "ready"
    later = UNKNOWN.replace(b"100.00", b"120.00")
    assert read(one, ("b.csv", later)).state == "refused"  # said, but of nothing applied yet
    apply_import(one.pk, first.pk, by=BY, at=AT)
    assert read(one, ("c.csv", later + b"\n")).state == "ready"
    assert read(one, ("d.csv", later.replace(b"Qui", b"Qui?"))).state == "refused"


def test_what_was_said_of_columns_is_not_for_another_company() -> None:
    one = company()
    first = read(one, ("export.csv", UNKNOWN), mapping=MAPPING)
    apply_import(one.pk, first.pk, by=BY, at=AT)
    assert read(company("autre"), ("export.csv", UNKNOWN)).state == "refused"


def test_columns_named_for_several_files_go_to_those_that_have_them() -> None:
    other = invoices("C1;Alpha;F9;05/01/2026;04/02/2026;100,00")
    found = read(company(), ("export.csv", UNKNOWN), other, mapping=MAPPING)
    assert found.state == "ready", found.summary


def test_a_column_that_no_file_has_is_refused() -> None:
    found = read(company(), ("export.csv", UNKNOWN), mapping=MAPPING | {"due_date": "Échéance"})
    assert found.state == "refused"
    assert "due_date=Échéance" in found.summary["problems"]["sentences"][0]["en"]


def test_one_file_that_cannot_be_read_holds_the_others_back() -> None:
    listed = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")
    found = read(company(), listed, ("scan.csv", b"%PDF-1.7"))
    assert found.state == "refused"
    assert [file.kind for file in found.files.order_by("pk")] == ["invoices", ""]


def test_a_program_is_told_and_not_read() -> None:
    for start in (b"MZ\x90\x00\x03", b"\x7fELF\x02", b"a;b\x00\x00;c\n" * 9):
        found = read(company(f"n{start[0]}"), ("liste.csv", start))
        assert found.state == "refused"


def test_rates_of_the_central_bank_are_stored_when_applied_and_go_when_undone() -> None:
    from quittance.services.imports import undo_import

    one, other = company(), company("autre")
    first = imported(one, [("eurofxref-hist.csv", RATES)])
    assert first.summary["rates"] == 3
    rates = ExchangeRate.objects.filter(company=one, date="2026-09-30")
    assert dict(rates.values_list("currency", "rate_e6")) == {"USD": 1087600, "GBP": 842100}
    later = RATES.replace(b"1.0876", b"1.0877")
    imported(one, [("eurofxref-hist.csv", later)])
    assert rates.get(currency="USD").rate_e6 == 1087700
    assert not ExchangeRate.objects.filter(company=other).exists()
    assert not LedgerItem.objects.exists()
    undo_import(one.pk, first.pk, by=BY, at=AT)
    assert rates.count() == 2


def test_the_books_of_the_example_are_read_with_their_terms() -> None:
    files = [(path.name, path.read_bytes()) for path in sorted(LUMIERE.glob("*.txt"))]
    files.append(("conditions.csv", (LUMIERE / "conditions.csv").read_bytes()))
    found = read(company(), *files)
    assert found.state == "ready"
    assert [file.kind for file in found.files.order_by("pk")] == ["entries", "entries", "customers"]
