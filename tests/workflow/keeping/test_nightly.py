"""Backups are made at night, kept for as long as the table says, and their failure is seen."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.workflow.desk import Desk, at
from workflow import clock, jobs
from workflow.installation import here, read_tx, write_tx
from workflow.keeping import backup, nightly, retention
from workflow.models import Job, Mark

LAST = at(2026, 11, 20, 3)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (at(2026, 11, 20, 5), False),  # made this night
        (at(2026, 11, 20, 23), False),
        (at(2026, 11, 21, 1), False),
        (at(2026, 11, 21, 2), True),
        (at(2026, 11, 21, 5), True),
        (at(2026, 11, 21, 6), False),  # the server slept: by day only when it is overdue
        (at(2026, 11, 21, 14), False),
        (at(2026, 11, 21, 16), True),
    ],
)
def test_a_backup_is_due_at_night_or_when_nights_were_missed(desk: Desk, moment: datetime, due: bool) -> None:
    with write_tx() as session:
        session.add(Mark(name=nightly.MARK, value=clock.stamp(LAST)))
    with clock.held_at(moment):
        assert nightly.ask_if_due() is due


def test_a_new_office_waits_for_its_first_night(desk: Desk) -> None:
    with clock.held_at(at(2026, 11, 21, 10)):
        assert not nightly.ask_if_due()
    with clock.held_at(at(2026, 11, 22, 2)):
        assert nightly.ask_if_due()


def test_the_job_makes_a_backup_that_is_checked_and_is_not_due_again(desk: Desk) -> None:
    desk.at("sealing")
    with clock.held_at(at(2026, 11, 21, 10)):
        nightly.ask_if_due()
    with clock.held_at(at(2026, 11, 22, 2)):
        nightly.ask_if_due()
        while jobs.work_one({"pdf": lambda *_: None, **nightly.HANDLERS}):
            pass
        assert not nightly.ask_if_due()
    (made,) = backup.backups(here().backups)
    assert made.name == "20261121T180000Z"
    with read_tx() as session:
        assert session.scalars(select(Job.state).where(Job.kind == "backup")).all() == ["done"]


def test_young_backups_are_kept_by_day_old_ones_by_week_month_and_year() -> None:
    newest = at(2026, 11, 22, 3)
    made = [newest - timedelta(days=day) for day in range(3 * 365)]
    kept = sorted(retention.kept([*made, newest - timedelta(hours=1)]), reverse=True)
    assert kept[:7] == made[:7]
    assert newest - timedelta(hours=1) not in kept
    months = {(moment.year, moment.month) for moment in kept}
    assert len([month for month in months if month > (2025, 11)]) == 12
    assert [moment for moment in kept if moment.year == 2024] == [at(2024, 12, 31, 3)]
    assert len(kept) <= 7 + 4 + 12 + 4


def test_thinning_out_removes_what_is_not_kept_and_what_was_cut_off(desk: Desk, tmp_path: Path) -> None:
    names = ["20250101T190000Z", "20261120T190000Z", "20261120T200000Z", ".unfinished-20261101T190000Z"]
    for name in names:
        (tmp_path / "b" / name).mkdir(parents=True)
        (tmp_path / "b" / name / "manifest.json").touch()
    assert retention.thin_out(tmp_path / "b") == ["20261120T190000Z", ".unfinished-20261101T190000Z"]
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == [
        "20250101T190000Z",
        "20261120T200000Z",
    ]
