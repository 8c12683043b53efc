"""Take out of a text what stands at the ends of pages, and what a web page puts around it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..errors import Problem
from .elements import Block, Line
from .mending import begins_level, ends_sentence, is_row
from .result import WHERE, Gathered
from .signs import is_mark, is_page_number

LONGEST_HEADER = 40
_PAGE_NUMBERS = Problem(WHERE, "Page numbers were left out: %(numbers)s")
_HEADERS = Problem(WHERE, "Lines that stand on every page were left out: %(lines)s")
_BARE = re.compile(r"\d{1,3}|\d{1,3}\s*[/／]\s*\d{1,3}")
_AROUND = re.compile(
    r"(?:首页|当前位置|您的位置|您(?:现)?在的位置|所在位置)\s*[:：>＞»].*"
    r"|(?:发布时间|发布日期|信息来源|来源|浏览次数|点击数|阅读次数|字号|字体)\s*[:：].*"
    r"|[【\[]\s*(?:打印|关闭|字号|大|中|小|返回).*[】\]]"
    r"|(?:分享到|扫一扫在手机打开当前页|上一篇|下一篇|相关附件)\s*[:：]?.*"
)


def without_page_ends(blocks: Sequence[Block], found: Gathered) -> list[Block]:
    """Return the blocks, a line each, without page numbers and running headers, which are reported.

    Lines that a web page puts around its text are left.
    """
    lines = _without_surroundings(blocks, found)
    numbers = [at for at in range(len(lines)) if _is_number(lines, at)]
    headers = _headers(lines, numbers)
    for problem, name, places in ((_PAGE_NUMBERS, "numbers", numbers), (_HEADERS, "lines", headers)):
        if places:
            texts = dict.fromkeys(_text(lines[at]) for at in places)
            found.report(problem, **{name: "、".join(texts)})
    dropped = {*numbers, *headers}
    return [block for at, block in enumerate(lines) if at not in dropped]


def _without_surroundings(blocks: Sequence[Block], found: Gathered) -> list[Block]:
    lines: list[Block] = []
    for block in blocks:
        if not isinstance(block, Line):
            lines.append(block)
            continue
        for text in filter(None, map(str.strip, block.text.split("\n"))):
            if _AROUND.fullmatch(text):
                found.left.append(text)
            else:
                lines.append(replace(block, text=text))
    return lines


def _text(block: Block) -> str:
    return block.text if isinstance(block, Line) else ""


def _is_number(lines: Sequence[Block], at: int) -> bool:
    """Say whether a line is a page's number; a bare figure is one where it stands in mid-sentence."""
    text = _text(lines[at])
    if is_page_number(text):
        return True
    if not _BARE.fullmatch(text) or not 0 < at < len(lines) - 1:
        return False
    before, after = _text(lines[at - 1]), _text(lines[at + 1])
    broken = len(before) > 1 and not _BARE.fullmatch(before) and not ends_sentence(before)
    counted = "/" in text or "／" in text
    return bool(after) and not is_row(before) and (counted or (broken and not begins_level(after)))


def _headers(lines: Sequence[Block], numbers: Sequence[int]) -> list[int]:
    """Return the places of lines beside a page's number that stand elsewhere in the same words."""
    count = Counter(map(_text, lines))
    beside = sorted({at + step for at in numbers for step in (-1, 1) if 0 <= at + step < len(lines)})
    return [at for at in beside if at not in numbers and count[text := _text(lines[at])] > 1 and _heads(text)]


def _heads(text: str) -> bool:
    wordy = ends_sentence(text) or begins_level(text) or is_mark(text) or is_row(text)
    return 0 < len(text) <= LONGEST_HEADER and not wordy
