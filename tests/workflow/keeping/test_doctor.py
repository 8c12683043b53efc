"""What is wrong with an installation is said in words, each thing by itself."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from tests.workflow.desk import Desk, at
from workflow import clock
from workflow.installation import here, write_tx
from workflow.keeping import backup, doctor
from workflow.keeping.machine import Place
from workflow.models import Appointment, CalendarYear, Job, Mark, RegisterEntry, Series


def place(**others: object) -> Place:
    database_url = here().database.url.render_as_string(hide_password=False)
    given = {
        "database_url": database_url,
        "data": here().data,
        "procedures": None,
        "backups": None,
        "production": False,
    }
    return Place(**{**given, **others})


def ills(where: Place) -> dict[str, str]:
    return {
        check.subject.message: check.ill.message % check.ill.params
        for check in doctor.examine(where)
        if check.ill is not None
    }


def make_well(desk: Desk) -> None:
    """Do what a running office does: the worker lives, there is a backup, next year's holidays are loaded."""
    with write_tx() as session:
        for year in (clock.today().year, clock.today().year + 1):
            session.merge(CalendarYear(year=year, source="", at=clock.stamp()))
        session.merge(Mark(name="worker", value=clock.stamp()))
    backup.back_up(here().backups)


def test_a_well_kept_office_has_only_its_backups_place_against_it(desk: Desk) -> None:
    desk.at("sealing")
    make_well(desk)
    assert ills(place()).keys() <= {"Place of the backups", "Room on the disk", "PDF converter", "Fonts"}


def test_a_year_without_its_list_of_holidays_is_named(desk: Desk) -> None:
    with clock.held_at(at(2026, 11, 20)):
        assert "Working calendar" not in ills(place())
    with clock.held_at(at(2026, 12, 5)):
        assert "2027" in ills(place())["Working calendar"]


def test_what_a_new_office_lacks_is_named(desk: Desk) -> None:
    desk.at("signing")
    with write_tx() as session:
        session.execute(
            delete(Appointment).where(Appointment.user_id.in_([desk.id("admin"), desk.id("archivist")]))
        )
        session.execute(update(Series).values(start_at=None, start_year=None, start_serial=None))
        session.add(
            Job(
                kind="pdf",
                key="x",
                payload={},
                state="failed",
                attempts=2,
                due_at=clock.stamp(),
                error="no fonts\nx",
            )
        )
    found = ills(place())
    assert "office administrator" in found["Administrator"]
    assert "archivist" in found["Posts"]
    assert "豫直文明办" in found["First numbers"]
    assert "There is no backup" in found["Backups"]
    assert "worker" in found["Worker"]
    assert found["Work after a commit"] == "Work has failed: pdf × 1: no fonts"


def test_a_gap_in_the_register_and_a_clock_that_was_set_back_are_told(desk: Desk) -> None:
    desk.at("printing")
    desk.at("printing")
    with write_tx() as session:
        session.execute(delete(RegisterEntry).where(RegisterEntry.serial == 1))
    with clock.held_at(clock.now() - timedelta(days=1)):
        found = ills(place())
    assert "〕1" in found["Gaps in the register"]
    assert "before the latest movement" in found["Clock"]


def test_an_old_backup_is_told(desk: Desk) -> None:
    desk.at("signing")
    make_well(desk)
    with clock.held_at(clock.now() + timedelta(days=3)):
        assert "older than two days" in ills(place())["Backups"]


def test_a_place_that_others_may_write_to_or_read_the_key_of_is_told(desk: Desk) -> None:
    key = here().data / "secret_key"
    key.touch(0o644)
    os.chmod(here().data, 0o777)
    found = ills(place())
    assert "chmod 600" in found["Secret key"]
    assert "Everybody may write" in found["Data folder"]


def test_a_database_that_is_empty_or_of_another_program_is_not_opened(desk: Desk, tmp_path: Path) -> None:
    empty = place(database_url=f"sqlite:///{tmp_path / 'nothing.db'}")
    assert "The database is empty" in ills(empty)["The office opens"]
    assert not (tmp_path / "nothing.db").exists()
    assert "demonstration accounts" in ills(place(production=True))["The office opens"]


@pytest.mark.parametrize(("missing", "subject"), [("soffice", "PDF converter"), ("fonts", "Fonts")])
def test_what_the_machine_lacks_is_named(
    desk: Desk, missing: str, subject: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if missing == "soffice":
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        monkeypatch.delenv("HONGTOU_FONTCONFIG", raising=False)
        monkeypatch.setattr("workflow.keeping.machine.FONTS", tmp_path / "fonts.conf")
    assert subject in ills(place())


def test_a_worker_that_lives_and_no_failed_job_are_well(desk: Desk) -> None:
    make_well(desk)
    assert {"Worker", "Work after a commit"} & ills(place()).keys() == set()
