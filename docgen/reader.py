"""Have files that others made read in a process of its own, which a hostile one may end or stop."""

import json
import os
import select
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .errors import Problem
from .ooxml import DAMAGED

TRIES = 2
SECONDS = 30  # for one file

_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Read:
    """What was found in a file: its kind (as `extract.kind_of` names it), hash and text, or a problem."""

    kind: str | None
    sha256: str
    text: str = ""
    problem: Problem | None = None


class Reader:
    """Reads one file after the other, in one process as long as that lives."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, path: Path, name: str) -> Read:
        """Read a file; the problem, if there is one, speaks of it by `name`."""
        for _ in range(TRIES):
            answer = self._ask(path)
            if answer is not None:
                wrong = answer["problem"]
                problem = Problem("file", wrong[0], {**wrong[1], "name": name}) if wrong else None
                return Read(answer["kind"], answer["sha256"], answer["text"], problem)
            self._end()
        return Read("", "", problem=replace(DAMAGED, where="file", params={"name": name}))

    def _ask(self, path: Path) -> dict[str, Any] | None:
        """Return the answer; None when the process ended over it, or took too long."""
        process: Any = self._process or _start()
        self._process = process
        try:
            process.stdin.write(json.dumps(str(path.resolve())).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            return None
        ready, _, _ = select.select([process.stdout], [], [], self._seconds)
        line = process.stdout.readline() if ready else b""
        answer: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
        return answer

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process = None


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "docgen.extracting"],
        cwd=_ROOT,
        env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
