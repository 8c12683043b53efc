"""Take in a picture for a text: upright, no larger than print needs, and nothing in it but the picture."""

import io
import re
from collections.abc import Iterator

from PIL import Image, ImageOps

from .errors import ContentError, Problem
from .files import examine

KINDS = ("png", "jpeg")
LONGEST_SIDE = 3000
"""Pixels: on a side of the type area some 300 to the inch; what has more is made smaller."""

THUMBNAIL = 320
QUALITY = 92

_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_FORMATS = ("PNG", "JPEG")
_ORIENTATION = 0x0112
_SHRINKABLE = {"1": "L", "P": "RGBA", "PA": "RGBA", **{m: m for m in ("L", "LA", "RGB", "RGBA", "CMYK")}}
_CHUNKS = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT")
_BARE_JFIF = 18  # bytes of the segment when it holds no small picture of its own
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def clean_picture(data: bytes, name: str, where: str) -> bytes:
    """Return the picture as it goes into a text; one that came from here stays as it is, byte for byte.

    What cameras and programs write beside the picture (places, names, times, small copies) is left out;
    one that lies on its side is turned. `name` is what the reader is told about, `where` the field.
    Raises ContentError with every reason.
    """
    if data and not data.startswith(_MAGIC):
        raise ContentError([Problem(where, "%(name)s is neither PNG nor JPEG.", {"name": name})])
    examine(data, name, where)
    try:
        return _bare(_upright(data))
    except Exception as error:  # the library raises whatever a broken picture makes it raise
        raise ContentError(
            [Problem(where, "%(name)s is damaged: it cannot be opened.", {"name": name})]
        ) from error


def is_clean(data: bytes) -> bool:
    """Say whether nothing stands beside the picture."""
    try:
        return _bare(data) == data
    except ValueError:
        return False


def kind_of(data: bytes) -> str:
    """Return png or jpeg."""
    return "png" if data.startswith(_MAGIC[0]) else "jpeg"


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels. Raises ValueError."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            return picture.size
    except Exception as error:  # as above
        raise ValueError("no picture") from error


def thumbnail(data: bytes) -> bytes:
    """Return the picture as a small JPEG, to be recognized by."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        picture.thumbnail((THUMBNAIL, THUMBNAIL))
        with_alpha = picture.convert("RGBA")
    paper = Image.new("RGB", with_alpha.size, "white")
    paper.paste(with_alpha, mask=with_alpha.getchannel("A"))
    written = io.BytesIO()
    paper.save(written, "JPEG", quality=80)
    return written.getvalue()


def _upright(data: bytes) -> bytes:
    """Return the picture turned as its maker meant it, and made smaller where it is very large."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        shrinks = max(picture.size) > LONGEST_SIDE and picture.mode in _SHRINKABLE
        if not shrinks:
            picture.load()  # raises where the file ends too soon
        turned = picture.getexif().get(_ORIENTATION, 1) != 1
        if not shrinks and not turned:
            return data
        upright = ImageOps.exif_transpose(picture)
        profile = picture.info.get("icc_profile")
    if shrinks:
        upright = upright.convert(_SHRINKABLE[upright.mode])
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    if kind_of(data) == "png":
        upright.save(written, "PNG", icc_profile=profile)
    else:
        upright.save(written, "JPEG", quality=QUALITY, icc_profile=profile, exif=b"")
    return written.getvalue()


def _bare(data: bytes) -> bytes:
    """Return the file with what is needed to show it and nothing else. Raises ValueError."""
    pieces = _png(data) if kind_of(data) == "png" else _jpeg(data)
    return b"".join(pieces)


def _png(data: bytes) -> Iterator[bytes]:
    yield _MAGIC[0]
    at = len(_MAGIC[0])
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if end > len(data):
            raise ValueError("a chunk ends too soon")
        if kind in _CHUNKS:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end
    raise ValueError("no end")


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at = 2
    while found := _MARKER.search(data, at):
        at, marker = found.start(), data[found.start() + 1]
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:  # what is shown follows, up to the next marker
            following = _MARKER.search(data, end)
            end = following.start() if following else len(data)
        if _shows(marker, data[at:end]):
            yield data[at:end]
        at = end
    yield b"\xff\xd9"


def _shows(marker: int, segment: bytes) -> bool:
    """Say whether a segment of a JPEG is needed to show it (JFIF, colour profile, Adobe's colours)."""
    if marker == 0xE0:
        return segment[4:9] == b"JFIF\0" and len(segment) == _BARE_JFIF
    if marker == 0xE2:
        return segment[4:16] == b"ICC_PROFILE\0"
    if marker == 0xEE:
        return segment[4:9] == b"Adobe"
    return not 0xE0 <= marker <= 0xEF and marker != 0xFE
