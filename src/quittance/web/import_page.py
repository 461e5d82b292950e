"""What the page of one import shows: its files, its state, what it changes, what was met."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from quittance.core.money import money_text
from quittance.core.phrase import Language, Phrase, same
from quittance.readers.outline import NAMES, Outline
from quittance.reports.import_changes import (
    absent_report,
    changes_report,
    customers_report,
    documents_report,
)
from quittance.reports.import_preview import reversion_warnings
from quittance.reports.imports import STATES
from quittance.reports.problems import problems_table
from quittance.reports.render.formats import number_text
from quittance.services.import_reading import outline_of, problems_of
from quittance.services.import_work import BUSY, is_worker_alive
from quittance.services.imports import WAITING, problems_of_import
from quittance.storage.book import position_of
from quittance.storage.imports import files_of
from quittance.web.desk import Desk
from quittance.web.table_views import Shape
from quittance.web.tables import table_of

if TYPE_CHECKING:
    from quittance.reports.report import Report
    from quittance.storage.models import Import, ImportFile

TONES = {
    "ready": "accent", "refused": "warn", "failed": "bad", "applied": "ok", "reading": "accent",
    "applying": "accent", "undoing": "accent",
}  # fmt: skip
SORT_TONES = {"new": "ok", "changed": "warn", "vanished": "bad"}
KINDS = {
    "entries": Phrase("écritures comptables", "accounting entries"),
    "invoices": Phrase("liste de factures", "list of invoices"),
    "open_items": Phrase("liste de postes ouverts", "list of open items"),
    "payments": Phrase("liste de règlements", "list of payments"),
    "customers": Phrase("liste de clients", "list of customers"),
    "exchange_rates": Phrase("cours de change", "exchange rates"),
}
STEPS = {
    "": Phrase("En attente d'un processus libre", "Waiting for a free process"),
    "read": Phrase("Lecture de {name}", "Reading {name}"),
    "compare": Phrase("Comparaison avec les comptes", "Comparing with the books"),
    "write": Phrase("Écriture dans les comptes", "Writing into the books"),
}
FACTS = {
    "before": Phrase("Solde des clients avant", "Customers' balance before"),
    "after": Phrase("Solde après", "Balance after"),
    "unchanged": Phrase("Pièces inchangées", "Documents unchanged"),
    "customers": Phrase("Clients", "Customers"),
    "contacts": same("Contacts"),
    "allocations": Phrase("Lettrages des livres", "Allocations of the books"),
    "manual": Phrase("Lettrages faits à la main", "Allocations made by hand"),
    "movements": Phrase("Mouvements de la balance générale", "Movements of the trial balance"),
    "rates": Phrase("Cours de change", "Exchange rates"),
}
NEW_AND_CHANGED = Phrase("{new} nouveaux, {changed} modifiés", "{new} new, {changed} changed")
OF_CONTACTS = Phrase(
    "{new} nouveaux, {changed} modifiés, {vanished} retirés",
    "{new} new, {changed} changed, {vanished} removed",
)
ADDED_AND_REMOVED = Phrase("{new} ajoutés, {reversed} retirés", "{new} added, {reversed} removed")
FOLLOWED = Phrase(
    "{manual_followed} suivent leur pièce corrigée, {manual_lost} perdent la leur",
    "{manual_followed} follow their corrected document, {manual_lost} lose theirs",
)


@dataclass(frozen=True)
class FileLine:
    """One file as the page shows it."""

    id: int
    name: str
    recognised: str
    lines: int
    size: int
    sha256: str
    is_read: bool
    reasons: tuple[str, ...]
    outline: Outline | None
    fields: tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]  # heading, choices


def context_of(desk: Desk, found: "Import") -> dict[str, Any]:
    """Everything that the templates of an import show."""
    state, summary = found.state, found.summary
    may_write = desk.may("imports.write")
    waits = state in WAITING
    is_stale = state == "ready" and position_of(found.company_id) != summary.get("base")
    warned = reversion_warnings(summary) if state == "ready" else []
    reversions = [one.text(desk.lang) for one in warned]
    refusal, known = found.progress.get("refusal"), summary.get("known", [])
    return {
        "desk": desk,
        "found": found,
        "state": STATES[state].text(desk.lang),
        "tone": TONES.get(state, ""),
        "is_busy": state in BUSY,
        "may_write": may_write,
        "may_apply": may_write and state == "ready",
        "may_read_again": may_write and waits,
        "may_discard": may_write and waits,
        "may_undo": may_write and state == "applied",
        "files": [line_of(desk, file, waits=waits) for file in files_of(found)],
        "has_bytes": state != "discarded",
        "refusal": refusal,
        "is_stale": is_stale,
        "known": [one[desk.lang] for one in known],
        "reversions": reversions,
        "has_notices": bool(refusal or known or is_stale or summary.get("differs") or reversions),
        **progress_context(desk, found),
        **preview_context(desk, found),
    }


def progress_context(desk: Desk, found: "Import") -> dict[str, Any]:
    """Where the work stands; the step that follows the last one told."""
    told = found.progress if found.state in BUSY else {}
    step = STEPS.get(str(told.get("step", "")), STEPS[""]).filled(name=told.get("name", ""))
    return {
        "step": step.text(desk.lang),
        "done": told.get("done", 0),
        "of": told.get("of", 0) if told.get("step") == "read" else 0,
        "is_worked_on": found.state not in BUSY or is_worker_alive(),
    }


def preview_context(desk: Desk, found: "Import") -> dict[str, Any]:
    """What the import changes, or would; nothing before its files were read."""
    undone = found.summary.get("undone") if found.state == "undone" else None
    summary, day = undone or found.summary, localtime(found.received_at).date()
    problems = problems_of_import(found)
    shown = {"problems": problems_table(problems, day)} if problems.height else {}
    if "new" in summary:
        shown["changes"] = changes_report(summary, day)
        shown["documents"] = documents_report(summary, day)
        customers = customers_report(summary, day)
        shown |= {"customers": customers} if customers.rows.height else {}
        shown |= {"absent": absent_report(summary, day)} if summary["absent"]["count"] else {}
    return {
        "has_preview": "new" in summary,
        "is_undone": undone is not None,
        "is_empty": summary.get("is_empty", False),
        "facts": facts_of(summary, desk.lang) if "new" in summary else [],
        "absent": summary.get("absent", {}),
        "absent_amounts": amounts(summary.get("absent", {}).get("amounts", {}), desk.lang),
        "reports": shown,
        "tables": {name: shown_table(desk, report, name=name) for name, report in shown.items()},
        "lines_set_aside": summary.get("problems", {}).get("set_aside", 0),
    }


def shown_table(desk: Desk, report: "Report", *, name: str) -> object:
    """A report as one of the tables of the page."""
    shape = Shape(tones={"sort": lambda sort: SORT_TONES.get(sort, "")})
    return table_of(
        report, desk.request.GET, lang=desk.lang, prefix=f"{name}.", shape=shape, page_size=20
    )


def facts_of(summary: dict[str, Any], lang: Language) -> list[tuple[str, str]]:
    """The figures of a preview beside its tables."""
    before, after = summary["balance"]["before"], summary["balance"]["after"]
    made = {
        "before": amounts(dict.fromkeys(after, 0) | summary["balance"]["before"], lang),
        "after": amounts(dict.fromkeys(before, 0) | after, lang),
        "unchanged": number_text(summary["unchanged"], lang=lang),
        "customers": counts(NEW_AND_CHANGED, summary["customers"], lang=lang),
        "allocations": counts(ADDED_AND_REMOVED, summary["allocations"], lang=lang),
        "movements": number_text(summary["movements"], lang=lang),
    }
    contacts = summary.get("contacts", {})
    if any(contacts.values()):
        made["contacts"] = counts(OF_CONTACTS, contacts, lang=lang)
    manual = summary["allocations"]
    if manual["manual_followed"] or manual["manual_lost"]:
        made["manual"] = counts(FOLLOWED, manual, lang=lang)
    if summary["rates"]:
        made["rates"] = number_text(summary["rates"], lang=lang)
    return [(FACTS[name].text(lang), value) for name, value in made.items()]


def counts(phrase: Phrase, numbers: dict[str, int], *, lang: Language) -> str:
    """A phrase with its numbers written out."""
    return phrase.filled(**{k: number_text(n, lang=lang) for k, n in numbers.items()}).text(lang)


def amounts(sums: dict[str, int], lang: Language) -> str:
    """The sum of each currency, on one line."""
    return " · ".join(money_text(one, code, lang=lang) for code, one in sums.items()) or "0"


def line_of(desk: Desk, file: "ImportFile", *, waits: bool) -> FileLine:
    """One file of the page: what was recognised, or why nothing was and what may be said."""
    is_refused = waits and not file.kind and bool(file.belongs_to.summary)
    reasons: tuple[str, ...] = ()
    outline = None
    if is_refused:
        outline = outline_of(file)
        reasons = tuple(reasons_of(file, desk.lang, is_mappable=outline is not None))
    kind = KINDS[file.kind].text(desk.lang) if file.kind else ""
    return FileLine(
        id=file.pk,
        name=file.name,
        recognised=" · ".join(one for one in (file.format, kind) if one),
        lines=file.lines,
        size=file.size,
        sha256=file.sha256,
        is_read=bool(file.kind),
        reasons=reasons,
        outline=outline,
        fields=fields_of(outline, file.mapping, lang=desk.lang) if outline else (),
    )


def reasons_of(file: "ImportFile", lang: Language, *, is_mappable: bool) -> list[str]:
    """Why a file cannot be read, in words; the remedy too where the page does not offer it."""
    rows = problems_table(problems_of(file), localtime(file.belongs_to.received_at).date()).rows
    said = ("found", "rule") if is_mappable else ("found", "rule", "remedy")
    names = [f"{name}_{lang}" for name in said]
    return [" ".join(row) for row in rows.select(names).head(5).iter_rows()]


def fields_of(
    outline: Outline, said: dict[str, str], *, lang: Language
) -> tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]:
    """For each heading, the fields that it may hold and the one that it seems to."""
    mapping = said or outline.mapping
    by_heading = {heading: field for field, heading in mapping.items()}
    return tuple(
        (heading, tuple((field, name.text(lang), by_heading.get(heading) == field)
                        for field, name in NAMES.items()))
        for heading in outline.headings
    )  # fmt: skip
