"""Take turns at writing: a lock on a file, waited for in the kernel's queue and not by polling."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import Busy


@contextmanager
def file_lock(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock at `path`; raises Busy when it was not to be had in time.

    The kernel lets go of it when the holder dies, however it dies.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _wait(descriptor, seconds)
    try:
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, seconds: float) -> None:
    """Wait in a thread, since a blocking flock knows no time limit; an abandoned wait closes what it gets."""
    got, settled, state = threading.Event(), threading.Lock(), {"abandoned": False}

    def take() -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with settled:
            if state["abandoned"]:
                os.close(descriptor)
            else:
                got.set()

    threading.Thread(target=take, daemon=True, name="file-lock").start()
    if got.wait(seconds):
        return
    with settled:
        if got.is_set():
            return
        state["abandoned"] = True
    raise Busy
