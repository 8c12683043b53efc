"""Lay a picture out within the type area, its caption below it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from . import layout
from .errors import ContentError, Problem
from .inlaid import inlaid
from .layout import BODY, CAPTION, PICTURE
from .media import Media, with_media
from .outline import Table
from .oxml import Paragraph
from .picture import clean_picture, is_clean, size_of
from .picture_lines import PictureLine, read_picture
from .picture_list import picture_lines
from .sheet import Content

PIXEL_TW = 15  # at 96 pixels to the inch: a picture is made smaller than this, never larger
TALLEST_TW = 16 * layout.LINE_TW
"""Leaves 6 lines of a page: the caption, and over it an attachment's mark and title."""

_DESCENT_TW = 30  # of the paragraph's own small type, under the picture

_FIRST_ID = 1000  # what else is drawn has smaller numbers


@dataclass(frozen=True)
class Shown:
    """A picture as it can be laid out: its file's name, its part in the DOCX, its pixels."""

    name: str
    media: Media
    pixels: tuple[int, int]


def shown(content: Content, pictures: Mapping[str, bytes]) -> dict[str, Shown]:
    """Return the pictures that a content's lines name; `pictures` are bytes by their SHA-256.

    Raises ContentError where bytes are missing or are no picture.
    """
    if not content.pictures:
        return {}
    named = {picture.name for _, picture in picture_lines(content)}
    found: dict[str, Shown] = {}
    for place, file in enumerate(content.pictures):
        if file.name not in named:
            continue
        where, data = f"pictures[{place}]", pictures.get(file.sha256)
        if data is None:
            raise ContentError([Problem(where, "The picture %(name)s is missing.", {"name": file.name})])
        if not is_clean(data):
            data = clean_picture(data, file.name, where)
        found[file.name] = Shown(file.name, Media(file.sha256, data), size_of(data))
    return found


def names_by_hash(content: Content, pictures: Mapping[str, bytes]) -> dict[str, str]:
    """Return the names of the pictures that a paper shows, by the SHA-256 of the bytes that stand in it."""
    found = shown(content, pictures).values()
    return {hashlib.sha256(one.media.data).hexdigest(): one.name for one in found}


def with_pictures(docx: bytes, pictures: Iterable[Shown]) -> bytes:
    """Return a paper with the parts of its pictures."""
    return with_media(docx, [one.media for one in pictures])


def placed(flow: Iterable[Paragraph | Table], pictures: Mapping[str, Shown]) -> list[Paragraph | Table]:
    """Return the flow with pictures in the place of the lines that name them."""
    found: list[Paragraph | Table] = []
    times: dict[str, int] = {}
    for block in flow:
        found.append(block)
        if isinstance(block, Paragraph) and block.style is BODY and pictures:
            line = read_picture(block.text)
            if line and line.name in pictures:
                one = pictures[line.name]
                times[one.media.sha256] = number = times.get(one.media.sha256, -1) + 1
                found[-1:] = _paragraphs(block, line, one, number)
    return found


def _paragraphs(block: Paragraph, line: PictureLine, one: Shown, times: int) -> list[Paragraph]:
    """Return the picture's paragraph and its caption's, which stay on one page.

    `times` is how often it stands above already.
    """
    width_tw, height_tw = fitted(one.pixels)
    number = _FIRST_ID + int(one.media.sha256[:6], 16) + times  # the same in each text: so changes are seen
    drawing = inlaid(one.media, width_tw, height_tw, number=number, name=one.name, told=line.caption)
    room_tw = height_tw + sum(PICTURE.around_tw or ()) + _DESCENT_TW
    picture = Paragraph(PICTURE, line_tw=room_tw, page_break=block.page_break, xml=drawing)
    if not line.caption:
        return [replace(picture, keep_next=block.keep_next)]
    return [
        replace(picture, keep_next=True),
        Paragraph(CAPTION, line.caption, keep_next=block.keep_next),
    ]


def fitted(pixels: tuple[int, int]) -> tuple[int, int]:
    """Return width and height in twips: as wide as it is at 96 to the inch, or as there is room for."""
    width, height = pixels
    scale = min(PIXEL_TW, layout.AREA_WIDTH_TW / width, TALLEST_TW / height)
    return max(1, int(width * scale)), max(1, int(height * scale))
