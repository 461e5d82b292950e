"""What an import would put back as it was before a later one corrected it.

Of two contradicting files the one given later wins: an older export given again undoes the newer
one's corrections, which a person must be told before.
"""

from typing import Any

import polars as pl

from quittance.core.revisions import Revision
from quittance.core.schema import Schema
from quittance.storage import facts
from quittance.storage.frames import frame_of
from quittance.storage.models import ImportFile

CONTENT: Schema = {name: kind for name, kind in facts.ITEMS.items() if name != "id"}
BEFORE_QUERY = f"""SELECT {", ".join(CONTENT)} FROM ledger_item
  WHERE company_id = %s AND customer_id = ANY(%s) AND key = ANY(%s) AND reversed_at IS NOT NULL"""  # noqa: S608
HELD_QUERY = "SELECT id, file_id FROM ledger_item WHERE company_id = %s AND id = ANY(%s)"
HELD: Schema = {"id": pl.Int64, "file_id": pl.Int64}


def reversions_of(company_id: int, items: Revision) -> dict[str, Any]:
    """How many corrected items become again what they were, and the imports that corrected them."""
    corrected = items.corrected
    if corrected.is_empty():
        return {"count": 0, "imports": []}
    asked = [corrected["customer_id"].unique().to_list(), corrected["key"].to_list()]
    before = frame_of(BEFORE_QUERY, [company_id, *asked], schema=CONTENT).unique()
    again = corrected.join(before, on=list(CONTENT), how="semi", nulls_equal=True)
    outdated = items.outdated.join(again, on="key", how="semi")
    held = frame_of(HELD_QUERY, [company_id, outdated["id"].to_list()], schema=HELD)
    files = ImportFile.objects.filter(pk__in=held["file_id"].drop_nulls().unique().to_list())
    told: dict[int, list[str]] = {}
    for number, name in files.order_by("pk").values_list("belongs_to_id", "name"):
        told.setdefault(number, []).append(name)
    imports = [{"number": number, "names": ", ".join(names)} for number, names in told.items()]
    return {"count": again.height, "imports": imports}
