"""An office comes in from its workbook: a fault is named and changes nothing, what is right goes in once."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from openpyxl import load_workbook
from sqlalchemy import func, select

from states.errors import NotAllowed, NotReady
from tests.opening_day import PEOPLE_HEADINGS, office_tables
from tests.workflow.desk import Desk, opened
from workflow import logins
from workflow.directory import find_by_usernames
from workflow.errors import Damaged, WrongLogin
from workflow.installation import read_tx
from workflow.intake import book, columns, imports, office
from workflow.intake.findings import read_finding
from workflow.intake.plan import plan, plan_sheets
from workflow.models import Agency, AgencyName, Import, OfficeChange, Post, Series, User
from workflow.spreadsheets import Row, Sheet, Table, read_workbook, write_workbook

YEAR = 2026
Tables = dict[str, Table]


@pytest.fixture
def empty_office(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    with opened(migrated_sqlite_url, tmp_path) as desk:
        yield desk


@pytest.fixture
def new_office(migrated_url: str, tmp_path: Path) -> Iterator[Desk]:
    with opened(migrated_url, tmp_path) as desk:
        yield desk


def tables() -> Tables:
    return {table.name: table for table in office_tables(YEAR)}


def written(made: Tables) -> bytes:
    return write_workbook(list(made.values()))


def with_cell(sheet: str, row: int, heading: str, value: Any) -> Tables:
    """Return the workbook with one cell changed; rows count as the spreadsheet program shows them."""
    made = tables()
    table = made[sheet]
    rows = [list(cells) for cells in table.rows]
    rows[row - 2][list(table.headings).index(heading)] = value
    return made | {sheet: Table(sheet, table.headings, rows)}


def with_row(sheet: str, *cells: Any) -> Tables:
    made = tables()
    return made | {sheet: Table(sheet, made[sheet].headings, [*made[sheet].rows, cells])}


def sheets(made: Tables) -> dict[str, Sheet]:
    """Return what reading the written workbook would give."""
    return {
        table.name: Sheet(
            table.name,
            tuple(table.headings),
            tuple(
                Row(
                    number,
                    {
                        name: None if cell == "" else cell
                        for name, cell in zip(table.headings, cells, strict=True)
                    },
                )
                for number, cells in enumerate(table.rows, start=2)
            ),
        )
        for table in made.values()
    }


def found(made: Tables) -> list[tuple[str, int, str, str, str]]:
    """Return what is wrong with a workbook as (sheet, row, column, heading, reason)."""
    with read_tx() as session:
        findings = plan_sheets(session, sheets(made)).findings
    return [(one.sheet, one.row, one.column, one.heading, str(one.reason)) for one in findings]


def take_in(content: bytes | None = None) -> office.Outcome:
    return office.run("开办表.xlsx", written(tables()) if content is None else content)


def counted(model: Any) -> int:
    with read_tx() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_three_agencies_and_forty_people_come_in_from_one_workbook(empty_office: Desk) -> None:
    outcome = take_in()
    assert outcome.plan.findings == ()
    assert len(outcome.newcomers) == 40
    with read_tx() as session:
        names = session.execute(
            select(Agency.code, AgencyName.full, AgencyName.until, AgencyName.masthead)
            .join(AgencyName, AgencyName.agency_id == Agency.id)
            .order_by(Agency.position, AgencyName.since)
        ).all()
        people = find_by_usernames(session, ["bld04", "bgs03", "xtgl", "xcc05"])
        series = session.scalars(select(Series).order_by(Series.position)).all()
    assert [tuple(row) for row in names] == [
        ("wmb", "青梧市文明建设办公室", None, "青梧市文明建设办公室文件"),
        ("wmw", "青梧市文明建设领导小组", date(2020, 12, 31), "青梧市文明建设领导小组文件"),
        ("wmw", "青梧市文明建设委员会", None, "青梧市文明建设委员会文件"),
        ("zyb", "青梧市志愿服务工作办公室", None, "青梧市志愿服务工作办公室"),
    ]
    held = {name: [(post.code, post.unit) for post in person.posts] for name, person in people.items()}
    assert held == {
        "bld04": [("deputy", "办领导"), ("unit_head", "督查处")],
        "bgs03": [("registrar", "办公室"), ("archivist", "办公室")],
        "xtgl": [("admin", None)],
        "xcc05": [("drafter", "宣传处"), ("drafter", "综合处")],
    }
    assert [one.agency_code for one in series if one.retired] == ["青文领"]
    general = series[0]
    assert (general.proposed_year, general.proposed_serial, general.start_at) == (YEAR, 1, None)


def test_each_new_person_is_let_in_by_a_password_of_their_own_which_is_kept_nowhere(
    empty_office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(logins, "_hasher", cheap)
    monkeypatch.setattr(logins, "_nobodys_hash", lambda: cheap.hash("nobody's"))
    newcomers = take_in().newcomers
    assert len({one.password for one in newcomers}) == 40
    tried: list[str] = []
    real = logins.matches
    monkeypatch.setattr(logins, "matches", lambda hashed, given: tried.append(hashed) or real(hashed, given))
    first = newcomers[0]
    logins.log_in(first.username, first.password, "browser")
    with pytest.raises(WrongLogin):
        logins.log_in(first.username, newcomers[1].password, "browser")
    assert [logins._QUICK in hashed for hashed in tried] == [True, False] * 2  # as long as with any name
    with read_tx() as session:
        assert session.scalar(select(func.count()).select_from(User).where(User.must_change)) == 40
        kept = repr(session.execute(select(Import.report)).all())
        kept += repr(session.execute(select(OfficeChange.details)).all())
    assert not any(one.password in kept for one in newcomers)
    assert "初始口令" in read_workbook(office.passwords_workbook(newcomers))


def test_the_same_workbook_and_the_office_taken_out_change_nothing_the_second_time(new_office: Desk) -> None:
    take_in()
    before = new_office.fingerprint()
    outcome = take_in()
    assert (outcome.plan.changes, outcome.newcomers) == ((), ())
    with read_tx() as session:
        exported = book.export(session, new_office.person("xtgl"))
        again = plan(session, exported)
    assert (again.findings, again.rows()) == ((), [])
    take_in(exported)
    assert new_office.fingerprint() == before


def test_the_demonstration_office_goes_through_its_workbook_unchanged(desk: Desk) -> None:
    with read_tx() as session:
        again = plan(session, book.export(session, desk.person("admin")))
    assert (again.findings, again.rows()) == ((), [])
    assert again.lines["人员"] == 15


def test_a_cell_that_looks_like_a_formula_is_the_text_in_and_out(empty_office: Desk) -> None:
    sheet = load_workbook(io.BytesIO(written(with_row("往来单位", "=1+1", 3))))
    sheet["人员"]["B2"] = "@某某"
    sheet["机关"]["K2"] = "=SUM(A1:A2)"
    stream = io.BytesIO()
    sheet.save(stream)
    take_in(stream.getvalue())
    with read_tx() as session:
        exported = book.export(session, empty_office.person("xtgl"))
    out = load_workbook(io.BytesIO(exported))
    cells = [cell for name in ("往来单位", "人员", "机关") for row in out[name].iter_rows() for cell in row]
    texts = {cell.value: cell.data_type for cell in cells if str(cell.value)[:1] in "=+-@"}
    assert texts == {"=1+1": "s", "@某某": "s", "=SUM(A1:A2)": "s", "=市文明办": "s"}


FAULTS = [
    ((with_cell, "机关", 2, "代码", "WMB"), ("机关", 2, "A", "代码", "A code has 1 to 32")),
    ((with_cell, "机关", 2, "全称", ""), ("机关", 2, "B", "全称", "This must not be empty.")),
    ((with_cell, "机关", 2, "全称", "某\u202e某"), ("机关", 2, "B", "全称", "U+202E cannot be printed")),
    ((with_cell, "机关", 2, "启用日期", "去年"), ("机关", 2, "D", "启用日期", "去年 is not a date")),
    ((with_cell, "机关", 2, "启用日期", "2021-02-30"), ("机关", 2, "D", "启用日期", "no such day")),
    (
        (with_cell, "机关", 2, "停用日期", "2001-01-01"),
        ("机关", 2, "E", "停用日期", "before the day on which"),
    ),
    (
        (with_cell, "机关", 3, "停用日期", ""),
        ("机关", 4, "D", "启用日期", "still called 青梧市文明建设领导小组"),
    ),
    ((with_cell, "机关", 3, "全宗号", "Q9"), ("机关", 3, "L", "全宗号", "the agency's present name")),
    ((with_cell, "机关", 2, "全宗号", ""), ("机关", 2, "L", "全宗号", "This must not be empty.")),
    ((with_cell, "机关", 2, "全宗号", "Q-1"), ("机关", 2, "L", "全宗号", "letters and figures only")),
    ((with_cell, "机关", 2, "字高", 5), ("机关", 2, "G", "字高", "from 20 to 62")),
    ((with_cell, "机关", 2, "字宽比例", "很窄"), ("机关", 2, "H", "字宽比例", "not a whole number")),
    ((with_cell, "机关", 2, "用印", "盖"), ("机关", 2, "J", "用印", "Write 是 or 否 here, not 盖")),
    (
        (with_cell, "机关", 2, "规范化简称", "市志愿办"),
        ("机关", 2, "C", "规范化简称", "agency zyb is called so"),
    ),
    ((with_cell, "字号", 2, "机关代码", "nobody"), ("字号", 2, "A", "机关代码", "no agency nobody")),
    ((with_cell, "字号", 2, "机关代字", "青文办〔"), ("字号", 2, "B", "机关代字", "no brackets")),
    ((with_cell, "字号", 4, "机关代字", "青文明办"), ("字号", 4, "B", "机关代字", "in row 2 already")),
    ((with_cell, "字号", 3, "适用文种", "信"), ("字号", 3, "D", "适用文种", "信 is not among the 15")),
    ((with_cell, "字号", 3, "适用文种", ""), ("字号", 3, "D", "适用文种", "numbered by 青文明办 already")),
    (
        (with_cell, "字号", 2, "适用文种", "函"),
        ("字号", 3, "D", "适用文种", "函 is numbered by 青文明办 already"),
    ),
    (
        (with_cell, "字号", 4, "适用文种", "函"),
        ("字号", 4, "D", "适用文种", "One series must serve all types"),
    ),
    ((with_cell, "字号", 2, "起始号", ""), ("字号", 2, "F", "起始号", "stand together or not at all")),
    ((with_cell, "字号", 2, "起始年度", 26), ("字号", 2, "E", "起始年度", "26 is not a year")),
    (
        (with_cell, "签发权限", 3, "文种", "函、通知"),
        ("签发权限", 3, "B", "文种", "one type of document a row"),
    ),
    (
        (with_cell, "签发权限", 3, "职务代码", "drafter"),
        ("签发权限", 3, "C", "职务代码", "cannot be let sign"),
    ),
    ((with_row, "签发权限", "wmb", "函", "deputy"), ("签发权限", 6, "C", "职务代码", "in row 3 already")),
    ((with_cell, "部门", 4, "所属机关", ""), ("部门", 4, "C", "所属机关", "needs the agency")),
    ((with_cell, "部门", 4, "分管领导", "nobody"), ("部门", 4, "D", "分管领导", "user name nobody")),
    ((with_cell, "部门", 4, "分管领导", "xtgl"), ("部门", 4, "D", "分管领导", "holds no post of the office")),
    ((with_row, "部门", "综合处", "是", "wmb", ""), ("部门", 12, "A", "名称", "in row 4 already")),
    ((with_cell, "人员", 2, "用户名", "Boss 1"), ("人员", 2, "A", "用户名", "2 to 32 small letters")),
    ((with_cell, "人员", 2, "用户名", "admin"), ("人员", 2, "A", "用户名", "demonstration office's")),
    ((with_cell, "人员", 3, "用户名", "bld01"), ("人员", 3, "A", "用户名", "in row 2 already")),
    ((with_cell, "人员", 2, "姓名", "某" * 61), ("人员", 2, "B", "姓名", "61 characters are too many")),
    ((with_cell, "人员", 2, "部门", "总务处"), ("人员", 2, "C", "部门", "no unit 总务处")),
    ((with_cell, "人员", 2, "部门", ""), ("人员", 2, "C", "部门", "stands in a unit of the office")),
    ((with_cell, "人员", 2, "部门", "青梧市评审专家组"), ("人员", 2, "C", "部门", "in a unit of the office")),
    ((with_cell, "人员", 10, "部门", "办公室"), ("人员", 10, "C", "部门", "stands in no unit")),
    ((with_cell, "人员", 2, "职务代码", "boss"), ("人员", 2, "D", "职务代码", "no post of the kind boss")),
    ((with_cell, "人员", 8, "第二职务", ""), ("人员", 8, "H", "第二职务", "This must not be empty.")),
    ((with_cell, "人员", 8, "第二部门", "总务处"), ("人员", 8, "F", "第二部门", "no unit 总务处")),
    (
        (with_row, "人员", "bld09", "某某", *("办公室", "drafter", "科员") * 2),
        ("人员", 42, "G", "第二职务代码", "in the row twice"),
    ),
    ((with_cell, "往来单位", 2, "份数", 0), ("往来单位", 2, "B", "份数", "0 is not a whole number above 0")),
    ((with_cell, "往来单位", 2, "份数", 2.5), ("往来单位", 2, "B", "份数", "2.5 is not a whole number")),
    (
        (with_cell, "往来单位", 2, "名称", "甲、乙"),
        ("往来单位", 2, "A", "名称", "which part the names of a list"),
    ),
]


@pytest.fixture(scope="module")
def module_office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give an empty office to tests that only look."""
    with opened(f"sqlite:///{sqlite_template}", tmp_path_factory.mktemp("looking")) as desk:
        yield desk


@pytest.mark.parametrize(
    ("change", "told"), FAULTS, ids=[f"{sheet}-{heading}-{why}" for _, (sheet, _, _, heading, why) in FAULTS]
)
def test_each_fault_is_named_with_its_row_its_column_and_its_reason(
    module_office: Desk, change: tuple[Any, ...], told: tuple[str, int, str, str, str]
) -> None:
    make, *cells = change
    faults = found(make(*cells))
    assert [one[:4] for one in faults if told[4] in one[4]] == [told[:4]], faults


STRUCTURE = [
    ("人员", ["用户名", "姓名", "性别"], ("人员", 1, "C", "性别", "The form has no such column")),
    ("人员", ["用户名", "初始口令"], ("人员", 1, "B", "初始口令", "Passwords are not taken from a workbook")),
    ("往来单位", ["名称"], ("往来单位", 1, "", "份数", "This column is missing")),
    ("往来单位", ["名称", "份数", "名称"], ("往来单位", 1, "C", "名称", "This column is there twice")),
    ("往来单位", ["名称", "", "份数"], ("往来单位", 1, "B", "", "This column has no heading")),
    ("车辆", ["名称"], ("车辆", 0, "", "", "no such sheet in the form")),
    ("车辆", ["名称"], ("", 0, "", "", "none of the sheets 机关")),
]


@pytest.mark.parametrize(("sheet", "headings", "told"), STRUCTURE, ids=[told[4] for _, _, told in STRUCTURE])
def test_a_sheet_or_column_that_is_not_the_forms_is_named(
    module_office: Desk, sheet: str, headings: list[str], told: tuple[str, int, str, str, str]
) -> None:
    faults = found({sheet: Table(sheet, headings, [])})
    assert [one[:4] for one in faults if told[4] in one[4]] == [told[:4]], faults


def test_columns_may_stand_in_any_order_and_a_sheet_may_be_left_out(module_office: Desk) -> None:
    made = tables()
    people = made.pop("人员")
    order = sorted(range(len(people.headings)), key=lambda n: people.headings[n])
    headings = [people.headings[n] for n in order]
    made["人员"] = Table("人员", headings, [[row[n] for n in order] for row in people.rows])
    made.pop("往来单位")
    assert found(made) == []


def test_what_is_explained_in_the_template_is_what_is_read(module_office: Desk) -> None:
    template = read_workbook(book.template())
    assert found({"往来单位": Table("往来单位", template["往来单位"].headings, [])}) == []
    explained = {(row.cells["表"], row.cells["列"]) for row in template["说明"].rows}
    assert explained >= {(form.name, one) for form in columns.FORMS for one in template[form.name].headings}


def test_all_faults_are_told_at_once_and_change_nothing_and_the_mended_workbook_goes_in(
    empty_office: Desk,
) -> None:
    broken = tables()
    for sheet, row, heading, value in (
        ("机关", 2, "全称", ""),
        ("字号", 2, "起始年度", 26),
        ("人员", 5, "部门", "?"),
    ):
        broken[sheet] = with_cell(sheet, row, heading, value)[sheet]
    before = empty_office.fingerprint()
    outcome = take_in(written(broken))
    assert [(one.sheet, one.row, one.heading) for one in outcome.plan.findings] == [
        ("机关", 2, "全称"),
        ("字号", 2, "起始年度"),
        ("人员", 5, "部门"),
    ]
    assert empty_office.fingerprint() == before
    assert len(take_in().newcomers) == 40


def changed(desk: Desk, sheet: str, row: int, **cells: Any) -> Tables:
    """Return the office as it is with cells of one row changed."""
    with read_tx() as session:
        present = read_workbook(book.export(session, desk.person("admin")))
    read = present[sheet]
    rows = [[one.cells.get(heading) for heading in read.headings] for one in read.rows]
    for heading, value in cells.items():
        rows[row - 2][read.headings.index(heading)] = value
    return {sheet: Table(sheet, read.headings, rows)}


@pytest.mark.parametrize(
    ("sheet", "row", "cells", "heading", "why"),
    [
        ("字号", 2, {"机关代码": "wmw"}, "机关代码", "This series is the agency wmb's"),
        ("字号", 2, {"起始号": 9}, "起始号", "The registrar has confirmed 1"),
        ("字号", 4, {"停用": "是"}, "停用", "1 documents of the agency are under way"),
        ("部门", 2, {"内设": "否"}, "内设", "stays inside or outside the office"),
        ("人员", 11, {"职务代码": "auditor"}, "职务代码", "管理员 is the last administrator"),
        ("人员", 16, {"用户名": "expert2"}, "用户名", "The account of expert2 is closed"),
    ],
)
def test_what_the_office_as_it_is_does_not_allow_is_named(
    desk: Desk, sheet: str, row: int, cells: dict[str, Any], heading: str, why: str
) -> None:
    desk.draft(agency="省直文明委")
    made = changed(desk, sheet, row, **cells)
    desk.close_account("expert2")
    faults = [one for one in found(made) if one[1] == row]
    assert [(one[0], one[3]) for one in faults if why in one[4]] == [(sheet, heading)], faults


def test_a_row_that_is_there_is_changed_where_it_differs(desk: Desk) -> None:
    made = changed(
        desk,
        "人员",
        2,
        姓名="拟稿人乙",
        职务="综合处科员",
        第二部门="宣传处",
        第二职务代码="unit_head",
        第二职务="宣传处副处长",
    )
    made |= changed(desk, "部门", 2, 分管领导="signatory")
    made |= changed(desk, "字号", 2, 名称="公文")
    outcome = take_in(written(made))
    assert [(row["sheet"], row["subject"], row["added"]) for row in outcome.plan.rows()] == [
        ("字号", "豫直文明办", False),
        ("部门", "综合处", False),
        ("人员", "拟稿人乙（drafter）", False),
    ]
    assert outcome.newcomers == ()
    person = desk.person("drafter")
    assert person.name == "拟稿人乙"
    assert [(post.code, post.title) for post in person.posts] == [
        ("drafter", "综合处科员"),
        ("unit_head", "宣传处副处长"),
    ]
    with read_tx() as session:
        titles = session.scalars(select(Post.title).where(Post.code == "drafter")).all()
        assert titles == ["综合处科员"]  # the former title is no vacant post
        again = plan(session, written(made))
        notes = session.scalars(select(OfficeChange.action).order_by(OfficeChange.id)).all()
    assert again.rows() == []
    assert notes[-1] == "office_imported"
    assert {"person_renamed", "appointed", "dismissed", "leader_put_in_charge"} <= set(notes)


def test_the_first_post_of_a_row_is_where_the_person_drafts(desk: Desk) -> None:
    both = {"第二部门": "宣传处", "第二职务代码": "drafter", "第二职务": "宣传处拟稿人"}
    take_in(written(changed(desk, "人员", 2, **both)))
    assert [post.unit for post in desk.person("drafter").posts] == ["综合处", "宣传处"]
    turned = {"部门": "宣传处", "职务": "宣传处拟稿人", "第二部门": "综合处", "第二职务": "综合处拟稿人"}
    take_in(written(changed(desk, "人员", 2, **turned)))
    assert [post.unit for post in desk.person("drafter").posts] == ["宣传处", "综合处"]


def test_a_new_name_of_an_agency_leaves_the_former_one_what_was_printed_under_it(desk: Desk) -> None:
    made = changed(desk, "机关", 2, 停用日期="2025-12-31", 字高="", 用印="", 全宗号="", 机构代码="")
    table = made["机关"]
    new = [
        "wmb",
        "省直机关文明建设中心",
        "省直文明中心",
        "2026-01-01",
        "",
        "",
        "",
        "",
        "",
        "是",
        "",
        "Z109",
        "BGS",
    ]
    made["机关"] = Table("机关", table.headings, [*table.rows, new])
    take_in(written(made))
    with read_tx() as session:
        agency = session.scalars(select(Agency).where(Agency.code == "wmb")).one()
        names = session.scalars(
            select(AgencyName).where(AgencyName.agency_id == agency.id).order_by(AgencyName.since)
        ).all()
    assert [name.masthead for name in names] == [
        "河南省省直机关精神文明建设办公室文件",
        "省直机关文明建设中心文件",
    ]
    assert [name.until for name in names] == [date(2025, 12, 31), None]


def test_only_the_administrator_brings_in_and_takes_out_the_office(desk: Desk) -> None:
    content = written(tables())
    for who in ("clerk", "registrar", "auditor", "unit1"):
        with pytest.raises(NotAllowed):
            office.submit(desk.person(who), "开办表.xlsx", content)
        with read_tx() as session, pytest.raises(NotAllowed):
            book.export(session, desk.person(who))
    with pytest.raises(NotReady, match="XLSX"):
        office.submit(desk.person("admin"), "开办表.xlsx", b"no workbook")
    assert counted(Import) == 0


def joined(name: str = "某某") -> Tables:
    """Return a workbook with two people who join the demonstration office."""
    rows = [(f"zhc0{n}", name, "综合处", "drafter", "综合处科员", "", "", "") for n in (1, 2)]
    bodies = Table("往来单位", ("名称", "份数"), [("省直各单位", 9), ("省直各新单位", 1)])
    return {"人员": Table("人员", PEOPLE_HEADINGS, rows), "往来单位": bodies}


def import_of(public_id: str) -> Import:
    with read_tx() as session:
        return session.scalars(select(Import).where(Import.public_id == public_id)).one()


def test_a_workbook_waits_for_being_confirmed_and_is_taken_in_once(desk_on_both: Desk) -> None:
    admin = desk_on_both.person("admin")
    before = counted(User)
    public_id = office.submit(admin, "开办表.xlsx", written(joined()))
    waiting = import_of(public_id)
    assert (waiting.state, counted(User)) == ("ready", before)
    assert (imports.folder(public_id) / office.WORKBOOK).exists()
    outcome = office.confirm(admin, public_id, waiting.report["digest"])
    assert outcome is not None
    assert len(outcome.newcomers) == 2
    assert office.confirm(admin, public_id, waiting.report["digest"]) is None
    assert (import_of(public_id).state, counted(User)) == ("done", before + 2)
    assert not imports.folder(public_id).exists()


def test_what_would_be_another_change_by_now_is_shown_again_and_not_done(desk: Desk) -> None:
    admin = desk.person("admin")
    public_id = office.submit(admin, "开办表.xlsx", written(joined()))
    seen = import_of(public_id).report["digest"]
    take_in(written({"往来单位": Table("往来单位", ("名称", "份数"), [("省直各单位", 9)])}))
    with pytest.raises(NotReady, match="changed since"):
        office.confirm(admin, public_id, seen)
    shown = import_of(public_id)
    assert (shown.state, shown.report["counts"]["往来单位"]) == ("ready", [1, 0, 1])
    assert office.confirm(admin, public_id, shown.report["digest"]) is not None


def test_a_kept_workbook_that_is_another_by_now_is_not_taken_in(desk: Desk) -> None:
    admin = desk.person("admin")
    public_id = office.submit(admin, "开办表.xlsx", written(joined()))
    kept = imports.folder(public_id) / office.WORKBOOK
    kept.unlink()
    kept.write_bytes(b"another")
    with pytest.raises(Damaged):
        office.confirm(admin, public_id, import_of(public_id).report["digest"])
    assert import_of(public_id).state == "ready"


def test_a_second_workbook_takes_the_place_of_one_that_waits(desk: Desk) -> None:
    admin = desk.person("admin")
    first = office.submit(admin, "开办表.xlsx", written(joined()))
    second = office.submit(admin, "开办表.xlsx", written(joined(name="")))
    assert [import_of(one).state for one in (first, second)] == ["failed", "refused"]
    assert not imports.folder(first).exists()
    for one in (first, second):
        with pytest.raises(NotReady, match="does not wait"):
            office.confirm(admin, one, import_of(one).report["digest"])
    assert [read_finding(kept).heading for kept in import_of(second).report["findings"]] == ["姓名", "姓名"]
