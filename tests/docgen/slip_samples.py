"""Made-up approval sheets: one before anybody has said anything, one that is filed, one that is long."""

import hashlib
import io
from dataclasses import replace

from PIL import Image, ImageDraw

from docgen.approval_sheet import ApprovalSheet, Box, BoxRow, Field, Opinion

SAME, CHANGED = "与当前稿一致", "其后有改动"


def signature_picture() -> bytes:
    """Return a stroke of the pen on a transparent ground."""
    picture = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(10, 90), (90, 20), (120, 100), (200, 30), (290, 80)], (20, 20, 60, 255), 7)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


SIGNATURE = signature_picture()
SIGNED = hashlib.sha256(SIGNATURE).hexdigest()
PICTURES = {SIGNED: SIGNATURE}

_STAMP = ("全宗号", "年度", "件号", "机构", "保管期限", "页数")
_ROWS = (
    ("high", ("签发", "会签")),
    ("mid", ("分管领导审签", "办公室文秘核稿")),
    ("mid", ("部门负责人核稿", "相关部门意见")),
    ("low", ("复核", "清样校对")),
)
_FIELDS = (
    (Field("标题", "关于印发《2031年省直机关读书活动工作要点》的通知", large=True),),
    (Field("发文字号"), Field("密级及期限"), Field("紧急程度")),
    (Field("主送机关", "省直和中央驻豫各单位、省管在郑企业和各高等院校"),),
    (Field("抄送", "省委宣传部，省文明办"),),
    (Field("附件", "1.读书活动推荐书目\n2.读书活动情况统计表"),),
    (Field("依据", "根据省直机关工作会议部署拟定。"),),
    (Field("公开属性", "依申请公开（涉及内部工作安排）"), Field("附注")),
    (Field("拟稿部门", "综合处"), Field("拟稿人、时间", "张某某 2031年4月1日 09:05")),
    (Field("成文日期"), Field("印发日期")),
    (Field("分送范围", "主送、抄送机关"),),
    (Field("联系人", "张某某 65900000"), Field("校对")),
    (Field("印制编号"), Field("印刷"), Field("份数", "120")),
)


def opinion(seq: int, words: str, name: str, post: str, *remarks: str, signed: bool = False) -> Opinion:
    """Return an opinion of a day in April."""
    return Opinion(
        seq, words, name, post, f"2031年4月{seq}日 10:{seq:02}", remarks, SIGNED if signed else None
    )


EMPTY = ApprovalSheet(
    "河南省省直机关精神文明建设办公室发文稿纸",
    tuple(Field(label) for label in _STAMP),
    tuple(BoxRow(room, tuple(map(Box, labels))) for room, labels in _ROWS),
    _FIELDS,
)


def _said(*boxes: tuple[Opinion, ...] | str) -> tuple[BoxRow, ...]:
    given = iter(boxes)
    return tuple(
        BoxRow(row.room, tuple(_filled(box, next(given)) for box in row.boxes)) for row in EMPTY.boxes
    )


def _filled(box: Box, said: tuple[Opinion, ...] | str) -> Box:
    return replace(box, skipped=said) if isinstance(said, str) else replace(box, opinions=said)


FILED = replace(
    EMPTY,
    stamp=tuple(map(Field, _STAMP, ("Z109", "2031", "14", "BGS", "30年", ""))),
    boxes=_said(
        (opinion(7, "同意，请按程序印发。", "王某某", "主任", SAME, signed=True),),
        (
            opinion(3, "同意", "李某", "组织处处长", SAME),
            opinion(4, "同意。第二部分时间安排请与年度计划一致。", "赵某某", "宣传处处长", CHANGED),
        ),
        "不是急件，不经此环节",
        (opinion(5, "审核五项均已核。", "钱某", "文秘", SAME),),
        (opinion(2, "同意报送。", "孙某某", "综合处处长", "受周某某委托", SAME),),
        (),
        (opinion(8, "复核无误", "钱某", "文秘", SAME),),
        (opinion(9, "清样校对无误，印毕", "吴某", "登记员", "由吴某据纸质件代录，签署于2031年4月9日", SAME),),
    ),
    fields=(
        _FIELDS[0],
        (Field("发文字号", "豫直文明办〔2031〕14号"), Field("密级及期限"), Field("紧急程度", "加急")),
        *_FIELDS[2:8],
        (Field("成文日期", "2031年4月7日"), Field("印发日期", "2031年4月8日")),
        _FIELDS[9],
        (Field("联系人", "张某某 65900000"), Field("校对", "拟稿人、文秘")),
        _FIELDS[11],
    ),
)

_WORDS = "原则同意。请综合处会同有关处室逐项核对任务分工和完成时限，数字以统计口径为准。"
LONG = replace(
    FILED,
    boxes=_said(
        (opinion(7, "同意。", "王某某", "主任", SAME, signed=True),),
        tuple(opinion(seq, _WORDS * 2, "李某", f"第{seq}处处长", SAME) for seq in range(2, 8)),
        "不是急件，不经此环节",
        (opinion(5, _WORDS * 6, "钱某", "文秘", SAME),),
        (opinion(2, _WORDS, "孙某某", "综合处处长", SAME),),
        (),
        (),
        (),
    ),
)
SHEETS = {"empty": EMPTY, "filed": FILED, "long": LONG}
