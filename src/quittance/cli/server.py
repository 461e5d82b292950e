"""The web server (gunicorn) and the worker beside it, run and stopped as one."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

THREADS = 4
GRACE_SECONDS = 30
RESTART_SECONDS = 2.0


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn under our options; each worker process loads the application after the fork."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Our options, and no file or variable of gunicorn's own."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, loaded in each worker process."""
        return import_app("quittance.config.wsgi:application")


def serve(binds: list[str], *, workers: int, is_quiet: bool = False) -> None:
    """Serve until stopped; a worker for long tasks runs beside and is started again if it dies."""
    publish_static()
    connections.close_all()  # nothing open is carried over a fork
    child = Beside([sys.executable, "-m", "quittance", "worker", "--beside", str(os.getpid())])
    child.start()
    try:
        Server(
            {
                "bind": binds,
                "workers": workers,
                "threads": THREADS,
                "worker_class": "gthread",
                "timeout": 120,
                "graceful_timeout": GRACE_SECONDS,
                "keepalive": 15,
                "max_requests": 20_000,
                "max_requests_jitter": 2_000,
                "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
                "loglevel": "warning" if is_quiet else "info",
                "accesslog": None if is_quiet else "-",
                "logger_class": "quittance.config.server_log.ServerLog",
                "proc_name": "quittance",
                "forwarded_allow_ips": os.environ.get("QUITTANCE_PROXIES", "127.0.0.1"),
                "control_socket_disable": True,
            }
        ).run()
    finally:
        child.stop()


class Beside:
    """A process that runs beside this one, started again when it dies, ended with it."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.parent = os.getpid()
        self.ending = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.watch = threading.Thread(target=self.keep, daemon=True)

    def start(self) -> None:
        """Start it, and watch over it."""
        self.watch.start()

    def keep(self) -> None:
        """Run it again for as long as we live."""
        while not self.ending.is_set():
            self.process = subprocess.Popen(self.command)  # noqa: S603  (our own command)
            self.process.wait()
            self.ending.wait(RESTART_SECONDS)

    def stop(self) -> None:
        """Ask it to end, and wait; not for a process forked from ours, which only ends."""
        if os.getpid() != self.parent:
            return
        self.ending.set()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()


def publish_static() -> None:
    """Styles and scripts under names that tell their content, made again when one has changed."""
    root = Path(settings.STATIC_ROOT)
    made = root / "staticfiles.json"
    sources = Path(settings.PACKAGE) / "web" / "static"
    newest = max((path.stat().st_mtime for path in sources.rglob("*")), default=0.0)
    if not made.exists() or made.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0, clear=root.exists())
