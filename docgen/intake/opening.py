"""Recognize what stands above the text: masthead, number, title, addressees."""

import re
from collections.abc import Sequence

from ..sheet import URGENCIES
from .elements import Block, Line
from .mending import begins_level, ends_sentence, mended_name
from .result import Gathered, refuse_secret, type_of
from .signs import bare_names, is_bracketed, read_number

MOST_ABOVE = 12  # lines over the number
MOST_TITLE_LINES, LONGEST_TITLE = 5, 120
MOST_ADDRESSEE_LINES = 12
LONGEST_MASTHEAD = 60
_MARK_ENDS = ("文件",)
_SECRET = re.compile(r"(绝密|机密|秘密)(\s*★.*)?")
_COPY_NUMBER = re.compile(r"(?:份号[:：]?)?\s*\d{6}")
_ANNOUNCES = re.compile("如下|以下|下列|现将|通知：|现就")


def read_opening(blocks: Sequence[Block], found: Gathered) -> int:
    """Gather what stands above the text, and return the place where the text begins."""
    at = _letterhead(blocks, found)
    at = _title(blocks, at, found)
    return _addressees(blocks, at, found)


def _lines_from(blocks: Sequence[Block], at: int, most: int) -> list[Line]:
    """Return the lines from there to the next table."""
    lines: list[Line] = []
    for block in blocks[at : at + most]:
        if not isinstance(block, Line):
            break
        lines.append(block)
    return lines


def _letterhead(blocks: Sequence[Block], found: Gathered) -> int:
    lines = _lines_from(blocks, 0, MOST_ABOVE)
    numbered = next((n for n, line in enumerate(lines) if read_number(line.text)), None)
    if numbered is None:
        marked = (n for n, line in enumerate(lines[:4]) if line.text.endswith(_MARK_ENDS))
        end = next(marked, -1) + 1
        if not end:
            end = next((n for n, line in enumerate(lines) if not _is_small(line.text)), 0)
    else:
        end = numbered
    marks = [line.text for line in lines[:end] if not _take_small(line.text, found)]
    if numbered is not None:
        marks = _title_over_number(marks, found)
    while len(marks) > 1 and sum(map(len, marks)) > LONGEST_MASTHEAD:
        found.left.append(marks.pop(0))
    found.masthead = "".join(map(mended_name, marks))
    if numbered is None:
        return end
    found.number, rest = read_number(lines[numbered].text) or ("", "")
    found.left.append(rest)
    return numbered + 1


def _title_over_number(marks: list[str], found: Gathered) -> list[str]:
    """Take the title where it stands above the number, as on web pages, and return what is over it."""
    start = next((n for n in range(len(marks) - 1, -1, -1) if "关于" in marks[n]), 0)
    title = mended_name("".join(marks[start:]))
    if not type_of(title) or title.endswith(_MARK_ENDS) or _is_of_a_form(title):
        return marks
    found.main.title = title
    return marks[:start]


def _is_of_a_form(mark: str) -> bool:
    """Tell whether it is the masthead of minutes or of an order (10.2, 10.3)."""
    return mark.endswith(("纪要", "令")) and "关于" not in mark


def _is_small(text: str) -> bool:
    bare = "".join(text.split())
    return bool(_COPY_NUMBER.fullmatch(bare) or _SECRET.fullmatch(bare)) or bare in URGENCIES


def _take_small(text: str, found: Gathered) -> bool:
    """Take 份号 and 紧急程度; refuse what is marked as secret."""
    bare = "".join(text.split())
    if _SECRET.fullmatch(bare):
        refuse_secret()
    if bare in URGENCIES:
        found.urgency = bare
    elif _COPY_NUMBER.fullmatch(bare):
        found.left.append(text)
    else:
        return False
    return True


def _title(blocks: Sequence[Block], at: int, found: Gathered) -> int:
    if found.main.title:
        return at
    lines = _lines_from(blocks, at, MOST_TITLE_LINES)
    best, words = 0, ""
    for number, line in enumerate(lines, 1):
        if begins_level(line.text) or (ends_sentence(line.text) and not is_bracketed(line.text)):
            break
        words += line.text
        if len(words) > LONGEST_TITLE:
            break
        if type_of(words):
            best = number
    if not best and _is_of_a_form(found.masthead):
        return _named_by_masthead(at, found)
    best = best or _centred(lines) or _short(lines)
    found.main.title = mended_name("".join(line.text for line in lines[:best]))
    return at + best


def _named_by_masthead(at: int, found: Gathered) -> int:
    """Take the masthead of minutes for their title; an order has none."""
    if found.masthead.endswith("令"):
        found.more["type"] = "命令"
    else:
        found.main.title = found.masthead
    return at


def _centred(lines: Sequence[Line]) -> int:
    return next((n for n, line in enumerate(lines) if line.align != "center"), len(lines))


def _short(lines: Sequence[Line]) -> int:
    """Return 1 where the first line may be a title that ends with no type of document."""
    return int(bool(lines) and len(lines[0].text) <= 40 and not ends_sentence(lines[0].text)
               and not begins_level(lines[0].text))  # fmt: skip


def _addressees(blocks: Sequence[Block], at: int, found: Gathered) -> int:
    words = ""
    for number, line in enumerate(_lines_from(blocks, at, MOST_ADDRESSEE_LINES), 1):
        if begins_level(line.text) or "。" in line.text:
            break
        words += line.text
        if line.text.endswith(("：", ":")):
            if _ANNOUNCES.search(words):
                break
            names = bare_names(mended_name(words))
            found.addressees = f"{names}、{found.addressees}".strip("、")
            return at + number
    return at
