"""Settings for a small machine that lose nothing."""

from pathlib import Path

import pytest

from quittance.storage.tuning import GIGABYTE, memory_bytes, settings, written

SOCKET = Path("/home/o'neil/socket")


@pytest.mark.parametrize(
    ("memory", "buffers", "work"), [(1, "64MB", "4MB"), (4, "256MB", "16MB"), (64, "512MB", "32MB")]
)
def test_memory_is_taken_in_proportion(memory: int, buffers: str, work: str) -> None:
    chosen = settings(18, SOCKET, memory=memory * GIGABYTE)
    assert (chosen["shared_buffers"], chosen["work_mem"]) == (buffers, work)


def test_nothing_is_left_to_chance_by_default() -> None:
    assert "fsync" not in settings(18, SOCKET, memory=GIGABYTE)
    assert settings(18, SOCKET, memory=GIGABYTE, is_durable=False)["fsync"] == "off"


def test_a_setting_of_a_later_release_is_not_given_to_an_earlier() -> None:
    assert "io_method" in settings(18, SOCKET, memory=GIGABYTE)
    assert "io_method" not in settings(15, SOCKET, memory=GIGABYTE)


def test_a_quote_in_a_path_is_written_twice() -> None:
    text = written(settings(18, SOCKET, memory=GIGABYTE))
    assert "unix_socket_directories = '/home/o''neil/socket'" in text


def test_the_machine_has_memory() -> None:
    assert memory_bytes() > 10**8
