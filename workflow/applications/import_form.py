"""Say what the workbook of applications filed elsewhere is made of: its columns, and what goes below them."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from docgen.application_reading import LIMITS
from docgen.errors import TextError
from docgen.text import clean_text
from states.errors import NotReady
from states.reasons import Reason

from ..campaigns.points import read_points
from ..intake import cells
from ..intake.columns import Column, Form
from ..spreadsheets import Cell, Table, write_workbook

NAME, CATEGORY, PLEDGE = "单位名称", "申报类别", "负面清单承诺"
UNIT = {
    "credit_code": "统一社会信用代码",
    "nature": "单位性质",
    "legal_person": "主要负责人",
    "in_charge": "分管负责人",
    "staff": "职工人数",
    "members": "党员人数",
    "address": "地址",
    "contact": "联系人",
    "phone": "联系电话",
}
COUNTS = ("staff", "members")
TITLE = {
    "title": "现有称号",
    "level": "称号级别",
    "term": "称号届次",
    "number": "命名文号",
    "date": "命名时间",
}
TEXTS = {
    "overview": "创建概况",
    "practice": "主要做法与成效",
    "highlights": "特色亮点",
    "honours": "近三年荣誉",
}
SHEET = "申报"


def points_heading(code: str) -> str:
    return f"{code} 自评"


def statement_heading(code: str) -> str:
    return f"{code} 说明"


def _lines(cell: Cell, limit: int) -> str:
    try:
        return clean_text(str(cell), where="", limit=limit, lines=True)
    except TextError as error:
        raise NotReady(Reason(problem.message, problem.params) for problem in error.problems) from error


def _points(cell: Cell) -> int:
    text = cells.text(str(cell), 12)
    points = read_points(text)
    if points is None:
        raise NotReady([Reason("%(typed)s is no number of points such as 1.5", {"typed": text})])
    return points


def _day(cell: Cell) -> str:
    return str(cells.day(cell))


def form(indicators: Sequence[Any]) -> Form:
    """Return the form of a campaign's workbook; `indicators` are those of all its categories."""
    text = partial(cells.text, limit=60)
    columns = (
        Column(
            NAME,
            partial(cells.text, limit=LIMITS["name"]),
            "单位全称，与单位名录一致。",
            "省某某厅",
            True,
            28,
        ),
        Column(CATEGORY, text, "本批次的评选类别名称。", "文明单位", True),
        *(
            Column(
                heading,
                cells.count if name in COUNTS else partial(cells.text, limit=200),
                "可留空，导入后补填。",
            )
            for name, heading in UNIT.items()
        ),
        *(
            Column(
                heading,
                _day if name == "date" else partial(cells.text, limit=120),
                "已有称号的填写；没有的留空。",
            )
            for name, heading in TITLE.items()
        ),
        *(
            Column(heading, partial(_lines, limit=LIMITS[name]), f"不超过{LIMITS[name]}字。", width=40)
            for name, heading in TEXTS.items()
        ),
        Column(PLEDGE, cells.yes_no, "已承诺的填是；留空即尚未承诺。", cells.YES),
    )
    answers: dict[str, Column] = {}
    for one in indicators:
        for heading, read, meaning in (
            (points_heading(one.code), _points, f"{one.text} 的自评分。"),
            (statement_heading(one.code), partial(_lines, limit=one.words), f"说明，不超过{one.words}字。"),
        ):
            answers.setdefault(heading, Column(heading, read, meaning))
    return Form(
        SHEET, "一行一件申报。佐证材料和盖章的申报表导入后在系统内上传。", columns, tuple(answers.values())
    )


def template(indicators: Sequence[Any]) -> bytes:
    """Return the workbook with its headings, and a sheet that says what goes below them."""
    asked = form(indicators)
    all_ = (*asked.columns, *asked.further)
    rows = [(one.heading, cells.YES if one.required else cells.NO, one.meaning, one.example) for one in all_]
    notes = Table("说明", ("列", "必填", "含义", "举例"), rows, (20, 8, 60, 28))
    headings = [one.heading for one in all_]
    sheet = Table(SHEET, headings, (), [one.width for one in all_])
    return write_workbook([sheet, notes], landscape=True)
