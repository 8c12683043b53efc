"""Say what past documents come from, and what was found by checking that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..findings import Finding

Tell = Callable[[int, int], None]  # done, total

_LITTER = ("thumbs.db", "desktop.ini")


def say_nothing(done: int, total: int) -> None:
    """Report no progress."""


@dataclass(frozen=True)
class Source:
    """A register's workbook and the files that go with it, by the names under which people know them."""

    name: str
    register: bytes
    files: Mapping[str, Path]


@dataclass(frozen=True)
class Taken:
    """A file that goes with a document; `kind` is docx, pdf, tiff, png or jpeg."""

    name: str
    kind: str
    sha256: str


@dataclass(frozen=True)
class Planned:
    """A past document as it would be entered; the first of its files is its own, others go beside it."""

    row: int
    written: str
    series_id: int
    agency_code: str
    year: int
    serial: int
    duplicate: bool
    title: str
    type: str
    dated: date
    printed_on: date | None
    addressees: str
    signatory: str
    copies: int | None
    archival_code: str | None
    files: tuple[Taken, ...]


@dataclass(frozen=True)
class Checked:
    """What a check found: errors stop, warnings do not; `documents` is empty where there is an error."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    documents: tuple[Planned, ...]
    report: Mapping[str, Any]  # counts, holes, duplicates, what has no match; as an import's report keeps it


class Refused(Exception):
    """An import has errors, and nothing was changed; carries what the check found."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        super().__init__("; ".join(str(finding.reason) for finding in checked.errors))


def gather(workbook: Path, folder: Path) -> Source:
    """Return a workbook and every file in a folder and the folders below it, the workbook apart."""
    files = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not is_litter(path.relative_to(folder).as_posix()) and path != workbook
    }
    return Source(workbook.name, workbook.read_bytes(), files)


def is_litter(name: str) -> bool:
    """Say whether a file is one that a computer leaves in a folder by itself."""
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts)
    return hidden or parts[-1].lower() in _LITTER
