"""The files that a company gives, kept byte for byte before anything is read in them.

A file is taken stretch by stretch, whatever its size, so that memory stays small; a zip is opened
and each file in it kept. The same bytes count once.
"""

import io
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from quittance.core.phrase import Phrase, day_words
from quittance.reports.imports import STATES
from quittance.services.journal import Actor, Subject, journal
from quittance.services.refusals import UnableTo
from quittance.storage.models import Import, ImportContent, ImportFile
from quittance.storage.scope import seeing

Content = bytes | IO[bytes]
STRETCH = 8 * 1024**2
ZIP = b"PK\x03\x04"
WORKBOOKS = {"[Content_Types].xml", "mimetype"}  # a zip that has one of these is a workbook
MOST_IN_ARCHIVE = 200
UNOPENABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError,
    UnicodeError,
)  # fmt: skip
LIVE = ("applied", "undoing")  # those whose files make the books
NOT_LIVE = ("refused", "undone", "discarded", "failed")
GIVEN = Phrase(
    "{name} (import {number}, {state}, donné le {day} par {who})",
    "{name} (import {number}, {state}, given on {day} by {who})",
)


class UnableToImportAgain(UnableTo):
    """Every file was given already: nothing to do."""

    code = "import-known"
    sentence = Phrase(
        "Déjà donné : {names}. Le même fichier ne compte qu'une fois.",
        "Already given: {names}. The same file counts once.",
    )
    remedy = Phrase(
        "Rien à faire ; un import en attente s'applique ou s'écarte depuis sa page, ou par "
        "quittance imports.",
        "Nothing to do; an import that waits is applied or discarded on its page, or with "
        "quittance imports.",
    )


class UnableToImportApart(UnableTo):
    """Some of the files wait in another import, so that these would go without them."""

    code = "import-apart"
    sentence = Phrase(
        "Rien n'est importé : {names} attend déjà.", "Nothing is imported: {names} waits already."
    )
    remedy = Phrase(
        "Appliquez ou écartez d'abord cet import (quittance imports apply {number}, ou quittance "
        "imports discard {number}), puis recommencez.",
        "Apply or discard that import first (quittance imports apply {number}, or quittance "
        "imports discard {number}), then start again.",
    )


class UnableToCountTwice(UnableTo):
    """The bytes of a file count already, through another import."""

    code = "import-twice"
    sentence = Phrase(
        "Ces octets comptent déjà : {names}. Le même fichier ne compte qu'une fois.",
        "These bytes count already: {names}. The same file counts once.",
    )
    remedy = Phrase(
        "Retirez ce fichier de l'import, ou écartez l'import entier.",
        "Leave this file out of the import, or discard the whole import.",
    )


class UnableToKeep(UnableTo):
    """More was given than this installation takes at once."""

    code = "import-too-large"
    sentence = Phrase(
        "{name} : plus de {megabytes} Mo en un envoi.", "{name}: more than {megabytes} MB at once."
    )
    remedy = Phrase(
        "Donnez moins de fichiers à la fois, ou relevez QUITTANCE_UPLOAD_MB.",
        "Give fewer files at a time, or raise QUITTANCE_UPLOAD_MB.",
    )


class UnableToOpen(UnableTo):
    """A zip that cannot be opened, is locked, or holds too many files."""

    code = "import-archive"
    sentence = Phrase("{name} : {cause}.", "{name}: {cause}.")
    remedy = Phrase("Donnez les fichiers sans les compresser.", "Give the files uncompressed.")


class UnableToImportNothing(UnableTo):
    """No file was given, or none with anything in it."""

    code = "import-nothing"
    sentence = Phrase("Aucun fichier n'est arrivé.", "No file arrived.")
    remedy = Phrase("Choisissez au moins un fichier.", "Choose at least one file.")


DAMAGED = Phrase("archive illisible", "unreadable archive")
LOCKED = Phrase("archive protégée par un mot de passe", "archive locked with a password")
TOO_MANY = Phrase(
    f"archive de plus de {MOST_IN_ARCHIVE} fichiers",
    f"archive of more than {MOST_IN_ARCHIVE} files",
)


@dataclass
class Allowance:
    """How many bytes may still be taken in one go; what a zip claims of itself is not believed."""

    left: int = field(default_factory=lambda: settings.UPLOAD_BYTES)

    def taken(self, size: int, name: str) -> None:
        """Count bytes, or refuse the whole of what is being given."""
        self.left -= size
        if self.left < 0:
            most = settings.UPLOAD_BYTES // 1024**2
            raise UnableToKeep(name=name, megabytes=most)


def receive_files(
    company_id: int,
    files: Iterable[tuple[str, Content]],
    *,
    by: Actor,
    at: datetime,
    mapping: Mapping[str, str] | None = None,
    replaces: bool = False,
    is_whole: bool = False,
) -> Import:
    """Keep files as they are given; `mapping` says which heading of a list holds which field.

    A file that is known already is left out, which the summary tells. Raises UnableToImportAgain
    when all are, UnableToKeep and UnableToOpen when one cannot be taken: then none is. `is_whole`
    refuses too, with UnableToImportApart, when one waits in another import.
    """
    with seeing(company_id):
        received = Import.objects.create(
            company_id=company_id,
            received_at=at,
            received_by_id=by.user_id,
            received_from=by.name,
            replaces=replaces,
        )
        known = list(kept_or_known(received, files, mapping=mapping or {}))
        names = list(received.files.order_by("pk").values_list("name", flat=True))
        if not names:
            raise again(known) if known else UnableToImportNothing()
        if is_whole:
            refuse_apart(received, known)
        told = [told_of(one) for one in known]
        received.summary = {"known": [{"fr": one.fr, "en": one.en} for one in told]}
        received.save(update_fields=["summary"])
        journal(
            company_id, "file.received", by=by, at=at,
            subject=Subject("import", received.pk, ", ".join(names)),
            after={"files": described(received)},
        )  # fmt: skip
        return received


def again(known: list[ImportFile]) -> UnableToImportAgain:
    """The refusal of files that were all given already; `waiting` are imports not yet applied."""
    numbers = sorted({one.belongs_to_id for one in known})
    waiting = sorted({one.belongs_to_id for one in known if one.belongs_to.position is None})
    names = listed([told_of(one) for one in known])
    return UnableToImportAgain(names=names, numbers=numbers, waiting=waiting)


def refuse_apart(received: Import, known: list[ImportFile]) -> None:
    """Refuse files of which some wait elsewhere to be applied."""
    others = [one for one in known if one.belongs_to_id != received.pk]
    apart = [one for one in others if one.belongs_to.position is None]
    if apart:
        number = apart[0].belongs_to_id
        raise UnableToImportApart(names=listed([told_of(one) for one in apart]), number=number)


def refuse_counted_twice(found: Import) -> None:
    """Refuse to apply a file of which the bytes are in the books through another import.

    It was received while the other could not be read, and so counted for nothing.
    """
    hashes = found.files.values_list("sha256", flat=True)
    others = ImportFile.objects.filter(company_id=found.company_id, sha256__in=list(hashes))
    live = others.exclude(belongs_to=found).filter(belongs_to__state__in=LIVE)
    twice = [told_of(one) for one in live.select_related("belongs_to").order_by("pk")]
    if twice:
        raise UnableToCountTwice(names=listed(twice))


def kept_or_known(
    received: Import, files: Iterable[tuple[str, Content]], *, mapping: Mapping[str, str]
) -> Iterator[ImportFile]:
    """Keep each file; gives the earlier one of each that was given already."""
    allowance = Allowance()
    for name, content in files:
        for inner, stream in opened(name, content):
            with transaction.atomic():
                file = kept(received, inner, stream=stream, allowance=allowance, mapping=mapping)
                earlier = given_earlier(file)
                if earlier is not None or not file.size:
                    file.delete()
            if earlier is not None:
                yield earlier


def opened(name: str, content: Content) -> Iterator[tuple[str, IO[bytes]]]:
    """A file, or each file of a zip that is no workbook."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    start = stream.read(len(ZIP))
    stream.seek(0)
    if start != ZIP:
        yield name, stream
        return
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [one for one in archive.infolist() if is_file(one)]
            if WORKBOOKS & set(archive.namelist()):
                stream.seek(0)
                yield name, stream
                return
            refuse_archive(name, members)
            for one in members:
                with archive.open(one) as inner:
                    yield one.filename.rsplit("/", 1)[-1], inner
    except UNOPENABLE:
        raise UnableToOpen(name=name, cause=DAMAGED) from None


def is_file(member: zipfile.ZipInfo) -> bool:
    """Whether a member of a zip is a file that a person put there."""
    path = member.filename
    is_hidden = path.startswith("__MACOSX/") or path.rsplit("/", 1)[-1].startswith(".")
    return not member.is_dir() and not is_hidden


def refuse_archive(name: str, members: list[zipfile.ZipInfo]) -> None:
    """Refuse a zip that is locked or has more files than anybody exports."""
    if any(one.flag_bits & 1 for one in members):
        raise UnableToOpen(name=name, cause=LOCKED)
    if len(members) > MOST_IN_ARCHIVE:
        raise UnableToOpen(name=name, cause=TOO_MANY)


def kept(
    received: Import, name: str, *, stream: IO[bytes], allowance: Allowance,
    mapping: Mapping[str, str],
) -> ImportFile:  # fmt: skip
    """One file and its bytes, compressed in stretches."""
    file = ImportFile.objects.create(
        company_id=received.company_id, belongs_to=received, name=printable(name), size=0,
        mapping=dict(mapping),
    )  # fmt: skip
    digest = sha256()
    for place, stretch in enumerate(iter(lambda: stretch_of(stream, name), b"")):
        allowance.taken(len(stretch), name)
        digest.update(stretch)
        file.size += len(stretch)
        ImportContent.objects.create(
            company_id=received.company_id, file=file, place=place,
            content=zlib.compress(stretch, 1),
        )  # fmt: skip
    file.sha256 = digest.hexdigest()
    file.save(update_fields=["sha256", "size"])
    return file


def stretch_of(stream: IO[bytes], name: str) -> bytes:
    """The next bytes of a file; one packed in an archive may prove damaged here."""
    try:
        return stream.read(STRETCH)
    except UNOPENABLE:
        raise UnableToOpen(name=name, cause=DAMAGED) from None


def printable(name: str) -> str:
    r"""A name that breaks no line, no header and no terminal, whoever packed the archive.

    >>> printable("a\r\nSet-Cookie: b\u202e.csv")
    'a��Set-Cookie: b�.csv'
    """
    return "".join(one if one.isprintable() else "�" for one in name)[-255:] or "?"


def given_earlier(file: ImportFile) -> ImportFile | None:
    """The file of the same bytes that counts already or waits to, if there is one."""
    same_bytes = ImportFile.objects.filter(company_id=file.company_id, sha256=file.sha256)
    live = same_bytes.exclude(pk=file.pk).exclude(belongs_to__state__in=NOT_LIVE)
    return live.select_related("belongs_to").order_by("pk").first()


def told_of(earlier: ImportFile) -> Phrase:
    """When a file was given, by whom, and what became of it."""
    one = earlier.belongs_to
    day = localtime(one.received_at).date()
    return GIVEN.filled(
        name=earlier.name, number=one.pk, state=STATES[one.state], who=one.received_from or "?",
        day=day_words(day),
    )  # fmt: skip


def listed(phrases: list[Phrase]) -> Phrase:
    """Several phrases as one."""
    return Phrase(", ".join(one.fr for one in phrases), ", ".join(one.en for one in phrases))


def described(one: Import) -> list[dict[str, object]]:
    """What an import is made of: its files, what was recognised in each, and their bytes' hash."""
    names = ("name", "format", "kind", "lines", "size", "sha256")
    return list(one.files.order_by("pk").values(*names))


def content_of(file: ImportFile) -> bytes:
    """The bytes of a file as it was given."""
    return b"".join(stretches_of(file))


def stretches_of(file: ImportFile) -> Iterator[bytes]:
    """The same, stretch by stretch."""
    kept_ones = file.contents.order_by("place").values_list("content", flat=True)
    for one in kept_ones.iterator(chunk_size=1):
        yield zlib.decompress(bytes(one))


def spooled(file: ImportFile) -> IO[bytes]:
    """The same as a file, on the disk when it is large, which vanishes when it is closed."""
    spool = tempfile.SpooledTemporaryFile(max_size=STRETCH)  # noqa: SIM115  (the answer closes it)
    for stretch in stretches_of(file):
        spool.write(stretch)
    spool.seek(0)
    return spool


def forget_content(one: Import) -> None:
    """Forget the bytes and the rows of files that were never applied; their hashes stay."""
    ImportContent.objects.filter(file__belongs_to=one).delete()
    one.files.update(rows=None, problems=None)
