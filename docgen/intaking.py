"""Read one draft that somebody sent: python -m docgen.intaking NAME < DOCX

Run as a program by intake/apart.py, so that a hostile file ends this process and no other. Standard output is
one JSON object: `accepted`, `original`, `origin`, or the `problems` for which the file is refused.
"""

import base64
import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from .errors import ContentError
from .intake import intake
from .origin import origin_of
from .tracked import before_changes, is_tracked

MEMORY = 1024**3
SECONDS = 20  # of the processor


def main() -> None:
    """Answer what stands in the file on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    print(json.dumps(_read(sys.stdin.buffer.read(), sys.argv[1]), default=_plain))


def _plain(value: Any) -> str:
    """Return a date, or the bytes of a picture, as JSON has it."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def _read(docx: bytes, name: str) -> dict[str, Any]:
    try:
        accepted = intake(docx, name)
        return {
            "accepted": asdict(accepted),
            "original": asdict(intake(before_changes(docx), name)) if is_tracked(docx) else None,
            "origin": origin_of(docx),
        }
    except ContentError as error:
        return {"problems": [[one.where, one.message, dict(one.params)] for one in error.problems]}


if __name__ == "__main__":
    main()
