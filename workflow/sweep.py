"""Throw away what has served its time: old answers, ended logins, done jobs, unused previews, torn files."""

import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete

from .clock import now, stamp
from .installation import here, write_tx
from .models import Answer, Job, Login

ANSWERS_KEPT = timedelta(days=7)
JOBS_KEPT = timedelta(days=7)
PREVIEWS_KEPT = timedelta(days=7)
MOST_PREVIEWS = 2 * 1024**3  # bytes: what is above that goes, however young, the oldest first
TORN_FILES_KEPT = timedelta(hours=1)  # a write that is under way is younger


def sweep() -> None:
    """Remove what nobody can ask for any more; records and files of documents are never touched."""
    with write_tx() as session:
        session.execute(delete(Answer).where(Answer.at < stamp(now() - ANSWERS_KEPT)))
        session.execute(delete(Login).where(Login.expires_at < stamp()))
        session.execute(delete(Job).where(Job.state == "done", Job.due_at < stamp(now() - JOBS_KEPT)))
    for folder in _untouched(here().data / "previews", "*/*", PREVIEWS_KEPT):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in _above(here().data / "previews", "*/*", MOST_PREVIEWS):
        shutil.rmtree(folder, ignore_errors=True)
    for torn in _untouched(here().data, "*/*/.tmp-*", TORN_FILES_KEPT):
        torn.unlink(missing_ok=True)


def _above(folder: Path, pattern: str, most: int) -> Iterator[Path]:
    """Yield the folders for which there is no room among the latest so many bytes."""
    held = 0
    for path in sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True):
        held += sum(file.stat().st_size for file in path.iterdir())
        if held > most:
            yield path


def _untouched(folder: Path, pattern: str, age: timedelta) -> Iterator[Path]:
    before = time.time() - age.total_seconds()
    for path in folder.glob(pattern):
        if path.stat().st_mtime < before:
            yield path
