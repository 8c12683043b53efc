"""Have a draft read in a process of its own, which a hostile file may end or stop."""

import base64
import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import ContentError, Problem
from ..wordfile import damaged
from .result import WHERE, Brought, Taken

log = logging.getLogger(__name__)

SECONDS = 30  # for one file

_ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Draft:
    """What a Word file holds, as it reads with all tracked changes accepted.

    `original` is how it reads with all of them rejected, where it has some; `origin` the SHA-256 of the
    content that the file says it was made of.
    """

    taken: Taken
    original: Taken | None = None
    origin: str | None = None


def intake_apart(docx: bytes, name: str, *, seconds: float = SECONDS) -> Draft:
    """Read a DOCX as `intake` does; `name` is what the reader knows it by.

    Raises ContentError with every reason why the file cannot be read.
    """
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "docgen.intaking", name.replace("\0", "")],
            cwd=_ROOT,
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
            input=docx,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise damaged(name, WHERE) from error
    if done.returncode:
        log.warning(
            "reading a draft ended with code %s: %s",
            done.returncode,
            done.stderr.decode(errors="replace")[-500:],
        )
        raise damaged(name, WHERE)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "problems" in answer:
        raise ContentError(Problem(*problem) for problem in answer["problems"])
    original = answer["original"]
    return Draft(_taken(answer["accepted"]), original and _taken(original), answer["origin"])


def _taken(plain: dict[str, Any]) -> Taken:
    days = {name: plain[name] and date.fromisoformat(plain[name]) for name in ("dated", "printed_on")}
    reports = tuple(Problem(**problem) for problem in plain["reports"])
    pictures = tuple(Brought(one["name"], base64.b64decode(one["data"])) for one in plain["pictures"])
    told = {"left": tuple(plain["left"]), "reports": reports, "pictures": pictures}
    return Taken(**{**plain, **days, **told})
