"""Say what the office's workbook (开办表) is made of: its sheets, their headings, what goes below them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from docgen.sheet import TYPES
from states.reasons import Reason

from ..office import agencies, series
from ..office.written import LONGEST
from ..spreadsheets import Cell
from . import cells

LIST = "用顿号隔开"


@dataclass(frozen=True)
class Column:
    """A column: how a cell of it is read, what it means, and one made-up example."""

    heading: str
    read: Callable[[Cell], cells.Value]
    meaning: str
    example: Cell = None
    required: bool = False
    width: int = 14  # characters


@dataclass(frozen=True)
class Form:
    """A sheet: what a row of it is, and its columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    further: tuple[Column, ...] = ()  # columns that the sheet may have and need not

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)


NOTES = "说明"  # the sheet that explains the others; what is in it is not read

_name = partial(cells.text, limit=LONGEST)
_agency = partial(cells.text, limit=agencies.LONGEST_NAME)
_series = partial(cells.text, limit=series.LONGEST)

AGENCIES = Form(
    "机关",
    "一行一个名称：机关改过名的，现用名称和每个曾用名称各占一行，代码相同。",
    (
        Column("代码", cells.code, "系统内部使用的代码，小写字母开头，定后不改。", "wmb", True),
        Column("全称", _agency, "机关全称。", "某市文明建设办公室", True, 28),
        Column("规范化简称", _agency, "用于署名的规范化简称。", "市文明办", True),
        Column("启用日期", cells.day, "这一名称自哪一天起使用。", "2009-03-01", True),
        Column("停用日期", cells.day, "这一名称用到哪一天；现用名称留空。"),
        Column("发文机关标志", _agency, "版头红字；留空即全称加“文件”。", "某市文明建设办公室文件", width=28),
        Column("字高", cells.count, "发文机关标志的字号（磅）；留空由系统按版心自动确定。", 42, width=8),
        Column("字宽比例", cells.count, "发文机关标志的横向缩放（%）；留空由系统自动确定。", 80, width=10),
        Column("印发机关", _agency, "版记中的印发机关；留空即规范化简称。", "市文明办秘书科"),
        Column("用印", cells.yes_no, "成文是否加盖印章：是或否；留空即是。", cells.YES, width=8),
        Column(
            "默认抄送",
            partial(cells.text, limit=agencies.LONGEST_LIST),
            "起草时预填的抄送机关，可留空。",
            width=24,
        ),
        Column("全宗号", cells.archival, "档号用；现用名称这一行必填。", "Q021", width=10),
        Column("机构代码", cells.archival, "档号用的机构（问题）代码；现用名称这一行必填。", "BGS", width=10),
    ),
)
SERIES = Form(
    "字号",
    "一行一个机关代字，包括不再使用的代字。",
    (
        Column("机关代码", cells.code, "“机关”表中的代码。", "wmb", True),
        Column("机关代字", _series, "发文字号中年份之前的部分。", "某文明办", True),
        Column("名称", _series, "这一组号的叫法。", "文件", True),
        Column("适用文种", cells.types, f"只编这些文种的号，{LIST}；留空即其余各文种。", "函", width=24),
        Column(
            "起始年度", cells.year, "建议的起始年度；与起始号同填或同空，登记员确认后才生效。", 2026, width=10
        ),
        Column("起始号", cells.count, "建议的下一个号；登记员确认后才生效。", 37, width=10),
        Column("停用", cells.yes_no, "曾用代字填是：不再编新号；留空即否。", cells.NO, width=8),
    ),
)
RIGHTS = Form(
    "签发权限",
    "一行一项：谁可以签发这一机关的这一文种。一个机关一行也没有的，由主要负责人和分管领导签发。",
    (
        Column("机关代码", cells.code, "“机关”表中的代码。", "wmb", True),
        Column("文种", cells.one_type, "、".join(TYPES) + "之一；留空即未单列的各文种。", "函"),
        Column("职务代码", cells.code, "可以签发的职务，代码见下。", "deputy", True),
    ),
)
UNITS = Form(
    "部门",
    "一行一个部门；申报单位、专家组等外部单位也在这里。",
    (
        Column("名称", _name, "部门名称。", "综合处", True, 20),
        Column("内设", cells.yes_no, "本单位的内设部门填是，外部单位填否；留空即是。", cells.YES, width=8),
        Column("所属机关", cells.code, "部门以哪个机关名义起草，“机关”表中的代码；内设部门必填。", "wmb"),
        Column("分管领导", cells.names, f"分管领导的用户名，{LIST}；可留空。", "bld02", width=20),
    ),
)


def post_columns(nth: str) -> tuple[Column, ...]:
    if not nth:
        return (
            Column("部门", _name, "“部门”表中的名称；系统管理员、审计员可留空。", "综合处"),
            Column("职务代码", cells.code, "代码见下。", "drafter", True),
            Column("职务", _name, "对外显示的职务名称。", "综合处科员", True),
        )
    return (
        Column(f"{nth}部门", _name, "兼任职务的，同前；没有的三栏都留空。"),
        Column(f"{nth}职务代码", cells.code, "同前。"),
        Column(f"{nth}职务", _name, "同前。"),
    )


ORDINALS = ("", "第二", "第三", "第四", "第五", "第六")  # of the posts that a person's row has room for
_WHO = (
    Column(
        "用户名", cells.text, "登录用的名字，2 至 32 个小写字母、数字和 . _ -，定后不改。", "zhangsan", True
    ),
    Column("姓名", _name, "姓名。", "某某", True),
)
PEOPLE = Form(
    "人员",
    "一行一人。口令由系统生成，导入后下载一次，首次登录必须修改；本表不填口令。",
    (*_WHO, *post_columns(""), *post_columns("第二")),
    tuple(column for nth in ORDINALS[2:] for column in post_columns(nth)),
)
CORRESPONDENTS = Form(
    "往来单位",
    "一行一个主送、抄送单位或单位统称，及通常发给它的份数。",
    (
        Column("名称", cells.one_name, "单位名称或统称。", "市直各单位", True, 24),
        Column("份数", cells.copies, "通常发给它多少份。", 64, True, 8),
    ),
)
BARRED = {
    "初始口令": Reason("Passwords are not taken from a workbook: each new person is given one to begin with"),
}
FORMS = (AGENCIES, SERIES, RIGHTS, UNITS, PEOPLE, CORRESPONDENTS)
