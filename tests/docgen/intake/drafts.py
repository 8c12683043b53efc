"""Made-up drafts as people paste and send them."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

PASTED = """

河南省省直机关精神文明建设办公室文件

豫直文明办〔2031〕14号


关于印发《2031年省直机关读书活动 工作要点》的通知

省直和中央驻豫各单位、省管在郑企业和各高等院校、各省辖市驻省城办事机构：

现将《2031年省直机关读书活动工作要点》印发给你们，请结合实际，认真贯彻落实。

省直文明办

2031年4月7日

2031 年省直机关读书活动工作要点

2031 年是读书活动开展 15 周年，各单位要把读书活动作为提高素养的重要抓手，“十个一”活动要做到底。

一、办好读书会

1. 每月办一次读书会。各单位党员干部读《读书十讲》

《读书方法》等书，围绕建馆75周年、读书节20周年等开展活动，采取“讲座+讨论”方式。

二、建好书屋

2. 建好职工书屋。充分发挥图书馆资源优势、人才优势

和场地优势，每年添书 2 000 册。

3. 用好网上书屋。明确责任，注重实效，树立多读书、

读好书的风气。

— 2 —

三、抓好落实

4. 加强领导。各单位要坚持和加强对读书活动的

领导，年底前报送总结。
"""
"""The breaks and gaps that a PDF leaves: in mid-sentence where a page ended, at figures, in the title."""

ISSUED = """2031年是读书活动开展15周年，各单位要把读书活动作为提高素养的重要抓手，“十个一”活动要做到底。
一、办好读书会
1.每月办一次读书会。各单位党员干部读《读书十讲》《读书方法》等书，围绕建馆75周年、读书节20周年等开展活动，采取“讲座+讨论”方式。
二、建好书屋
2.建好职工书屋。充分发挥图书馆资源优势、人才优势和场地优势，每年添书2000册。
3.用好网上书屋。明确责任，注重实效，树立多读书、读好书的风气。
三、抓好落实
4.加强领导。各单位要坚持和加强对读书活动的领导，年底前报送总结。"""

WHOLE = """000012
特 急
示例市文明办文件
示文明办[2031]第07号
关于开展职工读书月
活动的通知
各区县文明办，
市直各单位：
　　根据年度计划，定于 5 月开展职工读书月活动。
　　一、时间
　　5 月 1 日至 5 月 31 日。
　　特此通知。
　　附件：1. 书目
　　　　　2. 报名表
示例市文明办
二〇三一年四月七日
（联系人：甲某，电话：0371 6590 1234）
附件 1
书目
甲书、乙书。
附件2：
报名表
姓名\t单位
甲\t乙
抄送：市委宣传部，
市总工会。
示例市文明办　　2031 年 4 月 8 日印发
"""


def word_file(*lines: str, centred: tuple[int, ...] = ()) -> bytes:
    """Return a DOCX as any program writes it, a paragraph a line."""
    document = Document()
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph(line)
        if number in centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return saved(document)


def saved(document: Document) -> bytes:  # type: ignore[valid-type]
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()
