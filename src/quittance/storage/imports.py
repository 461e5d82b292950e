"""The imports that a user sees, for the screens: one, its files, or all of a company as a frame."""

import polars as pl

from quittance.core.schema import Schema
from quittance.storage.access import Access, NotThereError
from quittance.storage.frames import frame_of
from quittance.storage.models import Import, ImportFile

LISTED: Schema = {
    "id": pl.Int64,
    "date": pl.Date,
    "files": pl.String,
    "by": pl.String,
    "state": pl.String,
    "new": pl.Int64,
    "changed": pl.Int64,
    "vanished": pl.Int64,
}
COUNTED = """(SELECT sum((kind->>'count')::bigint)
  FROM jsonb_array_elements(summary->'{name}') AS kind) AS {name}"""
LIST = f"""SELECT id, (received_at AT TIME ZONE %s)::date AS date,
  (SELECT string_agg(name, ', ' ORDER BY file.id) FROM import_file file
   WHERE file.belongs_to_id = import.id) AS files,
  received_from AS by, state,
  {COUNTED.format(name="new")}, {COUNTED.format(name="changed")}, {COUNTED.format(name="vanished")}
  FROM import WHERE company_id = %s ORDER BY id DESC"""  # noqa: S608  (names of this module)


def listed_imports(access: Access, zone: str) -> pl.DataFrame:
    """The imports of the company in view, the newest first, with what each changed or would."""
    return frame_of(LIST, [zone, access.company.pk], schema=LISTED)


def import_of(access: Access, import_id: int) -> Import:
    """One import of the company in view; NotThereError otherwise."""
    found = Import.objects.filter(company=access.company, pk=import_id)
    known = found.select_related("applied_by", "undone_by").first()
    if known is None:
        raise NotThereError(str(import_id))
    return known


def file_of(access: Access, import_id: int, *, file_id: int) -> ImportFile:
    """One file of an import of the company in view; NotThereError otherwise."""
    found = ImportFile.objects.filter(
        company=access.company, belongs_to_id=import_id, pk=file_id
    ).first()
    if found is None:
        raise NotThereError(str(file_id))
    return found


def files_of(found: Import) -> list[ImportFile]:
    """The files of an import in the order in which they were given, without what they hold."""
    return list(found.files.defer("rows", "problems").order_by("pk"))
