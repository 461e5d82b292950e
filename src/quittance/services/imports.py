"""Imports: receive files, say what they would change, apply them in one transaction, undo them."""

import io
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

import polars as pl
from django.db import connection
from django.db.models import Max

from quittance.core.ledger import Receivables
from quittance.core.phrase import Phrase
from quittance.core.problems import UnusableInput, no_problems
from quittance.core.sources import Given, gathered
from quittance.readers.reader import Reading, Source
from quittance.readers.registry import read
from quittance.services import books, journal, preview
from quittance.services.journal import Actor, Subject
from quittance.services.refusals import UnableTo
from quittance.storage import facts
from quittance.storage.models import Company, Import, ImportContent, ImportFile
from quittance.storage.progress import aside
from quittance.storage.scope import seeing

IMPORT_LOCK = 7303
STRETCH = 8 * 1024**2
Tell = Callable[[str], None]


class UnableToImportAgain(UnableTo):
    """Every file was imported already: nothing to do."""

    code = "import-known"
    sentence = Phrase(
        "Déjà importé : {names}. Le même fichier ne compte qu'une fois.",
        "Already imported: {names}. The same file counts once.",
    )
    remedy = Phrase("Rien à faire.", "Nothing to do.")


class UnableToApply(UnableTo):
    """The import is not in a state to be applied."""

    code = "import-not-ready"
    sentence = Phrase(
        "L'import {number} n'est pas prêt à être appliqué ({state}).",
        "Import {number} is not ready to be applied ({state}).",
    )
    remedy = Phrase("Relisez-le, ou reprenez ses fichiers.", "Read it again, or give its files.")


class UnableToUndo(UnableTo):
    """Something done since depends on what the import brought."""

    code = "import-depended-on"
    sentence = Phrase(
        "L'import {number} ne peut pas être annulé : {count} lettrage(s) faits à la main reposent "
        "sur lui ({documents}).",
        "Import {number} cannot be undone: {count} allocation(s) made by hand rest on it "
        "({documents}).",
    )
    remedy = Phrase(
        "Annulez d'abord ces lettrages sur la fiche du client.",
        "Undo these allocations first, on the customer's card.",
    )


def receive_files(
    company_id: int,
    files: Iterable[tuple[str, bytes]],
    *,
    by: Actor,
    at: datetime,
    mapping: Mapping[str, str] | None = None,
    replaces: bool = False,
) -> Import:
    """Keep files as they are given, before anything is read in them.

    Raises UnableToImportAgain when every one of them is already applied.
    """
    with seeing(company_id):
        hashed = [(name, content, sha256(content).hexdigest()) for name, content in files]
        known = set(
            ImportFile.objects.filter(
                belongs_to__state="applied", sha256__in=[one[2] for one in hashed]
            ).values_list("sha256", flat=True)
        )
        new = [one for one in hashed if one[2] not in known]
        if not new:
            raise UnableToImportAgain(names=", ".join(name for name, *_ in hashed))
        received = Import.objects.create(
            company_id=company_id,
            received_at=at,
            received_by_id=by.user_id,
            mapping=dict(mapping or {}),
            replaces=replaces,
        )
        for name, content, digest in new:
            keep_file(received, name, content=content, digest=digest)
        return received


def keep_file(received: Import, name: str, *, content: bytes, digest: str) -> None:
    """One file and its bytes, compressed in stretches."""
    file = ImportFile.objects.create(
        company_id=received.company_id,
        belongs_to=received,
        name=name[-255:],
        sha256=digest,
        size=len(content),
    )
    ImportContent.objects.bulk_create(
        ImportContent(
            company_id=received.company_id,
            file=file,
            place=place,
            content=zlib.compress(content[start : start + STRETCH], 1),
        )
        for place, start in enumerate(range(0, len(content), STRETCH))
    )


def content_of(file: ImportFile) -> bytes:
    """The bytes of a file as it was given."""
    stretches = file.contents.order_by("place").values_list("content", flat=True)
    return b"".join(zlib.decompress(bytes(one)) for one in stretches.iterator())


def read_import(company_id: int, import_id: int, *, tell: Tell = lambda step: None) -> Import:
    """Read the files of an import and say what applying it would change: the preview.

    State `ready`, or `refused` with the problems that say why nothing can be read.
    """
    with seeing(company_id):
        found = locked(import_id)
        if found.state not in ("received", "reading", "ready", "refused"):
            raise UnableToApply(number=import_id, state=found.state)
        try:
            read_files(found, tell=tell)
            tell("compare")
            wanted, files = folded(company_id, candidate=found)
            changes = books.changes_of(company_id, wanted, files=files, numbers=books.provisional)
            found.summary = preview.summary(company_id, changes, wanted, sources=found)
            found.state = "ready"
        except UnusableInput as refusal:
            found.summary = {"problems": preview.told(refusal.problems)}
            found.state = "refused"
        found.save(update_fields=["state", "summary", "replaces", "mapping"])
        return found


def locked(import_id: int) -> Import:
    """An import that nobody else works on until the transaction ends; its progress stays free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [IMPORT_LOCK, import_id])
    return Import.objects.get(pk=import_id)


def progress_of(company_id: int, import_id: int, *, at: Callable[[], datetime]) -> Tell:
    """A way to tell how far an import is, which others see while its transaction is open."""

    def tell(step: str) -> None:
        with aside(company_id) as cursor:
            told = json.dumps({"step": step, "at": at().isoformat()})
            cursor.execute("UPDATE import SET progress = %s WHERE id = %s", [told, import_id])

    return tell


def read_files(found: Import, *, tell: Tell) -> None:
    """Read each file with the reader that knows it; what it said is kept beside it."""
    for file in found.files.order_by("pk"):
        tell(file.name)
        source = Source(file.name, content_of(file))
        keep_reading(file, read(source, found.mapping or None))


def keep_reading(file: ImportFile, reading: Reading) -> None:
    """What a reader understood of a file."""
    file.format, file.kind, file.lines = reading.format, reading.kind, reading.lines
    file.facts = dict(reading.facts)
    file.rows, file.problems = packed(reading.rows), packed(reading.problems)
    file.save(update_fields=["format", "kind", "lines", "facts", "rows", "problems"])


def packed(frame: pl.DataFrame) -> bytes:
    """A frame as compressed Parquet."""
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd")
    return out.getvalue()


def unpacked(content: bytes | memoryview | None) -> pl.DataFrame:
    """The frame of a compressed Parquet."""
    return pl.read_parquet(io.BytesIO(bytes(content or b"")))


def folded(
    company_id: int, *, candidate: Import | None = None, without: Import | None = None
) -> tuple[Receivables, dict[str, int]]:
    """The receivables that the applied imports make, with one more or one less; files by label."""
    live = ImportFile.objects.filter(belongs_to__state="applied", belongs_to__company=company_id)
    if without is not None:
        live = live.exclude(belongs_to=without)
    files = list(live.select_related("belongs_to").order_by("belongs_to__position", "pk"))
    if candidate is not None:
        files += list(candidate.files.select_related("belongs_to").order_by("pk"))
    labels = labelled(files)
    currency = Company.objects.values_list("currency", flat=True).get(pk=company_id)
    last = next_position(company_id)
    given = [
        Given(
            label,
            file.kind,  # type: ignore[arg-type]
            unpacked(file.rows),
            batch=file.belongs_to.position or last,
            replaces=file.belongs_to.replaces,
        )
        for label, file in labels.items()
        if file.kind != "exchange_rates"
    ]
    return gathered(given, currency), {label: file.pk for label, file in labels.items()}


def labelled(files: Sequence[ImportFile]) -> dict[str, ImportFile]:
    """Each file under a name of its own."""
    labels: dict[str, ImportFile] = {}
    for file in files:
        taken = file.name in labels
        labels[f"{file.name} ({file.belongs_to_id})" if taken else file.name] = file
    return labels


def next_position(company_id: int) -> int:
    """The place of the next import to be applied."""
    last = Import.objects.filter(company_id=company_id).aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1


def apply_import(
    company_id: int, import_id: int, *, by: Actor, at: datetime, tell: Tell = lambda step: None
) -> Import:
    """Write what an import changes, all of it or nothing, in one transaction with its event."""
    with seeing(company_id):
        journal.lock_books(company_id)
        found = locked(import_id)
        if found.state not in ("ready", "applying"):
            raise UnableToApply(number=import_id, state=found.state)
        draft = journal.begin_event(company_id, by=by, at=at)
        tell("compare")
        wanted, files = folded(company_id, candidate=found)
        changes = books.changes_of(company_id, wanted, files=files, numbers=facts.new_ids)
        tell("write")
        written = books.write_changes(changes, draft)
        found.summary = preview.summary(company_id, changes, wanted, sources=found)
        found.position = next_position(company_id)
        names = [file.name for file in found.files.order_by("pk")]
        event = journal.record_event(
            draft,
            "import.applied",
            subject=Subject("import", found.pk, ", ".join(names)),
            after={"facts": written, **preview.said(found.summary)},
        )
        found.state, found.applied_by = "applied", event
        found.save(update_fields=["state", "summary", "position", "applied_by"])
        return found


def undo_import(company_id: int, import_id: int, *, by: Actor, at: datetime) -> Import:
    """Take an import back whole; raises UnableToUndo when something rests on what it brought."""
    with seeing(company_id):
        journal.lock_books(company_id)
        found = locked(import_id)
        if found.state != "applied":
            raise UnableToApply(number=import_id, state=found.state)
        draft = journal.begin_event(company_id, by=by, at=at)
        wanted, files = folded(company_id, without=found)
        changes = books.changes_of(company_id, wanted, files=files, numbers=facts.new_ids)
        refuse_dependents(found, changes)
        written = books.write_changes(changes, draft)
        summary = preview.summary(company_id, changes, wanted, sources=found)
        event = journal.record_event(
            draft,
            "import.undone",
            subject=Subject("import", found.pk, ", ".join(f.name for f in found.files.all())),
            after={"facts": written, **preview.said(summary)},
        )
        found.state, found.undone_by = "undone", event
        found.save(update_fields=["state", "undone_by"])
        return found


def refuse_dependents(found: Import, changes: books.Changes) -> None:
    """Refuse to take away what a person's allocations rest on."""
    lost = changes.manual.lost
    if lost.is_empty():
        return
    ids = pl.concat([lost["debit_id"], lost["credit_id"]]).unique().to_list()
    documents = preview.documents_of(ids)
    raise UnableToUndo(number=found.pk, count=lost.height, documents=", ".join(documents))


def discard_import(company_id: int, import_id: int, *, by: Actor, at: datetime) -> Import:
    """Drop files that were received and not applied; their trace stays in the journal."""
    with seeing(company_id):
        found = locked(import_id)
        if found.state in ("applied", "undone", "discarded"):
            raise UnableToApply(number=import_id, state=found.state)
        names = ", ".join(file.name for file in found.files.all())
        journal.journal(
            company_id, "import.discarded", by=by, at=at, subject=Subject("import", found.pk, names)
        )
        found.state = "discarded"
        found.save(update_fields=["state"])
        return found


def problems_of(file: ImportFile) -> pl.DataFrame:
    """The problems that the reader met in a file."""
    if not file.problems:
        return no_problems()
    return unpacked(file.problems).with_columns(file=pl.lit(file.name))


def with_choices(found: Import, *, mapping: Mapping[str, str], replaces: bool) -> Import:
    """An import to be read again with other columns, or another word on what vanished."""
    found.mapping, found.replaces, found.state = dict(mapping), replaces, "received"
    found.save(update_fields=["mapping", "replaces", "state"])
    return found


def imports_of(company_id: int) -> list[Import]:
    """The imports of a company with their files, the first one first."""
    with seeing(company_id):
        return list(Import.objects.prefetch_related("files").order_by("pk"))
