"""One made-up paper of each form and each thing that can stand in one: what is proved is proved of all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from docgen.adjust import STANDARD, Layout
from docgen.render import render
from docgen.sheet import Attendance, Content, Part, Particulars
from tests.docgen.pictures import photo, pictured
from tests.docgen.twin import PARTICULARS, TWIN, notice, paragraph

TABLE = "| 序号 | 单位 | 说明 |\n| --- | --- | --- |\n| 1 | 示例单位 | 较长的说明 |\n| 2 | 另一单位 | 说明 |"
MANY = "示例单位、"
LEVELS = "一、总体要求。扎实推进。\n（一）范围\n1.条件\n（1）细则\n正文ABC 123 &<>“引用”……——《要点》。"
PARTS = (Part("申报表", TABLE), Part("长" * 30 + "的说明", paragraph(90)), Part("名单", "甲。"))
SIGNED = replace(PARTICULARS, signers=("张某某", "李某某", "王某"))
STAMPED = replace(PARTICULARS, stamped=(("主任", "张某某"),))
TWICE_STAMPED = replace(PARTICULARS, stamped=(("主任", "张某某"), ("厅长", "李某")))
JOINTLY = replace(
    PARTICULARS,
    co_mastheads=("中共河南省示例工作委员会", "河南省示例厅"),
    co_signatures=("省示例工委", "省示例厅"),
)
LETTER = Content(
    "函", "关于商请支持开展省直机关读书活动的函", paragraph(60), addressees="河南省示例厅", copy_to="省文明办"
)
REQUEST = Content(
    "请示",
    "关于增加读书活动经费的请示",
    paragraph(60),
    addressees="河南省示例厅",
    contact="张某某 0371-65900000",
)
NUMBERED = replace(JOINTLY, copy_number="000012")
MINUTES = Content(
    "纪要",
    "读书活动专题会议纪要",
    paragraph(60),
    attendance=Attendance("、".join(["甲厅张某某"] * 9), "乙局李某某", "丙委王某"),
    seal=False,
)
ORDER = Content("命令", "关于嘉奖的命令", paragraph(60))
JOINT = replace(notice("甲。"), co_agencies=("中共河南省示例工作委员会", "河南省示例厅"))
SHOWN, BYTES = pictured(
    f"甲。\n![图1 会场](会场.png)\n{paragraph(60)}\n![](会场.png)\n![图2](流程.jpg)\n乙。",
    {"会场.png": photo(kind="PNG"), "流程.jpg": photo()},
)
ROWS = [f"| {' | '.join([words] * 14)} |" for words in ("单位名称", "---", "数值说明", "较长的文字")]
WIDE = "\n".join(ROWS)
PEOPLE = "甲乙  丙丁戊  己庚\n辛壬癸  子丑  寅卯  辰巳"


@dataclass(frozen=True)
class Paper:
    """What a DOCX is made of."""

    content: Content
    particulars: Particulars = PARTICULARS
    layout: Layout = STANDARD
    overprint: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def docx(self) -> bytes:
        """Return the DOCX."""
        given = (self.content, self.particulars, self.layout)
        return render(*given, overprint=self.overprint, pictures=self.pictures)


RICH = notice(
    f"{LEVELS}\n{TABLE}\n{paragraph(60)}",
    attachments=PARTS,
    copy_to="省委宣传部，省文明办",
    urgency="特急",
    note="此件公开发布",
)
PAPERS: dict[str, Paper] = {
    "issues a text": Paper(TWIN),
    "rich": Paper(RICH),
    "without a seal": Paper(replace(RICH, seal=False)),
    "draft": Paper(RICH, replace(PARTICULARS, number=None, dated=None, printed_on=None)),
    "laid out by hand": Paper(RICH, layout=Layout(line_tw=560, masthead_size_pt=50, page_breaks=(3,))),
    "on printed red": Paper(RICH, overprint=True),
    "text that ends on an even page": Paper(notice("\n".join([paragraph(50)] * 13))),
    "imprint behind a blank page": Paper(notice("\n".join([paragraph(80)] * 8), copy_to=MANY * 40)),
    "imprint higher than a page": Paper(notice("甲。", copy_to=MANY * 900)),
    "pictures": Paper(SHOWN, pictures=BYTES),
    "a table that lies": Paper(notice(f"甲。\n{WIDE}\n{paragraph(60)}", attachments=(Part("汇总表", WIDE),))),
    "names": Paper(notice(f"名单如下：\n{PEOPLE}\n{paragraph(60)}", attachments=(Part("名单", PEOPLE),))),
    "letter": Paper(replace(LETTER, urgency="加急")),
    "letter with attachments": Paper(replace(LETTER, attachments=PARTS, copy_to="")),
    "minutes": Paper(MINUTES),
    "order": Paper(replace(ORDER, urgency="特急", numbered=True), STAMPED),
    "stamped": Paper(replace(RICH, stamp=True), TWICE_STAMPED),
    "joint": Paper(replace(JOINT, attachments=PARTS[:1], numbered=True), NUMBERED),
    "joint without seals": Paper(replace(JOINT, seal=False), JOINTLY),
    "upward": Paper(replace(REQUEST, note="此件不公开", attachments=PARTS[:1]), SIGNED),
}  # fmt: skip
