"""Imports: give files, look at what they would change, apply, undo. The worker does the work."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import get_current_timezone_name
from django_htmx.http import HttpResponseClientRefresh

from quittance.reports.import_preview import preview_lines
from quittance.reports.imports import imports_report
from quittance.services.import_choices import choose_columns, choose_replaces, leave_file_out
from quittance.services.import_files import UnableToImportAgain, receive_files, spooled
from quittance.services.import_work import (
    BUSY,
    is_worker_alive,
    start_applying,
    start_reading,
    start_undoing,
)
from quittance.services.imports import discard_import, preview_undo
from quittance.services.refusals import UnableTo
from quittance.storage.imports import file_of, import_of, listed_imports
from quittance.web.desk import Desk, screen, today
from quittance.web.downloads import download, form_asked
from quittance.web.import_page import TONES, context_of
from quittance.web.table_views import Shape
from quittance.web.tables import table_of

Ask = Callable[..., object]


@screen("imports.read", in_group=False)
def imports(desk: Desk) -> HttpResponse:
    """Every import of the company, and the place to drop files."""
    report = imports_report(listed_imports(desk.access, get_current_timezone_name()), today())
    query, form = desk.request.GET, form_asked(desk.request.GET)
    if form and desk.may("books.export"):
        return download(report, form, lang=desk.lang, company=desk.access.name, query=query)
    shape = Shape(lead="files", tones={"state": lambda state: TONES.get(state, "")})
    shown = table_of(
        report, query, lang=desk.lang, shape=shape,
        row_link=lambda row: desk.url("import", import_id=row["id"]),
    )  # fmt: skip
    said = {
        "desk": desk,
        "shown": shown,
        "largest": filesizeformat(settings.UPLOAD_BYTES),
        "has_worker": is_worker_alive(),
    }
    return render(desk.request, "web/imports.html", said)


@screen("imports.write", methods=("POST",), in_group=False)
def give(desk: Desk) -> HttpResponse:
    """Keep the files dropped and have them read."""
    files = [(one.name or "?", one) for one in desk.request.FILES.getlist("files")]
    company, by = desk.access.company.pk, desk.actor
    try:
        received = receive_files(company, files, by=by, at=desk.now)
        start_reading(company, received.pk, by=by)
    except UnableToImportAgain as refusal:
        desk.refuse(refusal)
        numbers = refusal.fields["numbers"]
        is_one = isinstance(numbers, list) and len(numbers) == 1
        return to(desk, numbers[0]) if is_one else redirect(desk.url("imports"))  # type: ignore[index]
    except UnableTo as refusal:
        desk.refuse(refusal)
        return redirect(desk.url("imports"))
    return to(desk, received.pk)


@screen("imports.read", in_group=False)
def one_import(desk: Desk, import_id: int) -> HttpResponse:
    """One import: files, columns to name, what it changes, problems, what may be done."""
    context = context_of(desk, import_of(desk.access, import_id))
    for name, report in context["reports"].items():
        form = form_asked(desk.request.GET, prefix=f"{name}.")
        if form and desk.may("books.export"):
            return download(
                report, form, lang=desk.lang, company=desk.access.name, query=desk.request.GET,
                prefix=f"{name}.",
            )  # fmt: skip
    return render(desk.request, "web/import.html", context)


@screen("imports.read", in_group=False)
def progress(desk: Desk, import_id: int) -> HttpResponse:
    """How far the work is; once it is done, the page is asked for anew."""
    found = import_of(desk.access, import_id)
    if found.state not in BUSY:
        return HttpResponseClientRefresh()
    return render(desk.request, "web/import_progress.html", context_of(desk, found))


@screen("imports.write", methods=("POST",), in_group=False)
def read_again(desk: Desk, import_id: int) -> HttpResponse:
    """Read the files of an import again."""
    return asked(desk, import_id, ask=start_reading)


@screen("imports.write", methods=("POST",), in_group=False)
def apply(desk: Desk, import_id: int) -> HttpResponse:
    """Apply an import."""
    return asked(desk, import_id, ask=start_applying)


@screen("imports.write", methods=("POST",), in_group=False)
def undo(desk: Desk, import_id: int) -> HttpResponse:
    """Take an import back whole."""
    return asked(desk, import_id, ask=start_undoing)


@screen("imports.write", in_group=False)
def undo_effect(desk: Desk, import_id: int) -> HttpResponse:
    """What taking an import back would change, or why it cannot be."""
    found = import_of(desk.access, import_id)
    try:
        lines = list(preview_lines(preview_undo(found.company_id, found.pk), desk.lang))
        said = {"lines": lines, "refusal": ""}
    except UnableTo as refusal:
        said = {"lines": [], "refusal": refusal.text(desk.lang)}
    return render(desk.request, "web/import_undo_effect.html", said)


@screen("imports.write", methods=("POST",), in_group=False)
def discard(desk: Desk, import_id: int) -> HttpResponse:
    """Drop an import that was not applied."""
    return asked(desk, import_id, ask=discard_import, at=desk.now)


@screen("imports.write", methods=("POST",), in_group=False)
def deletions(desk: Desk, import_id: int) -> HttpResponse:
    """Say whether what these files no longer hold was deleted."""
    replaces = bool(desk.request.POST.get("replaces"))
    return asked(desk, import_id, ask=choose_replaces, replaces=replaces)


@screen("imports.write", methods=("POST",), in_group=False)
def columns(desk: Desk, import_id: int, *, file_id: int) -> HttpResponse:
    """Say which field each column of a file holds."""
    file = file_of(desk.access, import_id, file_id=file_id)
    given = desk.request.POST
    pairs = zip(given.getlist("heading"), given.getlist("field"), strict=False)
    return asked(desk, import_id, ask=choose_columns, number=file.pk, columns=dict(pairs))


@screen("imports.write", methods=("POST",), in_group=False)
def leave_out(desk: Desk, import_id: int, *, file_id: int) -> HttpResponse:
    """Take a file out of an import that waits."""
    file = file_of(desk.access, import_id, file_id=file_id)
    return asked(desk, import_id, ask=leave_file_out, number=file.pk)


@screen("imports.read", in_group=False)
def file(desk: Desk, import_id: int, *, file_id: int) -> HttpResponse:
    """The bytes of a file, as they were given."""
    found = file_of(desk.access, import_id, file_id=file_id)
    answer = FileResponse(
        spooled(found), as_attachment=True, filename=found.name,
        content_type="application/octet-stream",
    )  # fmt: skip
    return cast("HttpResponse", answer)  # a stream: the same but for its body


def asked(
    desk: Desk, import_id: int, *, ask: Ask, number: int | None = None, **said: object
) -> HttpResponse:
    """Ask a service for something about an import, and go back to its page."""
    found = import_of(desk.access, import_id)
    try:
        ask(found.company_id, number or found.pk, by=desk.actor, **said)
    except UnableTo as refusal:
        desk.refuse(refusal)
    return to(desk, import_id)


def to(desk: Desk, import_id: int) -> HttpResponse:
    """To the page of an import."""
    return redirect(desk.url("import", import_id=import_id))
