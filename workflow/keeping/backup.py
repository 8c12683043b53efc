"""Back an office up: a copy of the database as it is at one moment, then every file that it names."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from sqlalchemy import text

from .. import archive
from ..clock import now, stamp
from ..errors import Damaged, Unusable
from ..installation import here
from . import databases, manifest

UNFINISHED = ".unfinished-"


def back_up(target: Path) -> Path:
    """Make a backup below a folder and return its own folder; raises Unusable or Damaged.

    The database comes first: a file is on disk before the row that names it, so none can be missing.
    """
    name = now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (target / name).exists():
        raise Unusable(f"there is a backup {name} already; wait a second")
    folder = target / f"{UNFINISHED}{name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        with databases.copied(here().database, folder) as (copy, session):
            copy.chmod(0o400)
            described = manifest.describe(session, stamp(), copy)
        _copy_files(described, folder, latest(target))
        manifest.save(described, folder)
        os.rename(folder, target / name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return target / name


def _copy_files(described: manifest.Manifest, folder: Path, before: Path | None) -> None:
    """Copy the archive's files; those that the backup before has are linked to, and take no room twice."""
    for sha256, _ in described.files:
        path = _path(folder, sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        known = _path(before, sha256) if before else None
        if known is not None and known.exists() and manifest.hash_of(known) == sha256:
            os.link(known, path)
        else:
            archive.write(path, archive.read(sha256))


def _path(folder: Path, sha256: str) -> Path:
    return folder / "files" / sha256[:2] / sha256


def backups(target: Path) -> list[Path]:
    """Return the finished backups below a folder, the oldest first."""
    return sorted(path.parent for path in target.glob(f"[0-9]*Z/{manifest.NAME}"))


def latest(target: Path) -> Path | None:
    return next(reversed(backups(target)), None)


def damage(folder: Path) -> Iterator[str]:
    """Yield what is wrong with a backup: every hash is computed anew; an SQLite copy is opened."""
    described = manifest.load(folder)
    copy = folder / described.database
    if not copy.exists() or manifest.hash_of(copy) != described.database_sha256:
        yield f"{copy.name} is not what was backed up"
        return
    for sha256, size in described.files:
        try:
            content = _path(folder, sha256).read_bytes()
        except OSError:
            yield f"file {sha256} is missing"
            continue
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            yield f"file {sha256} is not what was backed up"
    if copy.name == databases.LITE:
        with databases.reading(copy) as session:
            for (line,) in session.execute(text("PRAGMA integrity_check")):
                if line != "ok":
                    yield f"{copy.name}: {line}"


def restore_files(folder: Path) -> None:
    """Put a backup's files into the archive of the open installation's data folder; raises Damaged."""
    for sha256, _ in manifest.load(folder).files:
        content = _path(folder, sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(f"file {sha256} is not what was backed up")
        archive.write(archive.path_of(sha256), content)
