"""Make up an office's opening day: its workbook, its register of former years, its files.

By hand: `python -m tests.opening_day FOLDER` writes 开办表.xlsx, 发文登记簿.xlsx and 文件/ into a folder.
Nothing in it is of a real office or person. The same arguments give the same texts.
"""

import io
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from workflow.clock import today
from workflow.spreadsheets import Table, write_workbook

OFFICE, REGISTER, FILES = "开办表.xlsx", "发文登记簿.xlsx", "文件"
YEARS = 7  # this one and those before it
HOLES, DUPLICATES = 9, 2
REGISTER_HEADINGS = ("字号", "标题", "成文日期", "印发日期", "主送", "签发人", "份数", "档号")

CELLS = tuple[Any, ...]
GENERAL, LETTERS, COMMITTEE, FORMER, VOLUNTEERS = (
    "青文明办",
    "青文明办函",
    "青文明委",
    "青文领",
    "青志愿办",
)
SERIES = (
    ("wmb", GENERAL, "文件", "", "", "", "否"),
    ("wmb", LETTERS, "函", "函", "", "", "否"),
    ("wmw", COMMITTEE, "文件", "", "", "", "否"),
    ("wmw", FORMER, "领导小组文件", "", "", "", "是"),
    ("zyb", VOLUNTEERS, "文件", "通知、函、报告", "", "", "否"),
    ("zyb", "青志愿办综", "综合", "", "", "", "否"),
)
RIGHTS = (
    ("wmb", "", "principal"),
    ("wmb", "函", "deputy"),
    ("wmw", "", "principal"),
    ("zyb", "", "principal"),
)
UNITS = (
    ("办领导", "是", "wmb", ""),
    ("办公室", "是", "wmb", "bld02"),
    ("综合处", "是", "wmb", "bld02"),
    ("宣传处", "是", "wmb", "bld03"),
    ("创建处", "是", "wmb", "bld03、bld04"),
    ("督查处", "是", "wmw", "bld04"),
    ("志愿服务处", "是", "zyb", "bld04"),
    ("青梧市第一示范学校", "否", "", ""),
    ("青梧市示范服务中心", "否", "", ""),
    ("青梧市评审专家组", "否", "", ""),
)
DEPARTMENTS = (
    ("zhc", "综合处"),
    ("xcc", "宣传处"),
    ("cjc", "创建处"),
    ("dcc", "督查处"),
    ("zyc", "志愿服务处"),
)
NOBODYS = ("", "", "")
PEOPLE = (
    ("bld01", "领导一", "办领导", "principal", "主任", *NOBODYS),
    ("bld02", "领导二", "办领导", "deputy", "副主任", *NOBODYS),
    ("bld03", "领导三", "办领导", "deputy", "副主任", *NOBODYS),
    ("bld04", "领导四", "办领导", "deputy", "副主任", "督查处", "unit_head", "督查处处长"),
    ("bgs01", "文秘一", "办公室", "office_clerk", "办公室主任", "办公室", "unit_head", "办公室负责人"),
    ("bgs02", "文秘二", "办公室", "office_clerk", "文秘", *NOBODYS),
    ("bgs03", "登记一", "办公室", "registrar", "登记员", "办公室", "archivist", "兼职档案员"),
    ("bgs04", "档案一", "办公室", "archivist", "档案员", *NOBODYS),
    ("xtgl", "系统一", "", "admin", "系统管理员", *NOBODYS),
    ("sjy", "审计一", "", "auditor", "审计员", *NOBODYS),
    ("dw01", "联络一", "青梧市第一示范学校", "applicant", "联络员", *NOBODYS),
    ("dw02", "联络二", "青梧市示范服务中心", "applicant", "联络员", *NOBODYS),
    ("zj01", "专家一", "青梧市评审专家组", "expert", "评审专家", *NOBODYS),
    ("zj02", "专家二", "青梧市评审专家组", "expert", "评审专家", *NOBODYS),
    ("zj03", "专家三", "青梧市评审专家组", "expert", "评审专家", *NOBODYS),
)
CORRESPONDENTS = (("市直各单位", 64), ("各县（区）文明办", 12), ("市属各学校", 30), ("市委宣传部", 2))

SUBJECTS = (
    "文明单位复查",
    "读书月活动",
    "志愿服务登记",
    "道德讲堂",
    "文明餐桌行动",
    "网络文明建设",
    "节日主题活动",
)
VERBS = ("开展", "做好", "组织", "规范", "报送", "总结")
FORMULAS = {3: "=", 17: "+", 29: "-", 41: "@"}  # the titles of these rows begin so
BRACKETS = (
    "{code}〔{year}〕{serial}号",
    "{code}[{year}]{serial}号",
    "{code}（{year}）{serial}号",
    "{code}【{year}】{serial}号",
    "{code}{year}年第{serial}号",
    "{code}〔{year}〕{serial:03}号",
    "{code}({year}){serial}号",
)


@dataclass(frozen=True)
class Past:
    """A document of former years: its row of the register, and its file's name ('' where it has none)."""

    code: str
    year: int
    serial: int
    written: str
    title: str
    dated: date
    file: str

    @property
    def number(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


@dataclass
class OpeningDay:
    """What was made, and what a reader of it has to find."""

    folder: Path
    year: int
    documents: list[Past] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)  # numbers that no row has
    duplicates: list[str] = field(default_factory=list)  # numbers that two rows have
    next: dict[str, int] = field(default_factory=dict)  # by 代字: the serial that comes now

    @property
    def office(self) -> bytes:
        return (self.folder / OFFICE).read_bytes()

    @property
    def register(self) -> bytes:
        return (self.folder / REGISTER).read_bytes()

    @property
    def files(self) -> list[Path]:
        return sorted((self.folder / FILES).iterdir())


def make(folder: Path, documents: int = 600, year: int | None = None) -> OpeningDay:
    """Write an opening day into a folder; `year` is the one it falls in."""
    year = year or today().year
    (folder / FILES).mkdir(parents=True)
    (folder / OFFICE).write_bytes(write_workbook(office_tables(year)))
    day = OpeningDay(folder, year)
    day.documents = list(_documents(day, documents))
    rows = [_register_row(n, past) for n, past in enumerate(day.documents)]
    (folder / REGISTER).write_bytes(write_workbook([Table("发文登记簿", REGISTER_HEADINGS, rows)]))
    for n, past in enumerate(day.documents):
        if past.file:
            (folder / FILES / past.file).write_bytes(_file(n, past))
    return day


def office_tables(year: int) -> list[Table]:
    """Return the office's workbook: 3 agencies, one with a former name, and 40 people."""
    renamed = date(year - 5, 1, 1)
    founded = date(2009, 3, 1)
    usual = ("", "", "", "", "是")  # masthead, its size and scale, 印发机关; 用印
    agencies: list[CELLS] = [
        ("wmb", "青梧市文明建设办公室", "市文明办", founded, "", *usual, "", "Q021", "BGS"),
        ("wmw", "青梧市文明建设领导小组", "市文明领导小组", founded, renamed - timedelta(1), *("",) * 8),
        ("wmw", "青梧市文明建设委员会", "市文明委", renamed, "", *usual, "市委办公室", "Q021", "WMW"),
        (
            *("zyb", "青梧市志愿服务工作办公室", "市志愿办", "2015-06-01", ""),
            *("青梧市志愿服务工作办公室", 42, 80, "市志愿办秘书科", "否", "=市文明办", "Q022", "ZHK"),
        ),
    ]
    series = [(*row[:4], year, 1, row[6]) if row[1] == GENERAL else row for row in SERIES]
    return [
        Table("机关", AGENCY_HEADINGS, agencies),
        Table("字号", ("机关代码", "机关代字", "名称", "适用文种", "起始年度", "起始号", "停用"), series),
        Table("签发权限", ("机关代码", "文种", "职务代码"), RIGHTS),
        Table("部门", ("名称", "内设", "所属机关", "分管领导"), UNITS),
        Table("人员", PEOPLE_HEADINGS, [*PEOPLE, *_departments()]),
        Table("往来单位", ("名称", "份数"), CORRESPONDENTS),
    ]


AGENCY_HEADINGS = (
    *("代码", "全称", "规范化简称", "启用日期", "停用日期", "发文机关标志", "字高", "字宽比例"),
    *("印发机关", "用印", "默认抄送", "全宗号", "机构代码"),
)
PEOPLE_HEADINGS = (*("用户名", "姓名", "部门", "职务代码", "职务", "第二部门", "第二职务代码", "第二职务"),)


def _departments() -> Iterator[CELLS]:
    """Yield a head and four drafters for each department; one department has a leader as its head."""
    for code, unit in DEPARTMENTS:
        for n in range(1, 6):
            also = ("综合处", "drafter", "借调人员") if (code, n) == ("xcc", 5) else NOBODYS
            if n == 1:
                yield (f"{code}01", f"{unit}甲", unit, "unit_head", f"{unit}处长", *also)
            else:
                yield (f"{code}{n:02}", f"{unit}{'甲乙丙丁戊'[n - 1]}", unit, "drafter", f"{unit}科员", *also)


def _documents(day: OpeningDay, count: int) -> Iterator[Past]:
    """Yield the documents in the order of their dates, with holes and, at the end, the duplicates."""
    first = day.year - YEARS + 1
    runs = [(code, year) for year in range(first, day.year + 1) for code in _codes_of(day.year, year)]
    originals = count - DUPLICATES
    share, more = divmod(originals + HOLES, len(runs))
    holed = {runs[n * len(runs) // HOLES] for n in range(HOLES)}
    made: list[Past] = []
    for place, (code, year) in enumerate(runs):
        last = share + (place < more)
        hole = 1 + place % (last - 1) if (code, year) in holed else 0
        for serial in range(1, last + 1):
            if serial == hole:
                day.holes.append(f"{code}〔{year}〕{serial}号")
            else:
                made.append(_past(len(made), code, year, serial))
        if year == day.year:
            day.next[code] = last + 1
    yield from made
    for n, place in enumerate((6, 6 + 3 * (len(made) // 6))):
        past = made[place]
        day.duplicates.append(past.number)
        yield _past(len(made) + n, past.code, past.year, past.serial, titled=True)


def _codes_of(this_year: int, year: int) -> list[str]:
    """Return which 代字 were in use in a year."""
    committee = COMMITTEE if year >= this_year - 5 else FORMER
    return [GENERAL, LETTERS, committee, VOLUNTEERS]


def _past(n: int, code: str, year: int, serial: int, *, titled: bool = False) -> Past:
    written = BRACKETS[n % len(BRACKETS)].format(code=code, year=year, serial=serial)
    kind = "函" if code == LETTERS else "通知"
    title = f"关于{VERBS[n % len(VERBS)]}{SUBJECTS[n % len(SUBJECTS)]}第{n + 1}项工作的{kind}"
    title = FORMULAS.get(n, "") + title
    extension = {0: "", 1: "pdf", 2: "jpg", 3: "pdf"}.get(n % 20, "docx")
    name = f"{written} {title}" if titled or n % 3 == 0 else written
    return Past(
        code=code,
        year=year,
        serial=serial,
        written=written,
        title=title,
        dated=min(date(year, 1, 4) + timedelta(serial * 3), date(year, 12, 28), today()),
        file=f"{name}.{extension}" if extension else "",
    )


def _register_row(n: int, past: Past) -> CELLS:
    """Return the row as a registrar may have typed it: dates as dates and as texts."""
    dated: Any = past.dated
    if n % 11 == 1:
        dated = f"{past.dated.year}年{past.dated.month}月{past.dated.day}日"
    elif n % 11 == 2:
        dated = past.dated.isoformat()
    printed_on = min(past.dated + timedelta(2), today())
    code = f"Q021-WS·{past.year}-Y-BGS-{n + 1:04}" if n % 4 == 0 else ""
    to = "@市直各单位" if n == 7 else "市直各单位、各县（区）文明办"
    return past.written, past.title, dated, printed_on, to, "领导一", 60 + n % 5, code


def _file(n: int, past: Past) -> bytes:
    lines = [
        past.number,
        past.title,
        "市直各单位：",
        f"现将第{n + 1}项工作的有关事项通知如下。",
        "请认真落实。",
    ]
    if past.file.endswith(".docx"):
        return docx(lines)
    if past.file.endswith(".jpg"):
        return scan(n)
    return pdf(lines if n % 20 == 1 else [])


_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""
_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>"""
_AS_OF = (2020, 1, 1, 0, 0, 0)


def docx(lines: list[str]) -> bytes:
    """Return the smallest DOCX that has these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", _DOCUMENT % body),
        ):
            archive.writestr(zipfile.ZipInfo(name, _AS_OF), text)
    return stream.getvalue()


def pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page with these lines; without any it is a page that was only photographed."""
    text = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td " for line in lines)
    content = f"BT /F1 12 Tf 60 780 Td {text}ET" if lines else "0.9 g 60 60 400 600 re f"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        " /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    )
    made, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(made)
    made += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    made += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return made.encode("ascii")


def scan(n: int) -> bytes:
    """Return a small picture that is different for each number."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 56), (n % 256, n // 256, 200)).save(stream, "JPEG")
    return stream.getvalue()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    day = make(target)
    print(f"{target}: {len(day.documents)} documents, {len(day.files)} files")
    print("holes:", "、".join(day.holes))
    print("twice:", "、".join(day.duplicates))
    print("next:", "、".join(f"{code} {serial}" for code, serial in day.next.items()))
