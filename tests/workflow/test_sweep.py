"""What is thrown away, and what is not."""

import os
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.workflow.desk import Desk
from workflow import archive, clock, jobs, logins, sweep
from workflow.installation import here, read_tx, write_tx
from workflow.models import Answer, Job, Login, Movement

LATER = timedelta(days=8)


def counted() -> dict[str, int]:
    with read_tx() as session:
        return {
            model.__tablename__: session.scalar(select(func.count()).select_from(model))
            for model in (Answer, Login, Job, Movement)
        }


def test_old_answers_ended_logins_and_done_jobs_go_and_records_stay(desk: Desk) -> None:
    logins.log_in("clerk", "hongtou", "browser")
    with write_tx() as session:
        jobs.ask(session, "pdf", "done", {})
        jobs.ask(session, "pdf", "waiting", {})
    assert jobs.work_one({"pdf": lambda key, payload: None})
    before = counted()
    sweep.sweep()
    assert counted() == before
    with clock.held_at(clock.now() + LATER):
        sweep.sweep()
    assert counted() == {**before, "answers": 0, "logins": 0, "jobs": before["jobs"] - 1}


def test_previews_that_nobody_looks_at_and_torn_files_go_and_files_stay(desk: Desk) -> None:
    with write_tx() as session:
        kept = archive.path_of(archive.put(session, b"kept"))
    preview = here().data / "previews" / "ab" / "abc"
    torn = kept.with_name(".tmp-torn")
    for path in (preview / "1.png", torn):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    sweep.sweep()
    assert preview.exists()
    assert torn.exists()
    long_ago = time.time() - LATER.total_seconds()
    for path in (kept, torn, preview):
        os.utime(path, (long_ago, long_ago))
    sweep.sweep()
    assert not preview.exists()
    assert not torn.exists()
    assert kept.exists()


def test_previews_take_no_more_room_than_they_may_and_the_latest_stay(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [here().data / "previews" / "ab" / name for name in ("oldest", "older", "latest")]
    for number, folder in enumerate(folders):
        folder.mkdir(parents=True)
        (folder / "1.png").write_bytes(b"." * 400)
        (folder / "pages").write_bytes(b"1")
        os.utime(folder, (time.time() - 100 + number, time.time() - 100 + number))
    sweep.sweep()
    assert all(folder.exists() for folder in folders)
    monkeypatch.setattr(sweep, "MOST_PREVIEWS", 802)
    sweep.sweep()
    assert [folder.exists() for folder in folders] == [False, True, True]
