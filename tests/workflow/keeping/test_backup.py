"""A backup made while the office works is whole, is restored, and the numbers go on where they stood."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.workflow.desk import Desk
from tests.workflow.keeping.conftest import Place
from workflow import logins, verify
from workflow.errors import Unusable
from workflow.installation import here, install, read_tx, write_tx
from workflow.keeping import backup, databases, manifest, restore
from workflow.keeping.manifest import LastNumber
from workflow.models import Login, OfficeChange, RegisterEntry

CODE = "豫直文明办"


@contextmanager
def restored(made: Path, place: Place, *on_paper: LastNumber) -> Iterator[None]:
    """Open the office as it is after a restoration; the one before is open again afterwards."""
    before = here()
    try:
        restore.restore(made, place.url, place.data, None, on_paper)
        yield
    finally:
        here().database.dispose()
        install(before)


def numbers() -> list[int]:
    with read_tx() as session:
        return list(session.scalars(select(RegisterEntry.serial).order_by(RegisterEntry.serial)))


def test_a_backup_made_under_load_restores_verifies_and_goes_on_with_the_next_number(
    desk_on_both: Desk, backups: Path, empty_place_of_its_kind: Place
) -> None:
    desk = desk_on_both
    waiting = [desk.at("registration") for _ in range(12)]
    some_are_registered = threading.Event()

    def register_all() -> None:
        for done, document in enumerate(waiting):
            desk.take(document, "registrar", "register")
            desk.bring(document, "issued")
            if done == 3:
                some_are_registered.set()

    registrar = threading.Thread(target=register_all)
    registrar.start()
    assert some_are_registered.wait(60)
    made = backup.back_up(backups)
    registrar.join()
    assert list(backup.damage(made)) == []
    described = manifest.load(made)
    last = next(number.serial for number in described.numbers if number.agency_code == CODE)
    assert 4 <= last <= len(waiting)
    with restored(made, empty_place_of_its_kind):
        assert list(verify.findings()) == []
        assert numbers() == list(range(1, last + 1))
        document = desk.at("printing")
        assert desk.row(document)["number"].endswith(f"〕{last + 1}号")


def test_numbers_that_only_paper_knows_are_entered_as_missing_and_never_given_again(
    desk: Desk, backups: Path, empty_place: Place
) -> None:
    desk.at("printing")
    made = backup.back_up(backups)
    year = manifest.load(made).numbers[0].year
    with restored(made, empty_place, LastNumber(CODE, year, 4)):
        with read_tx() as session:
            rows = session.scalars(select(RegisterEntry).order_by(RegisterEntry.serial)).all()
        assert [(row.serial, row.state) for row in rows] == [
            (1, "used"), (2, "missing"), (3, "missing"), (4, "missing"),
        ]  # fmt: skip
        assert all("待查" in row.reason for row in rows[1:])
        assert desk.row(desk.at("printing"))["number"].endswith("〕5号")
        assert list(verify.findings()) == []


def test_nobody_is_signed_in_after_a_restoration_and_it_is_noted(
    desk: Desk, backups: Path, empty_place: Place
) -> None:
    secret, _ = logins.log_in("clerk", "hongtou", "token")
    made = backup.back_up(backups)
    with restored(made, empty_place):
        assert logins.who_is(secret, "token") is None
        with read_tx() as session:
            assert session.execute(select(func.count()).select_from(Login)).scalar_one() == 0
            noted = session.scalars(
                select(OfficeChange.subject).where(OfficeChange.action == "restored")
            ).all()
        assert noted == [made.name]


def test_the_second_backup_takes_no_room_for_the_files_of_the_first(desk: Desk, backups: Path) -> None:
    desk.at("sealing")
    first = backup.back_up(backups)
    sha256 = manifest.load(first).files[0][0]
    shutil.move(first, backups / "20200101T000000Z")
    second = backup.back_up(backups)
    inodes = {
        (folder / "files" / sha256[:2] / sha256).stat().st_ino
        for folder in (backups / "20200101T000000Z", second)
    }
    assert len(inodes) == 1
    assert backup.backups(backups) == [backups / "20200101T000000Z", second]


@pytest.mark.parametrize("spoil", ["file", "missing file", "database"])
def test_a_damaged_backup_is_told_and_not_restored(
    desk: Desk, backups: Path, empty_place: Place, spoil: str
) -> None:
    desk.at("sealing")
    made = backup.back_up(backups)
    (stored,) = (made / "files").glob("*/*")
    target = made / databases.LITE if spoil == "database" else stored
    target.chmod(0o600)
    if spoil == "missing file":
        target.unlink()
    else:
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(content)
    assert len(list(backup.damage(made))) == 1
    with pytest.raises(Unusable, match=r"is not what was backed up|is missing"):
        restore.plan(made, empty_place.url, empty_place.data)
    assert not empty_place.data.exists()


def test_a_backup_goes_into_an_empty_place_only(desk: Desk, backups: Path) -> None:
    made = backup.back_up(backups)
    url = here().database.url.render_as_string(hide_password=False)
    with pytest.raises(Unusable, match="the database is not empty"):
        restore.plan(made, url, here().data)


def test_a_backup_of_one_kind_of_database_is_not_put_into_the_other(
    desk: Desk, backups: Path, postgresql_url: str, tmp_path: Path
) -> None:
    made = backup.back_up(backups)
    with pytest.raises(Unusable, match="database is postgresql"):
        restore.restore(made, postgresql_url, tmp_path / "restored", None, [])


@pytest.mark.parametrize(
    ("code", "serial", "why"),
    [(CODE, 0, "later than the last number on paper"), ("豫无此号", 9, "no series")],
)
def test_a_last_number_that_cannot_be_is_refused(
    desk: Desk, backups: Path, code: str, serial: int, why: str
) -> None:
    desk.at("printing")
    described = manifest.load(backup.back_up(backups))
    with pytest.raises(Unusable, match=why):
        restore.numbers_lost(described, [LastNumber(code, described.numbers[0].year, serial)])


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="holds no backup"):
        manifest.load(tmp_path)


def test_a_backup_that_is_cut_off_leaves_nothing_that_looks_like_one(
    desk: Desk, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.at("sealing")

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(manifest, "save", cut_off)
    with pytest.raises(KeyboardInterrupt):
        backup.back_up(backups)
    assert backup.backups(backups) == []
    assert list(backups.iterdir()) == []


def test_a_record_that_was_rewritten_whole_does_not_agree_with_the_backups(desk: Desk) -> None:
    desk.at("signing")
    made = backup.back_up(here().backups)
    assert list(verify.findings()) == []
    with write_tx() as session:
        session.execute(text("DROP TRIGGER movements_no_delete"))
        session.execute(text("DELETE FROM movements WHERE position > 1"))
        session.execute(
            text("UPDATE chain_head SET position = 1, chain_hash = (SELECT chain_hash FROM movements)")
        )
    assert (
        f"movement {manifest.load(made).position}: the backup {made.name} noted another chain up to it"
        in list(verify.findings())
    )


def test_backups_made_between_a_backup_and_its_restoration_are_of_an_office_that_is_lost(
    desk: Desk, backups: Path, empty_place: Place
) -> None:
    desk.at("signing")
    made = backup.back_up(backups)
    desk.at("signing")
    kept_in = empty_place.data / "backups"
    shutil.move(backup.back_up(backups.parent / "later"), kept_in / "20990101T000000Z")
    with restored(made, empty_place):
        assert backup.latest(here().backups) == kept_in / "20990101T000000Z"
        assert list(verify.findings()) == []
