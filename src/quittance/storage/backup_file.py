"""The file of a backup: PostgreSQL's dump and a manifest that proves it, in one tar archive.

`tar xf FILE` takes it apart without Quittance: `quittance.dump` is for pg_restore,
`manifest.json` says what it is. The file appears under its name only when it is complete and on
the disk; only its owner may read it.
"""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import IO

from quittance.core.phrase import Phrase
from quittance.storage.refusal import UnableToServe

FORMAT = 1
DUMP, MANIFEST = "quittance.dump", "manifest.json"
PIECE = 1024 * 1024

THERE_ALREADY = Phrase("{path} existe déjà.", "{path} is there already.")
OTHER_NAME = Phrase(
    "Une sauvegarde n'en remplace jamais une autre : donnez un autre nom, ou un dossier.",
    "A backup never replaces another: give another name, or a folder.",
)
UNWRITABLE = Phrase(
    "{path} ne peut pas être écrit ({cause}).", "{path} cannot be written ({cause})."
)
FREE_PLACE = Phrase(
    "Vérifiez la place libre et les droits du dossier ; aucun fichier n'est resté.",
    "Check the free space and the folder's permissions; no file was left.",
)
NO_BACKUP = Phrase(
    "{path} n'est pas une sauvegarde de Quittance, ou elle est incomplète ({cause}).",
    "{path} is no backup of Quittance, or an incomplete one ({cause}).",
)
NEWER = Phrase(
    "{path} a été fait par Quittance {version}, dans un format plus récent que celui que cette "
    "version sait lire.",
    "{path} was made by Quittance {version}, in a format newer than this version can read.",
)
UPDATE = Phrase("Mettez Quittance à jour, puis recommencez.", "Update Quittance, then try again.")
DAMAGED = Phrase(
    "{path} est abîmé : son empreinte n'est pas celle que dit son manifeste.",
    "{path} is damaged: its checksum is not the one that its manifest states.",
)
TAKE_ANOTHER = Phrase(
    "Prenez une autre copie ou une sauvegarde plus ancienne ; rien n'a été changé.",
    "Take another copy or an older backup; nothing was changed.",
)


@dataclass(frozen=True)
class Manifest:
    """What a backup is, and what it must hold once restored."""

    quittance: str  # the version that made it
    made_at: str  # ISO 8601, UTC
    database: str
    server: str  # PostgreSQL's version
    client: str  # pg_dump's version
    migrations: list[str]  # app.name, as applied
    rows: dict[str, int]  # of each table
    dump_bytes: int = 0
    dump_sha256: str = ""
    key: str = ""  # fingerprint of the secret key, which is not in the backup; none known: empty
    format: int = FORMAT

    @property
    def instant(self) -> datetime:
        """When the backup was made."""
        return datetime.fromisoformat(self.made_at)


def write(
    path: Path, pieces: Iterable[bytes], *, manifest: Callable[[int, str], Manifest]
) -> Manifest:
    """Write a backup beside its place, prove it by reading it again, then put it there."""
    if path.exists():
        raise UnableToServe(THERE_ALREADY.filled(path=path), OTHER_NAME)
    draft: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        draft = Path(name)
        with os.fdopen(handle, "w+b") as file:
            made = packed(file, pieces, manifest=manifest)
            os.fsync(file.fileno())
        verify(draft, made)
        os.link(draft, path)  # refuses a name taken meanwhile
        kept_on_disk(path.parent)
    except OSError as fault:
        cause = fault.strerror or str(fault)
        raise UnableToServe(UNWRITABLE.filled(path=path, cause=cause), FREE_PLACE) from fault
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
    return made


def packed(
    file: IO[bytes], pieces: Iterable[bytes], *, manifest: Callable[[int, str], Manifest]
) -> Manifest:
    """The archive's two members; the first header is written once the dump's size is known."""
    digest, size = hashlib.sha256(), 0
    file.write(bytes(tarfile.BLOCKSIZE))
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        file.write(piece)
    file.write(bytes(-size % tarfile.BLOCKSIZE))
    made = manifest(size, digest.hexdigest())
    text = json.dumps(asdict(made), ensure_ascii=False, indent=1).encode()
    file.write(header(MANIFEST, len(text)) + text)
    file.write(bytes(-len(text) % tarfile.BLOCKSIZE) + bytes(2 * tarfile.BLOCKSIZE))
    file.seek(0)
    file.write(header(DUMP, size))
    file.flush()
    return made


def header(name: str, size: int) -> bytes:
    """The header of a member, readable by its owner alone once extracted."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


def kept_on_disk(folder: Path) -> None:
    """Make sure that the list of names of a folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> Manifest:
    """The manifest of a backup that this version can read; refuses any other."""
    try:
        with tarfile.open(path, "r:") as archive:
            archive.getmember(DUMP)
            member = archive.extractfile(MANIFEST)
            told = json.loads(member.read()) if member else {}
        if told["format"] > FORMAT:
            facts = {"path": path, "version": told["quittance"]}
            raise UnableToServe(NEWER.filled(**facts), UPDATE)
        added = {"key": ""} | told  # what earlier manifests do not say
        return Manifest(**{one.name: added[one.name] for one in fields(Manifest)})
    except (OSError, tarfile.TarError, KeyError, TypeError, ValueError) as fault:
        cause = getattr(fault, "strerror", None) or str(fault)
        raise UnableToServe(NO_BACKUP.filled(path=path, cause=cause), TAKE_ANOTHER) from fault


def dump_of(path: Path) -> Iterator[bytes]:
    """The dump of a backup, piece by piece."""
    with tarfile.open(path, "r:") as archive:
        member = archive.extractfile(DUMP)
        while member and (piece := member.read(PIECE)):
            yield piece


def verify(path: Path, manifest: Manifest) -> None:
    """Refuse a backup whose dump is not, byte for byte, what its manifest says."""
    digest, size = hashlib.sha256(), 0
    for piece in dump_of(path):
        digest.update(piece)
        size += len(piece)
    if (size, digest.hexdigest()) != (manifest.dump_bytes, manifest.dump_sha256):
        raise UnableToServe(DAMAGED.filled(path=path), TAKE_ANOTHER)
