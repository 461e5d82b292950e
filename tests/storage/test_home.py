"""Where the data are, and whose."""

import os
from pathlib import Path

import pytest
from tests.storage.homes import new_home

from quittance.storage import home as homes
from quittance.storage.home import Account, Home, account_of, home_of, made, may_enter, opened
from quittance.storage.refusal import UnableToServe

NOBODY = Account(65534, 65534)


def status_of(mode: int, uid: int, gid: int) -> os.stat_result:
    return os.stat_result((mode, 0, 0, 1, uid, gid, 0, 0, 0, 0))


def test_the_home_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert home_of({"QUITTANCE_HOME": "/srv/books"}) == Path("/srv/books")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert home_of({"XDG_DATA_HOME": "/x/data"}) == Path("/x/data/quittance")
    assert home_of({"XDG_DATA_HOME": "relative"}) == Path.home() / ".local/share/quittance"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert home_of({"XDG_DATA_HOME": "/x/data"}) == Path("/var/lib/quittance")


def test_an_ordinary_person_serves_as_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert account_of(Home(Path("/nowhere"))) == Account()


def test_the_data_of_another_person_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Home(tmp_path).cluster.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 1000 + os.getuid())
    with pytest.raises(UnableToServe, match="belongs to the account"):
        account_of(Home(tmp_path))


@pytest.mark.usefixtures("as_root")
def test_root_serves_under_the_account_that_has_the_data(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert account_of(home).name == "nobody"
    home.cluster.mkdir()
    os.chown(home.cluster, 1, 1)
    assert account_of(home).name == "daemon"


@pytest.mark.parametrize(
    ("mode", "uid", "gid", "enters"),
    [
        (0o711, 0, 0, True), (0o700, 0, 0, False), (0o700, 65534, 0, True),
        (0o077, 65534, 0, False), (0o710, 0, 65534, True), (0o701, 0, 65534, False),
    ],
)  # fmt: skip
def test_the_permissions_say_who_may_pass(mode: int, uid: int, gid: int, enters: bool) -> None:
    assert may_enter(status_of(mode, uid, gid), NOBODY) is enters


def test_a_folder_appears_with_its_permissions_once(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        made(tmp_path / "a" / "b", mode=0o711)
        made(tmp_path / "a" / "b", mode=0o700)
    finally:
        os.umask(before)
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o711
    assert os.listdir(tmp_path / "a") == ["b"]  # noqa: PTH208


def test_a_folder_that_another_process_made_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])  # not there when asked, there when it is put in place
    (tmp_path / "a" / "inside").mkdir(parents=True)
    really = Path.is_dir
    monkeypatch.setattr(
        Path, "is_dir", lambda one: next(answers) if one.name == "a" else really(one)
    )
    made(tmp_path / "a", mode=0o700)
    assert (tmp_path / "a" / "inside").exists()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_servers_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "socket"
    folder.mkdir(mode=0o755)
    with pytest.raises(UnableToServe, match="belongs to the account"):
        homes.private(folder, Account())
    folder.chmod(0o700)
    homes.private(folder, Account())
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(UnableToServe, match="belongs to the account"):
        homes.private(tmp_path / "link", Account())


def test_a_short_path_keeps_its_socket_and_a_long_one_gets_another() -> None:
    assert Home(Path("/srv/books")).socket_folder == Path("/srv/books/socket")
    long, other = (Home(Path(f"/srv/{'x' * 100}{end}")).socket_folder for end in "ab")
    assert long != other
    assert len(str(long / homes.SOCKET_NAME)) <= homes.LONGEST_SOCKET


@pytest.mark.usefixtures("as_root")
def test_a_closed_folder_above_is_named(tmp_path: Path) -> None:
    with new_home() as folder:
        folder.mkdir(mode=0o700)
        with pytest.raises(UnableToServe, match=f"cannot enter {folder}") as refusal:
            opened(Home(folder / "deep" / "home"), NOBODY)
        assert "/var/lib/quittance" in refusal.value.text("fr")
