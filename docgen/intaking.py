"""Read one draft that somebody sent: python -m docgen.intaking NAME < DOCX

Run as a program by intake/apart.py, so that a hostile file ends this process and no other. Standard output is
one JSON object: `accepted`, `original`, `origin`, or the `problems` for which the file is refused.
"""

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from .errors import ContentError
from .intake import intake
from .intake.result import WHERE
from .origin import origin_of
from .tracked import before_changes, is_tracked
from .wordfile import open_word

MEMORY = 1024**3
SECONDS = 20  # of the processor


def main() -> None:
    """Answer what stands in the file on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    print(json.dumps(_read(sys.stdin.buffer.read(), sys.argv[1]), default=str))


def _read(docx: bytes, name: str) -> dict[str, Any]:
    try:
        accepted = intake(docx, name)
        tracked = is_tracked(open_word(docx, name, WHERE).body)
        return {
            "accepted": asdict(accepted),
            "original": asdict(intake(before_changes(docx), name)) if tracked else None,
            "origin": origin_of(docx),
        }
    except ContentError as error:
        return {"problems": [[one.where, one.message, dict(one.params)] for one in error.problems]}


if __name__ == "__main__":
    main()
