"""Past titles from a workbook: what is wrong is named by row and column, then all come in by one act."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.workflow.desk import Desk, at
from workflow import clock
from workflow.applicants import keeping
from workflow.campaigns import first_lists
from workflow.errors import NotAllowed, NotReady
from workflow.installation import read_tx
from workflow.models import Applicant, Title, TitleEvent, Unit
from workflow.spreadsheets import Cell, Table, read_workbook, write_workbook
from workflow.titles import import_form, importing
from workflow.titles.import_plan import Plan

CODE, FAMILY = "91350100M000100Y43", "某某家庭"
HEADINGS = import_form.FORM.headings


@pytest.fixture(autouse=True)
def held() -> Iterator[None]:
    with clock.held_at(at(2026, 2, 10)):
        yield


@pytest.fixture
def clerk(desk: Desk) -> int:
    clerk = desk.id("clerk")
    first_lists.take_over(clerk)
    unit = {"name": "某某路政局", "credit_code": CODE, "nature": "事业单位", "recommender": ""}
    renamed = keeping.add(clerk, unit)
    told = {"name": "某某公路中心", "until": "2024-12-31", "reason": "机构改革"}
    keeping.rename(clerk, renamed, told)
    return clerk


USUAL: dict[str, Cell] = dict(
    zip(
        HEADINGS,
        (
            *("某某路政局", None, None, "文明单位", "省直级", "2023—2025年度", "豫直文明委[2023]3号"),
            *(date(2023, 12, 20), "2026年12月31日", None, None, None),
        ),
        strict=True,
    )
)


def workbook(*rows: Mapping[str, Any]) -> bytes:
    lines: Sequence[Any] = [[{**USUAL, **row}[heading] for heading in HEADINGS] for row in rows]
    return write_workbook([Table("历史称号", HEADINGS, lines)])


def told(planned: Plan) -> list[tuple[int, str, str]]:
    return [(one.row, one.heading, one.reason.message % one.reason.params) for one in planned.findings]


def take_in(clerk: int, content: bytes, enter_units: bool = False) -> Plan:
    return importing.take_in(clerk, content, enter_units, importing.check(clerk, content, enter_units).digest)


def titles() -> list[tuple[str, str, str, str]]:
    with read_tx() as session:
        rows = session.execute(
            select(Unit.name, Title).join(Unit, Unit.id == Title.unit_id).order_by(Title.id)
        )
        return [(name, title.holder, title.number, title.state) for name, title in rows]


def test_titles_of_every_state_come_in_with_what_befell_them(clerk: int) -> None:
    ended: dict[str, Cell] = {"状态日期": date(2025, 3, 1), "备注": "豫直文明委〔2025〕1号"}
    content = workbook(
        {},
        {"单位名称": "某某公路中心", "命名文号": "某某决定第一号", "有效期至": date(2025, 12, 31)},
        {
            "单位名称": "从前的名称",
            "统一社会信用代码": CODE,
            "届次": "第三届",
            "级别": "省级",
            "状态": "撤销",
            **ended,
        },
        {"命名文号": "豫直文明委〔2024〕9号", "状态": "停牌整改", **ended},
    )
    take_in(clerk, content)
    now = "某某公路中心"
    assert titles() == [
        (now, "某某路政局", "豫直文明委〔2023〕3号", "valid"),
        (now, now, "某某决定第一号", "expired"),
        (now, "从前的名称", "豫直文明委〔2023〕3号", "revoked"),
        (now, "某某路政局", "豫直文明委〔2024〕9号", "suspended"),
    ]
    with read_tx() as session:
        events = session.execute(select(TitleEvent.kind, TitleEvent.on).order_by(TitleEvent.id)).all()
    assert [tuple(one) for one in events] == [
        *[("confer", date(2023, 12, 20))] * 4,
        ("expire", date(2026, 1, 1)),
        ("revoke", date(2025, 3, 1)),
        ("suspend", date(2025, 3, 1)),
    ]


WRONG: tuple[tuple[dict[str, Cell], str, str], ...] = (
    ({"单位名称": "没有的单位"}, "单位名称", "There is no such unit"),
    ({"单位名称": "综合处"}, "单位名称", "is a unit of the office"),
    ({"单位名称": "省交通运输厅", "统一社会信用代码": CODE}, "统一社会信用代码", "code of 某某公路中心"),
    ({"统一社会信用代码": CODE[:-1] + "9"}, "统一社会信用代码", "was mistyped"),
    ({"称号类别": "先进单位"}, "称号类别", "none of the categories"),
    ({"级别": "市级"}, "级别", "省直级、省级、全国"),
    ({"命名日期": "去年"}, "命名日期", "is not a date"),
    ({"命名日期": date(2026, 2, 11)}, "命名日期", "has not come yet"),
    ({"有效期至": date(2023, 1, 1)}, "有效期至", "ends before it begins"),
    ({"有效期至": date(2025, 1, 1), "状态": "有效"}, "状态", "in force no more"),
    ({"状态": "届满"}, "状态", "does not end before"),
    ({"状态": "撤销", "备注": "文号"}, "状态日期", "Say since when"),
    ({"状态": "终止", "状态日期": date(2025, 1, 1)}, "备注", "by which document"),
    ({"状态": "停牌整改", "状态日期": date(2020, 1, 1), "备注": "文号"}, "状态日期", "had not been"),
    ({"命名文号": None}, "命名文号", "must not be empty"),
)


def test_what_is_wrong_is_named_by_row_column_and_reason(clerk: int) -> None:
    content = workbook({}, *(row for row, _, _ in WRONG))
    found = told(importing.check(clerk, content, False))
    assert [(row, heading) for row, heading, _ in found] == [
        (number, heading) for number, (_, heading, _) in enumerate(WRONG, start=3)
    ]
    for (_, _, said), (_, _, why) in zip(found, WRONG, strict=True):
        assert why in said
    with pytest.raises(NotReady):
        importing.take_in(clerk, content, False, "")
    assert titles() == []


def test_nothing_comes_in_twice_and_nothing_that_is_there_becomes_another(clerk: int) -> None:
    assert told(importing.check(clerk, workbook({}, {"单位名称": "某某公路中心"}), False)) == [
        (3, "单位名称", "This is in row 2 already")
    ]
    take_in(clerk, workbook({}))
    again = take_in(clerk, workbook({}, {"级别": "省级"}))
    assert (again.there, [one.row for one in again.entries], len(titles())) == (1, [3], 2)
    other = told(importing.check(clerk, workbook({"有效期至": date(2027, 12, 31)}), False))
    assert other == [(2, "有效期至", "The title is in the register already, with 2026-12-31 here")]


def test_unknown_units_come_in_when_that_is_asked_for(clerk: int) -> None:
    family = {"单位名称": FAMILY, "称号类别": "文明家庭"}
    assert [one[1] for one in told(importing.check(clerk, workbook(family), True))] == ["单位性质"]
    with read_tx() as session:
        nature = session.scalars(select(Applicant.nature)).first()
    content = workbook({**family, "单位性质": nature}, {**family, "单位性质": nature, "级别": "省级"})
    assert take_in(clerk, content, True).newcomers == [FAMILY]
    assert [one[0] for one in titles()] == [FAMILY, FAMILY]
    with read_tx() as session:
        of_it = select(func.count()).select_from(Applicant).join(Unit, Unit.id == Applicant.unit_id)
        assert session.scalar(of_it.where(Unit.name == FAMILY)) == 1


def test_only_what_was_looked_at_comes_in_and_only_by_the_clerk(desk: Desk, clerk: int) -> None:
    content = workbook({})
    with pytest.raises(NotReady, match="changed since"):
        importing.take_in(clerk, content, False, "another")
    with pytest.raises(NotAllowed):
        importing.check(desk.id("unit1"), content, False)
    assert set(read_workbook(import_form.template())) == {"历史称号", "说明"}
