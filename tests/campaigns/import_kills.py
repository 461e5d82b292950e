"""Kill an import in a process of its own, at random, and look at what it left: all or nothing.

    .venv/bin/python -m tests.campaigns.import_kills --rounds 50 --seed 1

The process is `quittance import`, or one that calls the services and says each step it comes to;
it applies, or takes back. Once it is dead the record is judged, the same is asked again, and the
record is judged again.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.campaigns.judge import Round, campaign, expect, files, judge, left_alone, state_of
from tests.cli.commands import run
from tests.storage.opened import imported

from quittance.storage.models import Import
from quittance.storage.scope import seeing

SERVICES = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from pathlib import Path
from quittance.services import imports
from quittance.services.journal import Actor
company, undo, *paths = sys.argv[1:]
named = [(Path(one).name, Path(one).read_bytes()) for one in paths]
who = {"by": Actor("Camille", "test"), "at": datetime(2026, 10, 1, 8, tzinfo=UTC)}
tell = lambda step, **facts: print(step, flush=True)
print("begin", flush=True)
if int(undo):
    imports.undo_import(int(company), int(undo), tell=tell, **who)
else:
    found = imports.receive_files(int(company), named, **who)
    print("received", flush=True)
    imports.read_import(int(company), found.pk, tell=tell)
    print("read", flush=True)
    imports.apply_import(int(company), found.pk, tell=tell, **who)
print("done", flush=True)
"""
STEPS = ("begin", "received", "read", "write", "write", "write")  # `write` is where it matters most
UNDO_STEPS = ("begin", "compare", "write", "write")
LATER_SECONDS = 0.05  # about what is left to do after a step
COMMAND_SECONDS = (0.4, 1.8)


def struck(process: "subprocess.Popen[str]", given: Round, *, after: str) -> str:
    """Kill a process a moment after it says a step; all that it said."""
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if line.strip() == after:
            break
    time.sleep(given.chance.uniform(0, LATER_SECONDS))
    process.kill()
    with process:
        said += [line.strip() for line in process.stdout if line.endswith("\n")]
    return " ".join(said)


def started(given: Round, arguments: Sequence[object]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env=given.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def one_round(given: Round) -> str:
    """Apply or undo in a process, kill it, judge, finish, judge."""
    first = imported(given.company, files(200))
    paths = []
    for name, content in files(200, again=True):
        paths.append(given.folder / name)
        paths[-1].write_bytes(content)
    victim = given.chance.choice(["command", "apply", "apply", "undo"])
    undone = first.pk if victim == "undo" else 0
    if victim == "command":
        said = command_killed(given, paths)
    else:
        steps = UNDO_STEPS if undone else STEPS
        process = started(given, ["-c", SERVICES, given.company.pk, undone, *paths])
        said = struck(process, given, after=given.chance.choice(steps))
    left_alone()
    judge(given.company)
    is_done = "done" in said or "appliqué" in said
    before = count(given)
    if undone:
        is_undone = state_of(given.company, undone) == "undone"
        expect(is_undone or not is_done, "an undo that was acknowledged is not there")
        if not is_undone:
            run("imports", "undo", undone, "--yes", "--company", given.company.slug)
        expect(state_of(given.company, undone) == "undone", "the undo cannot be finished")
    else:
        expect(before == 2 or not is_done, "an import that was acknowledged is not there")
        finished = run("import", *paths, "--yes", "--company", given.company.slug)
        expect(finished.exit_code == 0, f"the import cannot be finished: {finished.stdout}")
        expect(count(given) == 2, f"{count(given)} imports are applied, not 2")
    judge(given.company)
    return f"{victim}, {'acknowledged' if is_done else outcome(before, undone)}"


def command_killed(given: Round, paths: list[Path]) -> str:
    """Kill `quittance import` at a moment of its own."""
    command = ["-m", "quittance", "import", *paths, "--yes", "--company", given.company.slug]
    process = started(given, command)
    time.sleep(given.chance.uniform(*COMMAND_SECONDS))
    with process:
        process.kill()
        return str(process.communicate()[0])


def count(given: Round) -> int:
    """How many imports are applied."""
    with seeing(given.company.pk):
        return Import.objects.filter(company=given.company, state="applied").count()


def outcome(applied: int, undone: int) -> str:
    """What was found after a death before any word of an end."""
    return "whole" if applied == (0 if undone else 2) else "nothing"


if __name__ == "__main__":
    campaign(one_round, module="tests.campaigns.import_kills")
