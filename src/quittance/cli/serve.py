"""`quittance serve`, `worker`, `stop` and `demo`: the screens, up and down."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Annotated

import typer

from quittance.cli import options as opt
from quittance.cli.record import opened, refused
from quittance.core.phrase import Phrase

PORT = 8765
STARTS_WITHIN_SECONDS = 60
LOOPBACK = ("127.0.0.1", "::1")  # both are `localhost`: a browser tries either first
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  (addresses to recognise, not to listen on)
Host = Annotated[str, typer.Option("--host", help="Adresse d'écoute / Address to listen on")]
Port = Annotated[int, typer.Option("--port", help="Port")]
Workers = Annotated[int, typer.Option("--workers", help="Processus web / Web processes", min=1)]
Quiet = Annotated[bool, typer.Option("--quiet", help="Sans journal d'accès / No access log")]
Once = Annotated[bool, typer.Option("--once", help="Finir quand rien n'attend / End when idle")]
Parent = Annotated[int, typer.Option("--beside", hidden=True)]  # the process to end with

ADDRESS = Phrase("Quittance : {url}", "Quittance: {url}")
SIGN_IN = Phrase("Adresse de connexion : {email}", "Sign in as: {email}")
PASSWORD = Phrase(
    "Mot de passe (nouveau à chaque démonstration) : {password}",
    "Password (a new one for each demonstration): {password}",
)
COLLEAGUES = Phrase(
    "Ses collègues, même mot de passe : {people}", "Colleagues, same password: {people}"
)
STOP_BY = Phrase("Pour arrêter : {command}", "To stop: {command}")
STOPPED = Phrase("Arrêté.", "Stopped.")
NOT_SERVING = Phrase("Rien ne tournait.", "Nothing was running.")
BUSY = Phrase(
    "Le port {port} est pris par un autre programme. Choisissez-en un autre avec --port.",
    "Port {port} is taken by another program. Choose another one with --port.",
)
NO_START = Phrase(
    "Les écrans ne répondent pas après {seconds} s. Le journal du serveur : {log}",
    "The screens do not answer after {seconds} s. The server's log: {log}",
)


def serve(
    *,
    host: Host = "127.0.0.1",
    port: Port = PORT,
    workers: Workers = 2,
    quiet: Quiet = False,
    lang: opt.Language = opt.Lang.fr,
) -> None:
    """Servir les écrans, jusqu'à Ctrl-C. / Serve the screens, until Ctrl-C."""
    doors = doors_of(host)
    if not all(is_free(one, port) for one in doors):
        raise refused(BUSY.filled(port=port), lang)
    url = os.environ["QUITTANCE_URL"] = os.environ.get("QUITTANCE_URL") or address_of(host, port)
    opened()
    from django.conf import settings

    from quittance.cli.server import serve as serve_web

    pid_file(settings.HOME).write_text(f"{os.getpid()} {port}\n", encoding="ascii")
    typer.echo(ADDRESS.filled(url=f"{url.rstrip('/')}/").text(lang.value))
    binds = [f"[{one}]:{port}" if ":" in one else f"{one}:{port}" for one in doors]
    serve_web(binds, workers=workers, is_quiet=quiet)


def worker(*, once: Once = False, beside: Parent = 0) -> None:
    """Faire les travaux longs (imports…). / Do the long works (imports…)."""
    opened()
    from quittance.cli.worker import end_with, run_worker

    if beside:
        end_with(beside)
    run_worker(is_one_shot=once)


def stop(*, lang: opt.Language = opt.Lang.fr) -> None:
    """Arrêter les écrans lancés sur cette machine. / Stop the screens started here."""
    from quittance.storage.embedded import home_of

    found = serving(home_of(os.environ)) or serving(demo_home())
    if found is None:
        typer.echo(NOT_SERVING.text(lang.value))
        return
    os.kill(found[0], signal.SIGTERM)
    for _ in range(400):
        if not is_alive(found[0]):
            break
        time.sleep(0.1)
    typer.echo(STOPPED.text(lang.value))


def demo(*, port: Port = PORT, lang: opt.Language = opt.Lang.fr) -> None:
    """Ouvrir une société inventée et ses écrans. / Open an invented company and its screens."""
    os.environ.setdefault("QUITTANCE_HOME", str(demo_home()))
    opened()
    from django.conf import settings

    from quittance import clock
    from quittance.cli.record import actor
    from quittance.services.demo import SLUG, open_demo
    from quittance.storage.permissions import ROLE_NAMES

    examples = Path(__file__).parents[3] / "examples"
    demonstration = open_demo(examples, by=actor(), at=clock.now())
    owner, *others = demonstration.people
    found = serving(settings.HOME)
    place = found[1] if found else started(settings.HOME, first_free(port), lang=lang)
    screens = f"{address_of(LOOPBACK[0], place)}/c/{SLUG}/?as_of={demonstration.last_day}"
    typer.echo(ADDRESS.filled(url=screens).text(lang.value))
    typer.echo(SIGN_IN.filled(email=owner.email).text(lang.value))
    typer.echo(PASSWORD.filled(password=demonstration.password).text(lang.value))
    told = [f"{one.email} ({ROLE_NAMES[one.role].text(lang.value)})" for one in others]
    typer.echo(COLLEAGUES.filled(people=", ".join(told)).text(lang.value))
    typer.echo(STOP_BY.filled(command=f"{sys.argv[0]} stop").text(lang.value))


def demo_home() -> Path:
    """The folder of the demonstration, beside that of the real record."""
    from quittance.storage.embedded import home_of

    home = home_of({**os.environ, "QUITTANCE_HOME": ""})
    return home.with_name(f"{home.name}-demo")


def started(home: Path, port: int, *, lang: opt.Lang) -> int:
    """Start the screens in the background, wait until they answer, give their port."""
    log = home / "serve.log"
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603  (our own command)
            [sys.executable, "-m", "quittance", "serve", "--quiet", "--port", str(port)],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    for _ in range(STARTS_WITHIN_SECONDS * 20):
        if answers(port):
            return port
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise refused(NO_START.filled(seconds=STARTS_WITHIN_SECONDS, log=log), lang)


def answers(port: int) -> bool:
    """Whether the screens answer on a port of this machine."""
    try:
        url = f"http://127.0.0.1:{port}/health"
        with urllib.request.urlopen(url, timeout=2) as answer:  # our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def pid_file(home: Path) -> Path:
    """Where the process that serves says which it is, and on which port."""
    return home / "serve.pid"


def serving(home: Path) -> tuple[int, int] | None:
    """The process and the port of the screens of a home, if they run."""
    try:
        pid, port = map(int, pid_file(home).read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return None
    return (pid, port) if is_alive(pid) and answers(port) else None


def is_alive(pid: int) -> bool:
    """Whether a process exists."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def address_of(host: str, port: int) -> str:
    """What to type in a browser. Of this machine, a name: browsers keep no passkey for a number.

    >>> address_of("127.0.0.1", 8765), address_of("192.0.2.7", 80)
    ('http://localhost:8765', 'http://192.0.2.7:80')
    """
    is_here = host in (*LOOPBACK, *EVERYWHERE)
    name = "localhost" if is_here else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def doors_of(host: str) -> tuple[str, ...]:
    """The addresses to listen on: of this machine both, so that nobody else answers to its name."""
    if host not in (*LOOPBACK, "localhost"):
        return (host,)
    return LOOPBACK if has_address(LOOPBACK[1]) else LOOPBACK[:1]


def has_address(host: str) -> bool:
    """Whether this machine has an address."""
    try:
        with socket.socket(family_of(host)) as probe:
            probe.bind((host, 0))
    except OSError:
        return False
    return True


def family_of(host: str) -> socket.AddressFamily:
    """The family of an address."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens on a port."""
    with socket.socket(family_of(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def first_free(port: int) -> int:
    """The port, or the first one after it that nobody listens on."""
    doors = doors_of(LOOPBACK[0])
    return next(n for n in range(port, port + 100) if all(is_free(one, n) for one in doors))
