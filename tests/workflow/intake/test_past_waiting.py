"""A register and its files wait in a folder of their own, are checked by a job and go in by another."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests import opening_day
from tests.office import ROOT
from tests.workflow.desk import Desk
from tests.workflow.intake.past import CODE, enter_series, register, row
from workflow import jobs
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import here, read_tx
from workflow.intake import imports
from workflow.intake.past import unpacking, waiting
from workflow.models import Document, Import, PastRecord

ROWS = [row(字号=f"{CODE}〔2024〕{n}号") for n in range(1, 6)]
SCANS = {f"扫描/{CODE}2024-{n}.jpg": opening_day.scan(n) for n in range(1, 4)}


@pytest.fixture
def office(desk: Desk) -> Desk:
    enter_series()
    return desk


@pytest.fixture
def collected(office: Desk) -> str:
    """Return an import with a good register and four files."""
    clerk = office.person("clerk")
    public_id = waiting.open_import(clerk, "登记簿.xlsx", register(*ROWS))
    assert waiting.add_files(clerk, public_id, SCANS.items()) == len(SCANS)
    return public_id


def found(public_id: str) -> Import:
    with read_tx() as session:
        return session.scalars(select(Import).where(Import.public_id == public_id)).one()


def work() -> None:
    while jobs.work_one(waiting.HANDLERS):
        pass


def check(office: Desk, public_id: str) -> Import:
    waiting.ask_check(office.person("clerk"), public_id)
    work()
    return found(public_id)


def imported() -> int:
    with read_tx() as session:
        statement = select(func.count()).select_from(PastRecord)
        return session.execute(statement).scalar_one()


def folder_of(public_id: str) -> Path:
    return here().data / "imports" / public_id


def test_what_was_collected_is_checked_and_goes_in_part_by_part(
    office: Desk, collected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = check(office, collected)
    assert (one.state, one.done, one.report["rows"]) == ("ready", len(SCANS), len(ROWS))
    assert imported() == 0
    monkeypatch.setattr(waiting, "SECONDS_A_PART", -1)
    monkeypatch.setattr("workflow.intake.past.running.BATCH", 2)
    waiting.confirm(office.person("clerk"), collected, one.report["plan"])
    assert found(collected).state == "running"
    counts = []
    while jobs.work_one(waiting.HANDLERS):
        counts.append((found(collected).done, imported()))
    assert counts == [(2, 2), (4, 4), (5, 5), (5, 5)]
    assert found(collected).state == "done"
    assert not folder_of(collected).exists()
    assert office.findings() == []


def test_a_second_confirmation_changes_nothing(office: Desk, collected: str) -> None:
    seen = check(office, collected).report["plan"]
    for _ in range(2):
        waiting.confirm(office.person("clerk"), collected, seen)
    work()
    assert imported() == len(ROWS)
    with pytest.raises(NotReady):
        waiting.ask_check(office.person("clerk"), collected)


def test_a_register_with_errors_is_mended_and_the_files_stay(office: Desk, collected: str) -> None:
    clerk = office.person("clerk")
    waiting.replace_register(clerk, collected, "坏.xlsx", register(row(成文日期="去年")))
    one = check(office, collected)
    assert one.state == "refused"
    assert [kept["column"] for kept in one.report["errors"]] == ["C"]
    with pytest.raises(NotReady):
        waiting.confirm(clerk, collected, "")
    waiting.replace_register(clerk, collected, "登记簿.xlsx", register(*ROWS))
    one = check(office, collected)
    assert (one.state, len(one.report["without_file"])) == ("ready", len(ROWS) - len(SCANS))


def test_nothing_but_imports_and_jobs_is_touched_before_the_confirmation(office: Desk) -> None:
    before = office.fingerprint()
    public_id = waiting.open_import(office.person("clerk"), "登记簿.xlsx", register(*ROWS))
    waiting.add_files(office.person("clerk"), public_id, SCANS.items())
    check(office, public_id)
    waiting.discard(office.person("clerk"), public_id)
    office.execute("DELETE FROM jobs")
    assert office.fingerprint() == before


def test_what_changed_since_the_check_is_not_what_was_confirmed(office: Desk) -> None:
    clerk = office.person("clerk")
    one, other = (waiting.open_import(clerk, "登记簿.xlsx", register(*ROWS)) for _ in range(2))
    seen, also_seen = (check(office, each).report["plan"] for each in (one, other))
    with pytest.raises(NotReady):
        waiting.confirm(clerk, one, "0" * 64)
    waiting.confirm(clerk, one, seen)
    with pytest.raises(NotReady) as refused:
        waiting.confirm(clerk, other, also_seen)
    assert "is being taken in just now" in str(refused.value)
    work()
    with pytest.raises(NotReady) as refused:
        waiting.confirm(clerk, other, also_seen)
    assert "changed since the check" in str(refused.value)


@pytest.mark.long
def test_an_import_whose_file_was_lost_says_so_and_goes_on_when_it_is_back(
    office: Desk, collected: str
) -> None:
    seen = check(office, collected).report["plan"]
    lost = next((folder_of(collected) / "files").iterdir())
    kept = lost.read_bytes()
    lost.unlink()
    waiting.confirm(office.person("clerk"), collected, seen)
    work()
    with read_tx() as session:
        assert "cannot be read" in waiting.trouble(session, found(collected))
    lost.write_bytes(kept)
    waiting.ask_again(office.person("clerk"), collected)
    work()
    assert found(collected).state == "done"
    with read_tx() as session:
        assert waiting.trouble(session, found(collected)) == ""


@pytest.mark.long
def test_an_import_that_cannot_go_on_is_broken_off_and_the_rest_comes_in_anew(
    office: Desk, collected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = office.person("clerk")
    monkeypatch.setattr("workflow.intake.past.running.BATCH", 2)
    seen = check(office, collected).report["plan"]
    waiting.confirm(clerk, collected, seen)
    with pytest.raises(NotReady):
        waiting.break_off(clerk, collected)
    monkeypatch.setattr(waiting, "SECONDS_A_PART", -1)
    jobs.work_one(waiting.HANDLERS)
    imports.clear(collected)
    work()
    waiting.break_off(clerk, collected)
    assert (found(collected).state, imported()) == ("failed", 2)
    assert office.findings() == []
    again = waiting.open_import(clerk, "登记簿.xlsx", register(*ROWS))
    one = check(office, again)
    assert (one.state, one.report["rows"]) == ("ready", len(ROWS) - 2)
    waiting.confirm(clerk, again, one.report["plan"])
    work()
    assert imported() == len(ROWS)
    assert office.findings() == []


VERBS: dict[str, Callable[[Desk, str, str], object]] = {
    "open_import": lambda desk, who, one: waiting.open_import(desk.person(who), "簿.xlsx", register(row())),
    "replace_register": lambda desk, who, one: waiting.replace_register(
        desk.person(who), one, "簿.xlsx", register(row())
    ),
    "add_file": lambda desk, who, one: waiting.add_file(desk.person(who), one, "1.jpg", b"x"),
    "remove_files": lambda desk, who, one: waiting.remove_files(desk.person(who), one),
    "ask_check": lambda desk, who, one: waiting.ask_check(desk.person(who), one),
    "confirm": lambda desk, who, one: waiting.confirm(desk.person(who), one, ""),
    "ask_again": lambda desk, who, one: waiting.ask_again(desk.person(who), one),
    "break_off": lambda desk, who, one: waiting.break_off(desk.person(who), one),
    "discard": lambda desk, who, one: waiting.discard(desk.person(who), one),
}


def test_only_those_who_may_import_do(office: Desk, collected: str) -> None:
    for verb in VERBS.values():
        for who in ("drafter", "archivist", "signatory", "auditor", "unit1"):
            with pytest.raises(NotAllowed):
                verb(office, who, collected)
    assert [imports.kinds_for(office.person(who)) for who in ("clerk", "registrar")] == [["past"]] * 2
    assert imports.kinds_for(office.person("admin")) == ["office", "past"]


def test_an_import_that_there_is_not_is_not_found(office: Desk) -> None:
    for name in VERBS.keys() - {"open_import"}:
        with pytest.raises(NotFound):
            VERBS[name](office, "clerk", "0123456789abcdef")


NAMES = {
    "2024/甲.pdf": "2024/甲.pdf",
    "C:\\公文\\甲.pdf": "C:/公文/甲.pdf",
    "../../etc/passwd": "etc/passwd",
    "/etc/passwd": "etc/passwd",
    "..\\..\\甲.pdf": "甲.pdf",
    "a/./../甲\x00.pdf": "a/甲.pdf",
    "": "",
    "../..": "",
    "长" * 300 + ".pdf": "长" * 196 + ".pdf",
}


@pytest.mark.parametrize("raw", NAMES)
def test_a_name_from_outside_leads_nowhere(raw: str) -> None:
    assert waiting.clean_name(raw) == NAMES[raw]


def test_what_computers_leave_behind_is_not_taken(office: Desk, collected: str) -> None:
    given = [(".DS_Store", b"x"), ("公文/Thumbs.db", b"x"), ("~$甲.docx", b"x"), ("..", b"x")]
    assert waiting.add_files(office.person("clerk"), collected, given) == 0
    assert waiting.files(collected).keys() == SCANS.keys()


def test_a_file_of_the_same_name_takes_the_place_of_the_first(office: Desk, collected: str) -> None:
    name = next(iter(SCANS))
    waiting.add_file(office.person("clerk"), collected, name, b"longer than nothing")
    assert waiting.files(collected)[name] == len(b"longer than nothing")
    assert len(waiting.files(collected)) == len(SCANS)
    waiting.remove_files(office.person("clerk"), collected)
    assert waiting.files(collected) == {}


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [
        ("MOST_BYTES", 10, "has more than"),
        ("MOST_FILES", len(SCANS), "More than 3 files"),
        ("MOST_TOTAL", 2500, "together are not taken"),
    ],
)
def test_too_much_is_refused_and_what_was_there_stays(
    office: Desk, collected: str, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, reason: str
) -> None:
    monkeypatch.setattr(waiting, limit, value)
    with pytest.raises(NotReady) as refused:
        waiting.add_file(office.person("clerk"), collected, "更多.jpg", bytes(2000))
    assert reason in str(refused.value)
    assert waiting.files(collected).keys() == SCANS.keys()


def test_folders_that_nobody_waits_for_are_cleared(office: Desk, collected: str) -> None:
    unknown = folder_of("nobody's")
    unknown.mkdir()
    young = folder_of("young")
    young.mkdir()
    old = time.time() - 2 * waiting.UNKNOWN_KEPT_SECONDS
    for folder in (unknown, folder_of(collected)):
        os.utime(folder, (old, old))
    waiting.forget()
    assert (unknown.exists(), young.exists(), folder_of(collected).exists()) == (False, True, True)


def zipped(parts: dict[str, bytes], *, names_in: str = "utf-8") -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name if names_in == "utf-8" else name.encode(names_in).decode("cp437"), content)
    data = stream.getvalue()
    if names_in != "utf-8":  # such a ZIP does not say in what its names are written
        for name in parts:
            data = data.replace(name.encode(names_in).decode("cp437").encode(), name.encode(names_in))
    return io.BytesIO(data)


def test_a_zip_gives_its_files_and_any_other_file_itself() -> None:
    parts = {"公文/甲.pdf": b"1", "公文/乙.docx": b"2"}
    assert dict(unpacking.files_in("全部.ZIP", zipped(parts))) == parts
    assert list(unpacking.files_in("甲.pdf", io.BytesIO(b"1"))) == [("甲.pdf", b"1")]


def test_names_that_windows_wrote_are_read() -> None:
    with zipfile.ZipFile(io.BytesIO(), "w") as package:
        part = zipfile.ZipInfo("甲.pdf".encode("gb18030").decode("cp437"))
        part.flag_bits = 0
        package.writestr(part, b"1")
    assert unpacking._name_of(part) == "甲.pdf"


HOSTILE = {
    "no ZIP": (io.BytesIO(b"PK\x03\x04 nothing"), "damaged"),
    "a bomb": (zipped({"甲.pdf": bytes(20_000_000)}), "more, or larger files"),
    "too many": (zipped({f"{n}.pdf": b"" for n in range(waiting.MOST_FILES + 1)}), "more, or larger files"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_zip_is_refused_in_words(what: str) -> None:
    stream, reason = HOSTILE[what]
    with pytest.raises(NotReady) as refused:
        list(unpacking.files_in("全部.zip", stream))
    assert reason in str(refused.value)


@pytest.mark.long
def test_a_worker_that_is_killed_in_the_middle_leaves_the_rest_to_the_next(
    office: Desk, tmp_path: Path
) -> None:
    day = opening_day.make(tmp_path / "day")
    registrar = office.person("registrar")
    public_id = waiting.open_import(registrar, "登记簿.xlsx", day.register)
    waiting.add_files(registrar, public_id, ((path.name, path.read_bytes()) for path in day.files))
    one = check(office, public_id)
    waiting.confirm(registrar, public_id, one.report["plan"])
    for least in (1, 300):
        with worker_at_work(tmp_path, signal.SIGKILL):
            while imported() < least:
                time.sleep(0.02)
        assert found(public_id).state == "running"
    with worker_at_work(tmp_path, signal.SIGTERM):
        while found(public_id).state == "running":
            time.sleep(0.1)
    with read_tx() as session:
        numbers = session.scalars(select(Document.number).where(Document.origin == "imported")).all()
    assert (len(numbers), numbers.count(None)) == (600, opening_day.DUPLICATES)
    assert office.findings() == []


@contextmanager
def worker_at_work(data: Path, ended_by: signal.Signals) -> Iterator[None]:
    settings = {"HONGTOU_DATA_DIR": str(data), "HONGTOU_DATABASE_URL": f"sqlite:///{data / 'office.db'}"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "jobs", "work"],
        cwd=ROOT,
        env={**os.environ, **settings},
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(worker.pid, ended_by)
        worker.wait()
