"""What a person says of an import before it is applied: columns, files to leave out, deletions."""

from collections.abc import Mapping

from quittance.core.phrase import Phrase
from quittance.readers.outline import NAMES
from quittance.services.import_work import at_hand, start_reading
from quittance.services.imports import WAITING
from quittance.services.journal import Actor
from quittance.services.refusals import UnableTo
from quittance.storage.models import Import, ImportFile
from quittance.storage.scope import seeing


class UnableToMap(UnableTo):
    """Two columns for one field."""

    code = "import-mapping"
    sentence = Phrase(
        "« {field} » est choisi pour plusieurs colonnes ({headings}).",
        "“{field}” is chosen for several columns ({headings}).",
    )
    remedy = Phrase("Gardez-en une.", "Keep one of them.")


def choose_columns(
    company_id: int, file_id: int, *, columns: Mapping[str, str], by: Actor
) -> Import:
    """Say which field each heading holds (an empty one: none), and have the file read again."""
    fields: dict[str, list[str]] = {}
    for heading, name in columns.items():
        if name in NAMES:
            fields.setdefault(name, []).append(heading)
    for name, headings in fields.items():
        if len(headings) > 1:
            raise UnableToMap(field=NAMES[name], headings=", ".join(headings))
    with seeing(company_id):
        file = ImportFile.objects.get(pk=file_id)
        at_hand(file.belongs_to_id, *WAITING)
        file.mapping = {name: headings[0] for name, headings in fields.items()}
        file.save(update_fields=["mapping"])
        return start_reading(company_id, file.belongs_to_id, by=by)


def leave_file_out(company_id: int, file_id: int, *, by: Actor) -> Import:
    """Take a file out of an import that waits, and read the others again."""
    with seeing(company_id):
        file = ImportFile.objects.get(pk=file_id)
        found = at_hand(file.belongs_to_id, *WAITING)
        if found.files.count() == 1:
            raise UnableToLeaveOut(name=file.name)
        file.delete()
        return start_reading(company_id, found.pk, by=by)


class UnableToLeaveOut(UnableTo):
    """The only file of an import: discard the import instead."""

    code = "import-last-file"
    sentence = Phrase("{name} est le seul fichier de l'import.",
                      "{name} is the only file of the import.")  # fmt: skip
    remedy = Phrase("Écartez l'import entier.", "Discard the whole import.")


def choose_replaces(company_id: int, import_id: int, *, replaces: bool, by: Actor) -> Import:
    """Say whether what these files no longer hold, within their period, was deleted."""
    with seeing(company_id):
        found = at_hand(import_id, *WAITING)
        found.replaces = replaces
        found.save(update_fields=["replaces"])
        return start_reading(company_id, import_id, by=by)


def take_up_again(
    company_id: int, import_id: int, *, mapping: Mapping[str, str], replaces: bool
) -> Import:
    """Say all of it anew of an import that waits, to be read again at once."""
    with seeing(company_id):
        found = at_hand(import_id, *WAITING)
        found.files.update(mapping=dict(mapping))
        found.replaces = replaces
        found.save(update_fields=["replaces"])
        return found
