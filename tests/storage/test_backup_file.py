"""The file of a backup: whole or not there, and proved."""

import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.storage.records import cut

from quittance.storage import backup_file
from quittance.storage.backup_file import Manifest, dump_of, read, verify, write
from quittance.storage.refusal import UnableToServe

MANIFEST = Manifest(
    quittance="1.2", made_at="2026-11-24T08:00:00+00:00", database="quittance", server="18.6",
    client="18.6", migrations=["storage.0001_first"], rows={"public.company": 2},
)  # fmt: skip
DUMP = [b"PGDMP", b"x" * 700, b"end"]


def manifest(size: int, digest: str) -> Manifest:
    return replace(MANIFEST, dump_bytes=size, dump_sha256=digest)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "books.quittance"
    write(path, DUMP, manifest=manifest)
    return path


def test_what_is_written_is_read_again(saved: Path) -> None:
    found = read(saved)
    assert found == manifest(708, found.dump_sha256)
    assert b"".join(dump_of(saved)) == b"".join(DUMP)
    verify(saved, found)


def test_a_manifest_of_before_keys_were_named_is_read(tmp_path: Path) -> None:
    path = tmp_path / "books.quittance"
    write(path, DUMP, manifest=manifest)
    content = path.read_bytes()
    path.write_bytes(content.replace(b' "key": "",\n', b" " * 11 + b"\n"))
    assert path.read_bytes() != content
    assert read(path).key == ""


def test_any_tar_program_takes_it_apart(saved: Path, tmp_path: Path) -> None:
    with tarfile.open(saved) as archive:
        assert archive.getnames() == ["quittance.dump", "manifest.json"]
        archive.extractall(tmp_path / "apart", filter="data")
    assert (tmp_path / "apart" / "quittance.dump").read_bytes() == b"".join(DUMP)
    told = json.loads((tmp_path / "apart" / "manifest.json").read_text())
    assert told["rows"] == {"public.company": 2}


def test_only_its_owner_reads_it_and_nothing_else_is_left(saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in saved.parent.iterdir()] == [saved.name]


def test_a_backup_never_replaces_another(saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(UnableToServe, match="is there already"):
        write(saved, [b"other"], manifest=manifest)
    assert saved.read_bytes() == before


def test_a_dump_that_fails_leaves_no_file(tmp_path: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield b"PGDMP"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(tmp_path / "books", failing(), manifest=manifest)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnableToServe, match="No space left") as refusal:
        write(tmp_path / "books", DUMP, manifest=manifest)
    assert "aucun fichier" in refusal.value.text("fr")
    assert not list(tmp_path.iterdir())


def test_a_disk_that_keeps_something_else_is_found_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: os.pwrite(handle, b"?", 600))
    with pytest.raises(UnableToServe, match="is damaged"):
        write(tmp_path / "books", DUMP, manifest=manifest)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("place", [3, 512, 600, 1219])
def test_a_changed_byte_of_the_dump_is_found(saved: Path, place: int) -> None:
    content = bytearray(saved.read_bytes())
    content[place] ^= 1
    saved.write_bytes(bytes(content))
    with pytest.raises(UnableToServe):
        verify(saved, read(saved))


@pytest.mark.parametrize("at", [0, 100, 512, 900, 1536, 1600])
def test_a_file_cut_short_is_refused(saved: Path, tmp_path: Path, at: int) -> None:
    with pytest.raises(UnableToServe, match="no backup of Quittance"):
        read(cut(saved, tmp_path / "cut", at=at))


@pytest.mark.parametrize("content", [b"", b"hello", b"{}" * 600])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    for path in (tmp_path / "other", tmp_path / "absent", tmp_path):
        with pytest.raises(UnableToServe, match="no backup of Quittance"):
            read(path)


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "books"
    write(path, DUMP, manifest=lambda *told: replace(manifest(*told), format=2))
    with pytest.raises(UnableToServe, match=r"made by Quittance 1\.2, in a format newer"):
        read(path)


def test_a_large_dump_has_a_true_size_in_its_header() -> None:
    header = backup_file.header("quittance.dump", 20 * 10**9)
    assert tarfile.TarInfo.frombuf(header, "utf-8", "strict").size == 20 * 10**9
