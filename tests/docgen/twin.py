"""Made-up content with the shape of a real notice that issues a year's plan."""

from datetime import date

from docgen.sheet import Content, Part, Particulars

SENTENCE = "各单位要把读书活动作为提高干部职工素养的重要抓手，结合实际制定计划，明确责任分工，注重实际效果。"

PARTICULARS = Particulars(
    masthead="河南省省直机关精神文明建设办公室文件",
    signature="省直文明办",
    printed_by="省直文明办",
    number="豫直文明办〔2031〕14号",
    dated=date(2031, 4, 7),
    printed_on=date(2031, 4, 8),
)

LENGTHS = (318, 22, 232, 20, 197, 137, 209, 16, 156, 232, 17, 164, 187, 19, 284)
"""Characters of the issued text's paragraphs, headings among them."""


def paragraph(length: int) -> str:
    """Return a paragraph of so many characters."""
    return (SENTENCE * (length // len(SENTENCE) + 1))[: length - 1] + "。"


def issued_body() -> str:
    """Return the issued text."""
    lines, chapter, item = [], 0, 0
    for length in LENGTHS:
        if length < 30:
            lines.append(f"{'一二三四五'[chapter]}、" + paragraph(length - 2)[:-1])
            chapter += 1
        elif lines:
            item += 1
            lines.append(f"{item}.{paragraph(length - 2)}")
        else:
            lines.append(paragraph(length))
    return "\n".join(lines)


TWIN = Content(
    type="通知",
    title="关于印发《2031年省直机关读书活动工作要点》的通知",
    body="现将《2031年省直机关读书活动工作要点》印发给你们，请结合实际，认真贯彻落实。",
    addressees="省直和中央驻豫各单位、省管在郑企业和各高等院校、各省辖市驻省城办事机构",
    issued_text=Part("2031年省直机关读书活动工作要点", issued_body()),
    copy_to="省委宣传部，省文明办，省委直属机关工委",
)


def notice(body: str, **others: object) -> Content:
    """Return a plain notice."""
    return Content("通知", "关于开展读书活动的通知", body, addressees="省直各单位", **others)  # type: ignore[arg-type]
