"""Put off work until after the commit, and do it once: rows of a table, one plain loop."""

import fcntl
import math
import os
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .clock import now, stamp
from .installation import here, read_tx, write_tx
from .models import Job, Mark, table

LEASE_SECONDS = 180  # a job whose worker died is taken up again after this
ATTEMPTS = 2
PAUSES = dict.fromkeys(("email", "webhook"), (60, 300, 1800, 7200, 21600))  # seconds before each new try
PAUSE_SECONDS = 0.3
ALIVE_SECONDS = 150  # longer than one conversion may take
SWEEP_SECONDS = 3600
FIRST = ("pictures", "paper")  # somebody waits for them at the screen

Handler = Callable[[str, Mapping[str, str]], object]
"""Does a job, given its key and payload; returns GO_ON where it has done a part and is to be called again."""

GO_ON = "go on"


class NotNow(Exception):
    """The hour of a job has not come: it waits until then, and the try does not count."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


_jobs = table(Job)
_marks = table(Mark)


def ask(session: Session, kind: str, key: str, payload: Mapping[str, str], *, again: bool = False) -> None:
    """Ask for a job in the caller's transaction; asking twice is asking once.

    One that failed is tried anew; one that is done only when it is asked for `again`.
    """
    settled = ("failed", "done") if again else ("failed",)
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    session.connection().execute(
        dialect.insert(_jobs)
        .values(
            kind=kind,
            key=key,
            payload=dict(payload),
            state="waiting",
            attempts=0,
            due_at=stamp(),
            error="",
        )
        .on_conflict_do_update(
            index_elements=["kind", "key"],
            set_={"state": "waiting", "attempts": 0, "due_at": stamp(), "error": ""},
            where=_jobs.c.state.in_(settled),
        )
    )


def state_of(session: Session, kind: str, key: str) -> tuple[str, str] | None:
    """Return a job's state and its error, or None when it was never asked for."""
    row = session.execute(select(Job.state, Job.error).where(Job.kind == kind, Job.key == key)).first()
    return (row.state, row.error) if row else None


def before(session: Session, kind: str, key: str) -> int:
    """Return how many jobs are done or begun before one that waits."""
    own = select(Job).where(Job.kind == kind, Job.key == key).subquery()
    later = case((own.c.kind.in_(FIRST), 0), else_=1)
    rank = case((Job.kind.in_(FIRST), 0), else_=1)
    sooner = or_(
        Job.state == "running",
        and_(
            Job.state == "waiting",
            or_(
                rank < later,
                and_(rank == later, Job.due_at < own.c.due_at),
                and_(rank == later, Job.due_at == own.c.due_at, Job.id < own.c.id),
            ),
        ),
    )
    return session.scalar(select(func.count(Job.id)).join(own, true()).where(sooner, Job.id != own.c.id)) or 0


def work(
    handlers: Mapping[str, Handler],
    stop: Callable[[], bool],
    hourly: Iterable[Callable[[], object]],
    by_the_minute: Iterable[Callable[[], object]] = (),
) -> None:
    """Do jobs as they come until told to stop, and every hour and minute what is to be done then."""
    with alone() as no_other:
        if no_other:
            _take_back()
        hours, minutes = ([(SWEEP_SECONDS, act) for act in hourly], [(60, act) for act in by_the_minute])
        _work(handlers, stop, hours + minutes)


@contextmanager
def alone() -> Iterator[bool]:
    """Tell whether no other worker is at work on this installation, and keep it so as long as this one is."""
    descriptor = os.open(here().data / "worker.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _take_back() -> None:
    """Let what a worker left behind when it died be taken up now, and not when its time is over."""
    with write_tx() as session:
        session.connection().execute(update(_jobs).where(_jobs.c.state == "running").values(due_at=stamp()))


def _work(
    handlers: Mapping[str, Handler],
    stop: Callable[[], bool],
    regular: Sequence[tuple[float, Callable[[], object]]],
) -> None:
    seen, last = -math.inf, [-math.inf] * len(regular)
    while not stop():
        now_ = time.monotonic()
        if now_ - seen > ALIVE_SECONDS / 3:
            _sign_of_life()
            seen = now_
        for place, (seconds, act) in enumerate(regular):
            if now_ - last[place] > seconds:
                act()
                last[place] = now_
        if not work_one(handlers):
            time.sleep(PAUSE_SECONDS)


def work_one(handlers: Mapping[str, Handler]) -> bool:
    """Do the job that has waited longest; return whether there was one."""
    job = _take()
    if job is None:
        return False
    pauses = PAUSES.get(job.kind, (0,) * (ATTEMPTS - 1))
    if job.attempts > len(pauses) + 1:
        _settle(job, "failed", "its worker ended before it was done, more than once")
        return True
    try:
        done = handlers[job.kind](job.key, job.payload)
    except NotNow as later:
        _settle(job, "waiting", job.error, due=later.until, attempts=job.attempts - 1)
    except Exception as error:
        traceback.print_exc()
        told = f"{type(error).__name__}: {error}"
        if job.attempts > len(pauses):
            _settle(job, "failed", told)
        else:
            _settle(job, "waiting", told, due=now() + timedelta(seconds=pauses[job.attempts - 1]))
    else:
        _settle(job, "waiting" if done == GO_ON else "done", "")
    return True


def _take() -> Job | None:
    """Take a job for the screen, else what has waited longest, or lost its worker; the taking is counted."""
    due = select(Job).where(Job.state.in_(("waiting", "running")), Job.due_at <= stamp())
    with read_tx() as session:
        if session.scalars(due.limit(1)).first() is None:
            return None
    with write_tx() as session:
        job = session.scalars(
            due.order_by(case((Job.kind.in_(FIRST), 0), else_=1), Job.due_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if job is None:
            return None
        job.state, job.attempts = "running", job.attempts + 1
        job.due_at = stamp(now() + timedelta(seconds=LEASE_SECONDS))
        session.flush()
        session.expunge(job)
        return job


def _settle(
    job: Job, state: str, error: str, *, due: datetime | None = None, attempts: int | None = None
) -> None:
    """Write down how a job ended, unless another worker has taken it up since; a part done begins anew."""
    if attempts is None:
        attempts = job.attempts if error or state != "waiting" else 0
    with write_tx() as session:
        session.connection().execute(
            update(_jobs)
            .where(_jobs.c.id == job.id, _jobs.c.attempts == job.attempts, _jobs.c.state == "running")
            .values(state=state, error=error, attempts=attempts, due_at=stamp(due))
        )


def _sign_of_life() -> None:
    with write_tx() as session:
        session.merge(Mark(name="worker", value=stamp()))


def worker_is_alive(session: Session) -> bool:
    """Say whether a worker has given a sign of life in the last minute."""
    mark = session.get(Mark, "worker")
    return mark is not None and mark.value > stamp(now() - timedelta(seconds=ALIVE_SECONDS))
