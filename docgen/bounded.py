"""Run a program that may hang, so that it ends with all its children at a time limit."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path


def run_bounded(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], timeout: float
) -> tuple[int, str]:
    """Return the program's exit code, and what it said on both its outputs; it runs in `folder`.

    Whatever it started is gone when this returns. Raises subprocess.TimeoutExpired after `timeout` seconds.
    """
    with (folder / "said").open("w+b") as said:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return code, (folder / "said").read_text(errors="replace").strip()
