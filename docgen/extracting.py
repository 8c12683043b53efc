"""Read files that others made, one after the other: python -m docgen.extracting

Run as a program by reader.py, so that a hostile file ends this process and no other. A line on standard
input is a path as JSON; the answer to each is a line of JSON: kind, sha256, text, problem.
"""

import hashlib
import json
import resource
import sys
from pathlib import Path
from typing import Any

from . import extract
from .errors import ContentError

MEMORY = 2 * 1024**3


def main() -> None:
    """Answer until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin:
        print(json.dumps(_read(Path(json.loads(line)))), flush=True)


def _read(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    kind = extract.kind_of(data)
    found: dict[str, Any] = {
        "kind": kind,
        "sha256": hashlib.sha256(data).hexdigest(),
        "text": "",
        "problem": None,
    }
    if kind in extract.READ:
        try:
            found["text"] = extract.text_of(kind, data, path.name)
        except ContentError as error:
            (problem,) = error.problems
            found["problem"] = [problem.message, dict(problem.params)]
    return found


if __name__ == "__main__":
    main()
