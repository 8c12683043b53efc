"""Hold every measure of the ordinary outgoing document once (GB/T 9704-2012).

Names end in their unit: MM, PT, TW (twips, 1/20 pt), EMU (1/12700 pt), EIGHTHS (of a point, for rules).
"""

from dataclasses import dataclass


def twips(mm: float) -> int:
    """Return millimetres as whole twips."""
    return round(mm * 1440 / 25.4)


def emu(tw: int) -> int:
    """Return twips as EMU."""
    return tw * 635


PAGE_WIDTH_TW, PAGE_HEIGHT_TW = 11906, 16838
MARGIN_TOP_TW, MARGIN_BOTTOM_TW = twips(37), twips(35)  # 5.2.1
MARGIN_LEFT_TW, MARGIN_RIGHT_TW = twips(28), twips(26)
AREA_WIDTH_TW = PAGE_WIDTH_TW - MARGIN_LEFT_TW - MARGIN_RIGHT_TW
AREA_HEIGHT_TW = PAGE_HEIGHT_TW - MARGIN_TOP_TW - MARGIN_BOTTOM_TW
LYING_WIDTH_TW, LYING_HEIGHT_TW = AREA_HEIGHT_TW, AREA_WIDTH_TW  # 8: the type area, turned with its page

LINES_A_PAGE, CHARS_A_LINE = 22, 28  # 5.2.3
LINE_TW = 579  # 580 × 22 is higher than the type area
PITCHES_TW = range(531, 638)  # 24 to 20 lines a page: what 7.3.5.5 and custom leave room for
SPACING_TW = -5  # of a character of 16 pt, so that 28 fit; −4 is too wide by a hair
CHAR_TW = 320 + SPACING_TW

MASTHEAD_DROP_TW = twips(35)  # 7.2.4: from the type area's top
MASTHEAD_SIZES_PT = range(42, 25, -1)
MASTHEAD_NARROWEST_PERCENT = 60
MASTHEAD_GIVEN_SIZES_PT, MASTHEAD_GIVEN_PERCENTS = range(20, 63), range(30, 101)
MASTHEAD_LEADING = 1.15  # of its size, from its second line
MASTHEAD_INK_DROP = 0.05  # of its size: from the line's top to the ink's
JOINT_MASTHEAD_SIZES_PT = range(42, 15, -1)
JOINT_MASTHEAD_MOST_TW = twips(68)  # its height; page 1 shows title and text below it
RED = "FF0000"
RED_RULE_EIGHTHS, RED_RULE_GAP_PT = 8, 9  # 7.2.7: the rule's ink 4 mm under the number's
RED_RULE_TW = RED_RULE_GAP_PT * 20 + RED_RULE_EIGHTHS * 20 // 8

TITLE_PT = 22
CLOSE_TITLE_TW = 460  # its lines where it would else leave no room for the text
TITLE_COMFORTABLE, TITLE_CAPACITY = 18, 20  # characters of 22 pt a line

SEAL_DATE_INSET_CHARS = 4  # 7.3.5.1: right of the date
SEAL_ROOM_LINES = 2
SEAL_TW = twips(42)  # a department's seal, across
SEALS_A_ROW, SEAL_ROWS_A_PAGE = 3, 4  # 7.3.5.1: none beyond the type area's edges
SEAL_TOP_TW = twips(2)  # from the text to the first row's seals: within one line
SEAL_ROW_TW = twips(46)  # from row to row, so that no seal touches another
SEAL_SIGNED_TW = 3 * LINE_TW  # from a row's top to the lower edge of its signatures
PLAIN_INSET_CHARS, PLAIN_DATE_SHIFT_CHARS = 2, 2  # 7.3.5.2

SMALL_PT = 14  # 四号: imprint and page numbers
SMALL_TW = SMALL_PT * 20
IMPRINT_LINE_TW = 400
IMPRINT_PADDING_TW = 34  # above and below a cell's lines
IMPRINT_THICK_EIGHTHS, IMPRINT_THIN_EIGHTHS = 8, 6  # 7.4.1: 0.35 and 0.25 mm
FOOTER_DISTANCE_TW = twips(25.5)  # puts the page number's dash 7 mm under the type area (7.5)

TABLE_PT = 12
TABLE_LINE_TW = 400
TABLE_PADDING_TW = 80  # left and right in a cell
TABLE_RULE_EIGHTHS = 4
TABLE_LEADING = 5 / 3  # of its size
LYING_TABLE_SIZES_PT = (12.0, 10.5, 9.0, 7.5)  # 小四 to 六号; nothing is printed smaller
LYING_TABLE_PADDING_TW, CLOSEST_PADDING_TW = 50, 10
WHOLE_CHARS = 4  # a heading or a name of up to so many characters is not broken
READABLE_CHARS = 5  # a column of longer texts has at least so many to a line
HIGHEST_CELL_LINES = 14  # a column of texts is wide enough for no more lines than these
LONGEST_NEED_CHARS = 12  # but the longest of texts do with so many characters to a line
HIGHEST_HEAD_LINES = 3

SONG_TITLE, FANG, KAI, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"


@dataclass(frozen=True)
class Style:
    """How one element's paragraphs look: the style of that name in the DOCX.

    `first_tw` is the first line's indent, `left_tw` and `right_tw` those of all lines; `broken` means that
    its texts come broken into lines. A `rare` one stands only in papers that use it, so that all others
    keep the bytes that they had before there was such a style. With `around_tw` its lines are as high as
    what stands in them, with that room above and below the paragraph.
    """

    id: str
    name: str
    font: str = FANG
    size_pt: int = 16
    line_tw: int = LINE_TW
    align: str = "both"
    first_tw: int = 0
    left_tw: int = 0
    right_tw: int = 0
    colour: str = ""
    keep_next: bool = False
    page_break: bool = False
    spacing_tw: int = SPACING_TW
    outline: int | None = None
    broken: bool = False
    rare: bool = False
    around_tw: tuple[int, int] | None = None

    @property
    def char_tw(self) -> int:
        """Width of one 汉字 in it."""
        return self.size_pt * 20 + self.spacing_tw


TWO_CHARS_TW = 2 * CHAR_TW

DROP = Style("Drop", "版头空位", align="left")
URGENCY = Style("Urgency", "紧急程度", font=HEI, align="left")
MASTHEAD = Style(
    "Masthead", "发文机关标志", SONG_TITLE, 42, align="center", colour=RED, spacing_tw=0, broken=True
)
NUMBER = Style("Number", "发文字号", align="center")
GAP = Style("Gap", "空行")
TITLE = Style(
    "DocTitle", "公文标题", SONG_TITLE, TITLE_PT, align="center", spacing_tw=0, outline=0, broken=True
)
ADDRESSEES = Style("Addressees", "主送机关")
BODY = Style("Body", "公文正文", first_tw=TWO_CHARS_TW)
LEVEL_1 = Style("Level1", "一级标题", font=HEI, first_tw=TWO_CHARS_TW, outline=1)
LEVEL_2 = Style("Level2", "二级标题", font=KAI, first_tw=TWO_CHARS_TW, outline=2)
LEVEL_3 = Style("Level3", "三级标题", first_tw=TWO_CHARS_TW, outline=3)
LEVEL_4 = Style("Level4", "四级标题", first_tw=TWO_CHARS_TW, outline=4)
LEVELS = (LEVEL_1, LEVEL_2, LEVEL_3, LEVEL_4)
ATTACHMENT_NOTE = Style("AttachmentNote", "附件说明", align="left")
SIGNATURE = Style("Signed", "署名", align="left", keep_next=True)
DATED = Style("Dated", "成文日期", align="left")
KEPT_GAP = Style("KeptGap", "落款空行", keep_next=True)
ANNOTATION = Style("Annotation", "附注", left_tw=TWO_CHARS_TW, align="left")
ATTACHMENT_MARK = Style("AttachmentMark", "附件标识", font=HEI, align="left", keep_next=True, page_break=True)
ATTACHMENT_TITLE = Style(
    "AttachmentTitle",
    "附件标题",
    SONG_TITLE,
    TITLE_PT,
    align="center",
    spacing_tw=0,
    keep_next=True,
    broken=True,
)
ISSUED_TITLE = Style(
    "IssuedTitle", "印发标题", SONG_TITLE, TITLE_PT, align="center", spacing_tw=0, keep_next=True, broken=True
)
PAGE_START = Style("PageStart", "另面空行", keep_next=True, page_break=True)
TABLE_GAP = Style("TableGap", "表格空位", size_pt=5, line_tw=160, align="left")
CELL = Style("Cell", "表格文字", size_pt=TABLE_PT, line_tw=TABLE_LINE_TW, align="left", spacing_tw=0)
CELL_HEAD = Style("CellHead", "表头文字", HEI, TABLE_PT, TABLE_LINE_TW, align="center", spacing_tw=0)
COPIES = Style(
    "Copies", "抄送机关", size_pt=SMALL_PT, line_tw=IMPRINT_LINE_TW, left_tw=4 * SMALL_TW, right_tw=SMALL_TW,
    first_tw=-3 * SMALL_TW, spacing_tw=0,
)  # fmt: skip
PRINTED = Style(
    "Printed", "印发机关和印发日期", size_pt=SMALL_PT, line_tw=IMPRINT_LINE_TW, align="left",
    left_tw=SMALL_TW, right_tw=SMALL_TW, spacing_tw=0,
)  # fmt: skip
IMPRINT_PLACE = Style("ImprintPlace", "版记位置", size_pt=1, align="left", spacing_tw=0)
ODD_NUMBER = Style(
    "OddNumber", "单页码", SONG, SMALL_PT, SMALL_TW, align="right", right_tw=SMALL_TW, spacing_tw=0
)
EVEN_NUMBER = Style(
    "EvenNumber", "双页码", SONG, SMALL_PT, SMALL_TW, align="left", left_tw=SMALL_TW, spacing_tw=0
)

COPY_NUMBER = Style("CopyNumber", "份号", align="left", rare=True)
MINUTES_ISSUED = Style("MinutesIssued", "纪要印发机关和日期", align="left", first_tw=CHAR_TW, rare=True)
ATTENDANCE = Style("Attendance", "出席人员", align="left", rare=True)
ORDER_NUMBER = Style("OrderNumber", "令号", align="center", rare=True)
STAMP_POST = Style("StampPost", "签名章职务", align="right", keep_next=True, broken=True, rare=True)

PICTURE = Style(
    "Picture", "图片", size_pt=5, align="center", spacing_tw=0, rare=True, around_tw=(120, 80)
)  # fmt: skip
CAPTION = Style("PictureCaption", "图注", KAI, SMALL_PT, 440, align="center", spacing_tw=0, rare=True)

SLIP_HEAD = Style("SlipHead", "稿纸标题", SONG_TITLE, 18, 640, "center", colour=RED, spacing_tw=0, rare=True)
SLIP_LABEL = Style("SlipLabel", "稿纸栏目", SONG, 10, 280, "center", colour=RED, spacing_tw=0, rare=True)
SLIP_VALUE = Style("SlipValue", "稿纸填写", FANG, 12, 320, "left", spacing_tw=0, rare=True)
SLIP_TITLE = Style("SlipTitle", "稿纸文件标题", SONG_TITLE, 14, 400, "left", spacing_tw=0, rare=True)
SLIP_WORDS = Style("SlipWords", "稿纸意见", FANG, 12, 340, "left", spacing_tw=0, rare=True)
SLIP_WHO = Style("SlipWho", "稿纸签名", FANG, 12, 310, "right", spacing_tw=0, rare=True)
SLIP_SIGNED = Style("SlipSigned", "稿纸手写签名", FANG, 12, 600, "right", spacing_tw=0, rare=True)
SLIP_REMARK = Style("SlipRemark", "稿纸注记", FANG, 9, 240, "right", spacing_tw=0, rare=True)
STAMP_LABEL = Style("StampLabel", "归档章栏目", SONG, 6, 150, "center", colour=RED, spacing_tw=0, rare=True)
STAMP_VALUE = Style("StampValue", "归档章填写", FANG, 10, 240, "center", spacing_tw=0, rare=True)

FORM_HEAD = Style("FormHead", "申报表标题", SONG_TITLE, 22, 720, "center", spacing_tw=0, rare=True)
FORM_ABOUT = Style("FormAbout", "申报表批次", KAI, 12, 480, "center", spacing_tw=0, rare=True)
FORM_LABEL = Style("FormLabel", "申报表栏目", HEI, 11, 300, "center", spacing_tw=0, rare=True)
FORM_SECTION = Style("FormSection", "申报表分节", HEI, 12, 340, "left", spacing_tw=0, rare=True)
FORM_VALUE = Style("FormValue", "申报表填写", FANG, 11, 300, "left", spacing_tw=0, rare=True)
FORM_TEXT = Style("FormText", "申报表正文", FANG, 12, 380, "both", first_tw=480, spacing_tw=0, rare=True)
FORM_PLACE = Style("FormPlace", "申报表盖章处", FANG, 12, 380, "right", right_tw=480, spacing_tw=0, rare=True)
FORM_CODE = Style("FormCode", "申报表校验码", SONG, 10, 300, "left", spacing_tw=0, rare=True)
FORM_GAP = Style("FormGap", "申报表空位", FANG, 5, 160, "left", spacing_tw=0, rare=True)

AWARD_HEAD = Style(
    "AwardHead", "证书标题", SONG_TITLE, 60, 1600, "center", colour=RED, spacing_tw=400, rare=True
)  # fmt: skip
AWARD_UNIT = Style("AwardUnit", "证书单位", HEI, 26, 760, "left", spacing_tw=0, rare=True)
AWARD_TEXT = Style("AwardText", "证书正文", KAI, 26, 860, "both", first_tw=1040, spacing_tw=0, rare=True)
AWARD_SIGNED = Style("AwardSigned", "证书落款", FANG, 22, 700, "center", spacing_tw=0, rare=True)
AWARD_NUMBER = Style("AwardNumber", "证书编号", FANG, 14, 420, "left", spacing_tw=0, rare=True)

NAMES = Style("Names", "人员名单", align="left", left_tw=TWO_CHARS_TW, broken=True, rare=True)
NAMES_GAP_CHARS = 2  # least room between two names on a line
SPREAD_CHARS = 3  # a name of two characters is as wide as one of three

STYLES: tuple[Style, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Style))
"""Every style that a DOCX may have; intake knows elements by these names."""
RARE: tuple[Style, ...] = tuple(style for style in STYLES if style.rare)
