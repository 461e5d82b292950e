"""Imports: read files, say what they would change, apply them in one transaction, undo them.

The books are a fold of the files of the applied imports (`services/books.py`): an import is that
fold with its files, an undo that fold without them, and what is written is the difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import polars as pl
from django.db import connection
from django.db.models import Max

from quittance.core.ledger import Receivables
from quittance.core.phrase import Phrase
from quittance.core.problems import UnusableInput, no_problems
from quittance.core.schema import PROBLEMS
from quittance.core.sources import Given, covered_and_absent, gathered
from quittance.reports.imports import STATES
from quittance.services import books, journal, preview
from quittance.services.customer_lists import Numbers, unknown_people
from quittance.services.import_dependents import dependents_of
from quittance.services.import_files import (
    LIVE,
    UnableToImportAgain,
    described,
    forget_content,
    receive_files,
    refuse_counted_twice,
)
from quittance.services.import_reading import (
    Tell,
    problems_met,
    read_files,
    say_nothing,
    unpacked,
)
from quittance.services.journal import Actor, Draft, Subject
from quittance.services.refusals import UnableTo
from quittance.storage import facts
from quittance.storage.access import NotThereError
from quittance.storage.book import position_of
from quittance.storage.models import Company, Event, Import, ImportFile
from quittance.storage.scope import seeing

__all__ = ["UnableToImportAgain", "apply_import", "discard_import", "read_import", "receive_files"]
IMPORT_LOCK = 7303
READABLE = ("received", "reading", "ready", "refused", "failed")
WAITING = ("received", "ready", "refused", "failed")


class UnableToApply(UnableTo):
    """The import is not in a state for what is asked."""

    code = "import-not-ready"
    sentence = Phrase(
        "L'import {number} ne s'y prête pas : il est {state}.",
        "Import {number} is not in a state for that: it is {state}.",
    )
    remedy = Phrase(
        "Sa page, ou quittance imports list, dit où il en est.",
        "Its page, or quittance imports list, says where it stands.",
    )


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


@dataclass(frozen=True)
class Folded:
    """What files make of the books: the receivables, the rates, the files by their label."""

    wanted: Receivables
    rates: pl.DataFrame
    absent: pl.DataFrame  # what older files hold in the period of the candidate's, and it does not
    labels: dict[str, ImportFile]
    base: int  # the place in the journal of the last event before

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each file, by label."""
        return {label: file.pk for label, file in self.labels.items()}


def read_import(company_id: int, import_id: int, *, tell: Tell = say_nothing) -> Import:
    """Read the files of an import and say what applying it would change: the preview.

    State `ready`, or `refused` with the problems that say why something cannot be read.
    """
    with seeing(company_id):
        found = locked(import_id, *READABLE)
        known = found.summary.get("known", [])
        found.state, found.summary = looked_at(found, tell=tell)
        found.summary |= {"known": known, "files": described(found)}
        found.save(update_fields=["state", "summary"])
        return found


def looked_at(found: Import, *, tell: Tell) -> tuple[str, preview.Summary]:
    """The state and the preview of an import once its files are read."""
    try:
        if not read_files(found, tell=tell):
            return "refused", preview.unread(problems_met(own_files(found)))
        tell("compare")
        folded = fold(found.company_id, candidate=found)
    except UnusableInput as refusal:
        return "refused", preview.unread(no_problems(), between=refusal.problems)
    changes = changed_by(found.company_id, folded, numbers=books.provisional)
    return "ready", summary_of(found, changes, folded=folded)


def changed_by(company_id: int, folded: Folded, *, numbers: Numbers) -> books.Changes:
    """The difference between the facts held and those of a fold."""
    files = folded.numbers
    return books.changes_of(
        company_id, folded.wanted, rates=folded.rates, files=files, numbers=numbers
    )


def summary_of(found: Import, changes: books.Changes, *, folded: Folded) -> preview.Summary:
    """The preview of an import."""
    mine = {label: file for label, file in folded.labels.items() if file.belongs_to_id == found.pk}
    problems = problems_met(mine)
    said = preview.summary(
        found, changes, wanted=folded.wanted, absent=folded.absent, problems=problems
    )
    return said | {"base": folded.base}


def locked(import_id: int, *states: str) -> Import:
    """An import that nobody else works on until the transaction ends; its progress stays free.

    Raises UnableToApply when it is in none of the states.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [IMPORT_LOCK, import_id])
    found = import_numbered(import_id)
    if found.state not in states:
        raise UnableToApply(number=import_id, state=STATES[found.state])
    return found


def import_numbered(import_id: int) -> Import:
    """An import that the transaction sees; NotThereError otherwise."""
    found = Import.objects.filter(pk=import_id).first()
    if found is None:
        raise NotThereError(str(import_id))
    return found


def fold(
    company_id: int, *, candidate: Import | None = None, without: Import | None = None
) -> Folded:
    """What the files of the applied imports make, with one import more or one less."""
    base = position_of(company_id)
    live = ImportFile.objects.filter(belongs_to__state__in=LIVE, belongs_to__company=company_id)
    if without is not None:
        live = live.exclude(belongs_to=without)
    files = list(live.select_related("belongs_to").order_by("belongs_to__position", "pk"))
    if candidate is not None:
        files += list(candidate.files.select_related("belongs_to").order_by("pk"))
    labels = labelled(files)
    last = next_position(company_id)
    sources = [given_of(label, file, last=last) for label, file in labels.items() if is_books(file)]
    currency = Company.objects.values_list("currency", flat=True).get(pk=company_id)
    batch = last if candidate is not None else -1
    wanted = gathered(sources, currency)
    unknown = unknown_people(company_id, [one for one in sources if one.batch == batch])
    return Folded(
        wanted=replace(wanted, problems=pl.concat([wanted.problems, unknown])),
        rates=books.rates_of([unpacked(one.rows) for one in files if not is_books(one)]),
        absent=covered_and_absent(sources, batch, currency=currency),
        labels=labels,
        base=base,
    )


def is_books(file: ImportFile) -> bool:
    """Whether a file states books, and not the exchange rates of the central bank."""
    return file.kind != "exchange_rates"


def given_of(label: str, file: ImportFile, *, last: int) -> Given:
    """A file as the fold takes it."""
    one = file.belongs_to
    return Given(
        label, file.kind, unpacked(file.rows),  # type: ignore[arg-type]
        batch=one.position or last, replaces=one.replaces,
    )  # fmt: skip


def labelled(files: Sequence[ImportFile]) -> dict[str, ImportFile]:
    """Each file under a name of its own: the second `ventes.csv` is `ventes.csv (import 7)`."""
    labels: dict[str, ImportFile] = {}
    for file in files:
        names = (
            file.name,
            f"{file.name} (import {file.belongs_to_id})",
            f"{file.name} ({file.pk})",
        )
        labels[next(name for name in names if name not in labels)] = file
    return labels


def own_files(found: Import) -> dict[str, ImportFile]:
    """The files of an import by label."""
    return labelled(list(found.files.order_by("pk")))


def next_position(company_id: int) -> int:
    """The place of the next import to be applied."""
    last = Import.objects.filter(company_id=company_id).aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1


def apply_import(
    company_id: int, import_id: int, *, by: Actor, at: datetime, tell: Tell = say_nothing
) -> Import:
    """Write what an import changes, all of it or nothing, in one transaction with its event.

    When the books have changed since the preview so that the import now changes something else,
    nothing is written: the import is `ready` again, with the new preview, for a person to see.
    """
    with seeing(company_id):
        journal.lock_books(company_id)
        found = locked(import_id, "ready", "applying")
        refuse_counted_twice(found)
        draft = journal.begin_event(company_id, by=by, at=at)
        tell("compare")
        folded = fold(company_id, candidate=found)
        changes = changed_by(company_id, folded, numbers=facts.new_ids)
        fresh = summary_of(found, changes, folded=folded)
        fresh |= {name: found.summary.get(name, []) for name in ("known", "files")}
        if preview.differs(found.summary, fresh):
            found.state, found.summary = "ready", fresh | {"differs": True}
            found.save(update_fields=["state", "summary"])
            return found
        tell("write")
        books.write_changes(changes, draft)
        found.state, found.summary = "applied", fresh
        found.position = next_position(company_id)
        found.applied_by = written(found, "import.applied", draft=draft, summary=fresh)
        found.save(update_fields=["state", "summary", "position", "applied_by"])
        return found


def undo_import(
    company_id: int, import_id: int, *, by: Actor, at: datetime, tell: Tell = say_nothing
) -> Import:
    """Take an import back whole; raises UnableToUndo when something rests on what it brought."""
    with seeing(company_id):
        journal.lock_books(company_id)
        found = locked(import_id, *LIVE)
        draft = journal.begin_event(company_id, by=by, at=at)
        tell("compare")
        folded = fold(company_id, without=found)
        changes = changed_by(company_id, folded, numbers=facts.new_ids)
        refuse_dependents(found, changes)
        tell("write")
        books.write_changes(changes, draft)
        summary = undone_summary(found, changes, folded=folded)
        found.state, found.summary = "undone", found.summary | {"undone": summary}
        found.undone_by = written(found, "import.undone", draft=draft, summary=summary)
        found.save(update_fields=["state", "summary", "undone_by"])
        return found


def preview_undo(company_id: int, import_id: int) -> preview.Summary:
    """What taking an import back would change, for a person to see; writes nothing.

    Raises UnableToApply and UnableToUndo as undoing it would.
    """
    with seeing(company_id):
        found = import_numbered(import_id)
        if found.state not in LIVE:
            raise UnableToApply(number=import_id, state=STATES[found.state])
        folded = fold(company_id, without=found)
        changes = changed_by(company_id, folded, numbers=books.provisional)
        refuse_dependents(found, changes)
        return undone_summary(found, changes, folded=folded)


def undone_summary(found: Import, changes: books.Changes, *, folded: Folded) -> preview.Summary:
    """The preview of an undoing: its problems are those of the files that stay, told before."""
    summary = summary_of(found, changes, folded=folded)
    none = {"count": 0, "imports": []}
    return summary | preview.unread(no_problems()) | {"reversions": none}


def written(found: Import, action: str, *, draft: Draft, summary: preview.Summary) -> Event:
    """The event of an import applied or undone: what it changed, and the files it is made of."""
    files = described(found)
    names = ", ".join(str(file["name"]) for file in files)
    return journal.record_event(
        draft,
        action,
        subject=Subject("import", found.pk, names),
        after={**preview.said(summary), "files": files, "replaces": found.replaces},
    )


def refuse_dependents(found: Import, changes: books.Changes) -> None:
    """Refuse to take away what a person's allocations rest on."""
    resting = dependents_of(changes.manual)
    if resting:
        documents = list(dict.fromkeys(one.document for one in resting))
        raise UnableToUndo(
            number=found.pk, count=len(resting), documents=", ".join(documents[:5]),
            dependents=resting,
        )  # fmt: skip


def discard_import(company_id: int, import_id: int, *, by: Actor, at: datetime) -> Import:
    """Drop files that were received and not applied: their bytes go, their trace stays."""
    with seeing(company_id):
        found = locked(import_id, *WAITING)
        names = ", ".join(file.name for file in found.files.order_by("pk"))
        journal.journal(
            company_id, "file.discarded", by=by, at=at,
            subject=Subject("import", found.pk, names), after={"files": described(found)},
        )  # fmt: skip
        forget_content(found)
        found.state, found.summary = "discarded", {}
        found.save(update_fields=["state", "summary"])
        return found


def problems_of_import(found: Import) -> pl.DataFrame:
    """The problems of an import: of each file that was read by line, then between files."""
    rows = found.summary.get("problems", {}).get("between", [])
    between = pl.DataFrame(rows, schema=dict(PROBLEMS), orient="row")
    read = {label: file for label, file in own_files(found).items() if file.kind}
    return pl.concat([problems_met(read), between])


def imports_of(company_id: int) -> list[Import]:
    """The imports of a company with their files, the first one first."""
    with seeing(company_id):
        return list(Import.objects.prefetch_related("files").order_by("pk"))
