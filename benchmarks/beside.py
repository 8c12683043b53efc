"""Time six human steps of a notice beside django-viewflow and SpiffWorkflow taking the same six.

Drafted, submitted, reviewed, countersigned by two in parallel, signed and registered: each person's act is a
transaction of its own, on SQLite with synchronous=FULL. The others (`peers/`) run in an environment of their
own, which `make bench` sets up, each a process that takes its turn. Laying out on paper is timed elsewhere.
"""

import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks import engine

HERE = Path(__file__).resolve().parent
PYTHON = HERE.parent / ".cache" / "bench-venv" / "bin" / "python"
AIMS = {"django_viewflow": ("django-viewflow", 3.0), "spiff_workflow": ("SpiffWorkflow", 1.0)}
ROUNDS = 9
DOCUMENTS = 20


def run() -> list[dict[str, Any]]:
    """Return a row beside each of the others."""
    with tempfile.TemporaryDirectory(prefix="hongtou-beside-") as name, ExitStack() as stack:
        folder = Path(name)
        engine.make_office(folder / "ours.db")
        others = {peer: stack.enter_context(_peer(peer, folder)) for peer in AIMS}
        people = stack.enter_context(engine.installed(folder / "ours.db"))
        taken: dict[str, list[float]] = {name: [] for name in ("ours", *AIMS)}
        for turn in range(ROUNDS + 1):
            seconds = {"ours": _ours(people, turn)}
            seconds |= {peer: _theirs(process) for peer, process in others.items()}
            for who, one in seconds.items():
                if turn:  # the first is to warm up
                    taken[who].append(one / DOCUMENTS)
    return [_row(peer, taken) for peer in AIMS]


def _row(peer: str, taken: dict[str, list[float]]) -> dict[str, Any]:
    title, aim = AIMS[peer]
    ours, theirs = statistics.median(taken["ours"]), statistics.median(taken[peer])
    ratio = statistics.median(b / a for a, b in zip(taken["ours"], taken[peer], strict=True))
    return {
        "name": f"six human steps beside {title}",
        "value": round(ours * 1000, 1),
        "unit": "ms a notice",
        "against": f"{title}: {theirs * 1000:.1f} ms",
        "ratio": round(ratio, 2),
        "aim": f"≥ {aim:g} times as fast",
        "holds": ratio >= aim,
    }


def _ours(people: dict[str, int], turn: int) -> float:
    begun = time.perf_counter()
    for number in range(DOCUMENTS):
        engine.carry_through(people, turn * DOCUMENTS + number)
    return time.perf_counter() - begun


@contextmanager
def _peer(name: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start one of the others with the text that it is to carry."""
    if not PYTHON.exists():
        raise FileNotFoundError(f"{PYTHON} is missing: `make bench` sets it up")
    script = HERE / "peers" / f"{name}.py"
    process = subprocess.Popen(
        [PYTHON, "-W", "ignore", script, folder / f"{name}.db"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    text = {key: engine.CONTENT[key] for key in ("title", "addressees", "body", "copy_to")}
    try:
        _say(process, json.dumps(text))
        yield process
    finally:
        process.communicate()


def _theirs(process: subprocess.Popen[str]) -> float:
    _say(process, str(DOCUMENTS))
    assert process.stdout is not None
    return float(process.stdout.readline())


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    print(line, file=process.stdin, flush=True)
