"""Say what the workbook of units (单位名录) is made of: its columns, and what goes below them."""

from functools import partial

from states.errors import NotReady
from states.reasons import Reason

from ..intake import cells
from ..intake.columns import Column, Form
from ..office.written import LONGEST
from ..spreadsheets import Cell, Table, write_workbook
from .credit_code import clean_code, faults
from .listing import PURPOSES

NAME, CODE, NATURE, BODY, CONTACT, USERNAME, PURPOSE, BARRED = (
    *("单位名称", "统一社会信用代码", "单位性质", "主管部门"),
    *("联络员", "用户名", "账号用途", "不得申报至"),
)
NOT_READ = ("终止日期", "曾用名")  # of the list as it is exported: changed on a unit's page only


def _credit_code(cell: Cell) -> str:
    code = clean_code(cells.text(cell, 40))
    if wrong := faults(code):
        raise NotReady(wrong)
    return code


def _purposes(cell: Cell) -> tuple[str, ...]:
    names = cells.names(cell)
    if not set(names) <= set(PURPOSES.values()):
        raise NotReady([Reason("Write %(names)s here, or both", {"names": "、".join(PURPOSES.values())})])
    return tuple(role for role, name in PURPOSES.items() if name in names)


_name = partial(cells.text, limit=LONGEST)
FORM = Form(
    "单位名录",
    "一行一个单位。已有的单位按单位名称识别，不同之处改为表中所写；单位更名请在单位页面办理。",
    (
        Column(NAME, _name, "单位全称。", "某某有限公司", True, 32),
        Column(CODE, _credit_code, "18位，可留空（如家庭）。", "91410000MA4000000E", width=22),
        Column(NATURE, cells.text, "单位性质，如机关、事业单位、国有企业。", "国有企业", True, 12),
        Column(BODY, _name, "推荐它的主管部门名称；直接申报的留空。", "省某某厅", width=24),
        Column(CONTACT, _name, "联络员姓名；填了即为其开通账号。", "某某"),
        Column(USERNAME, cells.text, "登录用户名；留空即用信用代码的小写。", "gongsi01", width=22),
        Column(PURPOSE, _purposes, "申报、推荐，或者两项；留空即申报。", "申报"),
        Column(BARRED, cells.day, "不得申报的截止日期；一般留空。"),
    ),
    tuple(Column(heading, cells.text, "") for heading in NOT_READ),
)


def template() -> bytes:
    """Return the workbook with its headings, and a sheet that says what goes below them."""
    widths = [column.width for column in FORM.columns]
    rows = [
        (column.heading, cells.YES if column.required else cells.NO, column.meaning, column.example)
        for column in FORM.columns
    ]
    notes = Table("说明", ("列", "必填", "含义", "举例"), rows, (20, 8, 60, 28))
    return write_workbook([Table(FORM.name, FORM.headings, (), widths), notes], landscape=True)
