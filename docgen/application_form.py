"""Lay out the 申报表 of an application: ruled sheets on A4, places for seals, the check code at its foot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import layout
from .application import ApplicationContent
from .form_code import code_of
from .gridded import Cell, GridRow, grid_xml
from .layout import twips
from .oxml import Paragraph
from .package import pack, section

WIDTH_TW = layout.AREA_WIDTH_TW
LABEL_TW = twips(26)
ROW_TW = twips(9)
SEALED_TW = twips(50)  # room for a seal of 42 mm; four of them and the code stand on one page
BLACK = "000000"
DATE_FOR_THE_PEN = "年　　月　　日"
SEAL = "（盖章）"

_HELD = (("现有称号", 40), ("级别", 20), ("届次", 30), ("命名文号", 40), ("命名时间", 26))
_SCORED = (("指标", 14), ("测评内容", 46), ("满分", 12), ("自评", 12), ("说明与佐证材料", 72))
_SECTIONS = (
    ("创建概况", "overview"),
    ("主要做法与成效", "practice"),
    ("特色亮点", "highlights"),
    ("近三年荣誉", "honours"),
)
OPINIONS = ("单位意见", "主管部门\n推荐意见", "文明办\n审核意见", "文明委\n审批意见")


@dataclass(frozen=True)
class Indicator:
    """An indicator as the form prints it: points are in hundredths."""

    code: str
    text: str
    points: int


@dataclass(frozen=True)
class FormParticulars:
    """What the office adds: the campaign, the category, its indicators, the negative list."""

    campaign: str
    category: str
    term: str
    indicators: tuple[Indicator, ...]
    negative: tuple[str, ...]
    printed_on: date


def render_form(content: ApplicationContent, particulars: FormParticulars) -> bytes:
    """Return the 申报表 as a DOCX. Equal input has equal bytes."""
    code = code_of(content)
    parts = [
        Paragraph(layout.FORM_HEAD, f"{particulars.category}申报表").to_xml(),
        Paragraph(layout.FORM_ABOUT, f"{particulars.campaign}　{particulars.term}").to_xml(),
        _sheet(_unit_rows(content, particulars)),
        _titled("一、现有称号", _held_rows(content)),
        *(
            _sheet([_head_row(f"{number}、{name}"), _text_row(getattr(content, field))])
            for number, (name, field) in zip("二三四五", _SECTIONS, strict=True)
        ),
        _titled("六、测评指标自评", _scored_rows(content, particulars)),
        _sheet([_head_row("七、负面清单承诺"), _text_row(_pledge(content, particulars))]),
        Paragraph(layout.FORM_GAP, page_break=True).to_xml() + _sheet(_opinion_rows(content)),
        Paragraph(
            layout.FORM_CODE,
            f"校验码　{code}　　打印日期　{particulars.printed_on.isoformat()}\n"
            "本表由系统按所填内容生成；盖章后扫描上传时请填写校验码。打印后修改内容的，须重新打印盖章。",
        ).to_xml(),
    ]
    gap = Paragraph(layout.FORM_GAP).to_xml()
    body = parts[0] + parts[1] + gap.join(parts[2:])
    return pack(body + section(), title=f"{content.unit.name} {particulars.category}申报表", creator="")


def _unit_rows(content: ApplicationContent, particulars: FormParticulars) -> list[GridRow]:
    unit = content.unit
    return [
        _row(("单位名称", unit.name)),
        _row(("统一社会信用代码", unit.credit_code), ("单位性质", unit.nature)),
        _row(("主要负责人", unit.legal_person), ("分管负责人", unit.in_charge)),
        _row(("职工人数", _count(unit.staff)), ("党员人数", _count(unit.members))),
        _row(("主管部门", unit.recommender), ("申报类别", particulars.category)),
        _row(("地址", unit.address)),
        _row(("联系人", unit.contact), ("联系电话", unit.phone)),
    ]


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _row(*fields: tuple[str, str]) -> GridRow:
    width_tw = WIDTH_TW // len(fields)
    cells = []
    for label, value in fields:
        cells.append(Cell(LABEL_TW, Paragraph(layout.FORM_LABEL, label).to_xml()))
        cells.append(Cell(width_tw - LABEL_TW, Paragraph(layout.FORM_VALUE, value).to_xml()))
    return GridRow(cells, ROW_TW)


def _held_rows(content: ApplicationContent) -> list[GridRow]:
    held = [(one.title, one.level, one.term, one.number, one.date) for one in content.titles_held] or [
        ("无", "", "", "", "")
    ]
    return _columns(_HELD, held)


def _scored_rows(content: ApplicationContent, particulars: FormParticulars) -> list[GridRow]:
    answers = {one.indicator: one for one in content.answers}
    rows, total = [], 0
    for one in particulars.indicators:
        answer = answers.get(one.code)
        points = answer.points if answer else None
        total += points or 0
        said = [answer.statement] if answer and answer.statement else []
        if answer and answer.evidence:
            said.append(f"佐证材料{len(answer.evidence)}件：" + "；".join(f.name for f in answer.evidence))
        rows.append((one.code, one.text, _points(one.points), _points(points), "\n".join(said)))
    full = sum(one.points for one in particulars.indicators)
    rows.append(("合计", "", _points(full), _points(total), ""))
    return _columns(_SCORED, rows)


def _points(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def _columns(columns: Sequence[tuple[str, int]], rows: Sequence[tuple[str, ...]]) -> list[GridRow]:
    """Return rows below a head that stands on every page again; widths are in millimetres."""
    widths = [twips(width) for _, width in columns[:-1]]
    widths.append(WIDTH_TW - sum(widths))
    names = [name for name, _ in columns]
    head = [
        Cell(width, Paragraph(layout.FORM_LABEL, name).to_xml())
        for name, width in zip(names, widths, strict=True)
    ]
    return [
        GridRow(head, ROW_TW, head=True),
        *(
            GridRow(
                [
                    Cell(width, _lines(layout.FORM_VALUE, value), align="top")
                    for value, width in zip(row, widths, strict=True)
                ],
                ROW_TW,
                whole=max(map(len, row)) < 300,
            )
            for row in rows
        ),
    ]


def _head_row(title: str) -> GridRow:
    return GridRow([Cell(WIDTH_TW, Paragraph(layout.FORM_SECTION, title).to_xml())], ROW_TW, head=True)


def _text_row(text: str) -> GridRow:
    return GridRow([Cell(WIDTH_TW, _lines(layout.FORM_TEXT, text), align="top")], 3 * ROW_TW, whole=False)


def _lines(style: layout.Style, text: str) -> str:
    return "".join(Paragraph(style, line).to_xml() for line in text.split("\n"))


def _pledge(content: ApplicationContent, particulars: FormParticulars) -> str:
    listed = [f"{number}. {text}" for number, text in enumerate(particulars.negative, 1)]
    given = "本单位承诺：不存在上列情形，所填内容和所附材料真实、准确、完整。"
    return "\n".join([*listed, given if content.pledged else "（尚未承诺）"])


def _opinion_rows(content: ApplicationContent) -> list[GridRow]:
    rows = []
    for name in OPINIONS:
        words = f"{SEAL}　　{DATE_FOR_THE_PEN}"
        if name == OPINIONS[1] and not content.unit.recommender:
            words = "（无主管部门，直接申报）"
        label = Paragraph(layout.FORM_LABEL, name).to_xml()
        place = Paragraph(layout.FORM_PLACE, words).to_xml()
        cells = [Cell(LABEL_TW, label), Cell(WIDTH_TW - LABEL_TW, place, align="bottom")]
        rows.append(GridRow(cells, SEALED_TW if SEAL in words else 2 * ROW_TW))
    return rows


def _titled(title: str, rows: Sequence[GridRow]) -> str:
    """Return a sheet whose title stands above its columns, both again on every page."""
    return _sheet([_head_row(title), *rows])


def _sheet(rows: Sequence[GridRow]) -> str:
    return grid_xml(rows, BLACK)
