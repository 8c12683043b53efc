"""What was issued before this system comes in whole, once, and claims nothing that did not happen here."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests import opening_day
from tests.workflow.desk import Desk, opened
from tests.workflow.intake.past import CODE, TITLE, enter_series, register, row, small
from workflow import describe, downloads, lists, retrieval, waiting
from workflow.clock import today
from workflow.errors import NotFound, NotReady
from workflow.installation import here, read_tx
from workflow.intake import past
from workflow.intake.past import running
from workflow.intake.past.record import record_of
from workflow.models import Document, Import, OfficeChange, PastRecord, RegisterEntry, Series, Task
from workflow.numbering import peek, run_of
from workflow.path import way
from workflow.register.outside import use_outside
from workflow.register.reserved import reserve
from workflow.register.start import starts
from workflow.spreadsheets import read_workbook


@pytest.fixture
def office(desk: Desk) -> Desk:
    enter_series()
    return desk


def found(desk: Desk, q: str, who: str = "drafter") -> list[retrieval.Found]:
    with read_tx() as session:
        return retrieval.retrieve(session, desk.person(who), q, limit=200).items


def count(model: type, *conditions: object) -> int:
    with read_tx() as session:
        return session.execute(select(func.count()).select_from(model).where(*conditions)).scalar_one()


def missing() -> set[str]:
    with read_tx() as session:
        return set(session.scalars(select(RegisterEntry.number).where(RegisterEntry.state == "missing")))


WRITTEN = ("〔2024〕1号", "[2024]第2号", "（2024）4号", "【2024】05", "2024年第6号", "(2024)2号")
DAY = [row(字号=f"{CODE}{one}", 标题=f"关于第{n}件事的函") for n, one in enumerate(WRITTEN, 1)]


def test_past_documents_come_in_whole_on_both_databases(desk_on_both: Desk, tmp_path: Path) -> None:
    desk = desk_on_both
    enter_series()
    files = {
        f"{CODE}2024-1.docx": opening_day.docx([f"{CODE}〔2024〕1号", "关于第1件事的函", "只在此处的话"]),
        f"{CODE}2024-4.jpg": opening_day.scan(4),
    }
    told: list[tuple[int, int]] = []
    source = small(tmp_path, *DAY, files=files)
    report = past.run(source, desk.id("registrar"), lambda done, total: told.append((done, total)))
    assert (report["documents"], report["with_file"]) == (len(DAY), len(files))
    assert told[-1] == (len(DAY), len(DAY))
    assert missing() == {f"{CODE}〔2024〕3号"}
    for n, written in enumerate(WRITTEN, 1):
        titles = [item.title for item in found(desk, f"{CODE}{written}")]
        assert titles == [f"关于第{one}件事的函" for one in ((6, 2) if n in (2, 6) else (n,))]
    assert [item.title for item in found(desk, "只在此处的话")] == ["关于第1件事的函"]
    doubles = [(one.number, one.written_number) for one in found(desk, "2024 2")]
    assert doubles == [(None, f"{CODE}(2024)2号"), (f"{CODE}〔2024〕2号", f"{CODE}[2024]第2号")]
    assert desk.findings() == []


def test_the_next_numbers_go_on_after_the_highest_of_this_year(office: Desk, tmp_path: Path) -> None:
    year = today().year
    number = row(字号=f"{CODE}〔{year}〕12号", 成文日期=f"{year}-01-04", 印发日期=None)
    assert past.run(small(tmp_path, number))["next"] == {CODE: f"{CODE}〔{year}〕13号"}
    with read_tx() as session:
        (start,) = [start for start in starts(session) if start.series.agency_code == CODE]
    assert start.proposals[year] == 13


def test_nothing_is_claimed_of_them(office: Desk, tmp_path: Path) -> None:
    written = f"{CODE}[2024]第1号"
    past.run(small(tmp_path, row(字号=written)), office.id("clerk"))
    with read_tx() as session:
        document = session.scalars(select(Document).where(Document.origin == "imported")).first()
    assert document is not None
    assert (document.signatory_id, document.signed_sha256, document.vouched_sha256) == (None, None, None)
    (passage,) = office.movements(document.public_id)
    assert (passage.action, passage.source, passage.actor) == ("import", "", "clerk")
    assert (passage.details["written"], passage.details["signatory"]) == (written, "某人")
    assert count(Task) == 0
    person = office.person("clerk")
    with read_tx() as session:
        for listed in (lists.drafts, lists.begun, lists.handled, waiting.tasks, lists.to_read):
            assert listed(session, person).total == 0


def test_by_a_command_the_administrator_brings_them_in(office: Desk, tmp_path: Path) -> None:
    past.run(small(tmp_path, row()))
    with read_tx() as session:
        made = session.scalars(select(Import)).one()
        change = session.scalars(select(OfficeChange)).one()
    assert (made.kind, made.state, made.by_id, made.done) == ("past", "done", None, 1)
    assert (change.action, change.by_id, change.details["documents"]) == ("past_documents_imported", None, 1)
    (item,) = found(office, f"{CODE}〔2024〕1号")
    assert office.movements(item.id)[0].actor == "admin"
    assert not (here().data / "imports" / made.public_id).exists()


class CutOff(Exception):
    """Whatever ends a process."""


def test_an_import_that_was_cut_off_is_finished_and_every_document_is_there_once(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 5)
    rows = [row(字号=f"{CODE}〔2024〕{n}号") for n in range(1, 15) if n != 9]
    files = {f"{CODE}2024-{n}.jpg": opening_day.scan(n) for n in (1, 14)}

    def cut_off(done: int, total: int) -> None:
        if (done, total) == (10, len(rows)):
            raise CutOff

    brought = small(tmp_path, *rows, files=files)
    with pytest.raises(CutOff):
        past.run(brought, tell=cut_off)
    assert count(Document, Document.origin == "imported") == 10
    assert office.findings() == []
    with pytest.raises(NotReady):
        past.run(past.Source("其他.xlsx", register(row(标题="关于别的事的函")), {}))
    assert past.run(brought)["documents"] == len(rows)
    assert count(Document, Document.origin == "imported") == len(rows)
    assert count(Document, Document.frozen_sha256.is_not(None)) == len(files)
    assert count(Import) == 1
    assert missing() == {f"{CODE}〔2024〕9号"}
    assert office.findings() == []


def test_the_same_register_a_second_time_is_refused_row_by_row(office: Desk, tmp_path: Path) -> None:
    past.run(small(tmp_path, *DAY))
    before = office.fingerprint()
    with pytest.raises(past.Refused) as refused:
        past.run(small(tmp_path, *DAY))
    told = [(one.row, str(one.reason)) for one in refused.value.checked.errors]
    assert told == [
        (n, f"This document was taken in before, from row {n} of 登记簿.xlsx") for n in range(2, len(DAY) + 2)
    ]
    assert office.fingerprint() == before


def test_a_register_with_errors_changes_nothing_and_goes_in_after_mending(
    office: Desk, tmp_path: Path
) -> None:
    before = office.fingerprint()
    broken = small(
        tmp_path, row(), row(字号=f"{CODE}〔2024〕2号", 成文日期="去年"), row(字号="", 标题="纪要")
    )
    with pytest.raises(past.Refused) as refused:
        past.run(broken)
    places = [(one.row, one.column, one.heading) for one in refused.value.checked.errors]
    assert places == [(3, "C", "成文日期"), (4, "A", "字号")]
    assert office.fingerprint() == before
    mended = small(
        tmp_path, row(), row(字号=f"{CODE}〔2024〕2号"), row(字号=f"{CODE}〔2024〕3号", 标题="纪要")
    )
    assert past.run(mended)["documents"] == 3
    assert office.findings() == []


def test_what_looks_like_a_formula_stays_a_text(office: Desk, tmp_path: Path) -> None:
    titles = [f"{sign}HYPERLINK(1)的通知" for sign in "=+-@"]
    rows = [row(字号=f"{CODE}〔2024〕{n}号", 标题=title, 主送=title) for n, title in enumerate(titles, 1)]
    past.run(small(tmp_path, *rows))
    with read_tx() as session:
        kept = session.execute(
            select(Document.title, PastRecord.addressees)
            .join(PastRecord, PastRecord.document_id == Document.id)
            .order_by(PastRecord.row)
        ).all()
    assert [tuple(one) for one in kept] == [(title, title) for title in titles]
    again = read_workbook(register(*rows))["登记簿"]
    assert [one.cells["标题"] for one in again.rows] == titles


def document_of(desk: Desk, number: str, who: str = "drafter") -> describe.Description:
    (item,) = found(desk, number, who)
    with read_tx() as session:
        return describe.describe(session, desk.person(who), item.id)


def test_one_without_archival_code_is_archived_by_the_archivist_and_nothing_else_is_done(
    office: Desk, tmp_path: Path
) -> None:
    coded = row(字号=f"{CODE}〔2024〕2号", 档号="Z109-WS·2024-D30-BGS-0007")
    past.run(small(tmp_path, row(), coded))
    open_ = document_of(office, f"{CODE}〔2024〕1号")
    filed = document_of(office, f"{CODE}〔2024〕2号")
    assert (open_.case.state, filed.case.state) == ("issued", "archived")
    assert office.offers(open_.id, "drafter") == {"archive": False}
    assert office.offers(open_.id, "archivist") == {"archive": True}
    assert office.offers(filed.id, "archivist") == {}
    assert office.take(open_.id, "archivist", "archive", retention="D30") == "archived"
    assert office.row(open_.id)["archival_code"] == "Z109-WS·2024-D30-BGS-0008"
    assert office.findings() == []


def test_its_way_begins_with_coming_in_and_claims_no_stage(office: Desk, tmp_path: Path) -> None:
    past.run(small(tmp_path, row(), row(字号=f"{CODE}〔2024〕2号", 档号="Z109-WS·2024-Y-0001")))

    for number, stages in ((1, ["import", "issued", "archived"]), (2, ["import", "archived"])):
        description = document_of(office, f"{CODE}〔2024〕{number}号")
        stops = way(description, office.movements(description.id))
        assert [stop.stage for stop in stops] == stages
        assert stops[-1].names == () if number == 2 else True


FILES = {
    "docx": opening_day.docx([f"{CODE}〔2024〕1号", "关于开展读书月活动的通知", "正文在此"]),
    "pdf": opening_day.pdf([f"{CODE}〔2024〕1号", "关于开展读书月活动的通知"]),
    "jpeg": opening_day.scan(1),
}


@pytest.mark.parametrize("kind", FILES)
def test_its_file_is_handed_out_as_it_came(office: Desk, tmp_path: Path, kind: str) -> None:
    past.run(small(tmp_path, row(), files={f"{CODE}2024-1.bin": FILES[kind]}))
    description = document_of(office, f"{CODE}〔2024〕1号")
    with read_tx() as session:
        handed = downloads.fetch(session, office.person("drafter"), description.id, kind)
        assert handed is not None
        assert handed.content == FILES[kind]
        assert handed.name == f"{CODE}〔2024〕1号 {TITLE}.{'jpg' if kind == 'jpeg' else kind}"
        assert not handed.inline
        other = "pdf" if kind == "jpeg" else "png"
        with pytest.raises(NotFound):
            downloads.fetch(session, office.person("drafter"), description.id, other)


def test_two_documents_of_one_number_name_each_other(office: Desk, tmp_path: Path) -> None:
    past.run(small(tmp_path, row(), row(字号=f"{CODE}[2024]第1号", 标题="关于表彰的决定")))
    second, first = found(office, "2024 1")
    assert (first.number, second.number) == (f"{CODE}〔2024〕1号", None)
    assert second.written_number == f"{CODE}[2024]第1号"
    person = office.person("drafter")
    with read_tx() as session:
        says = record_of(session, person, office.row(second.id)["id"])
        other = record_of(session, person, office.row(first.id)["id"])
    assert (says.duplicate, [one.title for one in says.namesakes]) == (True, [first.title])
    assert (other.duplicate, [one.title for one in other.namesakes]) == (False, [second.title])
    assert office.findings() == []


def test_a_number_of_this_system_is_not_taken_from_its_document(office: Desk, tmp_path: Path) -> None:
    issued = office.at("issued")
    number = str(office.row(issued)["number"])
    past.run(small(tmp_path, row(字号=number, 标题="关于同号的函")))
    assert office.row(issued)["number"] == number
    assert [one.number for one in found(office, number)] == [number, None]
    assert office.findings() == []


def test_a_hole_is_filled_when_its_paper_is_found(office: Desk, tmp_path: Path) -> None:
    past.run(small(tmp_path, row(字号=f"{CODE}〔2024〕3号")))
    assert missing() == {f"{CODE}〔2024〕1号", f"{CODE}〔2024〕2号"}
    past.run(small(tmp_path, row(字号=f"{CODE}〔2024〕2号", 标题="关于找到的文件的函")))
    assert missing() == {f"{CODE}〔2024〕1号"}
    with read_tx() as session:
        series = session.scalars(select(RegisterEntry.series_id)).first()
        assert series is not None
        assert peek(session, run_of(series, 2024)) == 4
    assert office.findings() == []


def test_what_the_register_bars_is_told(desk: Desk, tmp_path: Path) -> None:
    with read_tx() as session:
        series = session.scalars(select(Series.id).where(Series.agency_code == "豫直文明办")).one()
    year, registrar = today().year, desk.id("registrar")
    reserve(registrar, series, year, "某处", "待用", today())
    use_outside(registrar, series, year, "涉密", classified=True)
    desk.take(desk.at("printing"), "registrar", "void", comment="有误")
    numbers = [f"豫直文明办〔{year}〕{serial}号" for serial in (1, 2, 3)]
    rows = [row(字号=number, 成文日期=f"{year}-01-05", 印发日期=None) for number in numbers]
    checked = past.check(small(tmp_path, *rows))
    reasons = [str(one.reason) for one in checked.errors]
    assert ["reserves" in reasons[0], "classified" in reasons[1], "void" in reasons[2]] == [True] * 3


def test_nobody_is_there_to_bring_them_in(desk: Desk, tmp_path: Path) -> None:
    enter_series()
    for who in ("admin", "registrar", "clerk"):
        desk.close_account(who)
    before = desk.fingerprint()
    with pytest.raises(NotReady):
        past.run(small(tmp_path, row()))
    assert desk.fingerprint() == before
    assert list((here().data / "imports").iterdir()) == []


@pytest.fixture(scope="module")
def three(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an office with three past documents, two of one number."""
    folder = tmp_path_factory.mktemp("three")
    shutil.copy(office_template, folder / "office.db")
    files = {f"{CODE}2024-1.docx": FILES["docx"], f"{CODE}2024-1.pdf": FILES["pdf"]}
    second = row(字号=f"{CODE}〔2024〕2号", 档号="Z109-WS·2024-Y-0001")
    with opened(f"sqlite:///{folder / 'office.db'}", folder) as desk:
        enter_series()
        past.run(small(folder, row(), second, row(字号=f"{CODE}2024-1", 标题="关于重号的函"), files=files))
        assert desk.findings() == []
    return folder


@pytest.fixture
def brought_in(three: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(three, tmp_path, dirs_exist_ok=True)
    with opened(f"sqlite:///{tmp_path / 'office.db'}", tmp_path) as desk:
        yield desk


TAMPERING = {
    "its title": (
        "UPDATE documents SET title = '关于别的事的通知' WHERE number LIKE '%1号'",
        "lists show of it what its text does not say",
    ),
    "its text": (
        "UPDATE revisions SET content = replace(content, '正文', '别的')",
        "is not what was stored",
    ),
    "its number": (
        "UPDATE documents SET number = '青文明办〔2024〕9号' WHERE number LIKE '%1号'",
        "its number is 青文明办〔2024〕9号",
    ),
    "its day": (
        "UPDATE documents SET dated = '2023-03-05' WHERE number LIKE '%1号'",
        "its dates are not those that it was brought in with",
    ),
    "its day of printing": (
        "UPDATE documents SET printed_on = NULL WHERE number LIKE '%1号'",
        "its dates are not those that it was brought in with",
    ),
    "its archival code": (
        "UPDATE documents SET archival_code = 'Z109-WS·2024-Y-0002' WHERE number LIKE '%2号'",
        "its archival code is not the one that it was brought in with",
    ),
    "another file": (
        "UPDATE documents SET frozen_sha256 = (SELECT max(sha256) FROM files WHERE sha256 <> frozen_sha256)"
        " WHERE number LIKE '%1号'",
        "its files are not those that it was brought in with",
    ),
    "no file": (
        "UPDATE documents SET frozen_sha256 = NULL WHERE number LIKE '%1号'",
        "its files are not those that it was brought in with",
    ),
    "a file taken away": (
        "DELETE FROM document_files WHERE format = 'pdf'",
        "its files are not those that it was brought in with",
    ),
    "a sign-off": (
        "UPDATE documents SET signatory_id = 1 WHERE number LIKE '%1号'",
        "it claims a sign-off, and nobody signed it here",
    ),
    "where it came from": (
        "UPDATE documents SET origin = 'here' WHERE number LIKE '%1号'",
        "it is called here, its movements say otherwise",
    ),
    "what the register said": (
        "UPDATE past_records SET written_number = '青文明办〔2024〕7号'",
        "what the register of former years says of it is not what it was brought in with",
    ),
    "who signed by the register": (
        "UPDATE past_records SET signatory = '别人'",
        "what the register of former years says of it is not what it was brought in with",
    ),
    "a duplicate": (
        "UPDATE past_records SET duplicate = (1 = 0)",
        "its number is None, the register of former years says",
    ),
    "the register's row": (
        "DELETE FROM past_records",
        "what the register of former years says of it is gone",
    ),
    "the register's state": (
        "UPDATE register SET state = 'missing', reason = '待查', document_id = NULL WHERE serial = 1",
        "number 青文明办〔2024〕1号: it is not in the register",
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_a_past_document_that_was_changed_is_found(brought_in: Desk, what: str) -> None:
    statement, finding = TAMPERING[what]
    brought_in.execute(statement)
    assert any(finding in line for line in brought_in.findings()), brought_in.findings()


def test_one_of_this_system_cannot_pass_for_a_past_one(office: Desk) -> None:
    issued = office.at("issued")
    office.execute("UPDATE documents SET origin = 'imported', vouched_sha256 = NULL")
    lines = office.findings()
    assert f"document {issued}: it is called imported, its movements say otherwise" in lines
    assert f"document {issued}: its text was changed after sign-off without a declaration" in lines
