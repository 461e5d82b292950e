"""The addresses of the screens of the record: what came in, and what was done."""

from django.urls import path

from quittance.web.views import imports, journal

import_patterns = [
    path("", imports.imports, name="imports"),
    path("give", imports.give, name="import_give"),
    path("<int:import_id>/", imports.one_import, name="import"),
    path("<int:import_id>/progress", imports.progress, name="import_progress"),
    path("<int:import_id>/read", imports.read_again, name="import_read"),
    path("<int:import_id>/apply", imports.apply, name="import_apply"),
    path("<int:import_id>/undo", imports.undo, name="import_undo"),
    path("<int:import_id>/undo/effect", imports.undo_effect, name="import_undo_effect"),
    path("<int:import_id>/discard", imports.discard, name="import_discard"),
    path("<int:import_id>/deletions", imports.deletions, name="import_deletions"),
    path("<int:import_id>/files/<int:file_id>/", imports.file, name="import_file"),
    path("<int:import_id>/files/<int:file_id>/columns", imports.columns, name="import_columns"),
    path("<int:import_id>/files/<int:file_id>/leave", imports.leave_out, name="import_leave_out"),
]

journal_patterns = [
    path("", journal.journal, name="journal"),
    path("proof", journal.proof, name="journal_proof"),
    path("export", journal.export, name="journal_export"),
    path("<int:position>/", journal.event, name="journal_event"),
]
