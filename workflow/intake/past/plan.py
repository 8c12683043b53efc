"""Keep what a check found would be entered, until it is."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from .. import imports
from .source import Planned, Taken

REGISTER, PLAN = "register.xlsx", "plan.json"


def keep(public_id: str, documents: Sequence[Planned]) -> str:
    """Lay the plan down beside the register; return its hash."""
    text = json.dumps([asdict(planned) for planned in documents], ensure_ascii=False, default=str)
    return imports.keep(public_id, PLAN, text.encode())


def load(public_id: str, sha256: str) -> list[Planned]:
    """Return the plan; raises Damaged when it is gone or another."""
    return [_planned(kept) for kept in json.loads(imports.kept(public_id, PLAN, sha256))]


def _planned(kept: Mapping[str, Any]) -> Planned:
    return Planned(
        **{
            **kept,
            "dated": date.fromisoformat(kept["dated"]),
            "printed_on": date.fromisoformat(kept["printed_on"]) if kept["printed_on"] else None,
            "files": tuple(Taken(**taken) for taken in kept["files"]),
        }
    )


def reach_the_disk() -> None:
    """Wait until all that was laid down would outlive a power failure: an import that begins is finished."""
    os.sync()


def path_of(public_id: str, name: str) -> Path:
    """Return where a file waits: under a name of its own, since a path from outside is never followed."""
    return imports.folder(public_id) / "files" / hashlib.sha256(name.encode()).hexdigest()
