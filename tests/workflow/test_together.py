"""What two or more do at the same time."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.workflow import crowd
from tests.workflow.desk import Desk, content
from workflow import clock, engine
from workflow.db import Database
from workflow.errors import Busy, Stale
from workflow.filelock import file_lock
from workflow.installation import here, write_tx

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time


def test_complaint_of_two_tabs_one_takes_a_number_and_the_other_is_told(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("registration")
    version, registrar = desk.row(document)["version"], desk.id("registrar")
    at_once = threading.Barrier(4)

    def register(_: int) -> str:
        at_once.wait(20)
        try:
            engine.advance(registrar, document, "register", version)
        except Stale:
            return "stale"
        return "done"

    with ThreadPoolExecutor(4) as pool:
        found = Counter(pool.map(register, range(4)))
    assert found == {"done": 1, "stale": 3}
    assert len(desk.register()) == 1
    assert desk.findings() == []


def test_of_two_processes_one_wins_and_the_other_is_told(
    desk_on_both: Desk, office_url: str, tmp_path: Path
) -> None:
    desk = desk_on_both
    document = desk.at("registration")
    share = (office_url, tmp_path, desk.id("registrar"), document, "register", desk.row(document)["version"])
    assert sorted(crowd.together(2, crowd.try_step, share, share)) == ["Stale", "done"]
    assert len(desk.register()) == 1


def registrations(desk: Desk, url: str, data: Path, documents: int, processes: int, spoil: bool) -> None:
    registrar = desk.id("registrar")
    waiting = [desk.at("registration") for _ in range(documents)]
    with_version = [(document, desk.row(document)["version"]) for document in waiting]
    shares = [(url, data, registrar, with_version[number::processes], spoil) for number in range(processes)]
    longest = max(crowd.together(processes, crowd.register_all, *shares))
    year = clock.today().year
    assert [number for number, *_ in desk.register()] == [
        f"豫直文明办〔{year}〕{serial}号" for serial in range(1, documents + 1)
    ]
    assert {desk.row(document)["state"] for document in waiting} == {"printing"}
    assert longest < 5
    assert desk.findings() == []


@pytest.mark.long  # every day twelve are registered at once in tests/web/api/test_once.py
def test_twelve_notices_registered_by_four_processes_have_consecutive_numbers(
    desk_on_both: Desk, office_url: str, tmp_path: Path
) -> None:
    registrations(desk_on_both, office_url, tmp_path, documents=12, processes=4, spoil=True)


@pytest.mark.long
def test_fifty_notices_registered_by_eight_processes_have_consecutive_numbers(
    desk_on_both: Desk, office_url: str, tmp_path: Path
) -> None:
    registrations(desk_on_both, office_url, tmp_path, documents=50, processes=8, spoil=False)


@pytest.mark.long
def test_roll_backs_among_eight_processes_leave_no_gap(
    desk_on_both: Desk, office_url: str, tmp_path: Path
) -> None:
    registrations(desk_on_both, office_url, tmp_path, documents=50, processes=8, spoil=True)


def test_a_write_transaction_is_not_opened_within_another(desk_on_both: Desk) -> None:
    with write_tx(), pytest.raises(RuntimeError, match="pass its session on"), write_tx():
        pass
    with write_tx():
        pass


def test_what_raises_leaves_nothing(desk_on_both: Desk) -> None:
    before = desk_on_both.fingerprint()
    drafter = desk_on_both.id("drafter")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine.moves, "arrive", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            engine.draft(drafter, "notice", content())
    assert desk_on_both.fingerprint() == before


def test_a_writer_waits_for_its_turn_and_no_longer_than_it_should(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with file_lock(lock, 1), ThreadPoolExecutor(1) as pool:
        start = time.monotonic()
        assert pool.submit(crowd.try_lock, lock, 0.3).result(10) == "busy"
        assert 0.25 < time.monotonic() - start < 3
    assert crowd.try_lock(lock, 0.3) == "held"


def open_descriptors(path: Path) -> int:
    folder = Path("/proc/self/fd")
    names = []
    for entry in folder.iterdir():
        with_target = entry.readlink() if entry.is_symlink() else None
        names.append(with_target)
    return names.count(path)


def test_an_abandoned_waiter_closes_what_it_gets(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with file_lock(lock, 1):
        with pytest.raises(Busy), file_lock(lock, 0.1):
            pass
        assert open_descriptors(lock) == 2
    deadline = time.monotonic() + 5
    while open_descriptors(lock) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert open_descriptors(lock) == 0
    assert crowd.try_lock(lock, 0.1) == "held"


@contextmanager
def hung_writer(url: str) -> Iterator[int]:
    """Keep a process that stopped in the middle of a write; give its id."""
    spawn = get_context("spawn")
    ready = spawn.Event()
    process = spawn.Process(target=crowd.hold_lock_and_stop, args=(url, ready))
    process.start()
    try:
        assert ready.wait(30)
        yield process.pid
    finally:
        process.kill()
        process.join(10)


def test_a_hung_writer_keeps_nobody_waiting_for_ever_and_dies_with_its_lock(
    desk: Desk, sqlite_office_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflow.db.WAIT_SECONDS", 0.5)
    with hung_writer(sqlite_office_url) as pid:
        start = time.monotonic()
        with pytest.raises(Busy):
            desk.draft()
        assert time.monotonic() - start < 3
        assert desk.findings() == []  # reading goes on
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                desk.draft()
                break
            except Busy:
                continue
        else:
            pytest.fail("the lock did not go with its holder")


def test_a_row_held_too_long_is_busy_on_postgresql(
    postgresql_office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflow.db._POSTGRESQL_LIMITS", "SET LOCAL lock_timeout='200ms'")
    first, second = Database(postgresql_office_url), Database(postgresql_office_url)
    with first.write_tx() as session:
        session.connection().exec_driver_sql("SELECT * FROM chain_head FOR UPDATE")
        errors: list[type[BaseException]] = []

        def take() -> None:
            try:
                with second.write_tx() as other:
                    other.connection().exec_driver_sql("SELECT * FROM chain_head FOR UPDATE")
            except Busy as error:
                errors.append(type(error))

        thread = threading.Thread(target=take)
        thread.start()
        thread.join(10)
    assert errors == [Busy]
    first.dispose()
    second.dispose()


def test_nothing_written_in_a_read_transaction_is_kept(desk: Desk) -> None:
    before = desk.fingerprint()
    with here().database.read_tx() as session:
        session.connection().exec_driver_sql("UPDATE documents SET title = 'x'")
    assert desk.fingerprint() == before
