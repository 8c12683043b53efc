"""Say what a backup holds: its files with their hashes, its last numbers, the head of its chain."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..archive import write
from ..clock import today
from ..errors import Unusable
from ..models import Base, ChainHead, Counter, Series, StoredFile, table
from ..numbering import peek, run_of

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class LastNumber:
    """The last serial that a series had given in a year."""

    agency_code: str
    year: int
    serial: int


@dataclass(frozen=True)
class Manifest:
    made_at: str
    database: str  # the name of the copy: database.sqlite or database.dump
    database_sha256: str
    files: tuple[tuple[str, int], ...]  # (SHA-256, bytes)
    rows: Mapping[str, int]
    numbers: tuple[LastNumber, ...]
    position: int  # of the chain's head
    chain_hash: str
    format: int = FORMAT


def describe(session: Session, made_at: str, database: Path) -> Manifest:
    """Describe a copy whose database the session reads."""
    head = session.get_one(ChainHead, 1)
    stored = session.execute(select(StoredFile.sha256, StoredFile.size).order_by(StoredFile.sha256))
    return Manifest(
        made_at=made_at,
        database=database.name,
        database_sha256=hash_of(database),
        files=tuple((row.sha256, row.size) for row in stored),
        rows={
            name: session.execute(select(func.count()).select_from(described)).scalar_one()
            for name, described in sorted(Base.metadata.tables.items())
        },
        numbers=tuple(_last_numbers(session)),
        position=head.position,
        chain_hash=head.chain_hash,
    )


def _last_numbers(session: Session) -> Iterator[LastNumber]:
    """Yield each series' last number in every year that has some, and in this year."""
    counters = table(Counter)
    runs = set(session.execute(select(counters.c.run)).scalars())
    for series in session.scalars(select(Series).order_by(Series.position, Series.id)):
        prefix = run_of(series.id, 0).removesuffix("0")
        years = {int(run.removeprefix(prefix)) for run in runs if run.startswith(prefix)}
        for year in sorted(years | (set() if series.retired else {today().year})):
            yield LastNumber(series.agency_code, year, peek(session, run_of(series.id, year)) - 1)


def save(manifest: Manifest, folder: Path) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    write(folder / NAME, text.encode())


def load(folder: Path) -> Manifest:
    """Read a backup's manifest; raises Unusable when there is none that this program understands."""
    try:
        given: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        given["files"] = tuple((sha256, size) for sha256, size in given["files"])
        given["numbers"] = tuple(LastNumber(**number) for number in given["numbers"])
        manifest = Manifest(**given)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Unusable(f"{folder} holds no backup: {error}") from error
    if manifest.format != FORMAT:
        raise Unusable(f"{folder} is a backup of format {manifest.format}; this program reads {FORMAT}")
    return manifest


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
