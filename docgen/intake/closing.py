"""Recognize what stands below the text: list of attachments, signature, date, annotation, imprint."""

import re
from collections.abc import Sequence

from .elements import Block, Line, Table
from .mending import begins_level, ends_sentence, mended_name
from .result import Gathered
from .signs import (
    bare_names,
    is_bracketed,
    is_mark,
    read_copies,
    read_date,
    read_item,
    read_list_start,
    read_printed,
    read_signed_and_dated,
)

LONGEST_SIGNATURE = 30
MOST_LIST_LINES = 100
_AGENCY = re.compile(r"(办|委|局|厅|部|室|会|组|府|院|校|中心|公司|处|社|团|联|工委|司|台|馆|学|队|站)$")
_NO_AGENCY = re.compile("^(特此|以上|妥否|现|联系|电话|请)")
_LIST_MARKS = "。；;，, "


def without_imprint(blocks: Sequence[Block], found: Gathered) -> list[Block]:
    """Gather 抄送, 印发机关 and 印发日期 wherever they stand, and return the other blocks."""
    kept: list[Block] = []
    listing = ""  # 抄送 or 主送 whose names go on over lines
    for block in _opened(blocks):
        text = block.text if isinstance(block, Line) else ""
        copies, (agency, day) = read_copies(text), read_printed(text)
        if copies:
            listing = "" if _full_stop(copies[1]) else copies[0]
            _put_names(copies[0], copies[1], found)
        elif day and not found.printed_on:
            if not agency and kept and (last := _agency_above(kept)):
                agency = last
                kept.pop()
            found.printed_by, found.printed_on, listing = agency, day, ""
        elif listing and text:
            _put_names(listing, text, found)
            listing = "" if _full_stop(text) else listing
        else:
            kept.append(block)
            listing = ""
    found.addressees, found.copy_to = bare_names(found.addressees), bare_names(found.copy_to)
    return kept


def _full_stop(text: str) -> bool:
    return text.rstrip().endswith("。")


def _put_names(label: str, names: str, found: Gathered) -> None:
    if label == "主送":
        found.addressees += mended_name(names)
    elif label == "抄送" or not found.copy_to:
        found.copy_to += mended_name(names)
    else:
        found.left.append(f"{label}：{names}")


def _agency_above(kept: Sequence[Block]) -> str:
    last = kept[-1]
    if not isinstance(last, Line) or len(last.text) > LONGEST_SIGNATURE or ends_sentence(last.text):
        return ""
    return "" if read_date(last.text) else last.text


def _opened(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, a table that holds the imprint as lines."""
    opened: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and _holds_imprint(block):
            for row in block.rows:
                cells = ["\n".join(line.text for line in cell) for cell in row]
                opened += [Line(line) for line in "\t".join(cells).strip().split("\n") if line.strip()]
        else:
            opened.append(block)
    return opened


def _holds_imprint(table: Table) -> bool:
    words = ["".join(line.text for line in cell) for row in table.rows for cell in row]
    return len(table.rows) <= 4 and any(read_copies(text) or read_printed(text)[1] for text in words)


def find_closing(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the places of the first line of the signature and of the date; the end, where there is none."""
    none = (len(blocks), len(blocks))
    for at, block in enumerate(blocks):
        if not isinstance(block, Line):
            continue
        if read_signed_and_dated(block.text) and not read_printed(block.text)[1]:
            return at, at
        if read_date(block.text):
            start = _first_of_signature(blocks, at)
            if start < at or all(_may_follow(one) for one in blocks[at + 1 : at + 2]):
                return start, at
    return none


def _may_follow(block: Block) -> bool:
    return isinstance(block, Line) and (is_mark(block.text) or is_bracketed(block.text))


def _first_of_signature(blocks: Sequence[Block], dated: int) -> int:
    start = dated
    while start:
        above = blocks[start - 1]
        if not isinstance(above, Line) or not _may_sign(above.text, nearest=start == dated):
            break
        start -= 1
    return start


def _may_sign(text: str, *, nearest: bool) -> bool:
    if len(text) > LONGEST_SIGNATURE or ends_sentence(text) or begins_level(text) or _NO_AGENCY.match(text):
        return False
    if read_list_start(text) is not None or read_date(text) or any(mark in text for mark in "，。；|"):
        return False
    return nearest or _AGENCY.search(text) is not None


def take_closing(blocks: Sequence[Block], start: int, dated: int, found: Gathered) -> list[Block]:
    """Gather signature, date and annotation, and return the blocks after them."""
    if dated == len(blocks):
        return []
    last = blocks[dated]
    words = last.text if isinstance(last, Line) else ""
    together = read_signed_and_dated(words)
    if together:
        found.signature, found.dated = together
    else:
        signed = [block.text for block in blocks[start:dated] if isinstance(block, Line)]
        found.signature, found.dated = "\n".join(map(mended_name, signed)), read_date(words)
    after = list(blocks[dated + 1 :])
    first = after[0] if after else None
    if not isinstance(first, Line) or not is_bracketed(first.text):
        return after
    found.note = first.text.strip("（）() ")
    return after[1:]


def split_list(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """Return the text without the list of attachments at its end, and the titles in that list."""
    for at in range(len(blocks) - 1, max(-1, len(blocks) - MOST_LIST_LINES), -1):
        block = blocks[at]
        if not isinstance(block, Line):
            break
        start = read_list_start(block.text)
        if start is not None:
            below = [line.text for line in blocks[at + 1 :] if isinstance(line, Line)]
            return list(blocks[:at]), _titles([start, *below])
    return list(blocks), []


def _titles(lines: Sequence[str]) -> list[str]:
    titles: list[str] = []
    numbered = any(read_item(line) is not None for line in lines)
    for line in filter(None, lines):
        item = read_item(line)
        if item is not None or not titles or not numbered:
            titles.append(line if item is None else item)
        else:
            titles[-1] += line
    if not numbered:
        titles = ["".join(titles)] if titles else []
    return [mended_name(title).rstrip(_LIST_MARKS) for title in titles]
