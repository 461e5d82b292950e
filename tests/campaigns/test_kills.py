"""A few rounds of each campaign, the same each time; `make campaign` plays fifty of each."""

import random
from collections.abc import Callable, Iterator

import pytest
from tests.campaigns import import_kills, worker_kills
from tests.campaigns.judge import RecordBrokenError, Round, judge, play
from tests.campaigns.server_kills import BACK_WITHIN_SECONDS, Screens
from tests.campaigns.web_kills import WebKills
from tests.storage.homes import new_home
from tests.storage.opened import company, imported, invoices

from quittance.storage.models import Allocation, LedgerItem
from quittance.storage.scope import seeing

pytestmark = pytest.mark.usefixtures("fresh_db")


@pytest.fixture
def played(fresh_db: str) -> Callable[[Callable[[Round], str], int], str]:
    return lambda one_round, seed: play(one_round, seed, database=fresh_db, module="tests")


@pytest.fixture
def screens() -> Iterator[WebKills]:
    rounds = WebKills()
    yield rounds
    rounds.close()


Played = Callable[[Callable[[Round], str], int], str]


@pytest.mark.parametrize(
    ("seed", "victim"), [(1, "apply"), (2, "command"), (9, "undo"), (3, "apply")]
)
def test_a_killed_import_is_whole_or_nothing_and_is_finished_when_asked_again(
    played: Played, seed: int, victim: str
) -> None:
    assert played(import_kills.one_round, seed).startswith(victim)


@pytest.mark.parametrize(("seed", "stage"), [(1, "applying"), (2, "reading"), (9, "undoing")])
def test_what_a_killed_worker_was_doing_is_done_by_the_next(
    played: Played, seed: int, stage: str
) -> None:
    assert played(worker_kills.one_round, seed).startswith(stage)


def test_every_answer_of_a_killed_web_server_is_in_the_record(
    played: Played, screens: WebKills
) -> None:
    assert [played(screens, seed) for seed in (4, 5, 8)] == ["worker", "workers", "master"]
    assert screens.server
    assert screens.server.heard > 30


@pytest.mark.postgres
def test_screens_and_worker_bring_back_a_database_that_was_killed_under_them() -> None:
    with new_home() as home:
        under = Screens(home)
        try:
            rounds = [under.one_round(random.Random(seed)) for seed in (1, 3)]
        finally:
            under.close()
    assert [one.victim for one in rounds] == ["server", "one of its processes"]
    assert max(one.seconds for one in rounds) < BACK_WITHIN_SECONDS


def test_the_judge_sees_what_is_half_written() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")])
    judge(one)
    with seeing(one.pk):
        item = LedgerItem.objects.get()
        item.pk, item.key = None, f"{item.key}|2"
        item.save()
    with pytest.raises(RecordBrokenError, match="not what the applied files make"):
        judge(one)
    assert not Allocation.objects.exists()
