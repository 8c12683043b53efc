"""Mend text that was copied: lines broken where a page or window ended, gaps that programs put in."""

import re
from collections.abc import Sequence

from ..measure import width
from ..picture_lines import read_picture
from .elements import Line
from .signs import HAN, is_bracketed, read_attendance, read_date, read_list_start

_WIDE = rf"{HAN}，。、；：！？“”‘’（）《》〈〉〔〕【】「」—…％"
_PUNCTUATED = re.compile("[，。；：！？]")
_LEVEL = re.compile(
    r"[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百\d]{1,3}[）)]|\d{1,3}[.．](?!\d)"
    "|第[一二三四五六七八九十百]+[章节条]"
)
_AFTER_LEVEL = re.compile(rf"^((?:{_LEVEL.pattern}))[ \u3000\u00a0]+")
_WRITER = "[（(][^（()）]{1,30}[）)]"
_ENDED = re.compile(f"[。！？!?；;：:…][”’）)》」]*(?:{_WRITER})?$")
_BLANK = "[ \u00a0\u2002-\u200a\u202f]"
_NUMBER_IN_BITS = re.compile(rf"(?<![\d.])\d(?:{_BLANK}?\d)+(?={_BLANK}?[年月日〕])")
_THOUSANDS = re.compile(rf"(?<![\d.]{_BLANK})(?<!\d)\d{{1,3}}(?:{_BLANK}\d{{3}})+(?![\d{_BLANK[1:-1]}])")
_AT_FIGURES = re.compile(rf"(?<=[{_WIDE}]){_BLANK}+(?=\d)|(?<=[\d％%]){_BLANK}+(?=[{_WIDE}%])")
_AT_UNITS = re.compile(rf"(?<=\d){_BLANK}+(?=[年月日号])|(?<=[年月〔]){_BLANK}+(?=\d)")
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}]){_BLANK}(?=[{_WIDE}])")
_AT_MARKS = re.compile(rf"{_BLANK}+(?=[，。、；：！？）》”’〕])|(?<=[，。、；：！？（《“‘〔]){_BLANK}+")
_IN_BRACKETS = re.compile(r"(（[^（）]*）|\([^()]*\))")
_TABULAR_GAPS = 3  # from so many on, a line without any mark is taken for a row of words
_REGULAR_WIDTHS = range(18, 51)  # of lines that a page or a window broke
_LONGEST_HEADLINE = 40
_GOES_ON = re.compile("[，。、；：！？）》”’]")  # no line of Chinese begins with one of these
_LONG = 16  # characters: a shorter line without a mark was ended on purpose


def is_row(text: str) -> bool:
    """Say whether a line is a pipe table's row."""
    return len(text) > 2 and text[0] in "|｜" and text[-1] in "|｜"


def is_picture(text: str) -> bool:
    """Say whether a line stands for a picture."""
    return read_picture(text) is not None


def begins_level(text: str) -> bool:
    """Say whether a line begins with the number of a heading or an item."""
    return _LEVEL.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as a paragraph does."""
    return _ENDED.search(text) is not None


def without_gaps(text: str) -> tuple[str, int]:
    """Return the text without the gaps that nobody typed, and how many there were."""
    if is_row(text) or is_picture(text):
        return text, 0
    mended = _AFTER_LEVEL.sub(r"\1", text)
    mended = _NUMBER_IN_BITS.sub(lambda found: "".join(found[0].split()), mended)
    mended = _AT_UNITS.sub("", mended)
    words = bool(_PUNCTUATED.search(mended))
    if words or len(_AT_FIGURES.findall(mended)) + len(_BETWEEN_WIDE.findall(mended)) < _TABULAR_GAPS:
        mended = _AT_FIGURES.sub("", _AT_MARKS.sub("", mended))
        mended = _THOUSANDS.sub(lambda found: "".join(found[0].split()), mended)
    if words:
        pieces = _IN_BRACKETS.split(mended)  # names in brackets are parted by blanks
        mended = "".join(
            piece if number % 2 else _BETWEEN_WIDE.sub("", piece) for number, piece in enumerate(pieces)
        )
    return mended, sum(map(str.isspace, text)) - sum(map(str.isspace, mended))


def mended_name(text: str) -> str:
    """Return a title, or names in a list, that were broken into lines: no blank between wide characters."""
    return _BETWEEN_WIDE.sub("", without_gaps(" ".join(text.split()))[0])


def joined(lines: Sequence[Line]) -> list[str]:
    """Return the paragraphs of a text whose lines may be broken in mid-sentence."""
    longest = _regular_width(lines)
    indenting = sum(line.indented for line in lines) >= 2
    paragraphs: list[str] = []
    before: Line | None = None
    for line in lines:
        if before and _goes_on(paragraphs[-1], before, line, longest, indenting):
            paragraphs[-1] = _put_together(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
        before = line
    return paragraphs


def _put_together(start: str, end: str) -> str:
    """Join two lines; between words or figures in Latin letters stays a blank."""
    latin = start[-1:].isascii() and end[:1].isascii() and start[-1:].isalpha() and end[:1].isalpha()
    return f"{start} {end}" if latin else start + end


def _goes_on(paragraph: str, before: Line, line: Line, longest: float, indenting: bool) -> bool:
    if _GOES_ON.match(line.text) and not is_row(before.text):
        return True
    if line.indented or is_row(before.text) or is_row(line.text) or begins_level(line.text):
        return False
    if is_picture(before.text) or is_picture(line.text):
        return False
    if before.align == "center" or line.align in ("center", "right"):
        return False
    if read_date(line.text) or read_list_start(line.text) is not None or is_bracketed(line.text):
        return False
    if read_attendance(line.text):
        return False
    full = bool(longest) and width(before.text) >= longest - 2.5
    if ends_sentence(paragraph):
        return full and indenting and not paragraph.endswith(("：", ":"))
    if is_bracketed(before.text):
        return False
    if longest:
        return full
    if begins_level(paragraph) and not _PUNCTUATED.search(paragraph):
        return False
    if paragraph == before.text and _is_headline(before.text, line.text):
        return False
    return width(before.text) >= _LONG or bool(re.search("[，。；、]", before.text))


def _is_headline(text: str, below: str) -> bool:
    """Say whether a whole line without any mark stands over a paragraph as its headline."""
    return (
        width(text) <= _LONGEST_HEADLINE and not _PUNCTUATED.search(text) and width(below) > 2 * width(text)
    )


def _regular_width(lines: Sequence[Line]) -> float:
    """Return the width at which all lines were broken; 0 where they were not broken at one."""
    widths = [width(line.text) for line in lines if not (is_row(line.text) or is_picture(line.text))]
    longest = max(widths, default=0)
    full = sum(longest - 2.5 <= one for one in widths)
    return longest if int(longest) in _REGULAR_WIDTHS and full >= max(3, len(widths) * 0.4) else 0
