"""Made-up documents, one of each form and each thing that may stand in one: `make paper` shows them all."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PIL import Image, ImageDraw

from docgen.adjust import Layout
from docgen.approval_sheet import ApprovalSheet, Box, BoxRow, Field, Opinion, render_sheet
from docgen.redline import Edit, redline_through
from docgen.render import render
from docgen.sheet import Attendance, Content, FileRef, Part, Particulars

DAY = date(2031, 4, 7)
KNOWN = Particulars(
    masthead="河南省省直机关精神文明建设办公室文件",
    signature="省直文明办",
    printed_by="省直文明办",
    number="豫直文明办〔2031〕14号",
    dated=DAY,
    printed_on=date(2031, 4, 8),
)
COMMITTEE = replace(KNOWN, masthead="省直文明委文件", signature="省直文明委", number="豫直文明委〔2031〕3号")
UPWARDS = replace(KNOWN, signers=("张某某", "李某"))
LETTER_NUMBER = replace(KNOWN, number="豫直文明办函〔2031〕9号")

ALL = "省直和中央驻豫各单位、省管在郑企业和各高等院校"
ONE = "各单位要把读书活动列入年度计划，明确牵头处室和完成时限，每季度开展一次交流，年底前报送小结。"
TWO = "活动经费从各单位培训费中列支，厉行节约，不得以任何名义向个人摊派或者变相收取费用。"
LEVELS = f"""为推动省直机关读书活动深入开展，现就有关事项通知如下。
一、总体要求
{ONE}{TWO}
（一）坚持学用结合。{ONE}
1.制定书目。{TWO}
（1）书目每季度更新一次，由各单位机关党委负责。
（2）新书目在4月30日前公布。
二、组织实施
{TWO}{ONE}
三、工作要求
{ONE}"""
TABLE = """活动安排见下表。
| 序号 | 时间 | 内容 | 责任单位 |
|---|---|---|---|
| 1 | 4月 | 公布推荐书目，召开动员会 | 综合处 |
| 2 | 6月 | 举办读书交流会，评选优秀心得 | 宣传处 |
| 3 | 11月 | 总结 | 各单位 |
请按时落实。"""
WIDE = "\n".join(
    (
        "统计情况如下。",
        "| 单位 | " + " | ".join(f"{month}月读书交流场次" for month in range(1, 13)) + " | 全年合计 | 备注 |",
        "|" + "---|" * 15,
        *(
            f"| 示例单位{number} | " + " | ".join(["12"] * 12) + " | 144 | 其中线上交流3次 |"
            for number in range(1, 9)
        ),
        "请各单位核对。",
    )
)
NAMES = "下列人员获评读书先进个人：\n" + "\n".join(
    "　".join(f"{surname}某{'某' if place % 2 else ''}" for place, surname in enumerate("赵钱孙李周吴郑王"))
    for _ in range(3)
)


def drawn() -> bytes:
    """Return a picture: a bar for each quarter."""
    picture = Image.new("RGB", (900, 500), "white")
    pen = ImageDraw.Draw(picture)
    for place, height in enumerate((180, 260, 220, 380)):
        pen.rectangle((120 + place * 180, 440 - height, 220 + place * 180, 440), fill=(180, 40, 40))
    pen.line((80, 440, 860, 440), fill="black", width=4)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


CHART = drawn()
CHART_REF = FileRef(hashlib.sha256(CHART).hexdigest(), "场次.png", len(CHART))
PICTURES = {CHART_REF.sha256: CHART}

NOTICE = Content("通知", "关于开展省直机关读书活动的通知", LEVELS, ALL, copy_to="省委宣传部，省文明办")
PLAN = Part("2031年省直机关读书活动工作要点", LEVELS.partition("\n")[2] + "\n" + TABLE)
PARTS = (Part("读书活动推荐书目", "一、综合类\n《示例书目》"), Part("读书活动情况统计表", TABLE))
REQUEST = Content(
    "请示",
    "关于增加省直机关读书活动经费的请示",
    f"{ONE}{TWO}\n妥否，请批示。",
    "中共河南省示例委员会",
    contact="张某某 0371-65900000",
)


def paper(content: Content, known: Particulars = KNOWN, layout: Layout | None = None) -> Callable[[], bytes]:
    """Return what renders a document."""
    return lambda: render(content, known, layout or Layout(), pictures=PICTURES)


def joint(count: int) -> Callable[[], bytes]:
    """Return what renders a document of so many agencies."""
    names = ("省示例厅", "省另一示例委员会", "省第三示例局")[: count - 1]
    known = replace(KNOWN, co_mastheads=tuple(f"河南{name}" for name in names), co_signatures=names)
    return paper(replace(NOTICE, title="关于联合开展读书活动的通知", co_agencies=names), known)


def marked() -> bytes:
    """Return a marked copy (花脸稿) with the changes of two people."""
    first = replace(NOTICE, body=LEVELS.replace("4月30日", "4月20日"))
    clerk = replace(first, body=LEVELS, copy_to="省委宣传部，省文明办，省委直属机关工委")
    leader = replace(clerk, body=LEVELS.replace("不得以任何名义向个人摊派", "不得向个人摊派"))
    edits = [Edit(clerk, "文秘", "2031-04-02T02:00:00"), Edit(leader, "主任", "2031-04-03T02:00:00")]
    return redline_through(first, edits, replace(KNOWN, number=None, dated=None, printed_on=None))


def slip() -> bytes:
    """Return an approval sheet (发文稿纸) with opinions in some of its boxes."""
    said = Opinion(2, "同意，请按程序印发。", "王某某", "主任", "2031年4月7日 10:05", ("与当前稿一致",))
    agreed = Opinion(1, "同意", "李某", "组织处处长", "2031年4月3日 09:30", ("其后有改动",))
    stamp = ("全宗号", "年度", "件号", "机构或问题", "保管期限", "页数")
    rows = (
        BoxRow("high", (Box("签发", (said,)), Box("会签", (agreed,)))),
        BoxRow("mid", (Box("分管领导审签", skipped="非急件，不经此环节"), Box("办公室文秘核稿"))),
        BoxRow("mid", (Box("部门负责人核稿"), Box("相关部门意见"))),
    )
    fields = (
        (Field("标题", NOTICE.title, large=True),),
        (Field("发文字号", KNOWN.number or ""), Field("密级及期限"), Field("紧急程度", "加急")),
        (Field("主送机关", ALL),),
        (Field("拟稿部门", "综合处"), Field("拟稿人、时间", "张某某 2031年4月1日 09:05")),
    )
    return render_sheet(
        ApprovalSheet(f"{KNOWN.signature}发文稿纸", tuple(map(Field, stamp)), rows, fields), {}
    )


SAMPLES: dict[str, Callable[[], bytes]] = {
    "通知（印发）": paper(
        Content(
            "通知",
            f"关于印发《{PLAN.title}》的通知",
            f"现将《{PLAN.title}》印发给你们，请认真落实。",
            ALL,
            issued_text=PLAN,
            copy_to=NOTICE.copy_to,
        )
    ),
    "通知（附件）": paper(replace(NOTICE, attachments=PARTS, note="此件公开发布")),
    "通知（份号、特急）": paper(
        replace(NOTICE, urgency="特急", numbered=True), replace(KNOWN, copy_number="000001")
    ),
    "通知（不盖章）": paper(replace(NOTICE, seal=False)),
    "通知（签名章）": paper(
        replace(NOTICE, stamp=True), replace(KNOWN, stamped=(("省直文明办主任", "王某某"),))
    ),
    "通知（图片）": paper(
        replace(
            NOTICE,
            body=f"{ONE}\n![各季度读书交流场次](场次.png)\n{TWO}",
            pictures=(CHART_REF,),
        )
    ),
    "通知（横表）": paper(replace(NOTICE, body=WIDE)),
    "通知（主送移至版记）": paper(replace(NOTICE, addressees="、".join(["省示例单位"] * 60))),
    "通知（联合2）": joint(2),
    "通知（联合4）": joint(4),
    "决定（名单）": paper(Content("决定", "关于表彰读书先进个人的决定", f"{ONE}\n{NAMES}\n{TWO}"), COMMITTEE),
    "通报": paper(Content("通报", "关于第一季度读书活动情况的通报", f"{ONE}\n{TABLE}", ALL)),
    "批复": paper(
        Content(
            "批复",
            "关于同意设立读书示范点的批复",
            "你单位《关于设立读书示范点的请示》收悉。经研究，同意设立。\n此复。",
            "省示例厅",
        )
    ),
    "函（信函格式）": paper(
        Content("函", "关于商请支持读书活动的函", f"{ONE}\n特此函达。", "省示例厅", copy_to="省文明办"),
        LETTER_NUMBER,
    ),
    "函（文件格式）": paper(
        Content("函", "关于商请支持读书活动的函", f"{ONE}\n特此函达。", "省示例厅", form="file"),
        LETTER_NUMBER,
    ),
    "请示": paper(REQUEST, UPWARDS),
    "报告": paper(
        Content(
            "报告",
            "关于读书活动开展情况的报告",
            f"{LEVELS}\n特此报告。",
            REQUEST.addressees,
            contact="张某某",
        ),
        replace(KNOWN, signers=("张某某",)),
    ),
    "意见": paper(Content("意见", "关于加强省直机关读书活动的意见", LEVELS, ALL)),
    "纪要": paper(
        Content(
            "纪要",
            "省直机关读书活动联席会议纪要",
            LEVELS,
            copy_to="各参会单位",
            attendance=Attendance(
                "省示例厅张某某，省另一示例委员会李某，省第三示例局王某某，省第四示例局赵某某",
                "钱某",
                "孙某某",
            ),
        ),
        replace(KNOWN, masthead="省直机关读书活动联席会议纪要"),
    ),
    "命令": paper(
        Content(
            "命令", "河南省示例办公室令", "《示例管理办法》已经会议通过，现予公布，自2031年5月1日起施行。"
        ),
        replace(
            KNOWN,
            masthead="河南省示例办公室令",
            number="第4号",
            stamped=(("主任", "王某某"),),
            full_name="河南省示例办公室",
        ),
    ),
    "花脸稿": marked,
    "发文稿纸": slip,
}
