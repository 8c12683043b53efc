"""Say what the workbook of past titles (历史称号) is made of: its columns, and what goes below them."""

from collections.abc import Mapping
from functools import partial

from states.errors import NotReady
from states.reasons import Reason

from ..applicants.credit_code import clean_code, faults
from ..applications import eligibility
from ..campaigns.reading import LONGEST_TERM
from ..intake import cells
from ..intake.columns import Column, Form
from ..intake.written_numbers import read_number
from ..office.written import LONGEST
from ..spreadsheets import Cell, Table, write_workbook
from . import events

UNIT, CODE, NATURE, CATEGORY, LEVEL, TERM, NUMBER, SINCE, UNTIL, STATE, STATE_SINCE, REMARK = (
    *("单位名称", "统一社会信用代码", "单位性质", "称号类别", "级别", "届次", "命名文号"),
    *("命名日期", "有效期至", "状态", "状态日期", "备注"),
)
NOT_READ = ("现名", "证书编号")  # of the register as it is exported
LEVELS = {level: label["zh"] for level, label in eligibility.LEVELS.items()}
STATES = {state: label["zh"] for state, label in events.STATES.items()}
ALSO_STATES = {
    "撤销": "revoked",
    "终止": "terminated",
    "停牌": "suspended",
    "过期": "expired",
    "到期": "expired",
}
LONGEST_REMARK = 500


def _credit_code(cell: Cell) -> str:
    code = clean_code(cells.text(cell, 40))
    if wrong := faults(code):
        raise NotReady(wrong)
    return code


def _word(known: Mapping[str, str], cell: Cell) -> str:
    """Return the word of ours for one that people write."""
    text = cells.text(cell)
    for word, written in known.items():
        if text == written:
            return word
    raise NotReady([Reason("Write one of %(names)s here", {"names": "、".join(known.values())})])


def _state(cell: Cell) -> str:
    return ALSO_STATES.get(cells.text(cell)) or _word(STATES, cell)


def _number(cell: Cell) -> str:
    """Return a document's number in the standard's form, or as it was written where it has another."""
    text = cells.text(cell, LONGEST)
    found = read_number(text)
    return found.normal if found else text


_name = partial(cells.text, limit=LONGEST)
FORM = Form(
    "历史称号",
    "一行一个称号。单位先按信用代码、再按名称（含曾用名）识别；已登记的称号不重复登记。",
    (
        Column(UNIT, _name, "命名时的单位名称；更名的照命名文件填写。", "某某公路局", True, 32),
        Column(
            CODE, _credit_code, "18位，可留空；单位曾更名或有重名的请填。", "91410000MA4000000E", width=22
        ),
        Column(NATURE, cells.text, "单位性质；只在登记新单位时使用。", "事业单位", width=12),
        Column(CATEGORY, _name, "称号类别的名称，与类别表一致。", "文明单位", True, 16),
        Column(LEVEL, partial(_word, LEVELS), "、".join(LEVELS.values()) + "之一。", LEVELS["own"], True, 10),
        Column(TERM, partial(cells.text, limit=LONGEST_TERM), "届次或年度。", "2019—2021年度", True, 18),
        Column(NUMBER, _number, "命名文件的发文字号。", "豫直文明委〔2019〕3号", True, 24),
        Column(SINCE, cells.day, "命名文件的成文日期。", "2019-12-20", True),
        Column(UNTIL, cells.day, "称号有效期的最后一天。", "2022-12-31", True),
        Column(
            STATE,
            _state,
            "、".join(STATES.values()) + "之一；留空的按有效期至判定为有效或届满。",
            STATES["expired"],
        ),
        Column(STATE_SINCE, cells.day, "停牌整改、撤销、终止自哪一天起；这三种状态必填。"),
        Column(
            REMARK,
            partial(cells.text, limit=LONGEST_REMARK),
            "停牌整改、撤销、终止的必填依据和原因（如文号）。",
            width=32,
        ),
    ),
    tuple(Column(heading, cells.text, "") for heading in NOT_READ),
)


def template() -> bytes:
    """Return a workbook with the headings, and a sheet that says what goes below them with an example."""
    widths = [column.width for column in FORM.columns]
    rows = [
        (column.heading, cells.YES if column.required else cells.NO, column.meaning, column.example)
        for column in FORM.columns
    ]
    notes = Table("说明", ("列", "必填", "含义", "举例"), rows, (20, 8, 60, 28))
    return write_workbook([Table(FORM.name, FORM.headings, (), widths), notes], landscape=True)
