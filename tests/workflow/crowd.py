"""What several processes do at once: functions that a new process can import."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from workflow import engine, opening
from workflow.db import Database
from workflow.errors import Busy, WorkflowError
from workflow.filelock import file_lock
from workflow.installation import write_tx


def together(processes: int, work: Callable[..., Any], *shares: tuple[Any, ...]) -> list[Any]:
    """Run `work` once a share of arguments, in new processes; return what each gave."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return [future.result(100) for future in [pool.submit(work, *share) for share in shares]]


def try_step(url: str, data: Path, who: int, document: str, action: str, version: int) -> str:
    """Take one step; return what came of it."""
    opening.open_installation(url, data)
    try:
        engine.advance(who, document, action, version)
    except WorkflowError as refusal:
        return type(refusal).__name__
    return "done"


def register_all(url: str, data: Path, who: int, documents: list[tuple[str, int]], spoil: bool) -> float:
    """Register documents; fail first on every third when told to. Return the longest step, s."""
    opening.open_installation(url, data)
    longest = 0.0
    for number, (document, version) in enumerate(documents):
        if spoil and number % 3 == 0:
            _take_and_roll_back(who, document, version)
        start = time.monotonic()
        engine.advance(who, document, "register", version)
        longest = max(longest, time.monotonic() - start)
    return longest


def _take_and_roll_back(who: int, document: str, version: int) -> None:
    from workflow import moves
    from workflow.clock import stamp
    from workflow.work import load_person, open_work

    try:
        with write_tx() as session:
            moves.take(
                open_work(session, load_person(session, who), document, version, stamp()), "register", {}
            )
            raise ZeroDivisionError
    except ZeroDivisionError:
        return


def hold_lock_and_stop(url: str, ready: Any) -> None:
    """Take the writers' turn, say so, and stop in the middle as if hung."""
    database = Database(url)
    with database.write_tx() as session:
        session.connection()
        ready.set()
        os.kill(os.getpid(), signal.SIGSTOP)


def try_lock(path: Path, seconds: float) -> str:
    try:
        with file_lock(path, seconds):
            return "held"
    except Busy:
        return "busy"
