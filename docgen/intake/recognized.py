"""Read a draft that others laid out, or none did, by the words of its lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..picture_lines import in_words
from .closing import find_closing, split_list, take_closing, without_imprint
from .elements import Block, Line, Table
from .marks import in_full_width
from .mending import ends_sentence, is_picture, is_row, joined, mended_name, without_gaps
from .opening import read_opening
from .page_ends import without_page_ends
from .pipes import add_table
from .result import OTHER_TITLE, Gathered, Piece
from .signs import is_mark
from .worded import take_what_is_worded

_ISSUES = re.compile("印发|转发|批转|颁发|发布|公布")
_NAMED = re.compile("《(.+)》")
MOST_TITLE_LINES, LONGEST_TITLE = 5, 60


def recognized(blocks: Sequence[Block], found: Gathered) -> None:
    """Gather a draft's elements; lines that belong to none are left."""
    kept = without_imprint(without_page_ends(blocks, found), found)
    kept = _after_opening(kept, found)
    pages = _pages_of_attachments(kept)
    main = _unsealed(kept[: pages[0]] if pages else kept, found)
    signed, dated = find_closing(main)
    text, titles = split_list(main[:signed])
    _put_text(text, found.main, found)
    _put_issued(take_closing(main, signed, dated, found), found)
    take_what_is_worded(found)
    for number, start in enumerate(pages):
        end = pages[number + 1] if number + 1 < len(pages) else len(kept)
        listed = titles[number] if number < len(titles) else ""
        _put_attachment(kept[start + 1 : end], listed, found)
    found.attachments += [Piece(title) for title in titles[len(pages) :]]


def _after_opening(blocks: Sequence[Block], found: Gathered) -> list[Block]:
    """Return the text; pictures above it, as in a letterhead, are left."""
    words = [at for at, block in enumerate(blocks) if not _is_picture(block)]
    count = read_opening([blocks[at] for at in words], found)
    start = words[count - 1] + 1 if count else 0
    _leave_pictures(blocks[:start], found)
    return list(blocks[start:])


def _unsealed(blocks: Sequence[Block], found: Gathered) -> list[Block]:
    """Return the blocks without the pictures at signature and date: a seal, or a name chop."""
    words = [at for at, block in enumerate(blocks) if not _is_picture(block)]
    signed, dated = find_closing([blocks[at] for at in words])
    if dated == len(words):
        return list(blocks)
    start, end = words[signed], words[dated] + 1
    while end < len(blocks) and _is_picture(blocks[end]):
        end += 1
    _leave_pictures(blocks[start:end], found)
    return [*blocks[:start], *(one for one in blocks[start:end] if not _is_picture(one)), *blocks[end:]]


def _is_picture(block: Block) -> bool:
    return isinstance(block, Line) and is_picture(block.text)


def _leave_pictures(blocks: Sequence[Block], found: Gathered) -> None:
    found.left += [in_words(one.text) for one in blocks if isinstance(one, Line) and is_picture(one.text)]


def _pages_of_attachments(blocks: Sequence[Block]) -> list[int]:
    """Return the places of the marks over attachments; 附件： over a list in the text is none."""
    marks = [at for at, block in enumerate(blocks) if isinstance(block, Line) and is_mark(block.text)]
    words = [at for at, block in enumerate(blocks) if not _is_picture(block)]
    _, dated = find_closing([blocks[at] for at in words])
    if dated < len(words):
        return [at for at in marks if at > words[dated]]
    return [
        at for at in marks if isinstance(mark := blocks[at], Line) and not mark.text.endswith(("：", ":"))
    ]


def _put_text(blocks: Sequence[Block], piece: Piece, found: Gathered) -> None:
    run: list[Line] = []
    for block in blocks:
        if isinstance(block, Table):
            _put_lines(run, piece, found)
            run = []
            add_table(block, found, piece)
        else:
            run.append(block)
    _put_lines(run, piece, found)


def _put_lines(lines: Sequence[Line], piece: Piece, found: Gathered) -> None:
    plain = [replace(line, text=line.text.replace("\t", "  ")) for line in lines]
    paragraphs = joined(plain)
    found.joins += len(lines) - len(paragraphs)
    for paragraph in paragraphs:
        mended, gaps = without_gaps(paragraph)
        found.gaps += gaps
        if not is_row(mended) and not is_picture(mended):
            mended, marks = in_full_width(mended)
            found.marks += marks
        piece.lines.append(mended)


def _put_issued(blocks: Sequence[Block], found: Gathered) -> None:
    """Take what follows the signature as the text that the document issues, if it says that it does."""
    if not blocks:
        return
    named = _NAMED.search(found.main.title)
    lines = _title_lines(blocks, named[1] if named else "")
    if not _ISSUES.search(found.main.title) or not lines or lines == len(blocks):
        found.left += list(map(_as_text, blocks))
        return
    found.issued = Piece(_title_of(blocks[:lines]))
    _put_text(blocks[lines:], found.issued, found)


def _put_attachment(blocks: Sequence[Block], listed: str, found: Gathered) -> None:
    lines = _title_lines(blocks, listed)
    title = _title_of(blocks[:lines]) or listed
    if listed and title != listed:
        found.report(OTHER_TITLE, number=len(found.attachments) + 1, title=listed)
    piece = Piece(title)
    found.attachments.append(piece)
    _put_text(blocks[lines:], piece, found)


def _title_lines(blocks: Sequence[Block], expected: str) -> int:
    """Return how many lines at the beginning are the title: those that give the expected one, else one."""
    words = ""
    for number, block in enumerate(blocks[:MOST_TITLE_LINES], 1):
        if not isinstance(block, Line) or _is_picture(block):
            break
        words += block.text
        if expected and "".join(mended_name(words).split()) == "".join(expected.split()):
            return number
    first = blocks[0] if blocks else None
    short = (
        isinstance(first, Line)
        and not _is_picture(first)
        and len(first.text) <= LONGEST_TITLE
        and not ends_sentence(first.text)
    )
    return int(short)


def _title_of(blocks: Sequence[Block]) -> str:
    return mended_name("".join(block.text for block in blocks if isinstance(block, Line)))


def _as_text(block: Block) -> str:
    if isinstance(block, Line):
        return block.text
    return "\n".join("\t".join("".join(one.text for one in cell) for cell in row) for row in block.rows)
