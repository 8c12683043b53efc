"""Work put off until after the commit is done, once, and never for ever."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.workflow.desk import Desk, at
from workflow import clock, jobs
from workflow.installation import read_tx, write_tx
from workflow.models import Job

NOON = at(2024, 4, 7, 12)
LATER = timedelta(seconds=jobs.LEASE_SECONDS + 1)


class Press:
    """A handler that notes what it was asked for, and fails or dies as often as it is told to."""

    def __init__(self, *ends: BaseException) -> None:
        self.done: list[str] = []
        self.ends = list(ends)

    def __call__(self, key: str, payload: Mapping[str, str]) -> None:
        self.done.append(key)
        if self.ends:
            raise self.ends.pop(0)


def ask(key: str = "k", *, again: bool = False) -> None:
    with write_tx() as session:
        jobs.ask(session, "pdf", key, {"document": "d"}, again=again)


def state(key: str = "k") -> tuple[str, str] | None:
    with read_tx() as session:
        return jobs.state_of(session, "pdf", key)


def test_asking_twice_is_asking_once(desk_on_both: Desk) -> None:
    press = Press()
    ask()
    ask()
    assert state() == ("waiting", "")
    assert [jobs.work_one({"pdf": press}) for _ in range(3)] == [True, False, False]
    assert press.done == ["k"]
    assert state() == ("done", "")
    ask()
    assert not jobs.work_one({"pdf": press})
    ask(again=True)
    assert jobs.work_one({"pdf": press})


def test_jobs_are_done_in_the_order_they_were_asked_for(desk: Desk) -> None:
    press = Press()
    for key in "cab":
        ask(key)
    while jobs.work_one({"pdf": press}):
        pass
    assert press.done == ["c", "a", "b"]


def test_a_step_that_is_rolled_back_asks_for_nothing(desk_on_both: Desk) -> None:
    def ask_and_fail() -> None:
        with write_tx() as session:
            jobs.ask(session, "pdf", "k", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert state() is None


def test_a_failure_is_tried_once_more_and_then_told(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    press = Press(OSError("no paper"), OSError("no ink"))
    ask()
    jobs.work_one({"pdf": press})
    assert state() == ("waiting", "OSError: no paper")
    jobs.work_one({"pdf": press})
    assert state() == ("failed", "OSError: no ink")
    assert not jobs.work_one({"pdf": press})
    assert "no ink" in capsys.readouterr().err
    ask()
    jobs.work_one({"pdf": press})
    assert state() == ("done", "")


def test_a_dead_worker_s_job_is_taken_up_when_its_lease_is_over(desk_on_both: Desk) -> None:
    press = Press(SystemExit())
    with clock.held_at(NOON):
        ask()
        with pytest.raises(SystemExit):
            jobs.work_one({"pdf": press})
        assert state() == ("running", "")
        assert not jobs.work_one({"pdf": press})
    with clock.held_at(NOON + LATER):
        assert jobs.work_one({"pdf": press})
    assert state() == ("done", "")


def test_a_job_that_kills_its_workers_ends_as_failed(desk: Desk) -> None:
    press = Press(*(SystemExit() for _ in range(9)))
    with clock.held_at(NOON):
        ask()
    for turn in range(jobs.ATTEMPTS):
        with clock.held_at(NOON + turn * LATER), pytest.raises(SystemExit):
            jobs.work_one({"pdf": press})
    with clock.held_at(NOON + jobs.ATTEMPTS * LATER):
        assert jobs.work_one({"pdf": press})
        assert not jobs.work_one({"pdf": press})
    assert len(press.done) == jobs.ATTEMPTS
    assert state() == ("failed", "its worker ended before it was done, more than once")


def test_a_worker_that_lost_its_job_to_another_does_not_settle_it(desk: Desk) -> None:
    def slow(key: str, payload: Mapping[str, str]) -> None:
        with clock.held_at(NOON + LATER):
            jobs.work_one({"pdf": Press()})
        raise OSError("too late")

    with clock.held_at(NOON):
        ask()
        jobs.work_one({"pdf": slow})
    assert state() == ("done", "")


def test_printing_asks_for_the_pdf_of_the_frozen_file(desk: Desk) -> None:
    document = desk.at("sealing")
    with read_tx() as session:
        (job,) = session.scalars(select(Job)).all()
    assert (job.kind, job.key, job.state) == ("pdf", desk.row(document)["frozen_sha256"], "waiting")
    assert job.payload == {"document": document}


def test_a_worker_is_alive_for_a_while_after_its_last_sign(desk: Desk) -> None:
    turns = iter([False, True])
    with clock.held_at(NOON):
        jobs.work({}, stop=lambda: next(turns), hourly=())
    for seconds, alive in ((jobs.ALIVE_SECONDS - 1, True), (jobs.ALIVE_SECONDS + 1, False)):
        with clock.held_at(NOON + timedelta(seconds=seconds)), read_tx() as session:
            assert jobs.worker_is_alive(session) is alive


def test_what_somebody_waits_for_at_the_screen_is_done_first(desk: Desk) -> None:
    press = Press()
    with write_tx() as session:
        jobs.ask(session, "pdf", "first asked", {})
        jobs.ask(session, "pictures", "at the screen", {})
    while jobs.work_one({"pdf": press, "pictures": press}):
        pass
    assert press.done == ["at the screen", "first asked"]


def test_a_job_done_in_parts_is_called_again_and_others_have_their_turn(desk: Desk) -> None:
    parts = {"large": iter([jobs.GO_ON] * 4), "small": iter([])}
    done: list[str] = []

    def in_parts(key: str, payload: Mapping[str, str]) -> str:
        done.append(key)
        return next(parts[key], "")

    ask("large")
    ask("small")
    while jobs.work_one({"pdf": in_parts}):
        pass
    assert done == ["large", "small", "large", "large", "large", "large"]
    assert (state("large"), state("small")) == (("done", ""), ("done", ""))


def test_what_a_dead_worker_held_is_done_by_the_next_one_at_once(desk: Desk) -> None:
    ask()
    with pytest.raises(KeyboardInterrupt):
        jobs.work_one({"pdf": Press(KeyboardInterrupt())})
    press = Press()
    assert not jobs.work_one({"pdf": press})
    with jobs.alone() as no_other:
        assert no_other
        jobs.work({"pdf": press}, stop=Turns(2), hourly=())
    assert press.done == []  # another worker was at work: the job may be in its hands
    jobs.work({"pdf": press}, stop=Turns(2), hourly=())
    assert press.done == ["k"]


class Turns:
    """Stop a worker after so many turns."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_it_is_known_how_many_jobs_come_before_one(desk_on_both: Desk) -> None:
    ask("first")
    ask("second")
    with write_tx() as session:
        jobs.ask(session, "paper", "at the screen", {})

    def before(kind: str, key: str) -> int:
        with read_tx() as session:
            return jobs.before(session, kind, key)

    assert (before("paper", "at the screen"), before("pdf", "first"), before("pdf", "second")) == (0, 1, 2)
    jobs.work_one({"paper": Press()})
    assert (before("pdf", "first"), before("pdf", "second")) == (0, 1)
    with pytest.raises(SystemExit):
        jobs.work_one({"pdf": Press(SystemExit())})  # it runs, as far as anybody knows
    assert before("pdf", "second") == 1
