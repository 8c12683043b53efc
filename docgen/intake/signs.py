"""Know the elements of a document by what is written in them: number, dates, marks, lists."""

import re
from datetime import date

HAN = "\u3400-\u9fff〇"

_OPEN, _CLOSE = r"[\[【(（〔{〖<〈［﹝]", r"[\]】)）〕}〗>〉］﹞]"
_NUMBER = re.compile(
    rf"([{HAN}]{{1,20}})\s*{_OPEN}\s*((?:19|20)\s*\d\s*\d)\s*{_CLOSE}\s*第?\s*0*([1-9]\d{{0,5}})\s*号(.*)"
)
_IN_CHINESE = "[〇○零ＯO一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
_DAY = rf"(?:\d\s*){{4}}年(?:\s*\d){{1,2}}\s*月(?:\s*\d){{1,2}}\s*日|{_IN_CHINESE}"
_DATE = re.compile(_DAY)
_PRINTED = re.compile(rf"(.*?)\s*({_DAY})\s*印\s*发", re.DOTALL)
_SIGNED_AND_DATED = re.compile(rf"([^。，；：]{{2,30}}?)\s+({_DAY})")
_FIGURES = {figure: number for number, figure in enumerate("〇一二三四五六七八九")}
_FIGURES |= dict.fromkeys("○零ＯO", 0)
_PAGE_NUMBER = re.compile(
    r"[—–―－\-]+\s*\d{1,4}\s*[—–―－\-]+|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?"
)
_MARK = re.compile(r"附\s*件\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?")
_LIST = re.compile(r"附\s*(?:件\s*)?[:：]\s*(.*)")
_ITEM = re.compile(r"(\d{1,2})\s*[.．、]\s*(.*)")
_COPIES = re.compile(r"(抄\s*送|主\s*送|抄\s*报)\s*(?:机关|单位)?\s*[:：]\s*(.*)", re.DOTALL)
_THERE = re.compile(r"(出席|请假|缺席|列席)(?:人员|单位|名单)?[：:]\s*(.+)")
_BRACKETED = re.compile(r"[（(].*[）)]")
_LIST_END = "：:。；;，,、 \u3000"


def bare_names(names: str) -> str:
    """Return a list of names without the mark at its end."""
    return names.strip().rstrip(_LIST_END)


def read_date(text: str) -> date | None:
    """Read 2024年4月7日, or 二〇二四年四月七日; None for anything else."""
    bare = "".join(text.split())
    if not _DATE.fullmatch(bare):
        return None
    year, month, day = (_figure(part) for part in re.split("[年月日]", bare)[:3])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _figure(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if len(written) == 4:
        return int("".join(str(_FIGURES[c]) for c in written))
    tens, ten, ones = written.rpartition("十")
    return (_FIGURES.get(tens, 1) * 10 if ten else 0) + (_FIGURES[ones] if ones else 0)


def read_printed(text: str) -> tuple[str, date | None]:
    """Return 印发机关 and 印发日期 of a line; without a date the line is the agency."""
    found = _PRINTED.fullmatch(text.strip())
    day = read_date(found[2]) if found else None
    return (found[1].strip(), day) if found and day else (text.strip(), None)


def read_signed_and_dated(text: str) -> tuple[str, date] | None:
    """Read a signature and a date that stand on one line."""
    found = _SIGNED_AND_DATED.fullmatch(text.strip())
    day = read_date(found[2]) if found else None
    return (found[1].strip(), day) if found and day else None


def read_number(text: str) -> tuple[str, str] | None:
    """Return a 发文字号 in its normal form and what follows it on its line; None where there is none."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return f"{found[1]}〔{''.join(found[2].split())}〕{found[3]}号", found[4].strip()


def is_page_number(text: str) -> bool:
    """Say whether a line is a page's number and nothing else."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def is_mark(text: str) -> bool:
    """Say whether a line is an attachment's mark (附件1)."""
    return _MARK.fullmatch(text.strip()) is not None


def read_list_start(text: str) -> str | None:
    """Return what follows 附件： at a line's beginning; None where it does not begin so."""
    found = _LIST.fullmatch(text.strip())
    return found[1] if found else None


def read_item(text: str) -> str | None:
    """Return what follows a number and a dot."""
    found = _ITEM.fullmatch(text.strip())
    return found[2] if found else None


def read_copies(text: str) -> tuple[str, str] | None:
    """Return 抄送, 抄报 or 主送, and the names after its colon."""
    found = _COPIES.fullmatch(text.strip())
    return ("".join(found[1].split()), found[2]) if found else None


def read_attendance(text: str) -> tuple[str, str] | None:
    """Return 出席, 请假, 缺席 or 列席, and the names after its colon."""
    found = _THERE.fullmatch(text.strip())
    return (found[1], found[2]) if found else None


def is_bracketed(text: str) -> bool:
    """Say whether a line stands in brackets as a whole."""
    return _BRACKETED.fullmatch(text.strip()) is not None
