"""The embedded server's settings: a small machine, large imports, and nothing lost, ever.

Each line that is not PostgreSQL's own value says why in docs/operations/postgresql.md.
"""

import os
from collections.abc import Mapping
from pathlib import Path

MEGABYTE = 1024**2
GIGABYTE = 1024**3
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
INCLUDED = "include_if_exists = 'quittance.conf'\n# What you write below wins.\n"
ACCESS = "# Only the socket, in a folder that only its account enters.\nlocal all all trust\n"


def memory_bytes() -> int:
    """The memory of the machine, or of the container when it is given less."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    given = limit.read_text(encoding="ascii").strip() if limit.is_file() else "max"
    return min(physical, int(given)) if given.isdigit() else physical


def settings(
    major: int, socket_folder: Path, *, memory: int, is_durable: bool = True
) -> dict[str, str]:
    """The settings by name, for a release, a socket's folder and an amount of memory."""
    shared = max(32 * MEGABYTE, min(memory // 16, 512 * MEGABYTE))
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket_folder),
        "unix_socket_permissions": "0700",
        "port": "5432",
        "shared_buffers": megabytes(shared),
        "effective_cache_size": megabytes(memory // 2),
        "work_mem": megabytes(max(4 * MEGABYTE, min(memory // 256, 32 * MEGABYTE))),
        "maintenance_work_mem": megabytes(max(32 * MEGABYTE, min(memory // 32, 256 * MEGABYTE))),
        "dynamic_shared_memory_type": "mmap",
        "max_parallel_workers_per_gather": "0",
        "max_worker_processes": "4",
        "max_logical_replication_workers": "0",
        "max_wal_senders": "0",
        "wal_level": "minimal",
        "max_wal_size": "4GB",
        "min_wal_size": "128MB",
        "checkpoint_timeout": "15min",
        "jit": "off",
        "lc_messages": "C",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] ",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_checkpoints": "off",
    }
    if major >= 18:
        chosen["io_method"] = "sync"
    return chosen if is_durable else chosen | UNSAFE


def megabytes(size: int) -> str:
    """A size as PostgreSQL's settings write it."""
    return f"{size // MEGABYTE}MB"


def written(chosen: Mapping[str, str]) -> str:
    """The settings as a file."""
    quoted = {name: value.replace("'", "''") for name, value in chosen.items()}
    lines = [f"{name} = '{value}'\n" for name, value in quoted.items()]
    return (
        "# Written by quittance at each start; what postgresql.conf says below wins.\n"
        + "".join(lines)
    )
